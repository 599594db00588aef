//! Whatever is written without having seen the rest, no case becomes less urgent by it.

use assessment::proposal::evaluate;
use assessment::ruleset::Ruleset;
use jiff::civil::date;
use proptest::prelude::*;
use record::body::{AnswerState, AnswerValue};
use record::entry::{EnteredBy, Entry};
use record::fold::{Placed, fold};
use record::id::{DeviceId, EntryId, EnvelopeId, ItemId, PatientId, SiteId, StaffId};
use record::moment::Moment;
use record::scope::{Scope, Subject};

use super::another_device::{answer, given, newer, row, sign, taken_off};
use crate::case::Case;
use crate::decide::rank;
use crate::desk::Line;
use crate::facts;

/// Questions on which the urgency hangs, by signs, choices, numbers and what suppresses a limit.
const QUESTIONS: [&str; 8] = [
    "ces-saddle",
    "crps-pattern",
    "cancer-history",
    "pain-cancer",
    "end-of-life",
    "pregnancy",
    "phq-9-9",
    "self-harm-thoughts",
];

fn assessment() -> ItemId {
    ItemId::from_random([7; 16])
}

/// An answer to one of the questions, or a version of a medicine's row.
#[derive(Debug, Clone)]
enum Said {
    Answer {
        question: &'static str,
        yes: Option<bool>,
        declined: bool,
        newer: bool,
    },
    Medicine {
        strength: &'static str,
        off: bool,
    },
}

fn said() -> impl Strategy<Value = Said> {
    let yes = prop_oneof![4 => any::<bool>().prop_map(Some), 1 => Just(None)];
    let question = proptest::sample::select(&QUESTIONS[..]);
    let asked = (question, yes, any::<bool>(), 0..10_u8);
    let strength = proptest::sample::select(&["10 mg", "100 mg", "200 mg"][..]);
    prop_oneof![
        3 => asked.prop_map(|(question, yes, declined, newer)| Said::Answer {
            question,
            yes,
            declined,
            newer: newer == 0,
        }),
        1 => (strength, any::<bool>())
            .prop_map(|(strength, off)| Said::Medicine { strength, off }),
    ]
}

fn line(said: &Said) -> Line {
    let id = assessment().to_string();
    match said {
        Said::Answer {
            question,
            yes,
            declined,
            newer: unknown,
        } => {
            let state = match (yes, declined) {
                (Some(yes), _) => value(question, *yes),
                (None, true) => AnswerState::Declined,
                (None, false) => AnswerState::NotAsked,
            };
            let line = answer(&id, question, state);
            if *unknown { newer(line) } else { line }
        }
        Said::Medicine { strength, off } => {
            let fields = [
                ("name", "morphine"),
                ("form", "modified-release"),
                ("strength", strength),
                ("times", "2"),
            ];
            let line = row(&id, "medicine", 9, &fields);
            if *off { taken_off(line) } else { line }
        }
    }
}

fn value(question: &str, yes: bool) -> AnswerState {
    match question {
        "pregnancy" => given(AnswerValue::Text(if yes { "yes" } else { "no" }.into())),
        "phq-9-9" => given(AnswerValue::Number(if yes { 2 } else { 0 })),
        _ => sign(yes),
    }
}

/// The line as a device of its own writes it, which has seen nothing.
fn placed(device: u8, line: Line) -> Placed {
    let at = "2026-11-24T10:20:00Z".parse().unwrap();
    let staff = StaffId::from_random([1; 16]);
    Placed {
        id: EntryId {
            envelope: EnvelopeId::from_bytes([device; 32]),
            index: 0,
        },
        subject: Subject::Patient(PatientId::from_random([2; 16])),
        scope: Scope::Site(SiteId::from_random([3; 16])),
        device: DeviceId::from_random([device; 16]),
        incarnation: 0,
        sequence: 1,
        unverified: None,
        forked_at: None,
        entry: Entry {
            kind: line.kind,
            version: line.version,
            slot: line.slot,
            parents: Vec::new(),
            claimed: Moment::new(at, 0).unwrap(),
            lamport: 1,
            author: staff,
            entered_by: EnteredBy::Staff(staff),
            body: line.body,
            signed: None,
            reason: None,
            happened: None,
        },
    }
}

/// The most urgent that the real rules still hold possible; the smaller, the more urgent.
fn most_urgent(entries: &[Placed]) -> u8 {
    let case = Case::new(PatientId::from_random([2; 16]), fold(entries.to_vec()));
    let day = date(2026, 11, 24);
    let facts = facts::of(&case, assessment(), day);
    let made = evaluate(Ruleset::shipped(), &facts, day);
    let possible = made.urgency.possible.iter().map(|urgency| rank(*urgency));
    possible.min().unwrap_or(u8::MAX)
}

/// Warning signs that surely hold.
fn certain_signs(entries: &[Placed]) -> usize {
    let case = Case::new(PatientId::from_random([2; 16]), fold(entries.to_vec()));
    let day = date(2026, 11, 24);
    let made = evaluate(
        Ruleset::shipped(),
        &facts::of(&case, assessment(), day),
        day,
    );
    made.warning_signs.certain.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_value_that_saw_nothing_never_makes_a_case_less_urgent_and_takes_no_sign_away(
        lines in proptest::collection::vec(said(), 1..8),
        more in said(),
    ) {
        let mut entries: Vec<Placed> =
            (1..).zip(&lines).map(|(device, said)| placed(device, line(said))).collect();
        let (before, signs) = (most_urgent(&entries), certain_signs(&entries));
        entries.push(placed(200, line(&more)));
        prop_assert!(most_urgent(&entries) <= before);
        prop_assert!(certain_signs(&entries) >= signs);
    }
}
