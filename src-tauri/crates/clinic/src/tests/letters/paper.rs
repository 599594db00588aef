//! Letters on paper.

use std::path::Path;
use std::process::Command;

use super::super::Room;
use super::super::forms::referral;
use super::{KINDS, decided};
use crate::letter;
use crate::view::{PlanPreview, ReferralForm};

fn preview(room: &mut Room, assessment: &str, to: &str, large: bool) -> PlanPreview {
    letter::preview_letter(&mut room.desk, assessment.into(), to.into(), large).unwrap()
}

/// The words of a PDF, where a reader of the system is installed.
fn read(pdf: &Path) -> Option<String> {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output().ok()?;
    Some(
        String::from_utf8(output.stdout)
            .unwrap()
            .replace('\u{a0}', " "),
    )
}

#[test]
fn draft_stands_across_every_letter_until_it_is_approved() {
    let (mut room, _, assessment) = decided();
    for to in KINDS {
        room.complete(&assessment, to);
        let draft = preview(&mut room, &assessment, to, false);
        assert!(
            draft.draft && draft.words.contains("Nobody has approved it"),
            "{to}"
        );
        room.try_approving(&assessment, to).unwrap();
        let approved = preview(&mut room, &assessment, to, false);
        assert!(
            !approved.draft && approved.words.contains("Ama Osei, consultant"),
            "{to}"
        );
    }
}

#[test]
fn every_letter_is_a_sound_file_with_name_and_number_on_each_page() {
    let mut room = Room::demo();
    let patient = room.refer(ReferralForm {
        nhs_number: "9991609938".into(),
        gp: "Harbour Lane Practice".into(),
        address: "14 Netmakers Row, Skelby Bay".into(),
        ..referral("Wiśniewska", "Łucja")
    });
    let assessment = room.start(&patient);
    room.ask_everything(&assessment);
    room.finish(&assessment);
    room.sign(&assessment);
    room.turn(jiff::SignedDuration::from_secs(61));
    for (to, large) in KINDS
        .iter()
        .map(|to| (*to, false))
        .chain([("patient", true)])
    {
        room.approve(&assessment, to);
        let saved = room.try_saving(&assessment, to, large).unwrap();
        assert!(!saved.path.to_lowercase().contains("wi"), "{}", saved.path);
        let pdf = Path::new(&saved.path);
        if let Ok(check) = Command::new("qpdf").arg("--check").arg(pdf).output() {
            assert!(check.status.success(), "{to}");
        }
        let Some(text) = read(pdf) else { continue };
        let pages: Vec<&str> = text
            .split('\u{c}')
            .filter(|page| !page.trim().is_empty())
            .collect();
        assert_eq!(pages.len(), usize::try_from(saved.pages).unwrap(), "{to}");
        for page in pages {
            let plain: String = page.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                plain.contains("Łucja Wiśniewska, NHS No. 999 160 9938"),
                "{to}: {plain}"
            );
            assert!(!plain.contains("DRAFT"), "{to}");
        }
    }
}

#[test]
fn the_same_letter_at_the_same_time_is_the_same_bytes() {
    let (mut room, _, assessment) = decided();
    room.approve(&assessment, "gp");
    let first = room.try_saving(&assessment, "gp", false).unwrap().path;
    let second = room.try_saving(&assessment, "gp", false).unwrap().path;
    assert_ne!(first, second);
    assert_eq!(
        std::fs::read(first).unwrap(),
        std::fs::read(second).unwrap()
    );
}

#[test]
fn only_the_letter_to_the_patient_is_made_in_large_print() {
    let (mut room, _, assessment) = decided();
    let pages = |room: &mut Room, to: &str, large| preview(room, &assessment, to, large).pages;
    assert!(pages(&mut room, "patient", true).len() > pages(&mut room, "patient", false).len());
    assert_eq!(pages(&mut room, "gp", true), pages(&mut room, "gp", false));
}
