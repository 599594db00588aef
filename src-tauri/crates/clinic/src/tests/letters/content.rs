//! What a letter says, and what each of its facts rests on.

use super::super::Room;
use super::super::forms::{own_choice, present, text};
use super::{KINDS, decided, part};
use crate::refusal::Refusal;
use crate::view::{DecisionForm, RouteForm};
use crate::{decide, letter, route};

#[test]
fn a_letter_is_drafted_from_the_signed_case_and_every_fact_names_its_entries() {
    let (mut room, _, assessment) = decided();
    let view = room.letter(&assessment, "gp");
    let decision = part(&view, "decision");
    assert!(
        decision.drafted
            && decision
                .text
                .starts_with("Decision: Spinal surgery or neurology")
    );
    assert!(
        decision
            .text
            .contains("Signed by Ama Osei, consultant, 24-Nov-2026")
    );
    assert_eq!(decision.sources.len(), 1);
    assert!(decision.sources[0].words.contains("Decision signed"));
    assert!(decision.sources[0].who.ends_with("A. Osei"));
    let found = part(&view, "found");
    for words in [
        "Referred by Dr Example",
        "Main problem: Neck",
        "none present",
    ] {
        assert!(found.text.contains(words), "{words}\n{}", found.text);
    }
    for to in KINDS {
        let view = room.letter(&assessment, to);
        let filled = view.parts.iter().filter(|part| part.drafted);
        let bare: Vec<_> = filled
            .filter(|part| part.sources.is_empty())
            .map(|part| part.id.as_str())
            .collect();
        // The numbers of a site are no fact of a person.
        let content = if to == "patient" {
            vec!["contacts"]
        } else {
            vec![]
        };
        assert_eq!(bare, content, "{to}");
    }
}

#[test]
fn nothing_is_drafted_before_a_decision_is_signed() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let opened = letter::open_letter(&mut room.desk, assessment, "gp".into());
    let refused = opened.unwrap_err().to_string();
    assert!(
        refused.contains("drafted from a signed decision"),
        "{refused}"
    );
}

#[test]
fn a_letter_is_approved_only_with_all_that_a_person_must_write_and_under_their_passphrase() {
    let (mut room, _, assessment) = decided();
    let missing = room.letter(&assessment, "gp").missing;
    assert_eq!(missing, ["To whom it goes", "What we ask of you"]);
    assert!(matches!(
        room.try_approving(&assessment, "gp"),
        Err(Refusal::Plain(_))
    ));
    room.complete(&assessment, "gp");
    let form = crate::view::ApproveLetterForm {
        passphrase: "not the passphrase".into(),
        ..Default::default()
    };
    let wrong = letter::approve_letter(&mut room.desk, assessment.clone(), "gp".into(), form);
    assert!(wrong.is_err());
    let view = room.try_approving(&assessment, "gp").unwrap();
    let approved = view.approved.unwrap();
    assert!(
        approved.starts_with("Version 1, approved 24-Nov-2026"),
        "{approved}"
    );
    assert!(view.holds.is_empty(), "{:?}", view.holds);
}

#[test]
fn what_the_program_filled_in_is_written_word_for_word_when_it_is_approved() {
    let (mut room, patient, assessment) = decided();
    let drafted = room.letter(&assessment, "patient");
    room.approve(&assessment, "patient");
    let record = crate::patient::open_patient(&mut room.desk, patient).unwrap();
    let letters = record.timeline.iter().filter(|it| it.group == "letters");
    let written: Vec<_> = letters.flat_map(|it| &it.detail).collect();
    let decided = &part(&drafted, "decided").text;
    assert!(written.iter().any(|line| line.value == *decided));
}

#[test]
fn facts_that_changed_since_a_part_was_written_are_said_and_keep_it_from_being_approved() {
    let (mut room, _, assessment) = decided();
    room.complete(&assessment, "gp");
    room.write_plan(&assessment);
    room.agree(&assessment).unwrap();
    let view = room.letter(&assessment, "gp");
    let plan = part(&view, "plan");
    assert!(plan.changed && plan.text.is_empty());
    assert!(
        plan.fresh.contains("Goal: Walk for ten minutes"),
        "{}",
        plan.fresh
    );
    assert!(matches!(
        room.try_approving(&assessment, "gp"),
        Err(Refusal::Stale(_))
    ));
    let fresh = plan.fresh.clone();
    let view = room.write_part(&assessment, "gp", "plan", &fresh);
    assert!(!part(&view, "plan").changed);
    assert!(room.try_approving(&assessment, "gp").is_ok());
}

#[test]
fn safety_16_safeguarding_is_in_no_letter() {
    let mut room = Room::demo();
    let (patient, assessment) = room.begin();
    room.ask_everything(&assessment);
    room.answer(&assessment, "safeguard-concern", present());
    room.answer(&assessment, "safeguard-note", text("Bruises on both arms"));
    let form = RouteForm {
        outcome: "followed".into(),
        done: "Telephoned".into(),
        told: "Local safeguarding".into(),
        ..RouteForm::default()
    };
    route::record_route(&mut room.desk, patient, "safeguard".into(), form).unwrap();
    assert!(room.finish(&assessment).finished);
    room.sign(&assessment);
    for to in KINDS {
        let view = room.letter(&assessment, to);
        for part in &view.parts {
            let sources = part.sources.iter().map(|source| source.words.as_str());
            let said: Vec<&str> = sources.chain([part.text.as_str()]).collect();
            for word in ["Bruises", "abuse", "neglect", "afeguard"] {
                let hit = said.iter().find(|said| said.contains(word));
                assert!(hit.is_none(), "{to}, {}: {hit:?}", part.id);
            }
        }
    }
}

#[test]
fn safety_16_a_safeguarding_decision_has_no_letter() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    let drawn = room.result(&assessment);
    let form = DecisionForm {
        lead: "D03".into(),
        ..own_choice(&drawn)
    };
    decide::sign_decision(&mut room.desk, assessment.clone(), form).unwrap();
    for to in KINDS {
        let opened = letter::open_letter(&mut room.desk, assessment.clone(), to.into());
        assert!(matches!(opened, Err(Refusal::Plain(_))), "{to}");
    }
}

#[test]
fn the_letter_to_the_patient_is_in_plain_words_without_a_score_or_a_label() {
    let (mut room, _, assessment) = decided();
    let view = room.letter(&assessment, "patient");
    assert!(view.for_patient);
    let decided = part(&view, "decided");
    assert!(
        decided.text.contains("a team that knows about the spine"),
        "{}",
        decided.text
    );
    assert_eq!(part(&view, "talked").text, "We met on 24 November 2026.");
    let all: String = view.parts.iter().map(|part| part.text.as_str()).collect();
    for word in [
        "PHQ",
        "GAD",
        "score",
        " of 27",
        " of 21",
        "Urgency",
        "D05",
        "catastroph",
    ] {
        assert!(!all.contains(word), "{word}");
    }
    let warning = part(&view, "warning");
    assert!(
        warning
            .reading_age
            .as_deref()
            .is_some_and(|age| age.starts_with("Reading age"))
    );
    assert!(
        room.letter(&assessment, "gp")
            .parts
            .iter()
            .all(|part| part.reading_age.is_none())
    );
}

#[test]
fn phrases_are_offered_for_the_decision_and_what_holds_for_primary_pain_for_no_other() {
    let (mut room, _, assessment) = decided();
    let view = room.letter(&assessment, "gp");
    let offered: Vec<_> = part(&view, "teaching").phrases.iter().collect();
    assert!(
        offered
            .iter()
            .any(|phrase| phrase.text.starts_with("Sciatica"))
    );
    assert!(offered.iter().all(|phrase| phrase.source.ends_with(']')));
    let primary = |text: &str| text.starts_with("Where no other condition explains");
    assert!(!offered.iter().any(|phrase| primary(&phrase.text)));
    assert!(
        part(&view, "teaching").text.is_empty(),
        "nobody is taught unasked"
    );
}

#[test]
fn the_letters_of_one_decision_are_five_and_open_again_as_the_same() {
    let (mut room, _, assessment) = decided();
    let names: std::collections::BTreeSet<String> = KINDS
        .iter()
        .map(|to| room.letter(&assessment, to).file_name)
        .collect();
    assert_eq!(names.len(), 5);
    room.write_part(&assessment, "gp", "asks", "Nothing now.");
    let osei = room.osei.clone();
    room.seat(&osei);
    let again = room.letter(&assessment, "gp");
    assert!(names.contains(&again.file_name));
    assert_eq!(part(&again, "asks").text, "Nothing now.");
    let states: Vec<_> = again.kinds.iter().map(|kind| kind.state.as_str()).collect();
    assert_eq!(states[..2], ["Draft", "Not written"]);
}
