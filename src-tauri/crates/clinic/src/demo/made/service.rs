//! The service, its sites and its staff.

use record::body::Site as SiteBody;
use record::id::SiteId;
use record::role::Role;
use store::{DeviceSecrets, NewStaff, SetUp, SiteKind as StoreSite, StaffPublic, Stretch};

use super::super::cast::{SiteKind, Staff};
use super::{BEGAN_DAYS_AGO, Story};
use crate::desk::Desk;
use crate::door;
use crate::refusal::Refusal;
use crate::view::LocalNumbers;

impl Story<'_> {
    pub(super) fn set_up(&mut self) -> Result<(), Refusal> {
        self.at(BEGAN_DAYS_AGO, 9, 0);
        let clinic = self.cast.clinic.clone();
        let keyring = self.desk.secrets.usable().is_ok();
        let first = clinic
            .staff
            .iter()
            .find(|staff| staff.role == Role::Administrator)
            .ok_or(Refusal::NotFound("An administrator"))?;
        let home = clinic
            .sites
            .iter()
            .find(|site| site.kind == SiteKind::Spoke)
            .ok_or(Refusal::NotFound("A spoke"))?;
        let new = NewStaff {
            name: &first.name,
            role: first.role,
            passphrase: &clinic.service.passphrase,
            stretch: PRINTED,
        };
        let asked = SetUp {
            service_name: &clinic.service.name,
            site_name: &home.name,
            site_kind: StoreSite::Spoke,
            demo: true,
            first: new,
            keyring,
        };
        let now = self.desk.now().at();
        let Desk {
            place,
            secrets,
            around,
            ..
        } = &mut *self.desk;
        let (opened, _sheet) = store::set_up(
            place,
            secrets.as_ref(),
            &asked,
            &mut |bytes| around.fill(bytes),
            now,
        )?;
        opened.confirm_sheet()?;
        self.staff.insert(first.id.clone(), opened.staff);
        self.sites.insert(home.id.clone(), opened.identity.site);
        let more = self.other_sites(&home.id);
        self.desk.sit(opened, None);
        self.desk.certify_first(&more)?;
        for staff in clinic.staff.iter().filter(|staff| staff.id != first.id) {
            self.hire(staff)?;
        }
        self.enter_numbers()
    }

    pub(super) fn other_sites(&mut self, home: &str) -> Vec<SiteBody> {
        let others: Vec<_> = self
            .cast
            .clinic
            .sites
            .iter()
            .filter(|site| site.id != home)
            .cloned()
            .collect();
        others
            .into_iter()
            .map(|site| {
                let id = SiteId::from_random(self.desk.random());
                self.sites.insert(site.id, id);
                SiteBody {
                    site: id,
                    name: site.name,
                    hub: site.kind == SiteKind::Hub,
                }
            })
            .collect()
    }

    pub(super) fn hire(&mut self, staff: &Staff) -> Result<(), Refusal> {
        let passphrase = self.cast.clinic.service.passphrase.clone();
        let new = NewStaff {
            name: &staff.name,
            role: staff.role,
            passphrase: &passphrase,
            stretch: PRINTED,
        };
        let now = self.desk.now().at();
        let Desk {
            sitting,
            secrets,
            around,
            ..
        } = &mut *self.desk;
        let opened = &sitting.as_ref().ok_or(Refusal::Locked)?.opened;
        let public =
            opened.add_staff(secrets.as_ref(), &new, &mut |bytes| around.fill(bytes), now)?;
        self.staff.insert(staff.id.clone(), public.staff);
        self.certify(staff, &public)?;
        self.hired.push((staff.clone(), public));
        Ok(())
    }

    pub(super) fn certify(&mut self, staff: &Staff, public: &StaffPublic) -> Result<(), Refusal> {
        let sites = staff
            .sites
            .iter()
            .filter_map(|site| self.sites.get(site).copied())
            .collect();
        self.desk.certify(public, &staff.name, staff.role, &sites)
    }

    /// Everybody is certified anew, so that the demo can be signed in for a year from today.
    pub(super) fn renew(&mut self) -> Result<(), Refusal> {
        self.at(1, 17, 0);
        let home = self.cast.clinic.sites.first().map(|site| site.id.clone());
        self.seat(&self.administrator(), &home.unwrap_or_default())?;
        for (staff, public) in std::mem::take(&mut self.hired) {
            self.certify(&staff, &public)?;
        }
        Ok(())
    }

    pub(super) fn enter_numbers(&mut self) -> Result<(), Refusal> {
        let number = |name: &str| {
            self.cast
                .clinic
                .numbers
                .get(name)
                .cloned()
                .unwrap_or_default()
        };
        let numbers = LocalNumbers {
            hub: number("hub"),
            crisis: number("crisis"),
            mscc: number("mscc"),
            safeguarding: number("safeguarding"),
            spinal: number("spinal"),
            clinic: number("clinic"),
            out_of_hours: number("out-of-hours"),
            confirmed: true,
        };
        door::save_local_numbers(self.desk, numbers).map(|_| ())
    }

    /// Somebody comes to the desk at a site.
    pub(super) fn seat(&mut self, staff: &str, site: &str) -> Result<(), Refusal> {
        let id = *self
            .staff
            .get(staff)
            .ok_or(Refusal::NotFound("Somebody in the demo's staff"))?;
        if self
            .desk
            .sitting
            .as_ref()
            .is_none_or(|sitting| sitting.opened.staff != id)
        {
            // The folder is held by whoever sits there.
            self.desk.sitting = None;
            let secrets: &dyn DeviceSecrets = self.desk.secrets.as_ref();
            let passphrase = &self.cast.clinic.service.passphrase;
            let opened = store::unlock(
                &self.desk.place,
                secrets,
                id,
                passphrase,
                self.desk.now().at(),
            )?;
            self.desk.sit(opened, None);
        }
        let at = *self
            .sites
            .get(site)
            .ok_or(Refusal::NotFound("A site of the demo"))?;
        self.desk.sitting_mut()?.at = at;
        Ok(())
    }

    pub(super) fn administrator(&self) -> String {
        self.cast
            .clinic
            .staff
            .iter()
            .find(|staff| staff.role == Role::Administrator)
            .map(|staff| staff.id.clone())
            .unwrap_or_default()
    }
}

/// A printed passphrase keeps nothing, so stretching it would only make the demo slow.
pub(super) const PRINTED: Stretch = Stretch {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};
