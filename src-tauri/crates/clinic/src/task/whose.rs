//! Whose a task is, and how late.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::id::{SiteId, StaffId};
use record::role::Role;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role;
use crate::staff::Covers;
use crate::words;

/// Who is who, and where, when tasks are shown.
pub(super) struct Whose {
    me: StaffId,
    my_role: Role,
    /// The site the person at work is at.
    at: SiteId,
    names: BTreeMap<StaffId, String>,
    covers: Covers,
    sites: BTreeMap<SiteId, String>,
    today: Date,
}

impl Whose {
    pub(super) fn now(desk: &Desk) -> Result<Self, Refusal> {
        let sites = desk.sites()?.into_iter();
        Ok(Self {
            me: desk.staff()?,
            my_role: desk.role()?,
            at: desk.sitting()?.at,
            names: desk.names()?,
            covers: desk.covers()?,
            sites: sites.map(|(id, site)| (id, site.name)).collect(),
            today: desk.today(),
        })
    }

    /// Whether it is for the person at work: theirs, that of somebody they cover, or nobody's yet
    /// and for their role at this site. `site` is where it is done, as far as is known.
    pub(super) fn is_mine(&self, owner: Option<StaffId>, role: &str, site: Option<SiteId>) -> bool {
        match owner {
            Some(owner) => self.is_me_or_covered(owner),
            None => self.is_here(site) && role::from_value(role) == Some(self.my_role),
        }
    }

    /// Whether it is done at the site where the person at work is.
    pub(super) fn is_here(&self, site: Option<SiteId>) -> bool {
        site.is_none_or(|site| site == self.at)
    }

    /// The person at work, or somebody whom they cover today.
    pub(super) fn is_me_or_covered(&self, staff: StaffId) -> bool {
        staff == self.me || self.covers.by(self.me).any(|absent| absent == staff)
    }

    /// The person at work.
    pub(super) fn me(&self) -> StaffId {
        self.me
    }

    /// Whose it is, in words; somebody who is covered today is named behind whoever covers.
    pub(super) fn words(&self, owner: Option<StaffId>, role: &str, site: Option<SiteId>) -> String {
        let Some(owner) = owner else {
            let role = role::from_value(role).map_or("Anybody", role::words);
            return match site.and_then(|site| self.sites.get(&site)) {
                Some(site) => format!("{role}, {site}"),
                None => role.to_owned(),
            };
        };
        match self.covers.of(owner) {
            Some(by) if owner != self.me => {
                format!("{}, for {}", self.short(by), self.short(owner))
            }
            _ => self.short(owner),
        }
    }

    fn short(&self, staff: StaffId) -> String {
        if staff == self.me {
            "You".into()
        } else {
            let name = self.names.get(&staff).map(String::as_str);
            name.map_or_else(|| "Somebody not known here".into(), words::short_name)
        }
    }

    /// The name of a site.
    pub(super) fn site(&self, site: SiteId) -> String {
        let known = self.sites.get(&site).cloned();
        known.unwrap_or_else(|| "a site not known here".into())
    }

    /// "Today", a date, or "No date".
    pub(super) fn due(&self, due: Option<Date>) -> String {
        match due {
            None => "No date".into(),
            Some(due) if due == self.today => "Today".into(),
            Some(due) => words::staff_date(due),
        }
    }

    /// `3 days late`, from the day after it was due.
    pub(super) fn late(&self, due: Option<Date>) -> Option<String> {
        let days = (self.today - due?).get_days();
        let days = usize::try_from(days).ok().filter(|days| *days > 0)?;
        Some(format!("{} late", words::count(days, "day", "days")))
    }
}
