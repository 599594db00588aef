//! One branch: what is kept, passed over, refused and given back.

use record::envelope::{Envelope, Position};
use record::id::{ServiceId, SiteId};
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::Scope;

use super::{Pen, SERVICE};

/// As good as no limit.
pub(super) const ALL: usize = usize::MAX / 2;

pub(super) fn site() -> Scope {
    Scope::Site(SiteId::from_random([0x61; 16]))
}

pub(super) fn pen() -> Pen {
    Pen::new(SERVICE, site(), 1)
}

/// What a log gives, or the end of the test.
#[expect(clippy::panic, reason = "this is a test, run by whoever makes a log")]
pub(super) fn ok<T, E: std::error::Error>(given: Result<T, E>) -> T {
    match given {
        Ok(given) => given,
        Err(error) => panic!("the log reports: {error}"),
    }
}

pub(super) fn keep<L: EventLog>(log: &mut L, envelopes: &[Envelope]) -> Kept {
    ok(log.append(envelopes))
}

pub(super) fn tails_of<L: EventLog>(log: &L, pen: &Pen) -> Vec<Tail> {
    let tips = ok(log.tips(pen.stream().scope));
    let own = tips.into_iter().find(|tips| tips.stream == pen.stream());
    own.map(|tips| tips.tails).unwrap_or_default()
}

pub(super) fn what_is_kept_is_given_back_as_it_was_written<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    assert!(
        ok(log.tips(site())).is_empty(),
        "an empty log holds nothing"
    );
    assert!(ok(log.beyond(&pen.stream(), &[], ALL)).is_empty());
    assert!(ok(log.marks(&pen.stream())).is_empty());
    let written = pen.write_many("made up", 5);
    let kept = keep(log, &written);
    assert_eq!(
        (kept.new, kept.forked.len()),
        (5, 0),
        "all five are new, and no fork"
    );
    let (stream, last) = (pen.stream(), Tail::of(&written[4]));
    assert_eq!(
        ok(log.tips(site())),
        [Tips {
            stream,
            tails: vec![last]
        }]
    );
    for envelope in &written {
        assert!(
            ok(log.joined(&stream, &Tail::of(envelope))),
            "each has joined"
        );
    }
    let elsewhere = Tail {
        sequence: 4,
        ..last
    };
    assert!(
        !ok(log.joined(&stream, &elsewhere)),
        "a hash counts at its own number only"
    );
    assert_eq!(ok(log.beyond(&stream, &[], ALL)), written);
    assert_eq!(
        ok(log.beyond(&stream, &[Tail::of(&written[1])], ALL)),
        written[2..]
    );
    assert!(ok(log.beyond(&stream, &[last], ALL)).is_empty());
    let unheard_of = Tail {
        sequence: 3,
        header_hash: [9; 32],
    };
    let have = [unheard_of, Tail::of(&written[3])];
    assert_eq!(
        ok(log.beyond(&stream, &have, ALL)),
        written[4..],
        "a strange tail is passed over"
    );
    let ids = [
        written[3].id(),
        record::id::EnvelopeId::from_bytes([9; 32]),
        written[0].id(),
    ];
    assert_eq!(
        ok(log.envelopes(&ids)),
        [written[3].clone(), written[0].clone()]
    );
}

pub(super) fn sending_twice_changes_nothing<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let written = pen.write_many("made up", 3);
    keep(log, &written);
    let before = ok(log.tips(site()));
    assert_eq!(
        keep(log, &written),
        Kept::default(),
        "nothing is new the second time"
    );
    let doubled = [written[2].clone(), written[2].clone()];
    assert_eq!(keep(log, &doubled), Kept::default());
    assert_eq!(ok(log.tips(site())), before);
    assert_eq!(ok(log.beyond(&pen.stream(), &[], ALL)), written);
    let twice = vec![pen.write("one more"); 2];
    assert_eq!(
        keep(log, &twice).new,
        1,
        "one that is given twice at once is kept once"
    );
}

pub(super) fn an_envelope_of_another_service_is_kept_by_nobody_and_stops_the_rest<L: EventLog>(
    log: &mut L,
) {
    let own = pen().write("made up");
    let other = Pen::new(ServiceId::from_random([9; 16]), site(), 1).write("made up");
    assert!(
        log.append(&[own, other]).is_err(),
        "another service is refused"
    );
    assert!(ok(log.tips(site())).is_empty(), "all or none");
    assert!(ok(log.ahead(site())).is_empty());
}

pub(super) fn scopes_are_kept_apart<L: EventLog>(log: &mut L) {
    let mut pens: Vec<Pen> = [Scope::Service, Scope::Audit, site()]
        .into_iter()
        .flat_map(|scope| [Pen::new(SERVICE, scope, 2), Pen::new(SERVICE, scope, 1)])
        .collect();
    for pen in &mut pens {
        keep(log, &pen.write_many("made up", 2));
        pen.begin_again();
        keep(log, &pen.write_many("made up", 1));
    }
    for scope in [Scope::Service, Scope::Audit, site()] {
        let tips = ok(log.tips(scope));
        assert_eq!(tips.len(), 4, "two devices with two lives each");
        assert!(tips.iter().all(|one| one.stream.scope == scope));
        assert!(tips.is_sorted_by_key(|one| one.stream), "streams ascend");
    }
    let nowhere = Scope::Site(SiteId::from_random([0x62; 16]));
    assert!(ok(log.tips(nowhere)).is_empty());
}

pub(super) fn a_limit_gives_as_much_as_fits_and_at_least_one<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let written = pen.write_many("made up", 6);
    keep(log, &written);
    let stream = pen.stream();
    let size = |range: &[Envelope]| range.iter().map(|it| it.to_bytes().len()).sum::<usize>();
    assert_eq!(
        ok(log.beyond(&stream, &[], 0)),
        written[..1],
        "at least one"
    );
    assert_eq!(
        ok(log.beyond(&stream, &[], size(&written[..3]))),
        written[..3],
        "exactly three"
    );
    assert_eq!(
        ok(log.beyond(&stream, &[], size(&written[..3]) - 1)),
        written[..2]
    );
    let have = [Tail::of(&written[1])];
    assert_eq!(
        ok(log.beyond(&stream, &have, size(&written[2..4]))),
        written[2..4]
    );
}

pub(super) fn marks_double_on_the_way_back<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let written = pen.write_many("made up", 13);
    keep(log, &written);
    let sequences = ok(log.marks(&pen.stream()));
    let expected = [13_usize, 12, 11, 9, 5, 1].map(|number| Tail::of(&written[number - 1]));
    assert_eq!(
        sequences, expected,
        "the tip, 1, 2, 4 and 8 before it, and the first"
    );
}

pub(super) fn erased_and_whole_are_one_envelope<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let (first, second) = (pen.write("made up"), pen.write("made up"));
    keep(log, &[first.without_content(), second.clone()]);
    let again = keep(log, &[first.clone(), second.without_content()]);
    assert_eq!(
        again,
        Kept::default(),
        "nothing is brought back, and nothing erased"
    );
    let held = ok(log.beyond(&pen.stream(), &[], ALL));
    assert_eq!(held, [first.without_content(), second.clone()]);
    assert_eq!(Position::after(&held[1]), Position::after(&second));
}
