//! The rules as they are read and tried.

use assessment::ruleset::Ruleset;
use assessment::vignette::Vignette;

use super::Room;
use super::forms::{absent, present};
use crate::door;
use crate::refusal::Refusal;
use crate::rulebook::{open_rule, open_rulebook, run_vignettes, start_case, try_case, try_ruleset};
use crate::view::{AnswerView, BenchAnswer, BenchCase, BenchResult, ConditionView};

fn made_up(base: &str, answers: &[(&str, &[AnswerView])]) -> BenchCase {
    BenchCase {
        base: base.into(),
        age: Some(47),
        answers: answers
            .iter()
            .map(|(question, answers)| BenchAnswer {
                question: (*question).to_owned(),
                answers: answers.to_vec(),
                days_ago: 0,
                origin: "clinician".into(),
            })
            .collect(),
        ..BenchCase::default()
    }
}

fn fires(result: &BenchResult, rule: &str) -> bool {
    result.fired.iter().any(|it| it.id == rule)
}

fn part<'a>(result: &'a BenchResult, id: &str) -> &'a crate::view::PartView {
    result.parts.iter().find(|part| part.id == id).unwrap()
}

impl Room {
    fn try_out(&mut self, case: BenchCase, rule: &str) -> BenchResult {
        try_case(&mut self.desk, case, rule.to_owned()).unwrap()
    }

    fn entries(&mut self) -> u64 {
        self.desk.sitting().unwrap().opened.store.lamport().unwrap()
    }
}

#[test]
fn every_rule_stands_under_what_it_decides_and_can_be_opened() {
    let mut room = Room::demo();
    let book = open_rulebook(&mut room.desk).unwrap();
    assert!(book.ruleset.draft && book.ruleset.status == "DRAFT");
    assert_eq!(book.ruleset.digest.len(), 9);
    for line in &book.rules {
        let stands = book
            .decided
            .iter()
            .flat_map(|decided| &decided.values)
            .any(|value| value.rules.contains(&line.id));
        assert!(stands, "{} is in the tree", line.id);
        let rule = open_rule(&mut room.desk, line.id.clone()).unwrap();
        assert!(!rule.words.is_empty(), "{} has its reason", line.id);
        assert_eq!(rule.ruleset.digest_whole, book.ruleset.digest_whole);
    }
    let shipped = Ruleset::shipped();
    let all = shipped.rules.len() + shipped.constraints.len() + shipped.claims.len();
    assert_eq!(book.rules.len(), all);
    let unknown = open_rule(&mut room.desk, "ces-nue".into());
    assert!(matches!(unknown, Err(Refusal::NotFound(_))));
}

#[test]
fn a_rule_is_said_with_its_condition_its_source_and_the_mark_in_words() {
    let mut room = Room::demo();
    let rule = open_rule(&mut room.desk, "ces-new".into()).unwrap();
    let when = rule.when.unwrap();
    assert_eq!(when.joined, "any");
    assert!(
        when.parts
            .iter()
            .all(|part| part.words.ends_with(": present"))
    );
    assert!(
        when.parts.iter().all(|part| part.turns_out.is_none()),
        "outside any case"
    );
    assert!(
        rule.then
            .contains(&"Urgency: at least emergency".to_owned())
    );
    assert_eq!(rule.mark_words, "Read in a secondary copy");
    assert!(!rule.citation.is_empty() && !rule.owner.is_empty());
    assert!(rule.precedence[0].starts_with("Rule "));
}

#[test]
fn a_rule_whose_review_date_has_passed_is_said_to_be_overdue() {
    let mut room = Room::demo();
    let rule = open_rule(&mut room.desk, "ces-new".into()).unwrap();
    assert!(!rule.overdue);
    room.days(3_650);
    let osei = room.osei.clone();
    room.seat(&osei);
    assert!(open_rule(&mut room.desk, "ces-new".into()).unwrap().overdue);
    let book = open_rulebook(&mut room.desk).unwrap();
    assert!(book.rules.iter().any(|line| line.overdue));
}

#[test]
fn a_made_up_case_is_tried_and_nothing_is_written() {
    let mut room = Room::demo();
    let before = room.entries();
    let result = room.try_out(
        made_up("nothing-found", &[("ces-saddle", &[present()])]),
        "ces-new",
    );
    assert!(fires(&result, "ces-new"));
    let urgency = part(&result, "urgency");
    assert!(urgency.settled && urgency.value == "Emergency");
    assert_eq!(result.chosen.unwrap().turns_out, "fires");
    assert_eq!(room.entries(), before);
}

#[test]
fn safety_01_answers_in_conflict_fire_on_the_safer_reading_and_say_so() {
    let mut room = Room::demo();
    let case = made_up("nothing-found", &[("ces-saddle", &[absent(), present()])]);
    let result = room.try_out(case, "ces-new");
    let fired = result.fired.iter().find(|it| it.id == "ces-new").unwrap();
    assert!(fired.in_conflict);
    let chosen = result.chosen.unwrap();
    assert_eq!(chosen.turns_out, "in-conflict");
    let saddle = leaf(&chosen.when.unwrap(), "ces-saddle");
    assert_eq!(saddle.turns_out.as_deref(), Some("in-conflict"));
    assert!(result.notes.iter().any(|note| note.contains("in conflict")));
}

#[test]
fn safety_02_an_answer_too_old_counts_as_not_asked_and_is_said_to_be() {
    let mut room = Room::demo();
    let mut case = made_up("nothing-found", &[("ces-saddle", &[absent()])]);
    case.answers[0].days_ago = 400;
    let result = room.try_out(case, "ces-new");
    assert!(!part(&result, "urgency").settled);
    assert!(result.may_yet.iter().any(|it| it.id == "ces-new"));
    let chosen = result.chosen.unwrap();
    let saddle = leaf(&chosen.when.unwrap(), "ces-saddle");
    assert_eq!(saddle.turns_out.as_deref(), Some("open"));
    assert_eq!(saddle.known.as_deref(), Some("not asked"));
    assert!(result.notes.iter().any(|note| note.contains("too old")));
}

#[test]
fn why_not_marks_each_fact_that_fits_and_each_that_does_not() {
    let mut room = Room::demo();
    let mut case = made_up("nothing-found", &[("gca-jaw", &[present()])]);
    case.age = Some(49);
    let result = room.try_out(case, "giant-cell");
    assert!(!fires(&result, "giant-cell"));
    let chosen = result.chosen.unwrap();
    assert_eq!(chosen.turns_out, "does-not");
    let when = chosen.when.unwrap();
    assert_eq!(leaf(&when, "gca-jaw").turns_out.as_deref(), Some("fits"));
    let age = when
        .parts
        .iter()
        .find(|it| it.words.starts_with("Age"))
        .unwrap();
    assert_eq!(age.turns_out.as_deref(), Some("does-not"));
    assert_eq!(age.known.as_deref(), Some("49 years"));
}

fn leaf(condition: &ConditionView, question: &str) -> ConditionView {
    fn find(condition: &ConditionView, question: &str) -> Option<ConditionView> {
        if condition.question.as_deref() == Some(question) {
            return Some(condition.clone());
        }
        condition.parts.iter().find_map(|part| find(part, question))
    }
    find(condition, question).unwrap()
}

#[test]
fn medicines_are_read_as_a_regimen_and_a_wrong_one_is_refused_at_its_field() {
    let mut room = Room::demo();
    let mut case = made_up("nothing-found", &[]);
    case.medicines = Some("morphine MR 60 mg x2".into());
    let result = room.try_out(case.clone(), "");
    assert!(
        result.medicines.iter().any(|line| line.contains("120 mg")),
        "{:?}",
        result.medicines
    );
    case.medicines = Some("morfine 60 mg x2".into());
    let refused = try_case(&mut room.desk, case, String::new());
    assert!(matches!(refused, Err(Refusal::Invalid(fields)) if fields[0].field == "medicines"));
}

#[test]
fn an_answer_that_its_question_cannot_have_is_refused_at_its_row() {
    let mut room = Room::demo();
    let wrong = super::forms::number(14);
    let case = made_up("nothing-found", &[("pain-average", &[wrong])]);
    let refused = try_case(&mut room.desk, case, String::new());
    assert!(
        matches!(refused, Err(Refusal::Invalid(fields)) if fields[0].field == "answer-pain-average")
    );
}

#[test]
fn a_case_that_starts_from_a_vignette_is_that_vignette() {
    let mut room = Room::demo();
    for vignette in Vignette::shipped() {
        let case = start_case(&mut room.desk, vignette.id.clone()).unwrap();
        let facts = crate::rulebook::facts_of(&case).unwrap();
        assert_eq!(facts, vignette.facts(), "{}", vignette.id);
    }
}

#[test]
fn every_vignette_is_run_and_counted() {
    let mut room = Room::demo();
    let set = run_vignettes(&mut room.desk).unwrap();
    assert_eq!(set.rows.len(), Vignette::shipped().len());
    assert_eq!(set.passed as usize + set.failed as usize, set.rows.len());
    assert!(
        set.rows
            .iter()
            .all(|row| row.passed == row.lines.iter().all(|line| line.same))
    );
    assert!(set.rows.iter().all(|row| !row.lines.is_empty()));
}

#[test]
fn nobody_reads_or_tries_rules_at_a_locked_desk() {
    let mut room = Room::demo();
    door::lock(&mut room.desk).unwrap();
    let desk = &mut room.desk;
    let locked = [
        open_rulebook(desk).err(),
        open_rule(desk, "ces-new".into()).err(),
        start_case(desk, String::new()).err(),
        try_case(desk, BenchCase::default(), String::new()).err(),
        run_vignettes(desk).err(),
        try_ruleset(desk, String::new()).err(),
    ];
    assert!(
        locked
            .iter()
            .all(|refusal| matches!(refusal, Some(Refusal::Locked)))
    );
}

#[test]
fn a_signed_decision_says_which_rules_it_was_made_under_to_the_digest() {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    let decision = room.sign(&assessment).decision.unwrap();
    let head = open_rulebook(&mut room.desk).unwrap().ruleset;
    let said = format!("Rules {} DRAFT, digest {}", head.name, head.digest);
    assert_eq!(decision.ruleset, said);
    let shown = crate::patient::open_patient(&mut room.desk, patient).unwrap();
    let entries = shown.timeline.iter().flat_map(|entry| &entry.detail);
    assert!(entries.into_iter().any(|line| line.value == said));
}
