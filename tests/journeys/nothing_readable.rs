//! The files of a machine, searched byte by byte while it works and after.

use std::fs;

use crate::machine::Machine;
use crate::steps::{assessment, door, intake, traces};
use crate::window::{Size, Window};

const ANSWER: &str = "A wasp nest under the ribs";
const SECRETS: &[&str] = &[
    intake::FAMILY,
    intake::GIVEN,
    intake::NUMBER,
    "999 041 7261",
    intake::NUMBER_SHOWN,
    intake::ADDRESS,
    "17-Sep-1979",
    "1979-09-17",
    "wasp nest",
];

#[test]
fn the_search_finds_words_in_every_encoding_it_looks_for() {
    let machine = Machine::new();
    let wide: Vec<u8> = "ZIELIŃSKA-QUILL"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(machine.home().join("wide"), wide).unwrap();
    fs::write(machine.home().join("plain"), "xx9990417261xx").unwrap();
    for number in 0..6 {
        fs::write(machine.home().join(format!("{number}")), "nothing").unwrap();
    }
    let found = traces::readable(&machine, &[intake::FAMILY, intake::NUMBER]);
    assert_eq!(found.len(), 2, "{found:?}");
}

#[tokio::test]
async fn no_file_of_the_machine_holds_a_patient_while_at_work_after_a_kill_and_after_closing() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    door::set_up(&window, machine.stick()).await;
    intake::take_referral(&window).await;
    window.click("button", "Open the record").await;
    window.click("button", "Start an assessment").await;
    window.click("button", "Start").await;
    assessment::open_section(&window, "where").await;
    assessment::save(&window, "pain-main", ANSWER).await;
    assert_eq!(
        traces::readable(&machine, SECRETS),
        Vec::<String>::new(),
        "at work"
    );
    window.kill();
    assert_eq!(
        traces::readable(&machine, SECRETS),
        Vec::<String>::new(),
        "after a kill"
    );
    let window = Window::open(&machine, Size::SCREEN).await;
    door::unlock(&window, door::NURSE, door::PASSPHRASE).await;
    intake::find_by(&window, "quill", &intake::FAMILY.to_uppercase()).await;
    window.close().await;
    assert_eq!(
        traces::readable(&machine, SECRETS),
        Vec::<String>::new(),
        "after closing"
    );
}
