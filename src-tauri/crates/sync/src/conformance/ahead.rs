//! Gaps: what is kept ahead, and how it joins.

use record::log::{EventLog, Tail};

use super::streams::{ALL, keep, ok, pen, site, tails_of};

pub(super) fn what_has_a_gap_before_it_waits_and_joins_when_it_is_filled<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let written = pen.write_many("made up", 6);
    assert_eq!(keep(log, &written[3..5]).new, 2, "what is ahead is kept");
    keep(log, &written[..1]);
    let mut waiting = [written[3].id(), written[4].id()];
    waiting.sort_unstable();
    assert_eq!(ok(log.ahead(site())), waiting);
    assert_eq!(
        tails_of(log, &pen),
        [Tail::of(&written[0])],
        "tips tell what has joined only"
    );
    assert!(!ok(log.joined(&pen.stream(), &Tail::of(&written[4]))));
    assert_eq!(keep(log, &written[3..5]).new, 0, "what waits is held");
    keep(log, &written[1..2]);
    assert_eq!(ok(log.ahead(site())), waiting, "the gap is not filled yet");
    let kept = keep(log, &written[2..3]);
    assert_eq!((kept.new, kept.forked.len()), (1, 0));
    assert!(ok(log.ahead(site())).is_empty());
    assert_eq!(
        tails_of(log, &pen),
        [Tail::of(&written[4])],
        "all that waited has joined"
    );
    assert_eq!(ok(log.beyond(&pen.stream(), &[], ALL)), written[..5]);
}

pub(super) fn any_order_ends_the_same<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let written = pen.write_many("made up", 8);
    let order = [7, 2, 5, 0, 6, 1, 4, 3].map(|place| written[place].clone());
    assert_eq!(keep(log, &order).new, 8, "in one call");
    assert_eq!(tails_of(log, &pen), [Tail::of(&written[7])]);
    assert_eq!(ok(log.beyond(&pen.stream(), &[], ALL)), written);
    let mut second = super::Pen::new(super::SERVICE, site(), 2);
    let written = second.write_many("made up", 8);
    for place in [7, 2, 5, 0, 6, 1, 4, 3] {
        keep(log, std::slice::from_ref(&written[place]));
    }
    assert_eq!(
        tails_of(log, &second),
        [Tail::of(&written[7])],
        "one by one"
    );
    assert!(ok(log.ahead(site())).is_empty());
}

pub(super) fn what_waits_is_given_by_its_id_and_not_by_its_stream<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let written = pen.write_many("made up", 3);
    keep(log, &written[2..]);
    assert!(ok(log.tips(site())).is_empty(), "nothing has joined");
    assert!(ok(log.beyond(&pen.stream(), &[], ALL)).is_empty());
    assert!(ok(log.marks(&pen.stream())).is_empty());
    assert_eq!(ok(log.envelopes(&[written[2].id()])), written[2..]);
}
