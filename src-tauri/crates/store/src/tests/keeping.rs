use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use record::id::BackupId;
use record::moment::Moment;

use crate::{DAYS_KEPT, MOST_KEPT, Made, kept};

fn made(number: u64, seconds: i64, offset: i32) -> Made {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    let at = Timestamp::from_second(1_700_000_000 + seconds).unwrap();
    Made {
        backup: BackupId::from_bytes(id),
        at: Moment::new(at, offset).unwrap(),
    }
}

fn some() -> impl Strategy<Value = Vec<Made>> {
    proptest::collection::vec((0..3 * 365 * 86_400_i64, -50_400..=50_400_i32), 1..120).prop_map(
        |times| {
            (0..)
                .zip(times)
                .map(|(number, (seconds, offset))| made(number, seconds, offset))
                .collect()
        },
    )
}

proptest! {
    /// The newest is always kept, never more than 24 are, the answer does not depend on the order
    /// of the list, and only backups that exist are kept.
    #[test]
    fn the_rule_keeps_the_newest_and_never_more_than_24_whatever_the_dates(
        all in some(),
        turned in any::<prop::sample::Index>(),
    ) {
        let (newest, others) = (all[0], all[1..].to_vec());
        let keep = kept(newest, &others);
        prop_assert!(keep.contains(&newest.backup));
        prop_assert!(keep.len() <= MOST_KEPT);
        let known: BTreeSet<_> = all.iter().map(|made| made.backup).collect();
        prop_assert!(keep.is_subset(&known));
        let mut other_order = others.clone();
        other_order.rotate_left(turned.index(others.len().max(1)));
        prop_assert_eq!(kept(newest, &other_order), keep);
    }

    /// Removing what the rule gives up and asking again removes nothing more.
    #[test]
    fn what_is_kept_once_is_kept_when_asked_again(all in some()) {
        let keep = kept(all[0], &all[1..]);
        let left: Vec<Made> = all[1..]
            .iter()
            .copied()
            .filter(|made| keep.contains(&made.backup))
            .collect();
        prop_assert_eq!(kept(all[0], &left), keep);
    }

    /// While time goes forward, the last backup of each of the last seven days is there.
    #[test]
    fn the_last_backup_of_each_of_the_last_seven_days_is_there(
        mut all in some(),
    ) {
        all.sort_by_key(|made| made.at.at());
        let newest = all.pop();
        prop_assume!(newest.is_some());
        let newest = newest.unwrap();
        let keep = kept(newest, &all);
        let mut days = BTreeSet::new();
        for made in std::iter::once(&newest).chain(all.iter().rev()) {
            if days.len() == DAYS_KEPT {
                break;
            }
            if days.insert(made.at.local().date()) {
                prop_assert!(keep.contains(&made.backup));
            }
        }
    }
}

#[test]
fn two_years_of_nightly_backups_leave_seven_days_five_weeks_and_twelve_months() {
    let mut held: Vec<Made> = Vec::new();
    for night in 0..730 {
        let new = made(u64::try_from(night).unwrap(), night * 86_400, 0);
        let keep = kept(new, &held);
        held.retain(|made| keep.contains(&made.backup));
        held.push(new);
        assert!(held.len() <= MOST_KEPT);
    }
    let days: Vec<_> = held
        .iter()
        .rev()
        .map(|made| made.at.local().date())
        .collect();
    for (ago, day) in days.iter().take(7).enumerate() {
        let back = SignedDuration::from_hours(24 * i64::try_from(ago).unwrap());
        assert_eq!(*day, days[0].saturating_sub(back));
    }
    let months: BTreeSet<_> = days.iter().map(|day| (day.year(), day.month())).collect();
    assert_eq!(months.len(), 12);
}

#[test]
fn a_clock_set_back_a_year_does_not_cost_the_backup_just_made() {
    let year = 366 * 86_400;
    let nightly: Vec<Made> = (0..40)
        .map(|night| made(night + 1, i64::try_from(night).unwrap() * 86_400, 0))
        .collect();
    let back = made(0, -year, 0);
    assert!(kept(back, &nightly).contains(&back.backup));
}
