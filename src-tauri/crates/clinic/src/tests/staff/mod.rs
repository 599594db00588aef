//! Colleagues, locums, doctors in training, absences, and several sites.

mod adding;
mod covering;
mod leaving;
mod locum;
mod sites;
mod training;

use record::role::Role;

use super::Room;
use super::room::PASSPHRASE;
use crate::refusal::Refusal;
use crate::view::{ColleagueForm, FieldFault, StaffRow, Status};
use crate::{door, role, staff};

impl Room {
    /// The form for a colleague at this laptop's own site.
    fn colleague(&self, name: &str, role: Role) -> ColleagueForm {
        let site = self.desk.sitting().unwrap().opened.identity.site;
        ColleagueForm {
            name: name.into(),
            role: role::value(role),
            sites: vec![site.to_string()],
            passphrase: PASSPHRASE.into(),
            passphrase_again: PASSPHRASE.into(),
            own_passphrase: PASSPHRASE.into(),
            ..ColleagueForm::default()
        }
    }

    fn row_of(&mut self, name: &str) -> StaffRow {
        let screen = staff::staff(&mut self.desk).unwrap();
        screen
            .people
            .into_iter()
            .find(|row| row.name == name)
            .unwrap()
    }

    fn tiles(&mut self) -> Vec<(String, Option<String>)> {
        let Status::Locked(door) = door::lock(&mut self.desk).unwrap() else {
            panic!("locked");
        };
        door.staff
            .into_iter()
            .map(|tile| (tile.name, tile.ends))
            .collect()
    }

    fn try_unlock(&mut self, staff: &str) -> Result<(), Refusal> {
        let (staff, passphrase) = (staff.to_owned(), PASSPHRASE.to_owned());
        door::unlock(&mut self.desk, staff, passphrase).map(drop)
    }
}

pub(super) fn fields(refused: Result<impl Sized, Refusal>) -> Vec<String> {
    match refused {
        Err(Refusal::Invalid(faults)) => faults
            .into_iter()
            .map(|FieldFault { field, .. }| field)
            .collect(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

pub(super) fn words(refused: Result<impl Sized, Refusal>) -> String {
    refused.map(|_| ()).unwrap_err().to_string()
}
