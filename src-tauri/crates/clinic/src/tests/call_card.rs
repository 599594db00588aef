//! The call card: what is read out on the telephone while an emergency is handed over.

use std::path::Path;
use std::process::Command;

use record::body::AnswerValue;

use super::Room;
use super::another_device::{detail, row};
use super::forms::{absent, present, referral, text};
use super::receipts::AT_HUB;
use crate::refusal::Refusal;
use crate::route;
use crate::view::{LocalNumbers, PrintForm, ReferralForm};
use crate::{door, patient};

/// Signs of one route, as many as it has.
const SIGNS: [&str; 5] = [
    "ces-bladder",
    "ces-bowel",
    "ces-saddle",
    "ces-sexual",
    "ces-both-legs",
];

/// The words of the card as they stand on the screen.
fn said(room: &mut Room, patient: &str) -> String {
    let shown = route::call_card(&mut room.desk, patient.to_owned(), "ces".into()).unwrap();
    shown.words.replace('\u{a0}', " ")
}

/// A spoke whose numbers are entered, and somebody with two signs, a medicine and an allergy.
fn emergency() -> (Room, String, String) {
    let mut room = Room::demo();
    let numbers = LocalNumbers {
        hub: "01632 960001".into(),
        spinal: "01632 960005".into(),
        clinic: "01632 960006".into(),
        ..LocalNumbers::default()
    };
    door::save_local_numbers(&mut room.desk, numbers).unwrap();
    let (patient, assessment) = room.begin();
    for sign in ["ces-bladder", "ces-saddle"] {
        room.answer(&assessment, sign, present());
    }
    room.answer(&assessment, "ces-bowel", absent());
    room.answer(&assessment, "pain-main", text("Low back pain"));
    let morphine = [("name", "morphine"), ("strength", "30 mg"), ("times", "2")];
    room.row(&assessment, "medicine", &morphine);
    let penicillin = [
        ("substance", "Penicillin"),
        ("reaction", "Rash"),
        ("kind", "allergy"),
    ];
    room.row(&assessment, "allergy", &penicillin);
    (room, patient, assessment)
}

#[test]
fn the_card_says_who_calls_about_whom_what_was_found_and_whom_to_phone() {
    let (mut room, patient, _) = emergency();
    let said = said(&mut room, &patient);
    for needed in [
        "Possible cauda equina syndrome.",
        "Read this out. Do not wait for it to print.",
        "Emergency, 999",
        "Spinal urgent pathway, 01632 960005",
        "Hub, 01632 960001",
        "I am Ama Osei, consultant, at Fernbank Spoke, Fernbank Pain Service.",
        "Ring back on 01632 960006.",
        "I am phoning about Thabo Ndlovu, born 17-Sep-1979 (47y), gender not known",
        "trouble with passing urine",
        "numbness or changed feeling",
        "(24-Nov-2026 10:20, A. Osei)",
        "Since when: .",
        "Last passed urine at: .",
        "Main problem: Low back pain.",
        "Medicines: morphine 30 mg: twice a day.",
        "Allergies: Penicillin (Rash).",
        "Implanted pump or stimulator: not asked.",
        "Urgency of this route: Emergency.",
        "no decision is signed, and none is waited for",
        "MRI as soon as possible, within 4 hours of the request.",
        "Who will see them, where and when: .",
    ] {
        assert!(said.contains(needed), "{needed}\n{said}");
    }
    assert!(!said.contains("trouble with the bowels"), "{said}");
}

#[test]
fn safety_03_the_card_counts_the_warning_signs_and_never_says_that_all_is_clear() {
    let (mut room, patient, _) = emergency();
    let said = said(&mut room, &patient).to_lowercase();
    assert!(said.contains("asked, 2 present; seen: in person"), "{said}");
    assert!(!said.contains("clear"), "{said}");
}

#[test]
fn safety_01_medicines_that_did_not_see_each_other_are_both_read_out() {
    let (mut room, patient, assessment) = emergency();
    let seen = room.as_of_now(&patient);
    let fields = [
        ("name", "gabapentin"),
        ("strength", "300 mg"),
        ("times", "3"),
    ];
    let one = row(&assessment, "medicine", 40, &fields);
    let fields = [
        ("name", "gabapentin"),
        ("strength", "600 mg"),
        ("times", "3"),
    ];
    let other = row(&assessment, "medicine", 40, &fields);
    room.arrive(&patient, &seen, AT_HUB, vec![one]);
    room.arrive(&patient, &seen, AT_HUB + 1, vec![other]);
    let said = said(&mut room, &patient);
    for each in ["300 mg", "600 mg", "two entries differ"] {
        assert!(said.contains(each), "{each}\n{said}");
    }
}

#[test]
fn safety_01_a_name_in_conflict_is_said_on_the_screen_and_keeps_the_card_from_the_printer() {
    let (mut room, patient, _) = emergency();
    let seen = room.as_of_now(&patient);
    room.arrive(&patient, &seen, AT_HUB, vec![detail("family", "Mbeki")]);
    let other = vec![detail("family", "Nkosi")];
    room.arrive(&patient, &seen, AT_HUB + 1, other);
    let said = said(&mut room, &patient);
    assert!(said.contains("family name is in conflict"), "{said}");
    let form = PrintForm {
        printer: "any".into(),
        copies: 1,
        large: false,
    };
    let printed =
        route::print_call_card(&mut room.desk, patient.clone(), "ces".into(), form).unwrap_err();
    assert!(printed.to_string().contains("in conflict"), "{printed}");
    let folder = room.folder().display().to_string();
    let saved = route::save_call_card(&mut room.desk, patient, "ces".into(), folder);
    assert!(matches!(saved, Err(Refusal::Plain(_))));
}

/// Somebody with long names, every sign of the route, and so many medicines.
fn crowded(medicines: usize) -> (Room, String) {
    let mut room = Room::demo();
    let numbers = LocalNumbers {
        hub: "01632 960001 extension 4471".into(),
        spinal: "01632 960005 extension 2210".into(),
        clinic: "01632 960006".into(),
        ..LocalNumbers::default()
    };
    door::save_local_numbers(&mut room.desk, numbers).unwrap();
    let names = ReferralForm {
        nhs_number: "9991609938".into(),
        ..referral(
            "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh",
            "Maximiliana Alexandrina Oluwaseun Bartholomea",
        )
    };
    let patient = room.refer(names);
    let assessment = room.start(&patient);
    for sign in SIGNS {
        room.answer(&assessment, sign, present());
    }
    let main = "Low back pain on both sides into both legs, worse on standing and at night";
    room.answer(&assessment, "pain-main", text(main));
    for number in 0..medicines {
        let name = format!("amitriptyline hydrochloride {number}");
        let fields = [
            ("name", name.as_str()),
            ("strength", "10 mg"),
            ("dose", "2 tablets"),
            ("times", "3"),
        ];
        room.row(&assessment, "medicine", &fields);
    }
    let penicillin = [
        ("substance", "Penicillin"),
        ("reaction", "Rash and swelling"),
        ("kind", "allergy"),
    ];
    room.row(&assessment, "allergy", &penicillin);
    (room, patient)
}

#[test]
fn the_card_is_one_page_with_the_longest_names_all_signs_and_twelve_medicines() {
    let (mut room, patient) = crowded(12);
    let shown = route::call_card(&mut room.desk, patient, "ces".into()).unwrap();
    for each in ["Featherstonehaugh", "hydrochloride 11", "both legs"] {
        assert!(shown.words.contains(each), "{each}");
    }
    assert_eq!(shown.pages.len(), 1);
}

#[test]
fn a_card_that_holds_more_than_a_page_leaves_nothing_out() {
    let (mut room, patient) = crowded(40);
    let shown = route::call_card(&mut room.desk, patient, "ces".into()).unwrap();
    assert!(shown.pages.len() > 1);
    for number in 0..40 {
        let name = format!("amitriptyline hydrochloride {number}");
        assert!(shown.words.contains(&name), "{name}");
    }
}

#[test]
fn a_letter_s_sign_has_its_card_before_anybody_has_assessed() {
    let mut room = Room::demo();
    let patient = room.refer(ReferralForm {
        safety: [("ces-saddle".to_owned(), "present".to_owned())].into(),
        ..referral("Ndlovu", "Thabo")
    });
    let said = said(&mut room, &patient);
    assert!(said.contains("(from the letter)"), "{said}");
    assert!(said.contains("Not assessed yet"), "{said}");
}

#[test]
fn looking_at_the_card_writes_nothing_into_the_record_and_a_copy_is_noted() {
    let (mut room, patient, _) = emergency();
    let before = room.as_of_now(&patient).timeline().len();
    said(&mut room, &patient);
    assert_eq!(room.as_of_now(&patient).timeline().len(), before);
    let folder = room.folder().display().to_string();
    let id = patient.clone();
    let saved = route::save_call_card(&mut room.desk, id, "ces".into(), folder).unwrap();
    assert!(!saved.path.to_lowercase().contains("ndlovu"));
    assert_eq!(saved.pages, 1);
    let record = patient::open_patient(&mut room.desk, patient).unwrap();
    let titles: Vec<_> = record.timeline.iter().map(|it| it.title.as_str()).collect();
    assert!(titles.contains(&"Call card saved"), "{titles:?}");
}

#[test]
fn the_same_card_at_the_same_time_is_the_same_bytes_and_a_sound_file() {
    let (mut room, patient, _) = emergency();
    let mut save = |name: &str| {
        let folder = room.folder().join(name);
        std::fs::create_dir(&folder).unwrap();
        let place = folder.display().to_string();
        let saved = route::save_call_card(&mut room.desk, patient.clone(), "ces".into(), place);
        saved.unwrap().path
    };
    let (first, second) = (save("one"), save("two"));
    assert_eq!(
        std::fs::read(&first).unwrap(),
        std::fs::read(&second).unwrap()
    );
    sound(Path::new(&first));
}

/// What the system's own readers say of a file, where they are installed.
fn sound(pdf: &Path) {
    if let Ok(check) = Command::new("qpdf").arg("--check").arg(pdf).output() {
        assert!(
            check.status.success(),
            "{}",
            String::from_utf8_lossy(&check.stdout)
        );
    }
    if let Ok(read) = Command::new("pdftotext").arg(pdf).arg("-").output() {
        let text = String::from_utf8(read.stdout)
            .unwrap()
            .replace('\u{a0}', " ");
        assert!(
            text.contains("Read this out. Do not wait for it to print."),
            "{text}"
        );
        assert!(text.contains("Page 1 of 1"), "{text}");
    }
}

#[test]
fn what_is_typed_and_not_yet_written_is_on_the_card() {
    let (mut room, patient, assessment) = emergency();
    room.answer(&assessment, "exam-neurology", text("Weak left foot"));
    let said = said(&mut room, &patient);
    assert!(
        said.contains("Power, reflexes, feeling: Weak left foot."),
        "{said}"
    );
    let typed = AnswerValue::Text("Weak left foot".into());
    let case = room.desk.case_unshown(patient.parse().unwrap()).unwrap();
    let answers = case.answers(assessment.parse().unwrap());
    let kept = &answers["exam-neurology"][0];
    assert_eq!(
        *kept.state,
        record::body::AnswerState::Given { value: typed }
    );
}
