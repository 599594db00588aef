//! How often second opinions agree: counted, and never by person.

use super::{Scene, likewise, of, otherwise};
use crate::opinion;
use crate::view::{Agreement, AskOpinionForm, OpinionForm};

fn agreement(scene: &mut Scene) -> Agreement {
    scene.seat_lead();
    opinion::agreement(&mut scene.room.desk).unwrap()
}

/// One more case that Osei decides and Hale answers blind.
fn one_more(scene: &mut Scene, form: OpinionForm) {
    let (osei, hale) = (scene.osei.clone(), scene.hale.clone());
    scene.seat(&osei);
    let (patient, assessment) = scene.room.finished();
    scene.room.sign(&assessment);
    (scene.patient, scene.assessment) = (patient, assessment);
    let asked = AskOpinionForm {
        blind: true,
        ..of(&hale)
    };
    let opinion = scene.ask(asked).unwrap();
    scene.seat(&hale);
    scene.give(&opinion, form).unwrap();
}

#[test]
fn agreement_is_counted_from_eight_pairs_on_and_names_nobody() {
    let mut scene = Scene::undecided();
    for _ in 0..4 {
        one_more(&mut scene, likewise());
    }
    for _ in 0..3 {
        one_more(&mut scene, otherwise());
    }
    let few = agreement(&mut scene);
    assert_eq!(few.all[0].pairs, "*");
    assert_eq!(few.all[0].agreed, "*");
    assert_eq!(few.all[0].kappa, "*");
    one_more(&mut scene, otherwise());
    let enough = agreement(&mut scene);
    let blind = &enough.all[0];
    assert_eq!((blind.pairs.as_str(), blind.agreed.as_str()), ("8", "4"));
    // The first view never varied, so half agree by chance alone.
    assert_eq!(blind.kappa, "0.00");
    assert_eq!(enough.all[1].pairs, "*", "none was open");
    let both: Vec<_> = enough
        .dispositions
        .iter()
        .map(|row| row.pairs.as_str())
        .collect();
    assert_eq!(both, ["8", "*"]);
    let said = format!("{enough:?}");
    for name in ["Osei", "Hale", "Ndlovu"] {
        assert!(!said.contains(name), "{name}");
    }
}
