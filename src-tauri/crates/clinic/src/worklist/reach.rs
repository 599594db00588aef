//! Which patients the person at work sees: those of the sites in their certificate.

use store::{List, Rows};

use super::owner::Owners;
use crate::desk::Desk;
use crate::known_by::asked;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::trust::Person;

/// Some rows of a list, and how many there are.
pub(super) struct Drawn {
    pub(super) rows: Vec<PatientSummary>,
    pub(super) count: u64,
    /// Counting stopped there.
    pub(super) or_more: bool,
}

/// Whether a patient belongs to a site where this person works.
pub(super) fn sees(me: Option<&Person>, summary: &PatientSummary) -> bool {
    summary
        .site
        .is_none_or(|site| me.is_none_or(|me| me.works_at(site)))
}

impl Desk {
    /// Whether the person at work works at every site of this laptop, so that nothing has to be
    /// left out.
    fn sees_every_site(&self) -> Result<bool, Refusal> {
        let me = self.sitting()?.me()?;
        let sites = self.sites()?;
        Ok(me.is_none_or(|me| sites.keys().all(|site| me.works_at(*site))))
    }

    /// Of these rows those the person at work sees, without what a blind opinion hides from them.
    pub(crate) fn seen(&self, rows: &[store::Summary]) -> Result<Vec<PatientSummary>, Refusal> {
        let me = self.sitting()?.me()?;
        let (staff, role) = (self.staff()?, self.role()?);
        let read = rows.iter().filter_map(PatientSummary::from_row);
        let seen = read.filter(|summary| sees(me.as_ref(), summary));
        Ok(seen.map(|it| it.seen_by(staff, role)).collect())
    }

    /// How many of a list the person at work sees.
    pub(super) fn count_seen(&self, list: List<'_>) -> Result<u64, Refusal> {
        let store = &self.sitting()?.opened.store;
        if self.sees_every_site()? {
            return Ok(store.count_of(list)?);
        }
        Ok(many(self.seen(&store.list(list, 0, u32::MAX)?.rows)?.len()))
    }

    /// The rows of a list that the person at work sees, from the one after `skip` on. Somebody who
    /// works at some of several sites of one laptop has the list read through.
    pub(super) fn drawn(
        &self,
        list: List<'_>,
        filter: &str,
        skip: u32,
        limit: u32,
    ) -> Result<Drawn, Refusal> {
        let store = &self.sitting()?.opened.store;
        let whole = self.sees_every_site()?;
        let (from, most) = if whole { (skip, limit) } else { (0, u32::MAX) };
        let Rows {
            rows,
            count,
            or_more,
        } = if filter.trim().is_empty() {
            store.list(list, from, most)?
        } else {
            store.filtered(list, &asked(filter), from, most)?
        };
        let mut seen = self.seen(&rows)?;
        // The place among the others would tell how urgent a hidden decision is.
        seen.sort_by_key(|summary| !summary.veiled);
        if whole {
            return Ok(Drawn {
                rows: seen,
                count,
                or_more,
            });
        }
        Ok(Drawn {
            count: many(seen.len()),
            rows: page(seen, skip, limit),
            or_more,
        })
    }

    /// What is to be done on a day of the cases that the person at work owns or covers.
    pub(super) fn own(&self, owners: &Owners, today: &str) -> Result<Vec<PatientSummary>, Refusal> {
        let store = &self.sitting()?.opened.store;
        let mut all: Vec<PatientSummary> = Vec::new();
        for item in owners.items() {
            let rows = store.list(List::With(&item), 0, u32::MAX)?.rows;
            let due = rows
                .into_iter()
                .filter(|row| row.standing.rests_until.as_str() <= today);
            all.extend(self.seen(&due.collect::<Vec<_>>())?);
        }
        all.sort_by_key(|summary| (summary.rank(), summary.due(), summary.patient.clone()));
        all.dedup_by(|one, other| one.patient == other.patient);
        Ok(all)
    }
}

pub(super) fn page(rows: Vec<PatientSummary>, skip: u32, limit: u32) -> Vec<PatientSummary> {
    let size = |number| usize::try_from(number).unwrap_or(usize::MAX);
    rows.into_iter()
        .skip(size(skip))
        .take(size(limit))
        .collect()
}

pub(super) fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
