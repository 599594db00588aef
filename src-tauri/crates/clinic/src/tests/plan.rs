//! The plan and its paper.

use super::Room;
use crate::assess;
use crate::paper;
use crate::patient::open_patient;
use crate::plan;
use crate::refusal::Refusal;
use crate::view::{AgreeForm, AnswerValue};
use crate::worklist;

#[test]
fn a_plan_is_agreed_only_when_a_decision_is_signed_and_all_that_is_needed_is_written() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let missing = plan::open_plan(&mut room.desk, assessment.clone())
        .unwrap()
        .missing;
    assert!(missing.contains(&"A signed decision".to_owned()));
    assert!(missing.contains(&"At least one goal".to_owned()));
    assert!(missing.contains(&"A review date".to_owned()));
    assert!(matches!(room.agree(&assessment), Err(Refusal::Plain(_))));
    room.write_plan(&assessment);
    assert!(matches!(room.agree(&assessment), Err(Refusal::Plain(_))));
    room.sign(&assessment);
    assert!(room.agree(&assessment).unwrap().agreed.is_some());
}

#[test]
fn a_plan_changed_after_it_was_agreed_says_so_and_is_draft_again_until_it_is_agreed_anew() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    let id = || assessment.clone();
    let draft = |room: &mut Room| {
        plan::preview_plan(&mut room.desk, id(), false)
            .unwrap()
            .draft
    };
    assert!(draft(&mut room));
    let agreed = room.agree(&assessment).unwrap();
    assert!(!agreed.changed_since_agreed && agreed.version == 1);
    assert!(!draft(&mut room));
    let changed =
        plan::save_plan_block(&mut room.desk, id(), "flare-up".into(), "Rest".into()).unwrap();
    assert!(changed.changed_since_agreed && changed.version == 2);
    assert!(draft(&mut room));
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(draft(&mut room), "after it became an entry too");
    let again = room.agree(&assessment).unwrap();
    assert!(!again.changed_since_agreed && again.version == 2);
    assert!(!draft(&mut room));
}

#[test]
fn safety_04_a_medicine_changed_after_a_plan_was_agreed_makes_it_a_draft_again() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    assert!(!room.agree(&assessment).unwrap().changed_since_agreed);
    let decided = |room: &mut Room| {
        let now = open_patient(&mut room.desk, patient.clone()).unwrap().now;
        now.decision.unwrap()
    };
    assert!(!decided(&mut room).contains("newest"));
    let later = assess::start_assessment(&mut room.desk, patient.clone(), "phone".into()).unwrap();
    let of = "(of 24-Nov-2026; nothing is signed on the newest assessment)";
    assert!(decided(&mut room).ends_with(of), "{}", decided(&mut room));
    let naproxen = [("name", "naproxen"), ("strength", "500 mg"), ("times", "2")];
    let fields = naproxen
        .map(|(field, value)| (field.to_owned(), AnswerValue::Text(value.into())))
        .into();
    assess::record_item(&mut room.desk, later, "medicine".into(), None, fields).unwrap();
    let plan = plan::open_plan(&mut room.desk, assessment.clone()).unwrap();
    assert!(plan.changed_since_agreed);
    assert!(
        plan::preview_plan(&mut room.desk, assessment, false)
            .unwrap()
            .draft
    );
}

#[test]
fn what_the_program_drafted_is_written_word_for_word_when_the_plan_is_agreed() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    let before = room.write_plan(&assessment);
    let drafted: Vec<_> = before.blocks.iter().filter(|block| block.drafted).collect();
    assert!(drafted.iter().any(|block| block.id == "warning-signs"));
    let after = room.agree(&assessment).unwrap();
    for block in drafted {
        let kept = after
            .blocks
            .iter()
            .find(|kept| kept.id == block.id)
            .unwrap();
        assert!(!kept.drafted && kept.text == block.text, "{}", block.id);
    }
}

#[test]
fn a_plan_that_was_not_agreed_stays_draft() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    let form = AgreeForm {
        state: "not-agreed".into(),
        part: "Does not want exercise".into(),
        present: vec!["patient".into()],
        passphrase: super::room::PASSPHRASE.into(),
        ..AgreeForm::default()
    };
    plan::agree_plan(&mut room.desk, assessment.clone(), form).unwrap();
    let record = crate::patient::open_patient(&mut room.desk, patient).unwrap();
    assert_eq!(
        record.now.plan.as_deref(),
        Some("Version 1, not agreed 24-Nov-2026")
    );
    let titles: Vec<_> = record.timeline.iter().map(|entry| &entry.title).collect();
    assert!(
        titles
            .iter()
            .any(|title| *title == "Plan version 1 not agreed")
    );
    assert!(
        plan::preview_plan(&mut room.desk, assessment, false)
            .unwrap()
            .draft
    );
}

#[test]
fn every_page_of_a_plan_bears_name_and_number_and_draft_while_it_is_not_signed() {
    let mut room = Room::demo();
    let mut form = super::forms::referral("Wiśniewska", "Łucja");
    form.nhs_number = "9991609938".into();
    let patient = room.refer(form);
    let assessment = room.start(&patient);
    room.ask_everything(&assessment);
    room.finish(&assessment);
    room.sign(&assessment);
    room.write_plan(&assessment);
    let long = "A line that is long enough to be a line of its own.\n".repeat(120);
    plan::save_plan_block(
        &mut room.desk,
        assessment.clone(),
        "what-we-agreed".into(),
        long,
    )
    .unwrap();
    let id = assessment.parse().unwrap();
    let patient = patient.parse().unwrap();
    let paper = plan::paper_of(&mut room.desk, patient, id, false).unwrap();
    let document = paper::plan(&paper);
    let running = &document.running;
    assert!(
        running
            .foot_left
            .contains("Łucja Wiśniewska, NHS No. 999\u{a0}160\u{a0}9938")
    );
    assert!(
        document
            .watermark
            .as_deref()
            .is_some_and(|mark| mark.contains("DRAFT"))
    );
    assert!(document.typeset().unwrap().pages() > 1);
    room.agree(&assessment).unwrap();
    let signed = plan::paper_of(&mut room.desk, patient, id, false).unwrap();
    assert!(
        paper::plan(&signed)
            .watermark
            .is_none_or(|mark| !mark.contains("DRAFT"))
    );
}

#[test]
fn a_saved_plan_bears_no_patient_data_in_its_name_and_its_copy_is_in_the_timeline() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    room.agree(&assessment).unwrap();
    let folder = room.folder().join("paper");
    std::fs::create_dir(&folder).unwrap();
    let saved = plan::save_plan_pdf(
        &mut room.desk,
        assessment,
        true,
        folder.display().to_string(),
    )
    .unwrap();
    assert!(!saved.path.to_lowercase().contains("ndlovu"));
    assert!(std::fs::read(&saved.path).unwrap().starts_with(b"%PDF-"));
    let record = crate::patient::open_patient(&mut room.desk, patient.clone()).unwrap();
    assert!(
        record
            .timeline
            .iter()
            .any(|entry| entry.title == "Plan saved: version 1")
    );
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    let row = list.rows.iter().find(|row| row.patient == patient).unwrap();
    assert_eq!(row.next_step, "Give the plan to the patient");
}
