//! The window opens, fits, and comes back.

use crate::machine::Machine;
use crate::window::{Size, Window};

#[tokio::test]
async fn the_window_opens_on_a_screen_with_one_heading_and_no_accessibility_fault() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    let headings = window
        .run("return document.querySelectorAll('h1').length", vec![])
        .await;
    assert_eq!(headings, 1);
    assert_eq!(window.client.title().await.unwrap(), "Felloe");
    window.check_accessibility("first screen").await;
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
async fn a_killed_program_starts_again_on_the_same_folders() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    let before = window.text().await;
    window.kill();
    let window = Window::open(&machine, Size::SCREEN).await;
    assert_eq!(window.text().await, before);
    window.close().await;
}

#[tokio::test]
async fn the_program_says_nothing_of_its_folders_on_its_command_line() {
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
