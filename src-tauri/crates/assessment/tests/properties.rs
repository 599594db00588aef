//! What holds for every assessment and every set of answers, not only for chosen ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use assessment::answer::{Answer, Unanswered, Value};
use assessment::fact::{Dated, Inputs, Known};
use assessment::instrument::{Instrument, ScoreError};
use assessment::medicine::Regimen;
use assessment::proposal::{Part, Proposal, standing, warnings};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::{Ruleset, Urgency};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use rust_decimal::Decimal;
use support::{Case, TODAY};

/// Every total that a form can come to when its open answers are filled in.
fn totals_of_completions(form: &Instrument, answers: &[Option<i64>]) -> Vec<Decimal> {
    let Some(open) = answers.iter().position(Option::is_none) else {
        return match form.score(answers) {
            Ok(score) => vec![score.total.unwrap()],
            Err(ScoreError::Contradiction { .. }) => Vec::new(),
            Err(error) => panic!("{error}"),
        };
    };
    let item = &form.items[open];
    let mut totals = Vec::new();
    for option in form.options_of(item) {
        let mut filled = answers.to_vec();
        filled[open] = Some(option.value);
        totals.extend(totals_of_completions(form, &filled));
    }
    totals
}

fn partial_answers() -> impl Strategy<Value = (usize, Vec<Option<i64>>)> {
    let forms = Instrument::shipped();
    let summed: Vec<usize> = (0..forms.len())
        .filter(|at| forms[*at].has_total())
        .collect();
    prop::sample::select(summed).prop_flat_map(move |at| {
        let form = &forms[at];
        let count = form.items.iter().filter(|item| item.scored).count();
        // The gate, and the item that chooses the weights.
        let gate = usize::from(form.id == "pc-ptsd-5" || form.weights_by.is_some());
        let answers: Vec<_> = form
            .items
            .iter()
            .take(count + gate)
            .map(|item| {
                let values: Vec<i64> = form
                    .options_of(item)
                    .iter()
                    .map(|option| option.value)
                    .collect();
                prop::option::weighted(0.6, prop::sample::select(values))
            })
            .collect();
        (Just(at), answers)
    })
}

/// A value that the question takes, chosen by a number.
fn value_of(question: &Question, pick: u16) -> Option<Value> {
    let of = |count: usize| usize::from(pick) % count.max(1);
    // Warning signs are mostly absent, so that the rules below them are reached.
    let rarely = pick.is_multiple_of(60);
    Some(match &question.kind {
        QuestionKind::Feature => Value::Bool(rarely),
        QuestionKind::YesNo => {
            Value::Bool(pick.is_multiple_of(3) || question.id == "medicines-complete")
        }
        QuestionKind::Choice { options } => {
            let urgent = question.id == "self-harm-outcome" && !rarely;
            let at = if urgent {
                options.len() - 1
            } else {
                of(options.len())
            };
            Value::Text(options[at].value.clone())
        }
        QuestionKind::InstrumentItem { options, .. } => {
            Value::Number(options[of(options.len())].value.parse().unwrap())
        }
        QuestionKind::Rating { .. } => Value::Number(i64::from(pick % 11)),
        QuestionKind::Number { min, max, .. } => {
            Value::Number((*min + i64::from(pick) % 60).min(*max))
        }
        _ => return None,
    })
}

/// A whole assessment and the same with some answers missing.
fn whole_and_part() -> impl Strategy<Value = (Case, Case)> {
    let count = Catalogue::shipped().questions().count();
    let medicines = prop::sample::subsequence(
        vec![
            ["morphine", "modified-release", "60 mg", "2"],
            ["tramadol", "tablet", "50 mg", "4"],
            ["pregabalin", "tablet", "75 mg", "2"],
            ["diazepam", "tablet", "5 mg", "1"],
            ["sertraline", "tablet", "50 mg", "1"],
            ["methadone", "liquid", "1 mg/ml", "1"],
            ["naproxen", "tablet", "250 mg", "2"],
        ],
        0..4,
    );
    (
        prop::collection::vec(any::<u16>(), count),
        prop::collection::vec(0_u8..12, count),
        medicines,
        any::<bool>(),
        18_i64..95,
        1_u8..12,
    )
        .prop_map(|(picks, holes, medicines, drop_list, age, gaps)| {
            let mut whole = Case::not_asked().no_medicines().aged(Some(age));
            for (question, pick) in Catalogue::shipped().questions().zip(&picks) {
                if let Some(value) = value_of(question, *pick) {
                    whole = whole.with(&question.id, value);
                }
            }
            for medicine in medicines {
                whole = whole.takes(medicine);
            }
            // Answers that contradict each other settle nothing, so they are no completion.
            if whole.facts().known("audit-c-1") == &Known::number(0) {
                whole = whole.number("audit-c-2", 0).number("audit-c-3", 0);
            }
            // A decision about safety arises only once something calls for it.
            if whole.facts().known("self-harm-raised").is_no() {
                whole = whole.without("self-harm-outcome");
            }
            let mut part = whole.clone();
            for (question, hole) in Catalogue::shipped().questions().zip(&holes) {
                punch(&mut part.0, &question.id, *hole, gaps);
            }
            if drop_list {
                part.0.lists.remove("medicine");
            }
            (whole, part)
        })
}

fn punch(inputs: &mut Inputs, id: &str, hole: u8, gaps: u8) {
    if hole >= gaps {
        return;
    }
    if !hole.is_multiple_of(3) || id == "phq-9-9" {
        // Item 9 declined is itself a finding (it opens a talk), so here it is only not asked.
        inputs.answers.remove(id);
    } else if inputs.answers.contains_key(id) {
        let declined = Dated::asked(Answer::Unanswered(Unanswered::Declined), TODAY);
        inputs.answers.insert(id.to_owned(), vec![declined]);
    }
}

/// The values of a finished part are among those that were possible, and none that was certain is gone.
fn within<T: PartialEq + std::fmt::Debug>(part: &Part<T>, whole: &Part<T>, name: &str) {
    for value in &whole.certain {
        assert!(
            part.possible.contains(value),
            "{name}: {value:?} was not possible"
        );
    }
    for value in &part.certain {
        assert!(
            whole.possible.contains(value),
            "{name}: {value:?} was certain"
        );
    }
    if part.settled {
        assert_eq!(part.certain, whole.certain, "{name}: settled, and changed");
    }
}

fn ids<T>(part: &Part<T>, id: impl Fn(&T) -> String) -> Part<String> {
    Part {
        settled: part.settled,
        possible: part.possible.iter().map(&id).collect(),
        certain: part.certain.iter().map(&id).collect(),
        in_conflict: part.in_conflict,
        because: Vec::new(),
        exact: true,
        against: Vec::new(),
        missing: Vec::new(),
    }
}

fn all_parts_within(part: &Proposal, whole: &Proposal) {
    within(&part.urgency, &whole.urgency, "urgency");
    within(&part.lead, &whole.lead, "lead");
    within(&part.dispositions, &whole.dispositions, "dispositions");
    within(&part.strands, &whole.strands, "strands");
    within(&part.pain_type, &whole.pain_type, "pain type");
    let signs = |it: &Proposal| ids(&it.warning_signs, |sign| sign.question.clone());
    within(&signs(part), &signs(whole), "warning signs");
    let flags = |it: &Proposal| ids(&it.medicine_flags, |flag| flag.id.clone());
    within(&flags(part), &flags(whole), "flags");
    let prompts = |it: &Proposal| ids(&it.prompts, |prompt| prompt.id.clone());
    within(&prompts(part), &prompts(whole), "prompts");
}

/// The number of cases is `PROPTEST_CASES`, 256 unless set; what once failed is kept and tried again.
fn kept() -> ProptestConfig {
    let kept = FileFailurePersistence::WithSource("regressions");
    ProptestConfig {
        failure_persistence: Some(Box::new(kept)),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(kept())]

    /// The lowest and highest totals are those of the best and worst way to fill in the form.
    #[test]
    fn the_range_of_a_score_is_that_of_all_its_completions((at, answers) in partial_answers()) {
        let form = &Instrument::shipped()[at];
        // Six open items of four answers are 4,096 ways; more say nothing new.
        let open = form.items.iter().zip(&answers).filter(|(_, answer)| answer.is_none());
        let ways: usize = open.map(|(item, _)| form.options_of(item).len()).product();
        prop_assume!(ways <= 5_000);
        let totals = totals_of_completions(form, &answers);
        match form.score(&answers) {
            Ok(score) => {
                prop_assert_eq!(Some(&score.lowest), totals.iter().min());
                prop_assert_eq!(Some(&score.highest), totals.iter().max());
                for cut in &score.positive {
                    let whole = form.cuts.iter().find(|it| it.id == cut.id).unwrap();
                    if whole.items.is_empty() {
                        let reached = totals.iter().filter(|total| **total >= Decimal::from(cut.at)).count();
                        let expected = match reached {
                            0 => Some(false),
                            all if all == totals.len() => Some(true),
                            _ => None,
                        };
                        prop_assert_eq!(cut.positive, expected);
                    }
                }
            }
            Err(_) => prop_assert!(totals.is_empty()),
        }
    }

    /// An answer given later never leads outside what was possible before it.
    #[test]
    fn completing_an_assessment_never_leads_outside_what_was_possible((whole, part) in whole_and_part()) {
        all_parts_within(&part.proposal(), &whole.proposal());
    }

    /// Every case has a lead, and one only once it is settled.
    #[test]
    fn there_is_always_at_least_one_lead_and_at_most_one_once_settled((whole, part) in whole_and_part()) {
        for proposal in [whole.proposal(), part.proposal()] {
            prop_assert!(!proposal.lead.possible.is_empty());
            prop_assert!(!proposal.urgency.possible.is_empty());
            if proposal.lead.settled {
                prop_assert_eq!(proposal.lead.possible.len(), 1);
            }
        }
    }

    /// A warning sign that was not asked never lets routine be settled.
    #[test]
    fn a_warning_sign_not_asked_never_settles_routine((whole, _) in whole_and_part(), at in any::<prop::sample::Index>()) {
        let alone: Vec<&str> = Catalogue::shipped()
            .questions()
            .filter(|it| it.kind == QuestionKind::Feature && it.show_when.is_none())
            .map(|it| it.id.as_str())
            .collect();
        let id = alone[at.index(alone.len())];
        let proposal = whole.without(id).proposal();
        prop_assert_ne!(proposal.urgency_shown(), Urgency::Routine, "{}", id);
    }

    /// The signs worked out by themselves are those of the whole proposal, so that a list never
    /// differs from the screen.
    #[test]
    fn the_warning_signs_alone_are_those_of_the_proposal((whole, part) in whole_and_part()) {
        for case in [whole, part] {
            let (facts, proposal) = (case.facts(), case.proposal());
            let alone = warnings(Ruleset::shipped(), &facts).into_iter().map(|rule| rule.id.clone());
            let because = proposal.warning_signs.because.iter().map(|it| it.id.clone());
            prop_assert_eq!(alone.collect::<Vec<_>>(), because.collect::<Vec<_>>());
            prop_assert_eq!(standing(&facts), proposal.standing);
        }
    }

    /// Whatever is typed, reading a regimen ends in items or in a plain error.
    #[test]
    fn reading_a_regimen_never_fails_badly(text in "(morphine|fentanyl|patch|codeine|co-codamol|[0-9]{0,12}|mg|/|x|;|ml|prn|up to|takes|every|hours|µg|é|[ -~]| ){0,14}") {
        if let Err(error) = Regimen::parse(&text) {
            prop_assert!(error.position <= text.chars().count() + 1);
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
