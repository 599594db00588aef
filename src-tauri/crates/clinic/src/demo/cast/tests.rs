use std::collections::{BTreeMap, BTreeSet};

use assessment::answer::{Answer, Value};
use assessment::fact::fields_of;
use assessment::medicine::{Dictionary, Item, OmeTable, ome};
use assessment::question::{Catalogue, QuestionKind, check_answer, check_field};
use assessment::route::Routes;
use assessment::ruleset::{Disposition, Strand, Urgency};
use jiff::civil::{Date, date};
use record::nhs_number::NhsNumber;
use record::role::Role;
use serde::de::DeserializeOwned;

use super::{Cast, Patient, SiteKind, Stage, days_before};

const TODAY: Date = date(2026, 11, 24);

fn cast() -> Cast {
    Cast::shipped().expect("the demo's files can be read")
}

fn count(cast: &Cast, wanted: impl Fn(&Patient) -> bool) -> usize {
    cast.patients
        .iter()
        .filter(|patient| wanted(patient))
        .count()
}

#[test]
fn the_demo_has_one_hub_two_spokes_and_staff_of_every_role() {
    let clinic = cast().clinic;
    let hubs = clinic
        .sites
        .iter()
        .filter(|site| site.kind == SiteKind::Hub)
        .count();
    assert_eq!((hubs, clinic.sites.len()), (1, 3));
    let roles: BTreeSet<Role> = clinic.staff.iter().map(|member| member.role).collect();
    assert_eq!(roles, BTreeSet::from(Role::ALL));
    assert!(clinic.service.passphrase.chars().count() >= 14);
    let sites: BTreeSet<&String> = clinic.sites.iter().map(|site| &site.id).collect();
    assert!(
        clinic
            .staff
            .iter()
            .all(|member| member.sites.iter().all(|at| sites.contains(at)))
    );
}

#[test]
fn every_local_number_a_route_names_is_one_of_the_demos() {
    let clinic = cast().clinic;
    for route in Routes::shipped().all() {
        for phone in &route.phones {
            assert!(clinic.numbers.contains_key(phone), "{phone}");
        }
    }
}

#[test]
fn there_are_sixty_patients_and_some_at_every_stage() {
    let cast = cast();
    assert_eq!(cast.patients.len(), 60);
    let stages: BTreeSet<Stage> = cast.patients.iter().map(|patient| patient.stage).collect();
    assert_eq!(stages.len(), 9);
    let ids: BTreeSet<&String> = cast.patients.iter().map(|patient| &patient.id).collect();
    assert_eq!(ids.len(), 60);
}

#[test]
fn every_nhs_number_is_valid_unique_and_from_the_test_range() {
    let cast = cast();
    let mut seen = BTreeSet::new();
    for patient in cast
        .patients
        .iter()
        .filter(|patient| !patient.nhs_number.is_empty())
    {
        let number: NhsNumber = patient.nhs_number.parse().expect("the check digit fits");
        assert!(number.is_test_range(), "{} is from 999", patient.id);
        assert!(
            seen.insert(number),
            "{} has a number of its own",
            patient.id
        );
    }
    assert_eq!(seen.len(), 58, "two patients have no number");
}

#[test]
fn every_telephone_number_is_from_the_range_kept_for_drama() {
    let cast = cast();
    let kept = |phone: &str| {
        let last = phone.strip_prefix("01632 960");
        last.is_some_and(|last| last.len() == 3 && last.bytes().all(|b| b.is_ascii_digit()))
    };
    assert!(
        cast.patients
            .iter()
            .all(|p| p.phone.is_empty() || kept(&p.phone))
    );
    assert!(
        cast.clinic
            .numbers
            .values()
            .all(|number| number == "111" || kept(number))
    );
}

#[test]
fn every_question_list_field_and_value_is_one_of_the_catalogues() {
    let (cast, catalogue) = (cast(), Catalogue::shipped());
    for patient in &cast.patients {
        let id = &patient.id;
        for question in &patient.referral.warning_signs {
            let kind = catalogue.question(question).map(|question| &question.kind);
            assert_eq!(kind, Some(&QuestionKind::Feature), "{id} {question}");
        }
        if let Some(assessed) = &patient.assessment {
            for written in assessed.written() {
                assert!(catalogue.question(written).is_some(), "{id} {written}");
            }
            for list in assessed.lists() {
                assert!(catalogue.list(list).is_some(), "{id} {list}");
            }
            let day = days_before(TODAY, assessed.days_ago);
            check_answers(id, catalogue, &assessed.answers(catalogue, day));
            check_rows(id, catalogue, assessed.rows(catalogue, day));
        }
        if let Some(follow_up) = &patient.follow_up {
            for written in follow_up.written() {
                assert!(catalogue.question(written).is_some(), "{id} {written}");
            }
            check_answers(id, catalogue, &follow_up.answers(catalogue));
        }
    }
}

fn check_answers(id: &str, catalogue: &Catalogue, answers: &[(String, Answer)]) {
    let known: BTreeMap<&str, &Answer> = answers
        .iter()
        .map(|(question, answer)| (question.as_str(), answer))
        .collect();
    for (question, answer) in answers {
        let question = catalogue.question(question).expect("checked above");
        let checked = check_answer(question, answer);
        assert!(checked.is_ok(), "{id} {}: {checked:?}", question.id);
        let shown = question.show_when.as_ref().is_none_or(|condition| {
            condition.met_by(known.get(condition.question.as_str()).copied()) == Some(true)
        });
        assert!(shown, "{id} {} is answered and not shown", question.id);
    }
}

fn check_rows(id: &str, catalogue: &Catalogue, rows: Vec<(String, BTreeMap<String, Value>)>) {
    for (list, mut row) in rows {
        let spec = catalogue.list(&list).expect("checked above");
        for field in &spec.fields {
            let value = row.remove(&field.id);
            assert!(
                value.is_some() || !field.required,
                "{id} {list}.{}",
                field.id
            );
            let Some(value) = value else { continue };
            let checked = check_field(field, &Answer::Given(value));
            assert!(checked.is_ok(), "{id} {list}.{}: {checked:?}", field.id);
        }
        assert!(
            row.is_empty(),
            "{id} {list} has fields that do not exist: {:?}",
            row.keys()
        );
    }
}

#[test]
fn a_finished_assessment_has_an_answer_or_a_state_for_all_that_must_be_asked() {
    let (cast, catalogue) = (cast(), Catalogue::shipped());
    for patient in cast
        .patients
        .iter()
        .filter(|p| p.stage >= Stage::AssessmentFinished)
    {
        let assessed = patient.assessment.as_ref().expect("it was assessed");
        let day = days_before(TODAY, assessed.days_ago);
        let answers: BTreeMap<String, Answer> =
            assessed.answers(catalogue, day).into_iter().collect();
        for question in catalogue.questions().filter(|question| question.must) {
            let shown = question.show_when.as_ref().is_none_or(|condition| {
                condition.met_by(answers.get(&condition.question)) == Some(true)
            });
            let done = !shown || answers.contains_key(&question.id);
            assert!(done, "{} {}", patient.id, question.id);
        }
        let lists: BTreeSet<&String> = assessed.lists().collect();
        for list in catalogue.sections.iter().flat_map(|section| &section.lists) {
            assert!(
                !list.must || lists.contains(&list.id),
                "{} {}",
                patient.id,
                list.id
            );
        }
    }
}

#[test]
fn people_places_and_days_named_by_a_patient_exist_and_are_in_order() {
    let cast = cast();
    let staff: BTreeSet<&str> = cast.clinic.staff.iter().map(|m| m.id.as_str()).collect();
    let sites: BTreeSet<&str> = cast.clinic.sites.iter().map(|s| s.id.as_str()).collect();
    for patient in &cast.patients {
        assert!(sites.contains(patient.site.as_str()), "{}", patient.id);
        let mut days = vec![patient.referral.received_days_ago];
        let mut named = Vec::new();
        if let Some(assessed) = &patient.assessment {
            days.push(assessed.days_ago);
            named.push(&assessed.by);
        }
        if let Some(decision) = &patient.decision {
            days.push(decision.days_ago);
            named.push(&decision.by);
        }
        if let Some(plan) = &patient.plan {
            days.push(plan.agreed_days_ago);
            days.extend(plan.given_days_ago);
            named.push(&plan.by);
        }
        if let Some(follow_up) = &patient.follow_up {
            days.push(follow_up.days_ago);
            named.push(&follow_up.by);
        }
        named.extend(
            patient
                .appointment
                .as_ref()
                .map(|appointment| &appointment.with),
        );
        assert!(
            days.windows(2).all(|pair| pair[0] >= pair[1]),
            "{} {days:?}",
            patient.id
        );
        assert!(
            named.iter().all(|name| staff.contains(name.as_str())),
            "{}",
            patient.id
        );
        let born = patient.born(TODAY);
        assert!(
            born.is_none_or(|born| born < TODAY && born.year() >= 1900),
            "{}",
            patient.id
        );
    }
}

#[test]
fn each_stage_holds_what_comes_before_it_and_nothing_after() {
    for patient in cast().patients {
        let stage = patient.stage;
        let id = &patient.id;
        assert_eq!(
            patient.assessment.is_some(),
            stage >= Stage::AssessmentStarted,
            "{id}"
        );
        assert_eq!(patient.decision.is_some(), stage >= Stage::Signed, "{id}");
        assert_eq!(patient.plan.is_some(), stage >= Stage::PlanAgreed, "{id}");
        let given = patient
            .plan
            .as_ref()
            .is_some_and(|plan| plan.given_days_ago.is_some());
        assert_eq!(given, stage >= Stage::PlanGiven, "{id}");
        assert_eq!(
            patient.follow_up.is_some(),
            stage == Stage::FollowUp,
            "{id}"
        );
        let referral = &patient.referral;
        let missing = referral.referrer.is_empty()
            || referral.reason.is_empty()
            || patient.born(TODAY).is_none();
        assert_eq!(missing, stage == Stage::ReferralIncomplete, "{id}");
        assert!(
            stage != Stage::Booked || patient.appointment.is_some(),
            "{id}"
        );
    }
}

#[test]
fn every_route_and_outcome_is_one_that_can_be_recorded() {
    for patient in cast().patients {
        for done in &patient.routes {
            let route = Routes::shipped()
                .route(&done.route)
                .expect("the route exists");
            let outcomes = route.outcomes();
            let known = outcomes.iter().any(|outcome| outcome.value == done.outcome);
            assert!(known, "{} {}", patient.id, done.outcome);
        }
    }
}

#[test]
fn every_decision_is_one_that_can_be_signed() {
    fn is<T: DeserializeOwned>(word: &str) -> bool {
        serde_json::from_value::<T>(word.into()).is_ok()
    }
    for patient in cast().patients {
        let Some(decision) = patient.decision else {
            continue;
        };
        assert!(
            is::<Disposition>(&decision.lead),
            "{} {}",
            patient.id,
            decision.lead
        );
        assert!(
            is::<Urgency>(&decision.urgency),
            "{} {}",
            patient.id,
            decision.urgency
        );
        assert!(
            decision.strands.iter().all(|strand| is::<Strand>(strand)),
            "{}",
            patient.id
        );
        assert!(!decision.if_different.is_empty(), "{}", patient.id);
    }
}

#[test]
fn every_plan_fills_every_block_and_has_a_goal_and_a_review() {
    let bank: toml::Table = include_str!("../../../../../../assets/phrases/plan.toml")
        .parse()
        .expect("the phrase bank can be read");
    let blocks = bank
        .get("block")
        .and_then(toml::Value::as_array)
        .expect("it has blocks");
    let ids: BTreeSet<&str> = blocks
        .iter()
        .filter_map(|block| block.get("id")?.as_str())
        .collect();
    for patient in cast().patients {
        let Some(plan) = patient.plan else { continue };
        let filled: BTreeSet<&str> = plan.blocks.keys().map(String::as_str).collect();
        assert_eq!(filled, ids, "{}", patient.id);
        assert!(
            plan.goals
                .iter()
                .all(|goal| goal.in_days > 0 && goal.confidence <= 10)
        );
        assert!(
            !plan.goals.is_empty() && plan.review_in_days > 0,
            "{}",
            patient.id
        );
        assert!(
            plan.present.iter().any(|who| who == "patient"),
            "{}",
            patient.id
        );
    }
}

#[test]
fn the_demo_shows_what_a_pain_clinic_meets() {
    let cast = cast();
    let answered = |patient: &Patient, question: &str, value: &Value| {
        patient.assessment.as_ref().is_some_and(|assessed| {
            let answers = assessed.answers(Catalogue::shipped(), TODAY);
            answers
                .iter()
                .any(|(id, answer)| id == question && answer.value() == Some(value))
        })
    };
    let yes = Value::Bool(true);
    assert_eq!(
        count(&cast, |p| p.given.is_empty()),
        1,
        "a person with one name"
    );
    assert_eq!(
        count(&cast, |p| p
            .born(TODAY)
            .is_some_and(|b| b > date(2008, 11, 24))),
        1
    );
    assert_eq!(
        count(&cast, |p| answered(
            p,
            "pregnancy",
            &Value::Text("yes".into())
        )),
        1
    );
    assert!(count(&cast, |p| answered(p, "crps-pattern", &yes)) >= 1);
    assert!(count(&cast, |p| answered(p, "nerve-lesion", &yes)) >= 3);
    assert!(count(&cast, |p| answered(p, "pain-cancer", &yes)) >= 1);
    assert!(count(&cast, |p| answered(p, "implanted-device", &yes)) >= 1);
    assert!(count(&cast, |p| answered(p, "self-harm-thoughts", &yes)) >= 2);
    assert_eq!(
        count(&cast, |p| p
            .routes
            .iter()
            .any(|r| r.outcome == "acting-now")),
        2
    );
    assert_eq!(
        count(&cast, |p| p
            .assessment
            .as_ref()
            .is_some_and(|a| !a.reason.is_empty())),
        1
    );
}

#[test]
fn two_patients_have_nearly_the_same_name_and_birth_date() {
    let cast = cast();
    let alike: Vec<&Patient> = cast
        .patients
        .iter()
        .filter(|p| p.family == "Halloran")
        .collect();
    let [first, second] = alike[..] else {
        panic!("two of one family name")
    };
    assert_ne!(first.id, second.id);
    let born = [first, second].map(|patient| patient.born(TODAY).expect("both are known"));
    assert!((born[0] - born[1]).get_days().abs() < 10);
}

fn medicines(patient: &Patient) -> Vec<Item> {
    let rows = patient
        .assessment
        .iter()
        .flat_map(|it| it.rows(Catalogue::shipped(), TODAY));
    rows.filter(|(list, _)| list == "medicine")
        .map(|(_, row)| {
            let row = row
                .into_iter()
                .map(|(field, value)| (field, Answer::Given(value)));
            let item = Item::from_fields(&fields_of(&row.collect()), Dictionary::shipped());
            item.unwrap_or_else(|problem| panic!("{}: {problem}", patient.id))
        })
        .collect()
}

#[test]
fn every_medicine_can_be_counted_or_says_that_it_is_no_opioid() {
    for patient in cast().patients {
        for item in medicines(&patient) {
            let counted = item.known || item.said_opioid == Some(false);
            assert!(counted, "{} {}", patient.id, item.text);
        }
    }
}

#[test]
fn two_patients_take_opioids_above_the_figure_of_concern_beside_a_gabapentinoid() {
    let cast = cast();
    let above = count(&cast, |patient| {
        let items = medicines(patient);
        let total = ome(&items, OmeTable::shipped()).typical.mg();
        let beside = items
            .iter()
            .any(|item| matches!(&*item.name, "gabapentin" | "pregabalin"));
        beside && total.is_some_and(|mg| mg > 120.into())
    });
    assert_eq!(above, 2);
}
