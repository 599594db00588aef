//! People who work at several sites.

use record::id::SiteId;
use record::role::Role;
use record::scope::Scope;

use super::words;
use crate::desk::patient_id;
use crate::tests::Room;
use crate::tests::forms::referral;
use crate::tests::room::PASSPHRASE;
use crate::view::{ColleagueForm, SiteForm};
use crate::{patient, sites, staff, worklist};

#[test]
fn a_person_sees_and_writes_for_the_sites_of_their_certificate_and_picks_where_they_are() {
    let mut room = Room::demo();
    let form = SiteForm {
        name: "Skelby Spoke".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    let opened = sites::open_site(&mut room.desk, form).unwrap();
    let opened = opened.sites.iter().find(|it| it.name == "Skelby Spoke");
    let other: SiteId = opened.unwrap().id.parse().unwrap();
    let home = room.refer(referral("Ndlovu", "Thabo"));
    let both = ColleagueForm {
        sites: vec![
            room.desk
                .sitting()
                .unwrap()
                .opened
                .identity
                .site
                .to_string(),
            other.to_string(),
        ],
        ..room.colleague("Bea Nowak", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, both).unwrap();
    let there = ColleagueForm {
        sites: vec![other.to_string()],
        ..room.colleague("Cai Li", Role::Nurse)
    };
    staff::add_colleague(&mut room.desk, there).unwrap();
    let (bea, cai) = (room.row_of("Bea Nowak").id, room.row_of("Cai Li").id);
    let session = room.seat(&bea);
    assert_eq!(session.sites.len(), 2);
    assert_eq!(session.site, "Fernbank Spoke");
    let session = staff::sit_at(&mut room.desk, other.to_string()).unwrap();
    assert_eq!(session.site, "Skelby Spoke");
    let away = room.refer(referral("Okafor", "Emeka"));
    let case = room.desk.case(patient_id(&away).unwrap()).unwrap();
    assert!(
        case.record
            .timeline()
            .iter()
            .all(|placed| placed.scope == Scope::Site(other))
    );
    assert_eq!(room.seat(&bea).site, "Skelby Spoke", "where they last were");
    let session = room.seat(&cai);
    assert_eq!(
        (session.site.as_str(), session.sites.len()),
        ("Skelby Spoke", 1)
    );
    let list = worklist::worklist(&mut room.desk, "all".into(), String::new(), 0).unwrap();
    assert_eq!(list.rows.len(), 1);
    assert!(
        worklist::search(&mut room.desk, "ndlovu".into())
            .unwrap()
            .hits
            .is_empty()
    );
    let refused = words(patient::open_patient(&mut room.desk, home));
    assert!(refused.starts_with("This patient belongs to a site"));
    let own = room.desk.sitting().unwrap().opened.identity.site;
    let refused = staff::sit_at(&mut room.desk, own.to_string());
    assert!(words(refused).starts_with("Your certificate does not list that site"));
}
