use jiff::Timestamp;
use record::id::StaffId;
use record::role::Role;

use crate::key_file::KeyFile;
use crate::{Opened, StoreError, UnlockError};

impl Opened {
    /// What the door says of a colleague: their role, and when their account here ends by itself.
    ///
    /// The door is told so that it can say it in words. What counts is the certificate.
    pub fn describe_staff(
        &self,
        staff: StaffId,
        role: Role,
        ends: Option<Timestamp>,
    ) -> Result<(), UnlockError> {
        self.change_staff(|keys| {
            let person = keys.person_mut(staff).ok_or(UnlockError::UnknownStaff)?;
            person.role = role;
            person.ends = ends;
            Ok(())
        })
    }

    /// Takes a colleague off this laptop: their place at the door and their wrap of the keys are
    /// gone. What they wrote stays, and so do their certificates.
    pub fn remove_staff(&self, staff: StaffId) -> Result<(), UnlockError> {
        self.change_staff(|keys| {
            let before = keys.staff.len();
            keys.staff.retain(|person| person.id != staff);
            if keys.staff.len() == before {
                return Err(UnlockError::UnknownStaff);
            }
            Ok(())
        })
    }

    fn change_staff(
        &self,
        change: impl FnOnce(&mut KeyFile) -> Result<(), UnlockError>,
    ) -> Result<(), UnlockError> {
        let mut keys = KeyFile::read(&self.place.keys())?.ok_or(StoreError::KeysLost)?;
        change(&mut keys)?;
        Ok(keys.write(&self.place)?)
    }
}
