//! Who would move under other rules.

use record::role::Role;

use super::Room;
use super::forms::present;
use crate::decide;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::rulebook::{open_rulebook, try_ruleset};
use crate::view::Comparison;

/// The file of the rules that come with Felloe.
const SHIPPED: &str = include_str!("../../../../../assets/rulesets/uk-community-pain.toml");

impl Room {
    fn compare(&mut self, text: &str) -> Comparison {
        try_ruleset(&mut self.desk, text.to_owned()).unwrap()
    }
}

/// The shipped rules with a warning sign taken to be routine: everybody who has it would move.
fn milder(text: &str, rule: &str) -> String {
    let at = text.find(&format!("id = \"{rule}\"")).unwrap();
    let (before, after) = text.split_at(at);
    let after = after.replacen(
        "then = { urgency = \"emergency\", lead = \"D01\"",
        "then = { prompt = true",
        1,
    );
    assert_ne!(text, format!("{before}{after}"), "{rule} was changed");
    format!("{before}{after}")
}

/// An open case whose proposal is shown from the beginning, whatever id chance gave it.
fn open_case() -> (Room, String, String) {
    let mut rooms = (2..50).map(|seed| {
        let mut room = Room::demo_of(seed);
        let (patient, assessment) = room.begin();
        let hidden = room.result(&assessment).triage.hidden;
        (hidden, (room, patient, assessment))
    });
    rooms.find(|(hidden, _)| !hidden).unwrap().1
}

#[test]
fn nobody_moves_under_the_same_rules() {
    let (mut room, _, assessment) = open_case();
    room.answer(&assessment, "ces-saddle", present());
    let found = room.compare(SHIPPED);
    assert!(found.fault.is_none() && found.changes.is_empty());
    assert!(found.movers.is_empty() && found.vignette_movers.is_empty());
    assert_eq!(found.cases, "The one open case would not move.");
    assert!(
        found.proof.iter().all(|line| line.holds),
        "{:?}",
        found.proof
    );
}

#[test]
fn an_open_case_that_would_move_is_listed_with_what_would_change_and_why() {
    let (mut room, patient, assessment) = open_case();
    room.answer(&assessment, "ces-saddle", present());
    let found = room.compare(&milder(SHIPPED, "ces-new"));
    let mover = found
        .movers
        .iter()
        .find(|it| it.patient.as_deref() == Some(patient.as_str()));
    let mover = mover.expect("the case moves");
    assert!(mover.name.starts_with("NDLOVU"));
    let urgency = mover.moves.iter().find(|it| it.part == "Urgency").unwrap();
    assert_eq!(urgency.from, "Emergency");
    assert!(urgency.to.starts_with("Not settled"), "{}", urgency.to);
    assert!(mover.because.iter().any(|why| why.starts_with("ces-new")));
    let failed = found.proof.iter().find(|line| !line.holds);
    assert!(
        failed.is_some_and(|line| !line.words.is_empty()),
        "a sign that no rule acts on"
    );
    assert!(found.changes.iter().any(|change| change.rule == "ces-new"));
    assert!(
        found
            .vignette_movers
            .iter()
            .all(|it| it.patient.is_none() && !it.moves.is_empty())
    );
}

#[test]
fn a_signed_case_is_not_listed_because_the_decision_stands() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    let found = room.compare(&milder(SHIPPED, "ces-new"));
    assert_eq!(found.cases, "There are no open cases.");
}

#[test]
fn a_file_at_fault_is_named_by_line_column_and_nearest_name() {
    let mut room = Room::demo();
    let wrong = SHIPPED.replacen("fact = \"ces-saddle\"", "fact = \"ces-sadle\"", 1);
    let found = room.compare(&wrong);
    let fault = found.fault.unwrap();
    assert!(found.after.is_none() && found.movers.is_empty());
    assert_eq!(fault.nearest.as_deref(), Some("ces-saddle"));
    assert!(fault.text.contains("ces-sadle"));
    let line = wrong.lines().nth(fault.line as usize - 1).unwrap();
    assert_eq!(line, fault.text);
}

#[test]
fn safety_08_a_live_service_without_adopted_rules_compares_vignettes_and_no_case() {
    let mut room = Room::live();
    let (_, assessment) = room.begin();
    room.answer(&assessment, "ces-saddle", present());
    let found = room.compare(&milder(SHIPPED, "ces-new"));
    assert!(found.movers.is_empty());
    assert!(
        found.cases.contains("adopted no ruleset"),
        "{}",
        found.cases
    );
    assert!(!found.vignette_movers.is_empty());
}

#[test]
fn safety_09_a_case_whose_proposal_is_hidden_stays_hidden_among_those_who_would_move() {
    let mut room = Room::demo();
    let mut hidden = None;
    for _ in 0..60 {
        let patient = room.refer(super::forms::referral("Nowak", "Anna"));
        let assessment = room.start(&patient);
        room.answer(&assessment, "ces-saddle", present());
        let shown = decide::triage_result(&mut room.desk, assessment).unwrap();
        if shown.triage.hidden {
            hidden = Some(patient);
            break;
        }
    }
    let hidden = hidden.expect("about one in ten is hidden");
    let found = room.compare(&milder(SHIPPED, "ces-new"));
    assert!(
        found
            .movers
            .iter()
            .all(|it| it.patient.as_ref() != Some(&hidden))
    );
    assert!(
        found
            .cases
            .ends_with("not shown, because a clinician is to choose first.")
    );
}

#[test]
fn an_administrator_reads_the_rules_and_does_not_compare_them_over_cases() {
    let mut room = Room::demo();
    let officer = room.hire("Robin Officer", Role::ClinicalSafetyOfficer);
    room.seat_a(Role::Administrator);
    assert!(!open_rulebook(&mut room.desk).unwrap().may_compare);
    let refused = try_ruleset(&mut room.desk, SHIPPED.into());
    assert!(matches!(
        refused,
        Err(Refusal::NotAllowed(Act::CompareRules))
    ));
    room.seat(&officer);
    assert!(open_rulebook(&mut room.desk).unwrap().may_compare);
    assert!(try_ruleset(&mut room.desk, SHIPPED.into()).is_ok());
}
