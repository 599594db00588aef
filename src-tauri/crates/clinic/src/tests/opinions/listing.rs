//! Whom an opinion concerns, and where they find it.

use record::role::Role;

use super::{Scene, likewise, of, otherwise};
use crate::opinion;
use crate::view::{AskOpinionForm, OpinionList};

fn list(scene: &mut Scene) -> OpinionList {
    opinion::opinions_for_me(&mut scene.room.desk).unwrap()
}

/// How many stand in each part of the list.
fn counts(scene: &mut Scene) -> [usize; 4] {
    let list = list(scene);
    [&list.asked, &list.differ, &list.waiting, &list.answered].map(Vec::len)
}

#[test]
fn an_opinion_that_was_answered_before_anything_is_signed_is_a_reply_in_for_whoever_asked() {
    let mut scene = Scene::undecided();
    let opinion = scene.ask(of(&scene.hale)).unwrap();
    let replies = |scene: &mut Scene| {
        let choices = crate::review::review_choices(&mut scene.room.desk).unwrap();
        let only = choices.only.into_iter().find(|it| it.value == "reply");
        only.unwrap().count
    };
    assert_eq!(replies(&mut scene), 0);
    let (osei, hale) = (scene.osei.clone(), scene.hale.clone());
    scene.seat(&hale);
    scene.give(&opinion, otherwise()).unwrap();
    assert_eq!(replies(&mut scene), 0, "it is not Hale who asked");
    scene.seat(&osei);
    assert_eq!(replies(&mut scene), 1);
}

#[test]
fn whoever_is_asked_finds_it_by_its_day_and_whoever_asked_sees_that_it_waits() {
    let mut scene = Scene::new();
    let hale = scene.hale.clone();
    scene.ask(of(&hale)).unwrap();
    let sooner = AskOpinionForm {
        by: "2026-11-25".into(),
        ..of(&hale)
    };
    scene.ask(sooner).unwrap();
    assert_eq!(counts(&mut scene), [0, 0, 2, 0]);
    scene.seat(&hale);
    scene.room.days(3);
    scene.seat(&hale);
    let found = list(&mut scene);
    let days: Vec<_> = found.asked.iter().map(|row| row.by.as_str()).collect();
    assert_eq!(days, ["25-Nov-2026", "30-Nov-2026"]);
    assert_eq!(found.asked[0].late.as_deref(), Some("2 days late"));
    assert_eq!(found.asked[1].late, None);
    assert_eq!(found.asked[0].action, "Answer");
    let nowak = scene.nowak.clone();
    scene.seat(&nowak);
    assert_eq!(counts(&mut scene), [0; 4]);
}

#[test]
fn of_a_role_everybody_of_it_finds_it_until_one_has_answered() {
    let mut scene = Scene::new();
    let raman = scene.room.hire("Devi Raman", Role::Consultant);
    let form = AskOpinionForm {
        of_role: "consultant".into(),
        ..of("")
    };
    let opinion = scene.ask(form).unwrap();
    for staff in [raman.clone(), scene.hale.clone()] {
        scene.seat(&staff);
        assert_eq!(counts(&mut scene), [1, 0, 0, 0]);
    }
    scene.give(&opinion, likewise()).unwrap();
    scene.seat(&raman);
    assert_eq!(counts(&mut scene), [0; 4]);
    let osei = scene.osei.clone();
    scene.seat(&osei);
    assert_eq!(counts(&mut scene), [0, 0, 0, 1]);
}

#[test]
fn a_disagreement_stands_with_both_and_with_whoever_settles_it() {
    let (mut scene, opinion) = Scene::asked(false);
    scene.give(&opinion, otherwise()).unwrap();
    let osei = scene.osei.clone();
    scene.seat(&osei);
    let lead = scene.room.hire("Robin Lead", Role::Lead);
    for (staff, settles) in [
        (scene.hale.clone(), false),
        (scene.osei.clone(), false),
        (lead, true),
    ] {
        scene.seat(&staff);
        let found = list(&mut scene);
        assert_eq!(found.differ.len(), 1);
        assert_eq!(found.differ[0].to_settle, settles);
    }
    let nowak = scene.nowak.clone();
    scene.seat(&nowak);
    assert_eq!(counts(&mut scene), [0; 4]);
}
