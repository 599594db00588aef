//! Questionnaires that are added to an assessment, and the packs that bring their words.

use std::fmt::Write as _;

use assessment::instrument::{Instrument, pack_digest};
use record::role::Role;

use super::Room;
use super::forms::number;
use crate::assess;
use crate::instruments;
use crate::patient::open_patient;
use crate::refusal::Refusal;
use crate::view::{AfterAnswer, FormFields, FormView, ScoreView, SectionView};

const SECTION: &str = "questionnaires";

fn on_the_form() -> FormFields {
    FormFields {
        licensed_form: true,
        how: "self".into(),
        completed: "2026-11-20".into(),
    }
}

fn not_ticked() -> FormFields {
    FormFields {
        licensed_form: false,
        ..on_the_form()
    }
}

/// A pack in made-up words, with each text as given.
fn pack(id: &str, until: &str) -> String {
    let form = Instrument::by_id(id).unwrap();
    let mut text = format!(
        "format = \"felloe-instrument-pack-1\"\ninstrument = \"{id}\"\nversion = \"trial 1\"\nlanguage = \"en-GB\"\nlicence-holder = \"Made-up Holder\"\nlicence-reference = \"MU-7\"\nheld-by = \"Example Clinic\"\nvalid-until = \"{until}\"\nattribution = \"Made-up words for a test.\"\nstem = \"Made-up stem\"\n"
    );
    for (nth, (_, item)) in form.items_on_form().enumerate() {
        let labels: Vec<String> = (0..form.options_of(item).len())
            .map(|at| format!("\"step {at}\""))
            .collect();
        let _ = write!(
            text,
            "[[item]]\ntext = \"Made-up sentence {}\"\noptions = [{}]\n",
            nth + 1,
            labels.join(", ")
        );
    }
    let digest = pack_digest(&text);
    format!("digest = \"{digest}\"\n{text}")
}

fn section(after: &[SectionView]) -> &SectionView {
    after.iter().find(|section| section.id == SECTION).unwrap()
}

fn shown<'a>(after: &'a AfterAnswer, instrument: &str) -> &'a FormView {
    let mut forms = section(&after.sections).forms.iter();
    forms.find(|form| form.instrument == instrument).unwrap()
}

fn scored<'a>(after: &'a AfterAnswer, instrument: &str) -> Option<&'a ScoreView> {
    let mut scores = section(&after.sections).scores.iter();
    scores.find(|score| score.instrument == instrument)
}

fn add(room: &mut Room, assessment: &str, instrument: &str, form: FormFields) -> AfterAnswer {
    assess::record_form(&mut room.desk, assessment.into(), instrument.into(), form).unwrap()
}

fn answer(room: &mut Room, assessment: &str, question: &str, value: i64) -> AfterAnswer {
    room.answer(assessment, question, number(value))
}

/// Fills in the ten items of PSEQ so that they come to a total.
fn fill_in(room: &mut Room, assessment: &str, total: i64) -> AfterAnswer {
    let mut last = None;
    for item in 1..=10 {
        let value = total / 10 + i64::from(item <= total % 10);
        last = Some(answer(room, assessment, &format!("pseq-{item}"), value));
    }
    last.unwrap()
}

fn refused(result: Result<AfterAnswer, Refusal>) -> String {
    match result.err() {
        Some(Refusal::Invalid(fields)) => fields[0].message.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_of_a_questionnaire_is_asked_until_it_is_added() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    let view = assess::open_assessment(&mut room.desk, assessment.clone()).unwrap();
    let before = section(&view.sections);
    assert!(before.questions.is_empty() && before.forms.is_empty());
    assert_eq!(before.addable.len(), 17);
    assert!(!view.answers.keys().any(|id| id.starts_with("pseq")));
    let after = add(&mut room, &assessment, "pseq", on_the_form());
    let now = section(&after.sections);
    assert_eq!(now.questions.len(), 10);
    assert_eq!(now.addable.len(), 16);
    assert_eq!(now.questions[0].text, "Item 1");
}

#[test]
fn answers_count_only_once_the_licensed_form_is_ticked() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    let early = room.try_answer(&assessment, "pseq-1", number(3));
    assert!(refused(early).starts_with("Add PSEQ"));
    let after = add(&mut room, &assessment, "pseq", not_ticked());
    assert!(shown(&after, "pseq").needs_tick && !shown(&after, "pseq").counts);
    assert!(scored(&after, "pseq").is_none());
    let unticked = room.try_answer(&assessment, "pseq-1", number(3));
    assert!(refused(unticked).starts_with("Tick that"));
    add(&mut room, &assessment, "pseq", on_the_form());
    let after = fill_in(&mut room, &assessment, 20);
    let score = scored(&after, "pseq").unwrap();
    assert_eq!(
        (score.words.as_str(), score.band.as_deref()),
        ("20 of 60", Some("moderate"))
    );
    let after = add(&mut room, &assessment, "pseq", not_ticked());
    assert!(scored(&after, "pseq").is_none());
}

#[test]
fn an_answer_outside_the_permitted_numbers_is_refused() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    add(&mut room, &assessment, "tsk-11", on_the_form());
    for value in [0, 5] {
        refused(room.try_answer(&assessment, "tsk-11-1", number(value)));
    }
}

#[test]
fn a_questionnaire_taken_away_counts_no_more_and_needs_a_reason() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    add(&mut room, &assessment, "pseq", on_the_form());
    fill_in(&mut room, &assessment, 20);
    let take = |room: &mut Room, reason: &str| {
        let (assessment, reason) = (assessment.clone(), reason.to_owned());
        assess::remove_form(&mut room.desk, assessment, "pseq".into(), reason)
    };
    assert!(refused(take(&mut room, " ")).contains("why"));
    let after = take(&mut room, "Filled in by the wrong person").unwrap();
    assert!(section(&after.sections).forms.is_empty());
    assert!(scored(&after, "pseq").is_none());
    let view = open_patient(&mut room.desk, patient).unwrap();
    assert!(view.now.scores.iter().all(|trend| trend.name != "PSEQ"));
    let lines: Vec<&str> = view
        .timeline
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    assert!(lines.contains(&"PSEQ: taken away"), "{lines:?}");
}

#[test]
fn start_back_is_refused_once_the_pain_recorded_is_elsewhere() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    add(&mut room, &assessment, "start-back", on_the_form());
    room.row(
        &assessment,
        "region",
        &[("region", "knee"), ("side", "left")],
    );
    let again = assess::record_form(
        &mut room.desk,
        assessment,
        "start-back".into(),
        on_the_form(),
    );
    assert!(refused(again).contains("for the back alone"));
}

#[test]
fn a_form_is_completed_on_a_day_that_is_not_to_come() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    let today = FormFields {
        completed: String::new(),
        ..on_the_form()
    };
    let after = add(&mut room, &assessment, "pseq", today);
    let day = room.desk.today().to_string();
    assert_eq!(shown(&after, "pseq").completed, day);
    for day in ["2099-01-01", "yesterday", ""] {
        let form = FormFields {
            completed: day.into(),
            ..on_the_form()
        };
        let result = assess::record_form(&mut room.desk, assessment.clone(), "pseq".into(), form);
        refused(result);
    }
}

impl Room {
    /// Two people adopt the pack of an instrument.
    fn adopt_pack(&mut self, instrument: &str) {
        let all = crate::adoption::adoptions(&mut self.desk).unwrap();
        let mut contents = all.contents.into_iter();
        let pack = contents.find(|it| it.what == "instrument-pack" && it.id == instrument);
        self.adopt("instrument-pack", &pack.unwrap().digest);
    }
}

#[test]
fn a_pack_words_the_items_and_a_withdrawn_or_expired_one_leaves_numbers() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    let list = instruments::import_pack(&mut room.desk, pack("pseq", "2026-12-31")).unwrap();
    let row = list.instruments.iter().find(|row| row.instrument == "pseq");
    let waiting = row.unwrap();
    assert_eq!(
        waiting.wording, "numbers",
        "until two people have signed for it"
    );
    assert_eq!(waiting.pack.as_ref().unwrap().state, "to-adopt");
    room.adopt_pack("pseq");
    let list = instruments::instruments_in_use(&mut room.desk).unwrap();
    let row = list
        .instruments
        .iter()
        .find(|row| row.instrument == "pseq")
        .unwrap();
    assert_eq!(row.wording, "pack");
    let kept = row.pack.as_ref().unwrap();
    assert_eq!(
        (kept.state.as_str(), kept.licence_reference.as_str()),
        ("in-use", "MU-7")
    );
    assert!(kept.imported.contains("Ama Osei"), "{}", kept.imported);
    let after = add(&mut room, &assessment, "pseq", not_ticked());
    let form = shown(&after, "pseq");
    assert!(!form.needs_tick && form.counts);
    assert_eq!(form.attribution, "Made-up words for a test.");
    assert_eq!(
        section(&after.sections).questions[2].text,
        "Made-up sentence 3"
    );
    let reason = "The licence was not renewed".to_owned();
    let list = instruments::withdraw_pack(&mut room.desk, "pseq".into(), reason).unwrap();
    let row = list
        .instruments
        .iter()
        .find(|row| row.instrument == "pseq")
        .unwrap();
    assert_eq!(row.wording, "numbers");
    let view = assess::open_assessment(&mut room.desk, assessment).unwrap();
    let now = section(&view.sections);
    assert_eq!(now.questions[2].text, "Item 3");
    // What was asked in its words still counts.
    assert!(now.forms[0].counts);
}

#[test]
fn a_form_completed_on_paper_is_not_said_to_be_asked_in_the_words_of_a_later_pack() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    add(&mut room, &assessment, "pseq", on_the_form());
    add(&mut room, &assessment, "isi", not_ticked());
    instruments::import_pack(&mut room.desk, pack("pseq", "2026-12-31")).unwrap();
    instruments::import_pack(&mut room.desk, pack("isi", "2026-12-31")).unwrap();
    room.adopt_pack("pseq");
    room.adopt_pack("isi");
    let again = FormFields {
        how: "read-aloud".into(),
        ..on_the_form()
    };
    let after = add(&mut room, &assessment, "pseq", again);
    assert!(shown(&after, "pseq").needs_tick && shown(&after, "pseq").licensed_form);
    // One that waited for its tick can still get it, or be asked in the words that came.
    assert!(shown(&after, "isi").needs_tick && !shown(&after, "isi").counts);
    let after = add(&mut room, &assessment, "isi", not_ticked());
    assert!(!shown(&after, "isi").needs_tick && shown(&after, "isi").counts);
}

#[test]
fn a_pack_holds_through_its_last_day_and_no_longer() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    let today = room.desk.today().to_string();
    instruments::import_pack(&mut room.desk, pack("pseq", &today)).unwrap();
    room.adopt_pack("pseq");
    let after = add(&mut room, &assessment, "pseq", not_ticked());
    assert_eq!(
        section(&after.sections).questions[0].text,
        "Made-up sentence 1"
    );
    room.days(1);
    let osei = room.osei.clone();
    room.seat(&osei);
    let view = assess::open_assessment(&mut room.desk, assessment).unwrap();
    assert_eq!(section(&view.sections).questions[0].text, "Item 1");
    let list = instruments::instruments_in_use(&mut room.desk).unwrap();
    let row = list
        .instruments
        .iter()
        .find(|row| row.instrument == "pseq")
        .unwrap();
    assert_eq!(row.pack.as_ref().unwrap().state, "expired");
}

#[test]
fn a_pack_that_cannot_be_used_leaves_everything_as_it_was() {
    let mut room = Room::live();
    let good = pack("pseq", "2026-12-31");
    for spoilt in [
        good.replace("Made-up sentence 4", "Another sentence"),
        good.replace("MU-7", ""),
        pack("pseq", "2026-11-01"),
        "not a pack".to_owned(),
    ] {
        assert!(instruments::check_pack(&mut room.desk, spoilt.clone()).is_err());
        assert!(instruments::import_pack(&mut room.desk, spoilt).is_err());
    }
    let list = instruments::instruments_in_use(&mut room.desk).unwrap();
    assert!(list.instruments.iter().all(|row| row.pack.is_none()));
}

#[test]
fn a_nurse_sees_the_instruments_and_does_not_import_packs() {
    let mut room = Room::live();
    room.seat_a(Role::Nurse);
    let text = pack("pseq", "2026-12-31");
    let refusal = instruments::import_pack(&mut room.desk, text).unwrap_err();
    assert!(matches!(refusal, Refusal::NotAllowed(_)));
    let list = instruments::instruments_in_use(&mut room.desk).unwrap();
    assert!(!list.may_change);
}

#[test]
fn safety_19_a_change_since_last_time_is_said_only_past_its_published_change() {
    for (before, after, said) in [
        (
            18,
            26,
            "higher by 8, more than chance, which is better since",
        ),
        (21, 29, "no reliable change since"),
        (29, 32, "no reliable change since"),
    ] {
        let mut room = Room::live();
        let (patient, first) = room.begin();
        add(&mut room, &first, "pseq", on_the_form());
        fill_in(&mut room, &first, before);
        room.ask_everything(&first);
        assert!(room.finish(&first).finished);
        let second = room.start(&patient);
        add(&mut room, &second, "pseq", on_the_form());
        let now = fill_in(&mut room, &second, after);
        let change = scored(&now, "pseq").unwrap().change.clone().unwrap();
        assert!(change.starts_with(said), "{change}");
        assert!(
            change.ends_with(&format!("20-Nov-2026 ({before})")),
            "{change}"
        );
        let view = open_patient(&mut room.desk, patient).unwrap();
        let trend = view
            .now
            .scores
            .iter()
            .find(|trend| trend.name == "PSEQ")
            .unwrap();
        assert_eq!(trend.points.len(), 2);
    }
}

#[test]
fn a_form_with_parts_is_followed_by_its_parts() {
    let mut room = Room::live();
    let (patient, assessment) = room.begin();
    add(&mut room, &assessment, "bpi-sf", on_the_form());
    for (item, value) in [8, 4, 6, 6, 7, 6, 5, 8, 4, 7, 6].into_iter().enumerate() {
        answer(
            &mut room,
            &assessment,
            &format!("bpi-sf-{}", item + 1),
            value,
        );
    }
    let view = open_patient(&mut room.desk, patient).unwrap();
    let named = |name: &str| {
        let mut all = view.now.scores.iter();
        all.find(|trend| trend.name == name).unwrap().last.clone()
    };
    assert_eq!(named("BPI-SF severity"), "6.00 of 10");
    assert_eq!(named("BPI-SF interference"), "6.14 of 10");
}
