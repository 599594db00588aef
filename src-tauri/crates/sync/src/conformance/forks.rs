//! Forks: two envelopes at one place of a stream, as after a copied disk. Both stay.

use record::envelope::Envelope;
use record::log::{EventLog, Tail};

use super::streams::{ALL, keep, ok, pen, site, tails_of};

/// Three envelopes, then two branches: one of four more, one of two more.
fn forked() -> (super::Pen, Vec<Envelope>, Vec<Envelope>, Vec<Envelope>) {
    let mut pen = pen();
    let trunk = pen.write_many("before", 3);
    let mut copy = pen.clone();
    let (left, right) = (pen.write_many("left", 4), copy.write_many("right", 2));
    (pen, trunk, left, right)
}

fn ends(branches: &[&[Envelope]]) -> Vec<Tail> {
    let mut ends: Vec<Tail> = branches
        .iter()
        .filter_map(|branch| branch.last())
        .map(Tail::of)
        .collect();
    ends.sort_unstable();
    ends
}

pub(super) fn two_branches_are_both_kept_and_told<L: EventLog>(log: &mut L) {
    let (pen, trunk, left, right) = forked();
    keep(log, &trunk);
    assert!(keep(log, &left).forked.is_empty(), "one branch is the rule");
    let kept = keep(log, &right);
    assert_eq!(
        (kept.new, kept.forked),
        (2, vec![pen.stream()]),
        "the fork is told"
    );
    assert_eq!(tails_of(log, &pen), ends(&[&left, &right]));
    assert!(keep(log, &right).forked.is_empty(), "it is told once");
    let all = ok(log.beyond(&pen.stream(), &[], ALL));
    assert_eq!(all.len(), 9, "nothing is hidden");
    assert!(all.is_sorted_by_key(Tail::of), "by number, then hash");
}

pub(super) fn two_first_envelopes_are_a_fork_too<L: EventLog>(log: &mut L) {
    let mut pen = pen();
    let mut copy = pen.clone();
    let (one, other) = (pen.write("one"), copy.write("other"));
    let both = [one, other];
    assert_eq!(keep(log, &both).forked, [pen.stream()], "within one call");
    assert_eq!(tails_of(log, &pen), ends(&[&both[..1], &both[1..]]));
}

pub(super) fn beyond_gives_a_branch_whole_and_nothing_that_is_had<L: EventLog>(log: &mut L) {
    let (pen, trunk, left, right) = forked();
    keep(log, &[trunk.clone(), left.clone(), right.clone()].concat());
    let stream = pen.stream();
    let beyond = |have: &[&Envelope]| {
        let have: Vec<Tail> = have.iter().map(|it| Tail::of(it)).collect();
        ok(log.beyond(&stream, &have, ALL))
    };
    assert_eq!(
        beyond(&[&left[3]]),
        right,
        "whoever has one branch lacks the other"
    );
    assert_eq!(beyond(&[&right[1]]), left);
    assert_eq!(beyond(&[&left[1], &right[1]]), left[2..]);
    assert!(beyond(&[&left[3], &right[1]]).is_empty());
    assert_eq!(beyond(&[&trunk[2]]).len(), 6);
    assert_eq!(
        beyond(&[&trunk[0], &left[3]]),
        right,
        "what a branch stands on is had with it"
    );
}

pub(super) fn marks_run_down_every_branch<L: EventLog>(log: &mut L) {
    let (pen, trunk, left, right) = forked();
    keep(log, &[trunk.clone(), left.clone(), right.clone()].concat());
    // Left stands at 4 to 7, right at 4 and 5: 7, 6, 5, 3 and 1; 5, 4, 3 and 1.
    let mut marks: Vec<Tail> = [
        &left[3], &left[2], &left[1], &trunk[2], &trunk[0], &right[1], &right[0],
    ]
    .map(Tail::of)
    .to_vec();
    marks.sort_unstable();
    marks.reverse();
    assert_eq!(ok(log.marks(&pen.stream())), marks);
}

pub(super) fn a_fork_that_waited_is_told_when_it_joins<L: EventLog>(log: &mut L) {
    let (pen, trunk, left, right) = forked();
    keep(log, &trunk[..2]);
    assert!(keep(log, &left).forked.is_empty());
    assert!(
        keep(log, &right).forked.is_empty(),
        "nobody knows yet where these belong"
    );
    assert_eq!(ok(log.ahead(site())).len(), 6);
    assert_eq!(keep(log, &trunk[2..]).forked, [pen.stream()]);
    assert_eq!(tails_of(log, &pen), ends(&[&left, &right]));
}
