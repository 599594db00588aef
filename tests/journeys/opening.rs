//! The window opens on a new machine, fits it, and comes back after a kill.

use crate::machine::Machine;
use crate::window::{Size, Window};

const FIRST_SCREEN: &str = "What Felloe is for";
const READ_IT: &str = "I have read this statement.";

#[tokio::test]
async fn a_new_machine_is_first_told_what_felloe_is_for() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    window.find("heading", FIRST_SCREEN).await;
    assert_eq!(window.client.title().await.unwrap(), "Felloe");
    let statement = window.by_id("intended-use").await.text().await.unwrap();
    assert!(
        statement.contains("Felloe"),
        "the intended use is said: {statement}"
    );
    window.check_accessibility("what Felloe is for").await;
    window.close().await;
}

#[tokio::test]
async fn set_up_waits_until_the_statement_was_read_and_keeps_what_was_typed() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    window.find("heading", FIRST_SCREEN).await;
    window.click("button", "Go on").await;
    window
        .wait_for_text("Tick that you have read the statement.")
        .await;
    window.click("checkbox", READ_IT).await;
    window.click("button", "Go on").await;
    window.find("heading", "Your service and this site").await;
    window.check_accessibility("service and site").await;

    window
        .fill("Name of the service", "Wharfedale pain service")
        .await;
    window.press("Tab").await;
    window.type_text("Ilkley").await;
    window.click("button", "Back").await;
    window.wait_until_gone("Name of the service").await;
    window.click("button", "Go on").await;
    assert_eq!(
        window.value("Name of the service").await,
        "Wharfedale pain service"
    );
    assert_eq!(window.value("Name of this site").await, "Ilkley");
    window.refill("Name of this site", "Otley").await;
    window.click("button", "Go on").await;
    window.find("heading", "The first member of staff").await;
    window.choose("Role", "Nurse").await;
    window.check_accessibility("first member of staff").await;
    window.close().await;
}

#[tokio::test]
async fn the_page_is_exactly_as_large_as_the_screen_or_the_part_of_it_left_by_the_taskbar() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    assert_eq!(window.inside().await, Size::SCREEN);
    window.resize(Size::USABLE).await;
    assert_eq!(window.inside().await, Size::USABLE);
    window.close().await;
}

#[tokio::test]
async fn a_program_killed_before_set_up_starts_at_set_up_again() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    window.find("heading", FIRST_SCREEN).await;
    window.kill();
    let window = Window::open(&machine, Size::SCREEN).await;
    window.find("heading", FIRST_SCREEN).await;
    window.close().await;
}

#[tokio::test]
async fn the_process_list_shows_the_program_and_no_argument() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    let processes = window.processes();
    assert!(
        processes.len() > 1,
        "WebKit runs its pages in processes of their own"
    );
    assert_eq!(processes[0].command_line.len(), 1);
    window.close().await;
}

#[tokio::test]
async fn the_program_turns_off_the_renderer_that_leaves_windows_blank() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    let set = "WEBKIT_DISABLE_DMABUF_RENDERER=1".to_owned();
    assert!(
        window
            .processes()
            .iter()
            .all(|process| process.environment.contains(&set))
    );
    window.close().await;
}
