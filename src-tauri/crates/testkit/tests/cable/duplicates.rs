//! One person registered at two spokes with the cable out: neither can see the other, the hub sees
//! both once the cable is in, and a person there says what is so.

use clinic::view::{ReferralForm, SiteForm, StaffChangeForm};
use clinic::{Desk, intake, person, sites, staff, worklist};
use testkit::cable::join;
use testkit::{Laptop, PASSPHRASE};

use crate::laptops::{Clinic, Shared};
use crate::{has, referral};

fn refer(desk: &mut Desk, given: &str) -> String {
    let form = ReferralForm {
        given: given.into(),
        nhs_number: "999 160 9938".into(),
        ..referral("Ndlovu")
    };
    intake::save_referral(desk, form, None).unwrap().patient
}

/// Opens another spoke, where the consultant works too. Gives its id.
fn another_spoke(desk: &mut Desk, name: &str) -> String {
    let form = SiteForm {
        name: name.into(),
        own_passphrase: PASSPHRASE.into(),
    };
    let opened = sites::open_site(desk, form).unwrap();
    let all: Vec<String> = opened.sites.iter().map(|site| site.id.clone()).collect();
    let me = clinic::door::still_here(desk).unwrap().staff;
    let every = StaffChangeForm {
        role: "consultant".into(),
        sites: all,
        own_passphrase: PASSPHRASE.into(),
    };
    staff::change_colleague(desk, me, every).unwrap();
    let new = opened.sites.iter().find(|site| site.name == name);
    new.unwrap().id.clone()
}

fn named(desk: &mut Desk) -> usize {
    worklist::duplicates(desk).unwrap().pairs.len()
}

#[test]
fn safety_12_a_person_registered_at_two_spokes_with_the_cable_out_is_named_at_the_hub_when_it_is_in()
 {
    let folder = tempfile::tempdir().unwrap();
    let mut clinic = Clinic::open(folder.path());
    let at = folder.path().join("e");
    std::fs::create_dir_all(&at).unwrap();
    let (mut alder, _) = Laptop::at(&at).unwrap().desk(5).unwrap();
    clinic.hub.does(|desk| {
        let site = another_spoke(desk, "Alder Spoke");
        join(desk, &mut alder, &site, folder.path()).unwrap();
    });
    let alder = Shared::new(alder);
    for laptop in [&clinic.hub, &clinic.spoke, &alder] {
        laptop.until_up_to_date();
    }
    clinic.server.kill();

    let here = clinic.spoke.does(|desk| refer(desk, "Thabo"));
    let there = alder.does(|desk| refer(desk, "Tabo"));
    assert_eq!(clinic.spoke.lend_now(named), 0);
    assert_eq!(alder.lend_now(named), 0);

    clinic.server.start().unwrap();
    for laptop in [&clinic.hub, &clinic.spoke, &alder] {
        laptop.does(|desk| drop(clinic::line::try_now(desk).unwrap()));
    }
    clinic
        .hub
        .until("the hub names the two", |desk| named(desk) == 1);
    let pair = clinic
        .hub
        .lend_now(|desk| worklist::duplicates(desk).unwrap().pairs.remove(0));
    assert_eq!(pair.why, "Same NHS number");
    let sites = pair.rows.iter().find(|row| row.label == "Site").unwrap();
    let mut sites = [sites.one.as_str(), sites.other.as_str()];
    sites.sort_unstable();
    assert_eq!(sites, ["Alder Spoke", "Rowan Spoke"]);
    // Nothing was merged: both stand in the list by themselves.
    let list = clinic.hub.lend_now(|desk| crate::rows(desk).len());
    assert_eq!(list, 2);

    // Somebody at the hub says that it is one person; both spokes are told.
    clinic.hub.does(|desk| {
        let linked = person::link_records(desk, pair.one, pair.other, "number".into());
        assert_eq!(linked.unwrap().linked.len(), 2);
    });
    assert_eq!(clinic.hub.lend_now(named), 0);
    for (laptop, own) in [(&clinic.spoke, here), (&alder, there)] {
        laptop.until("the spoke is told", |desk| {
            let shown = person::open_person(desk, own.clone()).unwrap();
            shown
                .linked
                .iter()
                .any(|one| one.name == "A record of this person at another site")
        });
        assert!(laptop.lend_now(|desk| has(desk, "NDLOVU")));
    }
}
