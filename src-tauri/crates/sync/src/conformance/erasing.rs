//! Erasures at a hub server: what goes, what stays, and that it never comes back.

use record::certificate::{Certificate, Grant, Validity};
use record::envelope::Envelope;
use record::id::{DeviceId, PatientId, StaffId};
use record::keys::SigningKey;
use record::log::Tail;
use record::moment::Moment;
use record::role::Role;
use record::scope::Scope;
use record::warrant::{Claims, Hand, Proof, Proven, Warrant, WarrantId};

use crate::shelf::Shelf;

use super::streams::{ALL, keep, ok, pen, site};
use super::{Pen, SERVICE};

const OTHER: PatientId = PatientId::from_random([0x15; 16]);

/// The proof that an administrator and a lead of theirs signed these records away, at the moment
/// at which the administrator was certified. `above` is the administrator's chain, `key` their key.
pub fn proof_of(records: &[PatientId], above: &[Certificate], key: &SigningKey) -> Proof {
    let (root, administrator) = (&above[0], &above[1]);
    let claimed = administrator.claims().issued;
    let lead_key = SigningKey::from_seed(&[0x71; 32]);
    let lead = Grant::Staff {
        staff: StaffId::from_random([0x72; 16]),
        name: "Robin Lead".to_owned(),
        role: Role::Lead,
        sites: [record::id::SiteId::from_random([0x61; 16])].into(),
        device: DeviceId::from_random([0x73; 16]),
        valid: holds_around(claimed),
    };
    let lead = ok(administrator.issue(lead, lead_key.verifying_key(), claimed, key));
    let claims = Claims {
        service: root.claims().service,
        authority: lead.id(),
        claimed,
        records: records.to_vec(),
        confirms: None,
    };
    let asks = ok(Warrant::sign(&claims, &lead_key));
    let confirms = Claims {
        authority: administrator.id(),
        confirms: Some(asks.id()),
        ..claims
    };
    let confirms = ok(Warrant::sign(&confirms, key));
    let chain = vec![root.clone(), administrator.clone(), lead];
    Proof {
        hands: vec![
            Hand {
                warrant: asks,
                chain,
            },
            Hand {
                warrant: confirms,
                chain: above.to_vec(),
            },
        ],
    }
}

fn holds_around(claimed: Moment) -> Validity {
    let day = jiff::SignedDuration::from_hours(24);
    Validity {
        not_before: claimed.at() - day,
        not_after: claimed.at() + day,
    }
}

pub(super) fn erasure_of(records: &[PatientId]) -> Proven {
    let (root_key, own_key) = (
        SigningKey::from_seed(&[0x74; 32]),
        SigningKey::from_seed(&[0x75; 32]),
    );
    let at = ok(Moment::new(jiff::Timestamp::UNIX_EPOCH, 0));
    let root = ok(Certificate::root(
        SERVICE,
        "Made up".to_owned(),
        at,
        &root_key,
    ));
    let grant = Grant::Administrator {
        staff: StaffId::from_random([0x76; 16]),
        name: "Ada Nowak".to_owned(),
        device: DeviceId::from_random([0x77; 16]),
        valid: holds_around(at),
    };
    let administrator = ok(root.issue(grant, own_key.verifying_key(), at, &root_key));
    let proof = proof_of(records, &[root.clone(), administrator], &own_key);
    let Some(enrolled) = root.fingerprint() else {
        unreachable!("a root has a fingerprint")
    };
    ok(proof.check(SERVICE, &enrolled))
}

fn without_content(envelopes: &[Envelope]) -> Vec<Envelope> {
    envelopes.iter().map(Envelope::without_content).collect()
}

fn held<S: Shelf>(shelf: &S, envelopes: &[Envelope]) -> Vec<Envelope> {
    let ids: Vec<_> = envelopes.iter().map(Envelope::id).collect();
    ok(shelf.envelopes(&ids))
}

pub(super) fn an_erasure_leaves_headers_of_its_records_and_everything_of_others<S: Shelf>(
    shelf: &mut S,
) {
    let mut gone = pen();
    let joined = gone.write_many("made up", 70);
    gone.write("made up, and lost on the way");
    let ahead = gone.write_many("made up", 2);
    let mut stays = Pen::new(SERVICE, site(), 2).about(OTHER);
    let others = stays.write_many("made up", 3);
    let mut stays = Pen::new(SERVICE, Scope::Service, 1);
    let service = stays.write_many("made up", 3);
    for envelopes in [&joined, &ahead, &others, &service] {
        keep(shelf, envelopes);
    }
    assert!(ok(shelf.erasures()).is_empty());
    let erasure = erasure_of(&[Pen::PATIENT]);
    ok(shelf.erase(&erasure));
    assert_eq!(ok(shelf.erasures()), [erasure.id()]);
    assert_eq!(held(shelf, &joined), without_content(&joined));
    assert_eq!(held(shelf, &ahead), without_content(&ahead));
    let given = ok(shelf.beyond(&gone.stream(), &[], ALL));
    assert_eq!(given, without_content(&joined));
    assert_eq!(held(shelf, &others), others);
    assert_eq!(held(shelf, &service), service);
}

pub(super) fn no_digest_changes_by_an_erasure<S: Shelf>(shelf: &mut S) {
    let mut pen = pen();
    let joined = pen.write_many("made up", 9);
    pen.write("made up, and lost on the way");
    keep(shelf, &joined);
    keep(shelf, &[pen.write("made up")]);
    let seen = |shelf: &S| {
        let stream = pen.stream();
        let whole = ok(shelf.digest(SERVICE, site()));
        let (tips, ahead) = (ok(shelf.tips(site())), ok(shelf.ahead(site())));
        (whole, tips, ahead, ok(shelf.marks(&stream)))
    };
    let before = seen(shelf);
    ok(shelf.erase(&erasure_of(&[Pen::PATIENT])));
    assert_eq!(seen(shelf), before);
    assert!(ok(shelf.joined(&pen.stream(), &Tail::of(&joined[4]))));
}

pub(super) fn what_comes_after_an_erasure_is_kept_without_content_and_joins<S: Shelf>(
    shelf: &mut S,
) {
    let mut pen = pen();
    let written = pen.write_many("made up", 8);
    keep(shelf, &written[..2]);
    keep(shelf, &written[4..6]);
    ok(shelf.erase(&erasure_of(&[Pen::PATIENT, OTHER])));
    // As a laptop brings it that has not heard of the erasure.
    assert_eq!(keep(shelf, &written).new, 4, "a header is held, once");
    let given = ok(shelf.beyond(&pen.stream(), &[], ALL));
    assert_eq!(given, without_content(&written), "nothing of it came back");
    assert!(ok(shelf.ahead(site())).is_empty());
    let mut other = Pen::new(SERVICE, site(), 2).about(OTHER);
    let late = other.write_many("made up", 2);
    keep(shelf, &late);
    assert_eq!(held(shelf, &late), without_content(&late));
}

pub(super) fn an_erasure_that_comes_again_changes_nothing<S: Shelf>(shelf: &mut S) {
    let mut pen = pen();
    let written = pen.write_many("made up", 3);
    keep(shelf, &written);
    let (one, both) = (
        erasure_of(&[Pen::PATIENT]),
        erasure_of(&[Pen::PATIENT, OTHER]),
    );
    for erasure in [&one, &both, &one] {
        ok(shelf.erase(erasure));
    }
    let mut known: Vec<WarrantId> = ok(shelf.erasures());
    known.sort_unstable();
    let mut told = [one.id(), both.id()];
    told.sort_unstable();
    assert_eq!(known, told, "each is known once");
    assert_eq!(held(shelf, &written), without_content(&written));
}
