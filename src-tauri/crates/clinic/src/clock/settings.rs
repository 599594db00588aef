//! How the site's waits are counted.

use record::body::{Action, ClockSetting};
use record::clock::{Configuration, MissedFollowUp, Service};
use record::entry::Slot;
use record::fold::fold;
use record::scope::{Scope, Subject};

use crate::audit;
use crate::case::body_of;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::ClockSettings;

const SETTING: &str = "clock-setting";

/// What holds until a site says otherwise: the rules are followed, and nothing is returned. A
/// design decision; every screen with a clock says when it is in force.
pub(crate) const UNSET: Configuration = Configuration {
    service: Service::ConsultantLed,
    returned_nationally: false,
    missed_follow_up: MissedFollowUp::Discharge,
};

impl Desk {
    /// What this site set for its clocks, and whether it did. Read once in a sitting.
    pub(crate) fn clock_configuration(&self) -> Result<(Configuration, bool), Refusal> {
        let sitting = self.sitting()?;
        if let Some(known) = sitting.clock.get() {
            return Ok(*known);
        }
        let set = setting(self)?.and_then(|setting| setting.configuration());
        let found = (set.unwrap_or(UNSET), set.is_some());
        Ok(*sitting.clock.get_or_init(|| found))
    }
}

/// What is said where nobody has set it.
pub(crate) fn unset() -> &'static str {
    "This site has not said what kind of service it is, so its waits are counted as a consultant-led community service's. Set it in the settings."
}

/// Two settings that did not see each other settle nothing.
fn setting(desk: &Desk) -> Result<Option<ClockSetting>, Refusal> {
    let site = desk.sitting()?.opened.identity.site;
    let record = fold(desk.sitting()?.open_all(Subject::Site(site))?);
    let slot = Slot::new(SETTING).map_err(record::entry::Error::from)?;
    let current = record.current(&slot);
    Ok(match current.all() {
        [only] => body_of(&only.entry),
        _ => None,
    })
}

/// How this site's waits are counted.
pub fn clock_settings(desk: &mut Desk) -> Result<ClockSettings, Refusal> {
    let (configuration, set) = desk.clock_configuration()?;
    let mut kinds = Service::ALL.into_iter();
    let service = kinds
        .find_map(|(kind, name)| (kind == configuration.service).then_some(name))
        .unwrap_or_default();
    Ok(ClockSettings {
        service: service.into(),
        returned_nationally: configuration.returned_nationally,
        missed_follow_up: match configuration.missed_follow_up {
            MissedFollowUp::Discharge => "discharge",
            MissedFollowUp::Appointment => "appointment",
        }
        .into(),
        set,
    })
}

/// Keeps how this site's waits are counted. Nothing in the record changes: every clock is read
/// anew.
pub fn save_clock_settings(
    desk: &mut Desk,
    settings: ClockSettings,
) -> Result<ClockSettings, Refusal> {
    desk.allow(Act::SetClock)?;
    let body = ClockSetting {
        service: settings.service,
        returned_nationally: settings.returned_nationally,
        missed_follow_up: settings.missed_follow_up,
    };
    if Service::named(&body.service).is_none() {
        let words = "Choose what kind of service this site is.";
        return Err(Refusal::field("service", words));
    }
    if MissedFollowUp::named(&body.missed_follow_up).is_none() {
        let words = "Choose the day that counts after a missed follow-up.";
        return Err(Refusal::field("missed_follow_up", words));
    }
    let site = desk.sitting()?.opened.identity.site;
    desk.write_in(
        Scope::Site(site),
        Subject::Site(site),
        vec![Line::of(SETTING, &body)?],
    )?;
    desk.sitting_mut()?.clock.take();
    audit::note(desk, Action::Changed, None, "how waits are counted")?;
    clock_settings(desk)
}
