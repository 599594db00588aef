use std::collections::BTreeSet;

use record::id::BackupId;
use record::moment::Moment;

/// Days of which the last backup is kept. A design decision, as are the next two.
pub const DAYS_KEPT: usize = 7;
/// Weeks of which the last backup is kept, Monday to Sunday.
pub const WEEKS_KEPT: usize = 5;
/// Months of which the last backup is kept.
pub const MONTHS_KEPT: usize = 12;
/// No more backups than this are kept.
pub const MOST_KEPT: usize = DAYS_KEPT + WEEKS_KEPT + MONTHS_KEPT;

/// A backup, as far as keeping it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Which one.
    pub backup: BackupId,
    /// When it was made, by the device's clock of then.
    pub at: Moment,
}

/// Which backups to keep: the last one of each of the newest days, weeks and months.
///
/// `newest` is the one that has just been made. It is kept whatever its clock said, so that a clock
/// set back never costs the only backup of today's work.
pub fn kept(newest: Made, others: &[Made]) -> BTreeSet<BackupId> {
    let mut older: Vec<&Made> = others
        .iter()
        .filter(|made| made.backup != newest.backup)
        .collect();
    older.sort_by_key(|made| std::cmp::Reverse((made.at.at(), made.backup)));
    let in_order: Vec<&Made> = std::iter::once(&newest).chain(older).collect();
    let mut kept = BTreeSet::new();
    last_of(&in_order, DAYS_KEPT, &mut kept, |made| {
        made.at.local().date()
    });
    last_of(&in_order, WEEKS_KEPT, &mut kept, |made| {
        let week = made.at.local().date().iso_week_date();
        (week.year(), week.week())
    });
    last_of(&in_order, MONTHS_KEPT, &mut kept, |made| {
        let day = made.at.local().date();
        (day.year(), day.month())
    });
    kept
}

/// Keeps the first backup of each of the first `most` stretches of time.
fn last_of<T: Ord>(
    in_order: &[&Made],
    most: usize,
    kept: &mut BTreeSet<BackupId>,
    stretch: impl Fn(&Made) -> T,
) {
    let mut seen = BTreeSet::new();
    for made in in_order {
        if seen.len() == most {
            return;
        }
        if seen.insert(stretch(made)) {
            kept.insert(made.backup);
        }
    }
}
