//! Every state of a small service in which revoking, transferring, erasing and forking meet.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use simulation::model::{Careless, explore};

#[test]
fn every_law_holds_in_every_state_and_every_sight_is_seen() {
    let explored = explore(None).unwrap();
    assert_eq!(explored.broken, Vec::<String>::new());
    assert!(explored.states > 100_000, "{explored}");
    assert_eq!(explored.properties.len(), 16, "{explored}");
}

#[test]
fn each_carelessness_that_is_put_in_breaks_a_law_and_says_by_which_steps() {
    let expected = [
        (
            Careless::SkipsForks,
            "a hub server keeps what it acknowledged",
        ),
        (
            Careless::IgnoresTheEnd,
            "what was written after the end counts nowhere",
        ),
        (Careless::ErasesAlone, "one signature erases nothing"),
        (
            Careless::AltersParcels,
            "what is passed on is what was written",
        ),
    ];
    for (careless, law) in expected {
        let explored = explore(Some(careless)).unwrap();
        let breaks = explored.broken.iter().any(|one| one.starts_with(law));
        assert!(breaks, "{careless:?}: {:?}", explored.broken);
    }
}
