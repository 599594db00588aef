//! In which order open questions are put, and what each of them settles.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use assessment::answer::Unanswered;
use assessment::fact::{Fact, FactId, FactValue, Facts, Known};
use assessment::proposal::{NextQuestion, PartName, evaluate};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::{Ruleset, Vocabulary};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 11, 24);

const REST: &str =
    "words = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n";

/// Some rules over the yes-no facts `a` to `f` and the number `n`, and what is known of these.
struct Asking {
    ruleset: Ruleset,
    facts: Vec<(FactId, Fact)>,
}

/// A rule holds when all its facts are yes; `1` and `2` stand for an `n` of 10 and of 20 at least.
/// Every yes-no fact is open and asks the question of its name.
fn rules(rules: &[(&str, &str)]) -> Asking {
    rules_where(&[], rules)
}

/// The same where some facts are never yes all at once.
fn rules_where(never: &[&str], rules: &[(&str, &str)]) -> Asking {
    let mut text = String::from(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\na = \"yes-no\"\nb = \"yes-no\"\nc = \"yes-no\"\nd = \"yes-no\"\ne = \"yes-no\"\nf = \"yes-no\"\nn = \"number\"\n",
    );
    let all = |facts: &str| {
        let tests = facts.chars().map(|fact| match fact {
            '1' | '2' => format!("{{ fact = \"n\", at-least = {fact}0 }}"),
            fact => format!("{{ fact = \"{fact}\", is = true }}"),
        });
        format!("{{ all = [{}] }}", tests.collect::<Vec<_>>().join(", "))
    };
    let never = never.iter().enumerate().map(|(number, facts)| {
        let never = all(facts);
        format!("[[constraint]]\nid = \"k{number}\"\nnever = {never}\nwords = \"w\"\n")
    });
    text.extend(never);
    for (number, (facts, then)) in rules.iter().enumerate() {
        text += &[
            &format!("[[rule]]\nid = \"r{number}\"\nwhen = {}\n", all(facts)),
            &format!("then = {{ {then} }}\n{REST}"),
        ]
        .map(String::as_str)
        .concat();
    }
    text +=
        "[[rule]]\nid = \"d\"\ndefault = true\nthen = { urgency = \"routine\", lead = \"D15\" }\n";
    text += REST;
    let facts = ('a'..='f').map(|fact| (FactId::new(fact.to_string()), asks(&[&fact.to_string()])));
    Asking {
        ruleset: Ruleset::parse_over(&text, Vocabulary::Own).unwrap(),
        facts: facts.collect(),
    }
}

fn asks(questions: &[&str]) -> Fact {
    Fact {
        known: Known::Open(Unanswered::NotAsked),
        ask: questions.iter().map(|id| (*id).to_owned()).collect(),
    }
}

impl Asking {
    fn with(mut self, fact: &str, known: Fact) -> Self {
        let id = FactId::new(fact);
        self.facts.retain(|(other, _)| *other != id);
        self.facts.push((id, known));
        self
    }

    fn next(&self) -> Option<NextQuestion> {
        let facts = Facts::from_known(self.facts.clone(), Some(44), DAY);
        evaluate(&self.ruleset, &facts, DAY).next_question
    }

    /// Every question in the order in which they are put when nobody knows any of them.
    fn order(mut self) -> Vec<String> {
        let mut order = Vec::new();
        while let Some(next) = self.next() {
            for (_, fact) in &mut self.facts {
                if fact.ask.contains(&next.question) {
                    fact.known = Known::Open(Unanswered::NotKnown);
                }
            }
            assert!(
                !order.contains(&next.question),
                "{} is put twice",
                next.question
            );
            order.push(next.question);
        }
        order
    }
}

/// The item of the catalogue that is about somebody's safety, and one of the same questionnaire
/// that is not.
fn items() -> (&'static Question, &'static Question) {
    let item = |wanted: usize| {
        let mut questions = Catalogue::shipped().questions();
        questions
            .find(|question| {
                matches!(
                    &question.kind,
                    QuestionKind::InstrumentItem { instrument, item, .. }
                        if instrument == "phq-9" && *item == wanted
                )
            })
            .unwrap()
    };
    (item(9), item(3))
}

#[test]
fn what_could_be_more_urgent_is_asked_first() {
    let made = rules(&[
        ("a", "urgency = \"soon\""),
        ("b", "urgency = \"same-day\""),
        ("c", "urgency = \"emergency\""),
        ("d", "urgency = \"urgent\""),
    ]);
    assert_eq!(made.order(), ["c", "b", "d", "a"]);
}

#[test]
fn a_step_of_urgency_weighs_four_times_as_much() {
    let soon = ("a", "urgency = \"soon\"");
    let urgent = ("b", "urgency = \"urgent\"");
    assert_eq!(rules(&[soon, soon, soon, urgent]).order(), ["b", "a"]);
    // Four weigh as much as one a step above; then the first on paper is asked.
    assert_eq!(rules(&[soon, soon, soon, soon, urgent]).order(), ["a", "b"]);
    let urgent_on_a = ("a", "urgency = \"urgent\"");
    let soon_on_b = ("b", "urgency = \"soon\"");
    assert_eq!(
        rules(&[
            urgent_on_a,
            soon_on_b,
            soon_on_b,
            soon_on_b,
            soon_on_b,
            soon_on_b
        ])
        .order(),
        ["b", "a"]
    );
}

#[test]
fn each_further_question_that_a_rule_waits_for_halves_its_weight() {
    let of_two = ("bc", "urgency = \"soon\"");
    let alone = ("d", "urgency = \"soon\"");
    assert_eq!(rules(&[of_two, alone]).order()[0], "d");
    assert_eq!(rules(&[of_two, of_two, alone]).order()[0], "b");
    let of_three = ("abc", "urgency = \"soon\"");
    assert_eq!(
        rules(&[of_three, of_three, of_three, alone]).order()[0],
        "d"
    );
    assert_eq!(
        rules(&[of_three, of_three, of_three, of_three, of_three, alone]).order()[0],
        "a"
    );
}

#[test]
fn a_fact_that_takes_two_questions_counts_as_two() {
    let made = || rules(&[("a", "urgency = \"soon\""), ("b", "urgency = \"soon\"")]);
    assert_eq!(made().next().unwrap().question, "a");
    let taking_two = made().with("a", asks(&["a", "other"]));
    assert_eq!(taking_two.next().unwrap().question, "b");
}

#[test]
fn what_is_known_already_is_not_waited_for() {
    let made = rules(&[("ab", "urgency = \"soon\""), ("c", "urgency = \"soon\"")])
        .with("b", Fact::yes_no(true));
    // Of its two facts one is known, so it weighs as much as the other rule.
    assert_eq!(made.order(), ["a", "c"]);
    let ruled_out = rules(&[("ab", "urgency = \"soon\""), ("c", "urgency = \"soon\"")])
        .with("b", Fact::yes_no(false));
    assert_eq!(ruled_out.order(), ["c"]);
    let split = Fact {
        known: Known::Conflict(vec![FactValue::Bool(true), FactValue::Bool(false)]),
        ask: Vec::new(),
    };
    let in_conflict =
        rules(&[("ab", "urgency = \"soon\""), ("c", "urgency = \"soon\"")]).with("b", split);
    assert_eq!(in_conflict.order(), ["a", "c"]);
}

#[test]
fn a_number_that_is_open_and_surely_enough_is_not_waited_for() {
    let between = |lowest: i64| Fact {
        known: Known::between(lowest.into(), 25.into()),
        ask: vec!["n".to_owned()],
    };
    let made = || {
        rules(&[
            ("a1", "urgency = \"soon\""),
            ("b", "urgency = \"soon\""),
            ("c2", "prompt = true"),
        ])
    };
    assert_eq!(made().with("n", between(12)).next().unwrap().question, "a");
    assert_eq!(made().with("n", between(5)).next().unwrap().question, "b");
}

#[test]
fn an_open_warning_sign_is_asked_before_everything_else() {
    let made = rules(&[("a", "urgency = \"emergency\"")])
        .with("infection-risk", asks(&["infection-risk"]));
    let next = made.next().unwrap();
    assert_eq!(next.settles, [PartName::WarningSigns]);
    assert!(next.warning_sign);
    assert_eq!(made.order(), ["infection-risk", "a"]);
}

#[test]
fn urgency_is_asked_for_before_the_lead_and_the_lead_before_the_rest() {
    let prompt = ("a", "prompt = true");
    let lead = ("b", "urgency = \"routine\", lead = \"D06\"");
    let made = rules(&[
        prompt,
        prompt,
        prompt,
        lead,
        lead,
        ("c", "urgency = \"soon\""),
    ]);
    assert_eq!(made.order(), ["c", "b", "a"]);
    // What carries an urgency that can no longer change weighs for its lead.
    let urgent_lead = ("d", "urgency = \"urgent\", lead = \"D06\"");
    let made = rules(&[urgent_lead, ("b", "urgency = \"soon\", lead = \"D08\"")]);
    assert_eq!(made.order(), ["d", "b"]);
}

#[test]
fn of_what_is_left_the_question_that_most_waits_for_is_asked_first() {
    let prompt = |fact: &'static str| (fact, "prompt = true");
    assert_eq!(
        rules(&[prompt("a"), prompt("b"), prompt("b")]).order(),
        ["b", "a"]
    );
    assert_eq!(
        rules(&[prompt("ac"), prompt("ac"), prompt("ac"), prompt("b")]).order()[0],
        "a"
    );
    let lead = |fact: &'static str| (fact, "urgency = \"routine\", lead = \"D06\"");
    assert_eq!(rules(&[lead("a"), lead("b"), lead("b")]).order()[0], "b");
}

#[test]
fn each_part_that_an_answer_could_still_change_is_named() {
    let settles = |then: &str| {
        let next = rules(&[("a", then)]).next();
        next.map(|it| it.settles).unwrap_or_default()
    };
    assert_eq!(settles("urgency = \"soon\""), [PartName::Urgency]);
    assert_eq!(settles("strands = [\"medical\"]"), [PartName::Strands]);
    assert_eq!(settles("pain-type = \"neuropathic\""), [PartName::PainType]);
    assert_eq!(settles("medicine-flag = true"), [PartName::MedicineFlags]);
    assert_eq!(settles("prompt = true"), [PartName::Prompts]);
    assert_eq!(settles("second-opinion = true"), [PartName::SecondOpinion]);
    assert_eq!(
        settles("urgency = \"soon\", lead = \"D06\", strands = [\"nursing\"]"),
        [
            PartName::Urgency,
            PartName::Lead,
            PartName::Dispositions,
            PartName::Strands
        ]
    );
    let beside = "urgency = \"routine\", lead = \"D15\", also = [\"D14\"]";
    assert!(settles(beside).contains(&PartName::Dispositions));
}

#[test]
fn what_is_certain_already_is_not_asked_for() {
    for then in [
        "urgency = \"soon\"",
        "strands = [\"medical\"]",
        "pain-type = \"neuropathic\"",
        "urgency = \"soon\", lead = \"D06\"",
    ] {
        let held = rules(&[("b", then), ("a", then)]).with("b", Fact::yes_no(true));
        assert_eq!(held.next(), None, "{then}");
        let open = rules(&[("b", then), ("a", then)]).with("b", Fact::yes_no(false));
        assert_eq!(open.next().unwrap().question, "a", "{then}");
    }
    // Another value of the same part is still open, and that changes nothing for this one.
    for (then, other) in [
        ("urgency = \"soon\"", "urgency = \"urgent\""),
        ("strands = [\"medical\"]", "strands = [\"nursing\"]"),
        (
            "pain-type = \"neuropathic\"",
            "pain-type = \"possible-inflammatory\"",
        ),
    ] {
        let held = rules(&[("c", other), ("b", then), ("a", then)]).with("b", Fact::yes_no(true));
        assert_eq!(held.order(), ["c"], "{then}");
    }
    // Less urgent than what holds, and behind the lead that holds.
    let less = rules(&[
        ("b", "urgency = \"urgent\", lead = \"D06\""),
        ("a", "urgency = \"soon\""),
    ]);
    assert_eq!(less.with("b", Fact::yes_no(true)).next(), None);
}

#[test]
fn a_rule_is_asked_for_its_lead_only_while_it_could_still_give_it() {
    let lead = |facts: &'static str, disposition: &str| {
        let then = format!("urgency = \"routine\", lead = \"{disposition}\"");
        (facts, then)
    };
    let asked = |[first, second, third]: [(&str, String); 3]| {
        let all = [&first, &second, &third].map(|(facts, then)| (*facts, then.as_str()));
        rules(&all).with("b", Fact::yes_no(true))
    };
    // `b` gives the lead that `a` before it would give as well, so it is settled.
    let settled = asked([lead("a", "D06"), lead("b", "D06"), lead("c", "D06")]);
    assert_eq!(settled.next(), None);
    // `c` stands before the rule that fires, and `a`, which would give the same, behind it.
    let open = asked([lead("c", "D06"), lead("b", "D08"), lead("a", "D06")]);
    let first = open.next().unwrap();
    assert_eq!(first.question, "c");
    assert_eq!(first.settles, [PartName::Lead, PartName::Dispositions]);
    let put = Fact {
        known: Known::Open(Unanswered::NotKnown),
        ask: vec!["c".to_owned()],
    };
    let behind = open.with("c", put).next().unwrap();
    assert_eq!(behind.question, "a");
    assert_eq!(behind.settles, [PartName::Dispositions]);
}

#[test]
fn what_the_constraints_rule_out_is_not_asked_for() {
    let (medical, nursing) = ("strands = [\"medical\"]", "strands = [\"nursing\"]");
    let two = [("ac", medical), ("b", nursing)];
    assert_eq!(rules(&two).order(), ["b", "a", "c"]);
    assert_eq!(rules_where(&["ac"], &two).order(), ["b"]);
    for then in [
        "urgency = \"soon\"",
        "urgency = \"routine\", lead = \"D06\"",
        medical,
        "pain-type = \"neuropathic\"",
        "medicine-flag = true",
        "prompt = true",
        "second-opinion = true",
    ] {
        assert_eq!(rules_where(&["ac"], &[("ac", then)]).next(), None, "{then}");
    }
}

#[test]
fn an_item_about_safety_stands_with_the_warning_signs_while_an_emergency_hangs_on_it() {
    let (safety, other) = items();
    let heavy = ("b", "urgency = \"emergency\"");
    let with = |urgency: &str, question: &str| {
        let then = format!("urgency = \"{urgency}\"");
        let made = rules(&[("ac", &then), heavy, heavy]).with("a", asks(&[question]));
        made.next().unwrap()
    };
    for urgent in ["emergency", "crisis-or-safeguarding-now"] {
        let next = with(urgent, &safety.id);
        assert_eq!(
            (next.question, next.warning_sign),
            (safety.id.clone(), true)
        );
    }
    let deciding = &safety.show_when.as_ref().unwrap().question;
    let next = with("emergency", deciding);
    assert_eq!((&next.question, next.warning_sign), (deciding, true));
    // Nothing of the kind hangs on it, or it is another item of the questionnaire.
    for (urgency, question) in [("same-day", &safety.id), ("emergency", &other.id)] {
        let next = with(urgency, question);
        assert_eq!((next.question.as_str(), next.warning_sign), ("b", false));
    }
}

#[test]
fn of_questions_that_weigh_the_same_the_first_on_paper_is_asked() {
    let (safety, other) = items();
    let made = rules(&[("a", "prompt = true"), ("b", "prompt = true")])
        .with("a", asks(&[&safety.id]))
        .with("b", asks(&[&other.id]));
    // Item 3 stands before item 9, whichever rule comes first.
    assert_eq!(made.next().unwrap().question, other.id);
}

#[test]
fn a_question_that_waits_for_another_or_was_put_is_passed_over() {
    let made = || rules(&[("a", "urgency = \"urgent\""), ("b", "urgency = \"soon\"")]);
    // `c` decides whether `a` arises, so asking `a` itself leads nowhere yet.
    let behind = made().with("a", asks(&["a", "c"])).with("c", asks(&["c"]));
    assert_eq!(behind.next().unwrap().question, "a");
    let behind = made().with("d", asks(&["c"])).with("a", asks(&["d", "c"]));
    assert_eq!(behind.next().unwrap().question, "c");
    for put in [
        Unanswered::Declined,
        Unanswered::NotKnown,
        Unanswered::CannotBeAnswered,
    ] {
        let known = Fact {
            known: Known::Open(put),
            ask: vec!["a".to_owned()],
        };
        assert_eq!(made().with("a", known).next().unwrap().question, "b");
    }
}

#[test]
fn the_birth_date_is_corrected_elsewhere_and_never_asked_here() {
    let made = rules(&[
        ("a", "urgency = \"emergency\""),
        ("b", "urgency = \"soon\""),
    ])
    .with("a", asks(&["birth-date"]));
    assert_eq!(made.order(), ["b"]);
}

#[test]
fn every_part_has_a_heading_of_its_own() {
    let headings = PartName::ALL.map(PartName::words);
    assert_eq!(headings[0], "Warning signs");
    assert!(headings.iter().all(|words| !words.is_empty()));
    let different: BTreeSet<_> = headings.into_iter().collect();
    assert_eq!(different.len(), headings.len());
}
