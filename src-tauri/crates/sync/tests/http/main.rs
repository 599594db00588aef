//! The client over real sockets, against a server that is made for each test and may misbehave.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod server;

use std::time::Duration;

use server::{Answer, Server};
use sync::http::{HubServer, Line, LineError, Patience, Pin};

/// Short, so that what has to time out does not hold the tests up.
const IMPATIENT: Patience = Patience {
    connect: Duration::from_secs(2),
    answer: Duration::from_millis(300),
};

async fn ask(server: &Server, message: &[u8]) -> Result<Vec<u8>, LineError> {
    let mut line = Line::open(&server.hub(), IMPATIENT).await?;
    line.ask(
        "/v1/exchange",
        Some("token"),
        message.to_vec(),
        Duration::ZERO,
    )
    .await
}

#[tokio::test]
async fn a_message_reaches_the_holder_of_the_pinned_key_and_its_answer_comes_back() {
    let server = Server::start(Answer::Echo).await;
    assert_eq!(ask(&server, b"question").await, Ok(b"question".to_vec()));
    let seen = server.seen();
    assert_eq!(seen, ["POST /v1/exchange Bearer token application/cbor"]);
}

#[tokio::test]
async fn one_line_carries_many_messages() {
    let server = Server::start(Answer::Echo).await;
    let mut line = Line::open(&server.hub(), IMPATIENT).await.unwrap();
    for number in 0..20_u8 {
        let answer = line.ask("/v1/exchange", None, vec![number], Duration::ZERO);
        assert_eq!(answer.await, Ok(vec![number]));
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn another_key_is_told_apart_and_is_sent_nothing() {
    let server = Server::start(Answer::Echo).await;
    let wrong = Pin::from_bytes([7; 32]);
    let wrong = HubServer::new(&server.hub().address(), wrong).unwrap();
    let refused = Line::open(&wrong, IMPATIENT).await.err();
    assert_eq!(refused, Some(LineError::OtherKey));
    assert!(!LineError::OtherKey.passes());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_certificate_that_ended_in_1975_is_as_good_as_any_with_the_pinned_key() {
    let server = Server::start_with_certificate_until(1975, Answer::Echo).await;
    assert_eq!(ask(&server, b"q").await, Ok(b"q".to_vec()));
}

#[tokio::test]
async fn a_copied_certificate_without_its_key_gets_nowhere() {
    let server = Server::start_with_stolen_certificate(Answer::Echo).await;
    let refused = Line::open(&server.hub(), IMPATIENT).await.err();
    assert!(refused.is_some());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let hub = HubServer::new("127.0.0.1:1", Pin::from_bytes([0; 32])).unwrap();
    let refused = Line::open(&hub, IMPATIENT).await.err();
    assert_eq!(refused, Some(LineError::Unreachable));
    assert!(LineError::Unreachable.passes());
}

#[tokio::test]
async fn what_answers_and_is_no_tls_is_no_hub_server() {
    let address = server::plain_text().await;
    let hub = HubServer::new(&address, Pin::from_bytes([0; 32])).unwrap();
    let refused = Line::open(&hub, IMPATIENT).await.err();
    assert_eq!(refused, Some(LineError::NotAHubServer));
}

#[tokio::test]
async fn a_server_that_goes_quiet_is_given_up() {
    let server = Server::start(Answer::Never).await;
    assert_eq!(ask(&server, b"q").await, Err(LineError::BrokenOff));
}

#[tokio::test]
async fn a_server_that_hangs_up_in_the_middle_of_an_answer_gave_none() {
    let server = Server::start(Answer::Half).await;
    assert_eq!(ask(&server, b"q").await, Err(LineError::BrokenOff));
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let server = Server::start(Answer::TooLong).await;
    let mut line = Line::open(&server.hub(), Patience::USUAL).await.unwrap();
    let answer = line
        .ask("/v1/exchange", None, vec![1], Duration::ZERO)
        .await;
    assert_eq!(answer, Err(LineError::Unreadable));
}

#[tokio::test]
async fn each_refusal_has_a_name_of_its_own() {
    let wait = Some(Duration::from_secs(7));
    let named = [
        (401, LineError::LogInAgain),
        (403, LineError::NotAdmitted),
        (404, LineError::NotAHubServer),
        (426, LineError::OtherVersion),
        (429, LineError::Busy { wait }),
        (500, LineError::Busy { wait: None }),
        (503, LineError::Busy { wait }),
        (400, LineError::Unreadable),
    ];
    for (status, error) in named {
        let server = Server::start(Answer::Status(status)).await;
        assert_eq!(ask(&server, b"q").await, Err(error), "{status}");
    }
}

#[tokio::test]
async fn a_dropped_question_ends_its_connection() {
    let server = Server::start(Answer::Never).await;
    {
        let mut line = Line::open(&server.hub(), Patience::USUAL).await.unwrap();
        let asked = line.ask("/v1/wait", None, vec![1], Duration::from_secs(50));
        let _ = tokio::time::timeout(Duration::from_millis(50), asked).await;
    }
    server.until_alone().await;
}
