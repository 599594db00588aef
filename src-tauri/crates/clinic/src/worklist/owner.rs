//! Whose case it is: given to somebody, else with whom the appointment was; and who covers them.

use std::collections::BTreeMap;

use record::id::StaffId;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::staff::Covers;
use crate::summary::{PatientSummary, owner_item};
use crate::words;

/// Who is who when the list is drawn.
pub(super) struct Owners {
    me: StaffId,
    names: BTreeMap<StaffId, String>,
    covers: Covers,
}

impl Owners {
    pub(super) fn now(desk: &Desk) -> Result<Self, Refusal> {
        Ok(Self {
            me: desk.staff()?,
            names: desk.names()?,
            covers: desk.covers()?,
        })
    }

    /// The owner, where their name is known here.
    fn of(&self, summary: &PatientSummary) -> Option<StaffId> {
        let given: Option<StaffId> = summary.owner_staff.as_ref().and_then(|id| id.parse().ok());
        given.or_else(|| {
            let named = self.names.iter().find(|(_, name)| **name == summary.owner);
            named.map(|(staff, _)| *staff)
        })
    }

    /// The owner in words; somebody who is covered today is named behind whoever covers.
    pub(super) fn words(&self, summary: &PatientSummary) -> String {
        let Some(owner) = self.of(summary) else {
            return match summary.owner.as_str() {
                "" => "Unassigned".into(),
                name => words::short_name(name),
            };
        };
        match self.covers.of(owner) {
            Some(by) if owner != self.me => {
                format!("{}, for {}", self.short(by), self.short(owner))
            }
            _ => self.short(owner),
        }
    }

    /// The items under which the cases are found that the person at work owns or covers.
    pub(super) fn items(&self) -> Vec<String> {
        let covered = self.covers.by(self.me);
        let mine = std::iter::once(self.me).chain(covered);
        mine.flat_map(|staff| {
            let name = self.names.get(&staff).map(|name| owner_item(name));
            std::iter::once(owner_item(&staff.to_string())).chain(name)
        })
        .collect()
    }

    fn short(&self, staff: StaffId) -> String {
        if staff == self.me {
            "You".into()
        } else {
            let name = self.names.get(&staff).map(String::as_str);
            name.map_or_else(|| "Somebody not known here".into(), words::short_name)
        }
    }
}
