//! Who a patient is: details with their history, conflicts, and a death.

use record::body::Death;

use super::Room;
use super::forms::{own_choice, referral};
use crate::case::slots;
use crate::refusal::Refusal;
use crate::view::{DeathForm, DetailRow, DetailsForm, GivenForm, PersonView, PrintForm};
use crate::{decide, patient, person, plan, worklist};

fn form(fields: &[(&str, &str)], corrects: bool, reason: &str) -> DetailsForm {
    DetailsForm {
        fields: fields
            .iter()
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
            .collect(),
        corrects,
        reason: reason.into(),
    }
}

fn change(room: &mut Room, patient: &str, form: DetailsForm) -> Result<PersonView, Refusal> {
    person::change_details(&mut room.desk, patient.to_owned(), form)
}

fn row<'a>(view: &'a PersonView, field: &str) -> &'a DetailRow {
    view.details.iter().find(|row| row.field == field).unwrap()
}

fn found(room: &mut Room, text: &str) -> usize {
    worklist::search(&mut room.desk, text.into())
        .unwrap()
        .hits
        .len()
}

fn died(date: &str) -> DeathForm {
    DeathForm {
        died: true,
        date: date.into(),
        source: "gp".into(),
        ..DeathForm::default()
    }
}

fn in_tab(room: &mut Room, tab: &str) -> usize {
    let list = worklist::worklist(&mut room.desk, tab.into(), String::new(), 0);
    list.unwrap().rows.len()
}

#[test]
fn a_former_name_stays_in_the_history_with_who_and_why_and_still_finds_the_person() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let view = change(
        &mut room,
        &patient,
        form(&[("family", "Ndlovu-Hart")], false, "Married"),
    )
    .unwrap();
    let family = row(&view, "family");
    assert_eq!(family.words, "Ndlovu-Hart");
    assert_eq!(family.before[0].words, "Ndlovu");
    assert!(family.before[0].who.starts_with("Ama Osei, 24-Nov-2026"));
    assert!(family.conflict.is_empty());
    assert_eq!(found(&mut room, "hart"), 1);
    change(
        &mut room,
        &patient,
        form(&[("family", "Hart")], false, "By deed poll"),
    )
    .unwrap();
    assert_eq!(found(&mut room, "ndlovu thabo"), 1);
    let record = patient::open_patient(&mut room.desk, patient).unwrap();
    assert!(
        record
            .now
            .details
            .iter()
            .any(|line| line.label == "Former names" && line.value.contains("Ndlovu-Hart"))
    );
}

#[test]
fn what_says_who_somebody_is_and_what_was_wrong_change_only_with_a_reason() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let no_reason = |answer: Result<PersonView, Refusal>| matches!(answer, Err(Refusal::Invalid(fields)) if fields[0].field == "reason");
    for field in [("family", "Nkosi"), ("born", "1979-09-18")] {
        let answer = change(&mut room, &patient, form(&[field], false, " "));
        assert!(no_reason(answer), "{field:?}");
    }
    // Something new, and something that has changed, need none; what was wrong does.
    change(
        &mut room,
        &patient,
        form(&[("phone", "01632 960001")], false, ""),
    )
    .unwrap();
    change(
        &mut room,
        &patient,
        form(&[("phone", "01632 960002")], false, ""),
    )
    .unwrap();
    let wrong = form(&[("phone", "01632 960003")], true, "");
    assert!(no_reason(change(&mut room, &patient, wrong)));
    let corrected = form(
        &[("phone", "01632 960003")],
        true,
        "Two digits were swapped",
    );
    let view = change(&mut room, &patient, corrected).unwrap();
    assert_eq!(row(&view, "phone").before.len(), 2);
}

#[test]
fn an_impossible_detail_is_refused_by_its_field_and_nothing_is_written() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let wrong = form(
        &[
            ("family", " "),
            ("born", "2027-01-01"),
            ("nhs-number", "999 160 9937"),
            ("gender", "blue"),
            ("nhs-number-status", "guessed"),
            ("phone", "01632 960001"),
        ],
        true,
        "Made up",
    );
    let Err(Refusal::Invalid(faults)) = change(&mut room, &patient, wrong) else {
        panic!("it was taken");
    };
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "family",
            "born",
            "gender",
            "nhs-number",
            "nhs-number-status"
        ]
    );
    let view = person::open_person(&mut room.desk, patient).unwrap();
    assert_eq!(row(&view, "phone").words, "Not known");
}

#[test]
fn the_status_of_an_nhs_number_never_passes_to_another_number() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let alone = form(&[("nhs-number-status", "verified")], false, "");
    assert!(matches!(
        change(&mut room, &patient, alone),
        Err(Refusal::Invalid(_))
    ));
    let both = form(
        &[
            ("nhs-number", "999 160 9938"),
            ("nhs-number-status", "verified"),
        ],
        false,
        "",
    );
    let view = change(&mut room, &patient, both).unwrap();
    assert_eq!(row(&view, "nhs-number-status").words, "Traced and verified");
    let said = |room: &mut Room| {
        let record = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
        let lines = record.now.details.into_iter();
        lines.filter(|line| line.label == "NHS number").count()
    };
    assert_eq!(said(&mut room), 1);
    let other = form(&[("nhs-number", "999 150 0286")], true, "Another person's");
    change(&mut room, &patient, other).unwrap();
    assert_eq!(said(&mut room), 0);
    assert_eq!(found(&mut room, "999 160 9938"), 1);
}

#[test]
fn safety_01_of_telephone_numbers_in_conflict_none_is_used() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    change(
        &mut room,
        &patient,
        form(&[("phone", "01632 960001")], false, ""),
    )
    .unwrap();
    room.detail_elsewhere(&patient, "phone", "01632 960002");
    let record = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
    let shown = serde_json::to_string(&(&record.banner.details, &record.now.details)).unwrap();
    assert!(shown.contains("In conflict, use none") && !shown.contains("960001"));
    // It does not say who somebody is, so it stops nothing.
    assert_eq!(record.banner.identity_conflict, None);
    let view = person::open_person(&mut room.desk, patient).unwrap();
    assert_eq!(row(&view, "phone").conflict.len(), 2);
}

/// A conflict, and everything that prints, saves, signs or hands over refuses while it stands.
fn stops_everything(cause: impl FnOnce(&mut Room, &str), settle: impl FnOnce(&mut Room, &str)) {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    room.agree(&assessment).unwrap();
    let folder = room.folder().join("paper");
    std::fs::create_dir(&folder).unwrap();
    cause(&mut room, &patient);

    let shown = patient::open_patient(&mut room.desk, patient.clone()).unwrap();
    assert!(shown.banner.identity_conflict.is_some());
    let drawn = decide::triage_result(&mut room.desk, assessment.clone()).unwrap();
    assert!(!drawn.sign_as_proposed.allowed);
    let id = || assessment.clone();
    let desk = &mut room.desk;
    let print = PrintForm {
        printer: "none".into(),
        copies: 1,
        large: false,
    };
    let given = GivenForm {
        name_checked: true,
        born: "1979-09-17".into(),
        to: "patient".into(),
    };
    let refusals = [
        decide::sign_decision(desk, id(), own_choice(&drawn)).err(),
        plan::save_plan_pdf(desk, id(), false, folder.display().to_string()).err(),
        plan::print_plan(desk, id(), print).err(),
        plan::plan_given(desk, id(), given).err(),
        room.agree(&assessment).err(),
    ];
    for (number, refusal) in refusals.into_iter().enumerate() {
        let words = refusal
            .unwrap_or_else(|| panic!("{number} went through"))
            .to_string();
        assert!(words.contains("in conflict"), "{number}: {words}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);

    settle(&mut room, &patient);
    let to = folder.display().to_string();
    plan::save_plan_pdf(&mut room.desk, assessment.clone(), false, to).unwrap();
    room.sign(&assessment);
}

#[test]
fn safety_01_while_it_is_in_conflict_who_somebody_is_nothing_is_printed_sent_or_signed() {
    stops_everything(
        |room, patient| room.detail_elsewhere(patient, "given", "Tabo"),
        |room, patient| {
            let settle = |room: &mut Room, value: &str, reason: &str| {
                person::settle_detail(
                    &mut room.desk,
                    patient.to_owned(),
                    "given".into(),
                    value.into(),
                    reason.into(),
                )
            };
            let neither = settle(room, "Theo", "Guessed");
            assert!(matches!(neither, Err(Refusal::Invalid(_))));
            assert!(matches!(
                settle(room, "Thabo", ""),
                Err(Refusal::Invalid(_))
            ));
            let view = settle(room, "Thabo", "Asked him for his passport").unwrap();
            let given = row(&view, "given");
            assert_eq!((given.words.as_str(), given.conflict.len()), ("Thabo", 0));
            assert!(given.before.iter().any(|before| before.words == "Tabo"));
            assert!(matches!(
                settle(room, "Tabo", "Twice"),
                Err(Refusal::Stale(_))
            ));
        },
    );
}

#[test]
fn safety_01_while_it_is_in_conflict_whether_somebody_died_nothing_is_printed_sent_or_signed() {
    stops_everything(
        |room, patient| {
            person::record_death(&mut room.desk, patient.to_owned(), died("2026-11-20")).unwrap();
            let alive = Death {
                died: false,
                date: String::new(),
                source: String::new(),
                note: String::new(),
            };
            room.write_unseen(patient, slots::DEATH, &alive);
            // Somebody who may be alive is not taken off the lists.
            let view = patient::open_patient(&mut room.desk, patient.to_owned()).unwrap();
            assert_eq!(view.banner.died, None);
        },
        |room, patient| {
            let settled = DeathForm {
                died: false,
                reason: "She answered the telephone".into(),
                ..DeathForm::default()
            };
            let view = person::record_death(&mut room.desk, patient.to_owned(), settled).unwrap();
            assert!(!view.death.conflict && view.death.words.is_none());
            assert_eq!(view.death.before.len(), 2);
        },
    );
}

#[test]
fn somebody_who_died_leaves_the_lists_of_those_who_wait_and_what_is_open_is_listed() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let assessment = room.start(&patient);
    room.answer(&assessment, "pain-main", super::forms::text("Back"));
    assert_eq!(
        (in_tab(&mut room, "to-do"), in_tab(&mut room, "assessments")),
        (1, 1)
    );
    let view = person::record_death(&mut room.desk, patient.clone(), died("2026-11")).unwrap();
    assert_eq!(view.death.words.as_deref(), Some("Died Nov-2026"));
    assert_eq!(view.banner.died.as_deref(), Some("Died Nov-2026"));
    // The day is not guessed: the clock says that a date is missing.
    assert!(view.banner.wait.missing);
    assert!(view.death.left[0].contains("assessment that was started on 24-Nov-2026"));
    for tab in ["to-do", "referrals", "assessments", "to-sign", "follow-up"] {
        assert_eq!(in_tab(&mut room, tab), 0, "{tab}");
    }
    assert_eq!(in_tab(&mut room, "all"), 1);
    assert_eq!(found(&mut room, "ndlovu"), 1);
    // The day becomes known: the clock stops on it, and the correction says why.
    let unsaid = person::record_death(&mut room.desk, patient.clone(), died("2026-11-20"));
    assert!(matches!(unsaid, Err(Refusal::Invalid(fields)) if fields[0].field == "reason"));
    let day = DeathForm {
        reason: "The certificate came".into(),
        ..died("2026-11-20")
    };
    let view = person::record_death(&mut room.desk, patient, day).unwrap();
    assert_eq!(view.banner.died.as_deref(), Some("Died 20-Nov-2026"));
    assert_eq!(view.banner.wait.words, "Clock stopped");
    assert!(
        view.banner.wait.rule.to_lowercase().contains("death"),
        "{}",
        view.banner.wait.rule
    );
}

#[test]
fn a_death_that_cannot_be_is_refused() {
    let mut room = Room::demo();
    let patient = room.refer(referral("Ndlovu", "Thabo"));
    let tried = |room: &mut Room, form: DeathForm| {
        person::record_death(&mut room.desk, patient.clone(), form)
    };
    for date in ["2026-11-25", "2027", "1979-08", "soon"] {
        let answer = tried(&mut room, died(date));
        assert!(
            matches!(&answer, Err(Refusal::Invalid(faults)) if faults[0].field == "date"),
            "{date}"
        );
    }
    let by_nobody = DeathForm {
        source: String::new(),
        ..died("2026")
    };
    assert!(matches!(
        tried(&mut room, by_nobody),
        Err(Refusal::Invalid(_))
    ));
    let nothing_there = DeathForm::default();
    assert!(matches!(
        tried(&mut room, nothing_there),
        Err(Refusal::Plain(_))
    ));
    assert!(tried(&mut room, died("")).is_ok());
}
