//! What the shipped draft rules propose for made-up cases.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use assessment::answer::{Unanswered, Value};
use assessment::proposal::{PartName, Proposal};
use assessment::question::{Catalogue, QuestionKind};
use assessment::ruleset::{Disposition, PainType, Ruleset, Urgency};
use support::Case;

fn settled(proposal: &Proposal) -> (Urgency, Disposition) {
    let urgency = proposal
        .urgency
        .value()
        .unwrap_or_else(|| panic!("{:?}", proposal.urgency));
    let lead = proposal
        .lead
        .value()
        .unwrap_or_else(|| panic!("{:?}", proposal.lead));
    (*urgency, *lead)
}

fn flags(proposal: &Proposal) -> Vec<&str> {
    proposal
        .medicine_flags
        .certain
        .iter()
        .map(|flag| flag.id.as_str())
        .collect()
}

fn possible_flags(proposal: &Proposal) -> Vec<&str> {
    proposal
        .medicine_flags
        .possible
        .iter()
        .map(|flag| flag.id.as_str())
        .collect()
}

fn prompts(proposal: &Proposal) -> Vec<&str> {
    proposal
        .prompts
        .certain
        .iter()
        .map(|prompt| prompt.id.as_str())
        .collect()
}

#[test]
fn a_case_without_anything_of_note_is_settled_as_routine_nurse_follow_up() {
    let proposal = Case::unremarkable().proposal();
    assert_eq!(settled(&proposal), (Urgency::Routine, Disposition::D15));
    assert!(proposal.warning_signs.settled && proposal.warning_signs.possible.is_empty());
    assert!(proposal.may_sign_as_proposed(), "{proposal:#?}");
    assert_eq!(proposal.next_question, None);
    assert!(proposal.draft);
}

#[test]
fn a_case_of_which_nothing_was_asked_settles_nothing_and_asks_a_warning_sign_first() {
    let proposal = Case::not_asked().proposal();
    assert!(!proposal.urgency.settled && !proposal.lead.settled);
    assert_eq!(proposal.urgency.possible.first(), Some(&Urgency::Emergency));
    assert_eq!(proposal.urgency.possible.last(), Some(&Urgency::Routine));
    let next = proposal.next_question.unwrap();
    assert!(
        next.warning_sign && next.settles.contains(&PartName::Urgency),
        "{next:?}"
    );
}

#[test]
fn saddle_numbness_is_an_emergency_whatever_else_is_open() {
    let proposal = Case::not_asked().yes("ces-saddle").proposal();
    assert_eq!(settled(&proposal), (Urgency::Emergency, Disposition::D01));
    assert_eq!(proposal.urgency.because[0].id, "ces-new");
}

#[test]
fn one_sign_of_a_group_that_was_not_asked_leaves_routine_unsettled() {
    let proposal = Case::unremarkable().without("ces-bladder").proposal();
    assert_eq!(
        proposal.urgency.possible,
        [Urgency::Emergency, Urgency::Routine]
    );
    assert!(!proposal.urgency.settled);
    assert_eq!(proposal.urgency.missing[0].question, "ces-bladder");
    assert_eq!(proposal.next_question.unwrap().question, "ces-bladder");
}

#[test]
fn each_warning_sign_not_asked_keeps_routine_from_being_settled() {
    for question in Catalogue::shipped().questions() {
        if question.kind != QuestionKind::Feature || question.show_when.is_some() {
            continue;
        }
        let proposal = Case::unremarkable().without(&question.id).proposal();
        assert!(!proposal.warning_signs.settled, "{}", question.id);
        assert!(!proposal.may_sign_as_proposed(), "{}", question.id);
        assert!(!proposal.urgency.settled, "{}", question.id);
    }
}

#[test]
fn each_warning_sign_present_says_so_and_never_lowers_the_urgency() {
    for question in Catalogue::shipped().questions() {
        if question.kind != QuestionKind::Feature {
            continue;
        }
        let case = Case::unremarkable()
            .stimulator()
            .yes("cancer-history")
            .aged(Some(70));
        let before = settled(&case.clone().proposal()).0;
        let proposal = case.yes(&question.id).proposal();
        assert!(
            proposal
                .warning_signs
                .certain
                .iter()
                .any(|sign| sign.question == question.id)
        );
        let after = *proposal.urgency.possible.first().unwrap();
        assert!(after <= before, "{}: {before:?} to {after:?}", question.id);
        // The risk alone names no urgency.
        let no_urgency = ["cancer-history", "infection-risk"];
        if !no_urgency.contains(&question.id.as_str()) {
            assert!(after < Urgency::Routine, "{} changes nothing", question.id);
        }
    }
}

#[test]
fn every_group_of_warning_signs_has_rules() {
    for group in Catalogue::shipped().warning_groups() {
        let rules = &Ruleset::shipped().rules;
        assert!(
            rules
                .iter()
                .any(|it| it.warning.as_deref() == Some(&group.id)),
            "{}",
            group.id
        );
    }
}

#[test]
fn cancer_with_night_pain_of_the_spine_and_no_nerve_signs_is_the_coordinator_within_a_day() {
    let case = Case::unremarkable().yes("cancer-history").yes("mets-pain");
    assert_eq!(
        settled(&case.clone().proposal()),
        (Urgency::SameDay, Disposition::D04)
    );
    let with_weakness = case.yes("mscc-weakness").proposal();
    assert_eq!(
        settled(&with_weakness),
        (Urgency::Emergency, Disposition::D04)
    );
    let rules: Vec<&str> = with_weakness
        .warning_signs
        .because
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert!(
        rules.contains(&"mscc") && !rules.contains(&"spinal-metastases"),
        "{rules:?}"
    );
}

#[test]
fn jaw_pain_and_headache_under_50_is_a_prompt_and_no_route() {
    let case = Case::unremarkable().yes("gca-headache").yes("gca-jaw");
    let younger = case.clone().aged(Some(49)).proposal();
    assert_eq!(settled(&younger), (Urgency::Routine, Disposition::D15));
    assert!(prompts(&younger).contains(&"giant-cell-under-50"));
    let older = case.aged(Some(50)).proposal();
    assert_eq!(settled(&older), (Urgency::SameDay, Disposition::D06));
    assert!(!prompts(&older).contains(&"giant-cell-under-50"));
}

/// Back pain that began at `onset`, with the first `asked` of the criteria that are asked.
fn back_pain(onset: i64, asked: usize) -> Case {
    let criteria = [
        "spine-wakes",
        "spine-buttock",
        "spine-movement",
        "spine-nsaid",
        "spine-family",
    ];
    let case = Case::unremarkable()
        .yes("inflam-back-pain")
        .number("spine-onset-age", onset);
    criteria
        .iter()
        .take(asked)
        .fold(case, |case, id| case.yes(id))
}

#[test]
fn three_criteria_of_an_inflamed_spine_ask_for_the_blood_test_and_four_refer() {
    let three = back_pain(40, 3).proposal();
    assert!(prompts(&three).contains(&"hla-b27-test"));
    assert_eq!(settled(&three).1, Disposition::D15);
    let positive = back_pain(40, 3).yes("hla-b27").proposal();
    assert_eq!(settled(&positive).1, Disposition::D06);
    let four = back_pain(40, 4).proposal();
    assert_eq!(settled(&four).1, Disposition::D06);
    assert!(!prompts(&four).contains(&"hla-b27-test"));
}

#[test]
fn onset_before_35_is_itself_a_criterion_and_onset_at_46_ends_the_rule() {
    assert_eq!(settled(&back_pain(30, 3).proposal()).1, Disposition::D06);
    let late = back_pain(46, 5).proposal();
    assert_eq!(settled(&late).1, Disposition::D15);
    assert!(!prompts(&late).contains(&"hla-b27-test"));
}

#[test]
fn an_opioid_above_120_is_flagged_and_goes_to_the_hub() {
    let case = Case::unremarkable().takes(["morphine", "modified-release", "60 mg", "2"]);
    let at = case.clone().proposal();
    assert!(flags(&at).contains(&"ome-at-120") && !flags(&at).contains(&"ome-above-120"));
    let above = case.takes(["morphine", "tablet", "10 mg", "1"]).proposal();
    assert!(flags(&above).contains(&"ome-above-120") && !flags(&above).contains(&"ome-at-120"));
    assert_eq!(settled(&above), (Urgency::Soon, Disposition::D08));
}

#[test]
fn opioid_limits_are_suppressed_in_cancer_pain_and_at_the_end_of_life() {
    for id in ["pain-cancer", "end-of-life"] {
        let case = Case::unremarkable()
            .takes(["morphine", "tablet", "60 mg", "4"])
            .yes(id);
        let proposal = case.proposal();
        assert!(
            !possible_flags(&proposal)
                .iter()
                .any(|flag| flag.starts_with("ome-"))
        );
        assert_eq!(proposal.lead.value(), Some(&Disposition::D07), "{id}");
        assert!(proposal.ome.is_some(), "the total is still shown");
        let against: Vec<&str> = proposal
            .medicine_flags
            .against
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert!(against.contains(&"ome-above-120"), "{against:?}");
    }
}

#[test]
fn the_do_not_start_list_is_for_primary_pain_only() {
    let primary = Case::unremarkable().choose("pain-cause", "none").proposal();
    assert!(prompts(&primary).contains(&"primary-do-not-start"));
    assert_eq!(primary.pain_type.certain, [PainType::ChronicPrimary]);
    for cause in ["explains", "partly", "unclear"] {
        let proposal = Case::unremarkable().choose("pain-cause", cause).proposal();
        let possible = proposal.prompts.possible.iter();
        assert!(
            possible
                .clone()
                .all(|prompt| prompt.id != "primary-do-not-start"),
            "{cause}"
        );
    }
    let conflict = Case::unremarkable()
        .choose("pain-cause", "none")
        .also("pain-cause", Value::Text("explains".into()));
    assert!(!prompts(&conflict.proposal()).contains(&"primary-do-not-start"));
}

#[test]
fn there_is_no_suicide_score_the_answer_1_and_the_answer_3_propose_the_same() {
    let with_item_9 = |value: i64| {
        let case = (3..=8).fold(Case::unremarkable(), |case, item| {
            case.number(&format!("phq-9-{item}"), 0)
        });
        let mut proposal = case
            .choose("phq-9-full", "now")
            .number("phq-9-9", value)
            .proposal();
        // The plain totals differ; what is proposed must not.
        proposal.next_question = None;
        proposal
    };
    assert_eq!(with_item_9(1), with_item_9(3));
    let raised = with_item_9(1);
    assert!(prompts(&raised).contains(&"ask-safety"));
    assert!(
        !raised.urgency.settled,
        "the outcome of the talk is not written down yet"
    );
    assert_eq!(raised.urgency.missing[0].question, "self-harm-outcome");
}

#[test]
fn what_was_decided_about_safety_settles_the_urgency() {
    for (decision, urgency) in [
        ("immediate-danger", Urgency::CrisisOrSafeguardingNow),
        ("urgent-today", Urgency::CrisisOrSafeguardingNow),
        ("gp-same-day", Urgency::SameDay),
        ("no-current-concern", Urgency::Routine),
    ] {
        let case = Case::unremarkable().yes("self-harm-thoughts");
        let proposal = case.choose("self-harm-outcome", decision).proposal();
        assert_eq!(proposal.urgency.value(), Some(&urgency), "{decision}");
    }
}

#[test]
fn after_a_safety_plan_the_clinician_says_how_soon_and_no_rule_does() {
    let case = Case::unremarkable()
        .yes("self-harm-thoughts")
        .choose("self-harm-outcome", "safety-plan");
    let open = case.clone().proposal();
    assert_eq!(open.urgency_shown(), Urgency::NotSettled);
    assert_eq!(open.urgency.missing[0].question, "self-harm-seen-again");
    for (chosen, urgency) in [
        ("within-48-hours", Urgency::Within48Hours),
        ("urgent", Urgency::Urgent),
        ("soon", Urgency::Soon),
        ("no-sooner", Urgency::Routine),
    ] {
        let proposal = case
            .clone()
            .choose("self-harm-seen-again", chosen)
            .proposal();
        assert_eq!(proposal.urgency.value(), Some(&urgency), "{chosen}");
    }
}

#[test]
fn an_emergency_outranks_a_crisis_for_the_lead() {
    let case = Case::unremarkable()
        .yes("self-harm-thoughts")
        .yes("limb-acute");
    let proposal = case.choose("self-harm-outcome", "urgent-today").proposal();
    assert_eq!(settled(&proposal), (Urgency::Emergency, Disposition::D01));
    assert!(proposal.dispositions.certain.contains(&Disposition::D02));
}

#[test]
fn a_declined_question_is_missing_and_is_not_put_again() {
    let case = Case::unremarkable().unanswered("diagnosis-unclear", Unanswered::Declined);
    let proposal = case.proposal();
    assert!(!proposal.lead.settled);
    assert_eq!(proposal.lead.missing[0].state, Unanswered::Declined);
    assert_eq!(proposal.next_question, None);
}

#[test]
fn a_reason_against_names_what_was_considered_and_ruled_out() {
    let proposal = Case::unremarkable()
        .yes("gca-headache")
        .aged(Some(44))
        .proposal();
    let against: Vec<&str> = proposal
        .urgency
        .against
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(against, ["giant-cell"]);
}

#[test]
fn no_words_of_a_rule_plan_a_reduction_or_name_a_dose_to_switch_to() {
    for rule in &Ruleset::shipped().rules {
        let words = rule.words.to_lowercase();
        for banned in ["switch to", "taper", "reduce by", " mg", "%", "risk score"] {
            assert!(!words.contains(banned), "{}: {banned}", rule.id);
        }
    }
}

#[test]
fn the_same_case_gives_the_same_proposal() {
    let case = Case::not_asked()
        .yes("crps-pattern")
        .number("pain-average", 7);
    assert_eq!(case.proposal(), case.proposal());
}
