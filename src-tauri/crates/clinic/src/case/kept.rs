//! At which site a record is kept.

use std::collections::BTreeSet;

use record::id::{PatientId, SiteId};
use record::scope::{Scope, Subject};
use record::transfers::Transfers;

use super::Case;

impl Case {
    /// The sites that one of the person's records was transferred to: none where it never was, more
    /// than one where two transfers did not see each other.
    pub(crate) fn transferred_to(&self, record: PatientId) -> BTreeSet<SiteId> {
        Transfers::of(&self.record).homes(record)
    }

    /// The sites that keep one of the person's records: those it was transferred to, else the one
    /// in whose scope it began.
    pub(crate) fn kept_at(&self, record: PatientId) -> BTreeSet<SiteId> {
        let homes = self.transferred_to(record);
        if homes.is_empty() {
            self.began_at(record).into_iter().collect()
        } else {
            homes
        }
    }

    /// The sites in whose scopes something of a record was written.
    pub(crate) fn written_at(&self, record: PatientId) -> BTreeSet<SiteId> {
        let all = self.record.everything().into_iter();
        let own = all.filter(|placed| placed.subject == Subject::Patient(record));
        own.filter_map(|placed| match placed.scope {
            Scope::Site(site) => Some(site),
            Scope::Service | Scope::Audit => None,
        })
        .collect()
    }

    fn began_at(&self, record: PatientId) -> Option<SiteId> {
        let timeline = self.record.timeline();
        let of = |subject: &Subject| *subject == Subject::Patient(record);
        let first = timeline.iter().find(|placed| of(&placed.subject))?;
        match first.scope {
            Scope::Site(site) => Some(site),
            Scope::Service | Scope::Audit => None,
        }
    }
}
