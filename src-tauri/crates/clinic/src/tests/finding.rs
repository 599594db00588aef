//! Who is who: finding a patient, and not taking one for another.

use record::body::Detail;

use super::Room;
use super::forms::referral;
use crate::desk::{Line, patient_id};
use crate::patient;
use crate::plan;
use crate::refusal::Refusal;
use crate::view::GivenForm;
use crate::worklist;

#[test]
fn safety_12_similar_names_are_marked_in_hits_in_the_banner_and_in_the_worklist() {
    let mut room = Room::demo();
    let one = room.refer(referral("Nowak", "Anna"));
    let mut sister = referral("Nowak", "Hanna");
    sister.born = "1980-01-02".into();
    let other = room.refer(sister);
    let mut stranger = referral("Ferreira", "Luis");
    stranger.born = "1950-01-02".into();
    let alone = room.refer(stranger);
    for (id, similar) in [(&one, true), (&other, true), (&alone, false)] {
        let banner = patient::open_patient(&mut room.desk, id.clone())
            .unwrap()
            .banner;
        assert_eq!(banner.similar_name, similar);
        let hits = worklist::search(&mut room.desk, banner.family.to_lowercase())
            .unwrap()
            .hits;
        assert_eq!(
            hits.iter()
                .find(|hit| hit.patient == *id)
                .unwrap()
                .similar_name,
            similar
        );
        let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
        assert_eq!(
            list.rows
                .iter()
                .find(|row| row.patient == *id)
                .unwrap()
                .similar_name,
            similar
        );
    }
}

#[test]
fn safety_12_same_birth_date_and_given_name_or_same_address_count_as_similar() {
    let mut room = Room::demo();
    let one = room.refer(referral("Nowak", "Anna"));
    let married = room.refer(referral("Smith", "Anna"));
    for id in [one, married] {
        assert!(
            patient::open_patient(&mut room.desk, id)
                .unwrap()
                .banner
                .similar_name
        );
    }
    let mut father = referral("Okafor", "Emeka");
    father.born = "1950-03-01".into();
    father.address = "4 Mill Lane, Alderwick".into();
    let mut son = referral("Okafor", "Chidi");
    son.born = "1985-03-01".into();
    son.address = "4 Mill Lane, Alderwick".into();
    for form in [father, son] {
        let id = room.refer(form);
        let _ = id;
    }
    let hits = worklist::search(&mut room.desk, "okafor".into())
        .unwrap()
        .hits;
    assert!(hits.len() == 2 && hits.iter().all(|hit| hit.similar_name));
}

#[test]
fn safety_12_a_plan_is_given_only_when_name_and_birth_date_were_checked() {
    let mut room = Room::demo();
    let (_, assessment) = room.finished();
    room.sign(&assessment);
    room.write_plan(&assessment);
    let give = |room: &mut Room, name_checked: bool, born: &str| {
        let form = GivenForm {
            name_checked,
            born: born.into(),
            to: "patient".into(),
        };
        plan::plan_given(&mut room.desk, assessment.clone(), form)
    };
    assert!(
        give(&mut room, true, "1979-09-17").is_err(),
        "not agreed yet"
    );
    room.agree(&assessment).unwrap();
    let fault = |refused: Result<_, Refusal>| match refused {
        Err(Refusal::Invalid(fields)) => fields[0].field.clone(),
        _ => String::new(),
    };
    assert_eq!(fault(give(&mut room, false, "1979-09-17")), "name_checked");
    assert_eq!(fault(give(&mut room, true, "1979-09-16")), "born");
    assert_eq!(fault(give(&mut room, true, "")), "born");
    assert!(give(&mut room, true, "1979-09-17").unwrap().given.is_some());
}

#[test]
fn a_patient_is_found_by_part_of_a_name_without_its_accents_and_by_part_of_a_number() {
    let mut room = Room::demo();
    let mut form = referral("Wiśniewska", "Łucja");
    form.nhs_number = "999 160 9938".into();
    let id = room.refer(form);
    for text in ["wisn", "lucja", "Wiśniewska", "999 160", "9938", "1979"] {
        let hits = worklist::search(&mut room.desk, text.into()).unwrap().hits;
        assert_eq!(hits.len(), 1, "{text}");
        assert_eq!(hits[0].patient, id);
    }
    assert!(
        worklist::search(&mut room.desk, "nobody".into())
            .unwrap()
            .hits
            .is_empty()
    );
    assert!(
        worklist::search(&mut room.desk, "  ".into())
            .unwrap()
            .hits
            .is_empty()
    );
}

#[test]
fn a_patient_is_found_by_name_number_and_date_of_birth_together_and_the_count_is_said() {
    let mut room = Room::demo();
    let mut form = referral("O'Neill", "Mary");
    form.nhs_number = "999 160 9938".into();
    let mary = room.refer(form);
    let mut other = referral("O'Neill", "Siobhan");
    other.born = "1981-02-03".into();
    room.refer(other);
    for text in [
        "oneill 79",
        "o neill 17/9/79",
        "o'neill 9938",
        "17 sep mary",
        "neill 1979",
    ] {
        let found = worklist::search(&mut room.desk, text.into()).unwrap();
        assert_eq!(found.words, "1 person", "{text}");
        assert_eq!(found.hits[0].patient, mary, "{text}");
    }
    let both = worklist::search(&mut room.desk, "oneill".into()).unwrap();
    assert_eq!((both.hits.len(), both.words.as_str()), (2, "2 people"));
}

#[test]
fn a_patient_is_found_by_a_former_name_which_is_said() {
    let mut room = Room::demo();
    let id = room.refer(referral("Nowak", "Anna"));
    let married = Detail {
        field: "family".into(),
        value: "Fairweather".into(),
    };
    let line = Line::of("detail/family", &married).unwrap();
    let patient = patient_id(&id).unwrap();
    room.desk.write(patient, vec![line]).unwrap();
    let found =
        |room: &mut Room, text: &str| worklist::search(&mut room.desk, text.into()).unwrap();
    let former = found(&mut room, "nowak");
    assert_eq!(former.hits[0].why.as_deref(), Some("formerly Nowak"));
    assert!(former.hits[0].name.starts_with("FAIRWEATHER"));
    assert_eq!(found(&mut room, "fairweather").hits[0].why, None);
}

#[test]
fn a_filtered_worklist_holds_whom_the_search_finds() {
    let mut room = Room::demo();
    let id = room.refer(referral("Wiśniewska", "Anna"));
    room.refer(referral("Okafor", "Emeka"));
    let list = |room: &mut Room, tab: &str, filter: &str, skip| {
        worklist::worklist(&mut room.desk, tab.into(), filter.into(), skip).unwrap()
    };
    let found = list(&mut room, "referrals", "wis 79", 0);
    assert_eq!((found.matching, found.total), (1, 2));
    assert_eq!(found.rows[0].patient, id);
    assert_eq!(list(&mut room, "referrals", "wis 79", 1).rows, []);
    assert_eq!(list(&mut room, "referrals", "", 1).rows.len(), 1);
    assert_eq!(list(&mut room, "follow-up", "wis", 0).matching, 0);
}
