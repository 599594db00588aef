//! The safety rules that this crate carries, each by its number.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use assessment::answer::{Unanswered, Value};
use assessment::fact::{Facts, Known, Origin};
use assessment::instrument::{Direction, Instrument, change};
use assessment::medicine::Total;
use assessment::proposal::{Refusal, evaluate};
use assessment::question::Catalogue;
use assessment::ruleset::{Disposition, Ruleset, Urgency};
use jiff::civil::date;
use support::{Case, TODAY};

#[test]
fn safety_01_present_wins_over_absent_and_the_case_says_that_it_is_in_conflict() {
    let proposal = Case::unremarkable()
        .also("ces-saddle", Value::Bool(true))
        .proposal();
    assert_eq!(proposal.urgency.value(), Some(&Urgency::Emergency));
    assert!(proposal.urgency.in_conflict && proposal.warning_signs.in_conflict);
    assert_eq!(proposal.conflicts, ["ces-saddle"]);
    assert!(!proposal.may_sign_as_proposed());
}

#[test]
fn safety_01_present_wins_over_not_asked_over_declined_over_absent() {
    let known = |case: Case| case.facts().known("ces-saddle").clone();
    let absent = Case::unremarkable;
    let declined = absent().also_unanswered("ces-saddle", Unanswered::Declined);
    assert_eq!(known(declined), Known::Open(Unanswered::Declined));
    let not_asked = absent()
        .also_unanswered("ces-saddle", Unanswered::Declined)
        .also_unanswered("ces-saddle", Unanswered::NotAsked);
    assert_eq!(known(not_asked), Known::Open(Unanswered::NotAsked));
    let present = absent()
        .with("ces-saddle", Value::Bool(true))
        .also_unanswered("ces-saddle", Unanswered::NotAsked);
    let proposal = present.proposal();
    assert_eq!(known(present), Known::bool(true));
    assert_eq!(proposal.urgency.value(), Some(&Urgency::Emergency));
    assert!(!proposal.may_sign_as_proposed());
}

#[test]
fn safety_01_a_pregnancy_that_is_possible_wins_over_not_asked_over_declined_over_none() {
    let with = |value: &str| Case::unremarkable().choose("pregnancy", value);
    for value in ["possible", "yes", "planning"] {
        for state in [Unanswered::NotAsked, Unanswered::Declined] {
            let facts = with(value).also_unanswered("pregnancy", state).facts();
            assert!(facts.known("pregnancy").is_choice(value), "{value}");
            assert_eq!(facts.conflicts, ["pregnancy"]);
        }
        let other = with("no").also("pregnancy", Value::Text(value.into()));
        assert!(other.facts().known("pregnancy").is_choice(value));
    }
    for state in [Unanswered::NotAsked, Unanswered::Declined] {
        let facts = with("no").also_unanswered("pregnancy", state).facts();
        assert_eq!(facts.known("pregnancy"), &Known::Open(state));
    }
}

#[test]
fn safety_01_item_9_above_zero_or_declined_wins_over_not_asked() {
    let case = Case::unremarkable()
        .choose("phq-9-full", "now")
        .number("phq-9-9", 2)
        .also_unanswered("phq-9-9", Unanswered::NotAsked);
    assert!(case.facts().known("self-harm-raised").is_yes());
    let declined = Case::unremarkable()
        .choose("phq-9-full", "now")
        .unanswered("phq-9-9", Unanswered::Declined)
        .also_unanswered("phq-9-9", Unanswered::NotAsked);
    assert!(declined.facts().known("self-harm-raised").is_yes());
}

#[test]
fn safety_01_an_opioid_stopped_by_one_and_taken_by_another_counts_and_tolerance_is_uncertain() {
    let case = Case::unremarkable()
        .takes(["morphine", "modified-release", "100 mg", "2"])
        .or_takes_off();
    let proposal = case.proposal();
    let flags: Vec<&str> = proposal
        .medicine_flags
        .certain
        .iter()
        .map(|flag| flag.id.as_str())
        .collect();
    assert!(
        flags.contains(&"ome-above-120") && flags.contains(&"tolerance-uncertain"),
        "{flags:?}"
    );
    assert!(!proposal.conflicts.is_empty() && !proposal.may_sign_as_proposed());
}

#[test]
fn safety_01_end_of_life_in_conflict_does_not_suppress_opioid_limits() {
    for both in [true, false] {
        let case = Case::unremarkable()
            .takes(["morphine", "tablet", "60 mg", "4"])
            .with("end-of-life", Value::Bool(both))
            .also("end-of-life", Value::Bool(!both));
        let proposal = case.proposal();
        let flags = &proposal.medicine_flags.certain;
        assert!(flags.iter().any(|flag| flag.id == "ome-above-120"));
    }
}

#[test]
fn safety_01_cancer_answered_by_one_and_declined_to_another_does_not_suppress_opioid_limits() {
    for question in ["pain-cancer", "end-of-life"] {
        for said in [true, false] {
            let case = Case::unremarkable()
                .takes(["morphine", "tablet", "60 mg", "4"])
                .with(question, Value::Bool(said))
                .also_unanswered(question, Unanswered::Declined);
            let proposal = case.proposal();
            let flags = &proposal.medicine_flags.certain;
            assert!(flags.iter().any(|flag| flag.id == "ome-above-120"));
        }
    }
}

#[test]
fn safety_01_opioids_in_conflict_take_the_highest_total_and_say_tolerance_is_uncertain() {
    let case = Case::unremarkable()
        .takes(["morphine", "modified-release", "30 mg", "2"])
        .or_takes(["morphine", "modified-release", "100 mg", "2"]);
    let proposal = case.proposal();
    assert_eq!(
        proposal.ome.as_ref().unwrap().maximum,
        Total::Exactly(200.into())
    );
    let flags: Vec<&str> = proposal
        .medicine_flags
        .certain
        .iter()
        .map(|flag| flag.id.as_str())
        .collect();
    assert!(
        flags.contains(&"ome-above-120") && flags.contains(&"tolerance-uncertain"),
        "{flags:?}"
    );
}

#[test]
fn safety_01_cancer_in_conflict_does_not_suppress_opioid_limits() {
    let case = Case::unremarkable()
        .takes(["morphine", "tablet", "60 mg", "4"])
        .also("pain-cancer", Value::Bool(true));
    let proposal = case.proposal();
    let flags: Vec<&str> = proposal
        .medicine_flags
        .certain
        .iter()
        .map(|flag| flag.id.as_str())
        .collect();
    assert!(flags.contains(&"ome-above-120"), "{flags:?}");
}

#[test]
fn safety_02_a_warning_sign_of_yesterday_is_not_asked_today_and_is_shown_with_its_day() {
    let yesterday = date(2026, 11, 23);
    let case = Case::unremarkable().on("ces-saddle", yesterday);
    let facts = case.facts();
    assert_eq!(
        facts.known("ces-saddle"),
        &Known::Open(Unanswered::NotAsked)
    );
    let stale = facts
        .stale
        .iter()
        .find(|it| it.question == "ces-saddle")
        .unwrap();
    assert_eq!((stale.on, stale.words.as_str()), (yesterday, "absent"));
    assert!(!case.proposal().urgency.settled);
}

#[test]
fn safety_02_scores_count_for_14_days_and_medicines_for_28() {
    let case = Case::unremarkable().takes(["codeine", "tablet", "30 mg", "4"]);
    let on = |day| Facts::gather(&case.0, day);
    assert!(!on(date(2026, 12, 8)).known("phq-9-1").is_open());
    assert!(on(date(2026, 12, 9)).known("phq-9-1").is_open());
    assert!(on(date(2026, 12, 22)).ome.is_some());
    assert!(on(date(2026, 12, 23)).ome.is_none());
}

#[test]
fn safety_02_a_warning_sign_once_present_stays_listed() {
    let yesterday = Case::unremarkable()
        .yes("ces-saddle")
        .on("ces-saddle", date(2026, 11, 23));
    assert_eq!(yesterday.proposal().standing[0].question, "ces-saddle");
    let mut changed = Case::unremarkable();
    changed.0.once_present.insert("limb-acute".to_owned());
    let standing = changed.proposal().standing;
    assert_eq!(standing.len(), 1);
    assert_eq!(standing[0].question, "limb-acute");
}

#[test]
fn safety_02_an_item_9_above_zero_once_given_stays_listed() {
    let form = (3..=8).fold(
        Case::unremarkable().choose("phq-9-full", "now"),
        |case, item| case.number(&format!("phq-9-{item}"), 0),
    );
    let mut lowered = form.clone().number("phq-9-9", 0);
    lowered.0.once_present.insert("phq-9-9".to_owned());
    assert_eq!(lowered.proposal().standing[0].question, "phq-9-9");
    let old = form.number("phq-9-9", 2).on("phq-9-9", date(2026, 10, 1));
    assert_eq!(old.proposal().standing[0].question, "phq-9-9");
}

#[test]
fn safety_03_the_forbidden_word_stands_nowhere_in_the_content() {
    for (file, text) in [
        (
            "questions",
            include_str!("../../../../assets/assessment/questions.toml"),
        ),
        (
            "rules",
            include_str!("../../../../assets/rulesets/uk-community-pain.toml"),
        ),
        (
            "medicines",
            include_str!("../../../../assets/medicines/medicines.toml"),
        ),
        (
            "phq-9",
            include_str!("../../../../assets/instruments/phq-9.toml"),
        ),
    ] {
        let lowered = text.to_lowercase();
        let words = lowered.split(|sign: char| !sign.is_alphabetic());
        assert_eq!(words.filter(|word| *word == "clear").count(), 0, "{file}");
    }
}

#[test]
fn safety_03_warning_signs_are_counted_and_never_summed_up_in_one_word() {
    let proposal = Case::unremarkable().proposal();
    let ces = proposal.counts.iter().find(|it| it.group == "ces").unwrap();
    assert_eq!((ces.of, ces.asked, ces.present), (6, 6, 0));
    assert_eq!(ces.words(), "all 6 asked, none present");
    let part = Case::unremarkable()
        .without("ces-bowel")
        .yes("ces-saddle")
        .proposal();
    let ces = part.counts.iter().find(|it| it.group == "ces").unwrap();
    assert_eq!(ces.words(), "5 of 6 asked, 1 present");
    let device = proposal
        .counts
        .iter()
        .find(|it| it.group == "device")
        .unwrap();
    assert_eq!(device.words(), "does not arise");
}

#[test]
fn safety_03_a_letter_or_a_form_can_say_present_and_never_absent() {
    for origin in [Origin::Paper, Origin::Patient] {
        let absent = Case::unremarkable().from("ces-saddle", origin);
        assert_eq!(
            absent.facts().known("ces-saddle"),
            &Known::Open(Unanswered::NotAsked)
        );
        let present = Case::unremarkable()
            .yes("ces-saddle")
            .from("ces-saddle", origin);
        assert!(present.facts().known("ces-saddle").is_yes());
    }
}

#[test]
fn safety_06_item_9_declined_or_not_answerable_calls_for_a_talk_about_safety() {
    let form = (3..=8).fold(
        Case::unremarkable().choose("phq-9-full", "now"),
        |case, item| case.number(&format!("phq-9-{item}"), 0),
    );
    for state in [
        Unanswered::Declined,
        Unanswered::NotKnown,
        Unanswered::CannotBeAnswered,
    ] {
        let facts = form.clone().unanswered("phq-9-9", state).facts();
        assert!(facts.known("self-harm-raised").is_yes(), "{state:?}");
    }
    assert!(
        form.clone()
            .without("phq-9-9")
            .facts()
            .known("self-harm-raised")
            .is_open()
    );
    assert!(
        form.number("phq-9-9", 0)
            .facts()
            .known("self-harm-raised")
            .is_no()
    );
}

#[test]
fn safety_07_a_declined_warning_sign_leaves_the_urgency_not_settled() {
    for state in [
        Unanswered::Declined,
        Unanswered::CannotBeAnswered,
        Unanswered::NotKnown,
    ] {
        let proposal = Case::unremarkable()
            .unanswered("ces-saddle", state)
            .proposal();
        assert_eq!(proposal.urgency_shown(), Urgency::NotSettled, "{state:?}");
        assert_eq!(
            proposal.urgency.possible,
            [Urgency::Emergency, Urgency::Routine]
        );
        assert_eq!(proposal.open_warning_signs.len(), 1);
        assert_eq!(proposal.open_warning_signs[0].state, state);
        assert!(!proposal.may_sign_as_proposed());
    }
}

#[test]
fn safety_08_the_shipped_rules_say_that_they_are_a_draft() {
    let proposal = Case::unremarkable().proposal();
    assert!(proposal.draft);
    assert_eq!(proposal.ruleset, "uk-community-pain");
    assert!(!proposal.version.is_empty());
}

#[test]
fn safety_10_an_incomplete_total_leaves_limits_that_are_not_reached_unsettled() {
    let case = Case::unremarkable()
        .takes(["methadone", "liquid", "1 mg/ml", "1"])
        .takes(["codeine", "tablet", "30 mg", "4"]);
    let proposal = case.proposal();
    let ome = proposal.ome.as_ref().unwrap();
    assert_eq!(ome.typical, Total::AtLeast(12.into()));
    assert!(!proposal.medicine_flags.settled);
    let possible: Vec<&str> = proposal
        .medicine_flags
        .possible
        .iter()
        .map(|flag| flag.id.as_str())
        .collect();
    assert!(possible.contains(&"ome-above-120") && possible.contains(&"ome-incomplete"));
    assert!(!proposal.urgency.settled && proposal.urgency.possible.contains(&Urgency::Soon));
}

#[test]
fn safety_10_a_list_that_nobody_called_complete_leaves_limits_unsettled() {
    let case = Case::unremarkable().takes(["codeine", "tablet", "30 mg", "4"]);
    assert!(case.clone().proposal().medicine_flags.settled);
    let open = case.without("medicines-complete").proposal();
    assert!(!open.medicine_flags.settled);
}

#[test]
fn safety_11_an_opioid_in_a_pump_makes_the_total_incomplete() {
    let case = Case::unremarkable().yes("implanted-device");
    let facts = case.facts();
    assert!(
        facts.known("ome-typical").is_open(),
        "the pump may hold an opioid"
    );
}

#[test]
fn safety_11_each_sign_of_an_implanted_device_goes_to_the_implanting_team_the_same_day() {
    for sign in [
        "device-alarm",
        "device-refill",
        "device-return",
        "device-fever",
        "device-drowsy",
        "device-wound",
    ] {
        let proposal = Case::unremarkable()
            .yes("implanted-device")
            .yes(sign)
            .proposal();
        assert_eq!(proposal.urgency.value(), Some(&Urgency::SameDay), "{sign}");
        assert_eq!(proposal.lead.value(), Some(&Disposition::D19), "{sign}");
    }
    let baclofen = Case::unremarkable()
        .yes("implanted-device")
        .yes("device-baclofen")
        .proposal();
    assert_eq!(baclofen.urgency.value(), Some(&Urgency::Emergency));
}

#[test]
fn safety_14_none_of_the_four_unanswered_states_is_no_or_zero_to_the_rules() {
    for state in [
        Unanswered::NotAsked,
        Unanswered::Declined,
        Unanswered::NotKnown,
        Unanswered::CannotBeAnswered,
    ] {
        for question in Catalogue::shipped().questions() {
            let facts = Case::unremarkable().unanswered(&question.id, state).facts();
            let Some(fact) = facts.get(&question.id) else {
                continue;
            };
            // A question waits for the one that decides whether it is shown.
            let waits = fact.known.is_open() && fact.ask != [question.id.clone()];
            let hidden = fact.known == Known::NotApplicable || waits;
            assert!(
                hidden || fact.known == Known::Open(state),
                "{} {state:?}",
                question.id
            );
        }
    }
}

#[test]
fn safety_17_under_18_the_adult_rules_settle_nothing_and_say_so() {
    let proposal = Case::unremarkable().aged(Some(17)).proposal();
    assert_eq!(proposal.refused, Some(Refusal::UnderEighteen));
    assert!(Refusal::UnderEighteen.words().contains("under 18"));
    assert!(!proposal.urgency.settled && !proposal.lead.settled && !proposal.strands.settled);
    assert_eq!(proposal.urgency_shown(), Urgency::NotSettled);
    assert!(!proposal.may_sign_as_proposed());
    assert_eq!(Case::unremarkable().aged(Some(18)).proposal().refused, None);
    let unknown = Case::unremarkable().aged(None).proposal();
    assert_eq!(unknown.refused, Some(Refusal::AgeNotKnown));
    assert_eq!(unknown.urgency.missing[0].question, "birth-date");
}

#[test]
fn safety_17_a_warning_sign_in_a_child_is_still_listed() {
    let proposal = Case::unremarkable()
        .aged(Some(15))
        .yes("ces-saddle")
        .proposal();
    assert_eq!(proposal.warning_signs.certain[0].question, "ces-saddle");
    assert_eq!(proposal.urgency.possible.first(), Some(&Urgency::Emergency));
}

#[test]
fn safety_18_there_is_one_order_of_urgency() {
    let words: Vec<&str> = Urgency::ALL.iter().map(|it| it.words()).collect();
    assert_eq!(
        words,
        [
            "Emergency",
            "Crisis or safeguarding now",
            "Same day",
            "Within 48 hours",
            "Urgent suspected cancer",
            "Urgent",
            "Soon",
            "Routine",
            "Not settled",
        ]
    );
    assert!(Urgency::ALL.is_sorted());
    let wire = serde_json::to_string(&Urgency::Within48Hours).unwrap();
    assert_eq!(wire, "\"within-48-hours\"");
}

#[test]
fn safety_19_a_change_has_a_direction_only_past_its_published_reliable_change() {
    let direction =
        |id: &str, before, after| change(Instrument::by_id(id).unwrap(), before, after).direction;
    assert_eq!(direction("phq-9", 15, 10), Direction::NoReliableChange);
    assert_eq!(direction("phq-9", 15, 9), Direction::ReliablyLower);
    assert_eq!(direction("phq-9", 9, 15), Direction::ReliablyHigher);
    assert_eq!(direction("gad-7", 10, 7), Direction::NoReliableChange);
    assert_eq!(direction("gad-7", 10, 6), Direction::ReliablyLower);
    assert_eq!(direction("audit-c", 12, 0), Direction::NoReliableChange);
    assert!(Instrument::by_id("ratings").unwrap().bands.is_empty());
}

#[test]
fn the_evaluation_names_the_day_it_was_made_for() {
    let proposal = evaluate(Ruleset::shipped(), &Case::unremarkable().facts(), TODAY);
    assert_eq!(proposal.on, TODAY);
}
