//! Which public keys may be given the keys of this laptop.
//!
//! The key file names them too, but it stands outside the encrypted file: somebody who can write
//! there could put a public key of their own in the place of a colleague's, and wait until the next
//! key is sealed to it. So whoever seals looks here first.

use record::id::StaffId;
use rusqlite::{Connection, params};

use crate::boxed::SheetPublic;
use crate::opener::OpenerPublic;
use crate::{Store, StoreError};

/// Whose public key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The recovery sheet.
    Sheet,
    /// A member of staff.
    Staff(StaffId),
}

impl Holder {
    fn text(self) -> String {
        match self {
            Self::Sheet => "sheet".to_owned(),
            Self::Staff(staff) => format!("staff:{staff}"),
        }
    }
}

/// Lets `public` be given keys for `holder`. The ones before it stay until [`Store::settle_holder`]:
/// after a crash between the two files either is right.
pub(crate) fn allow(
    connection: &Connection,
    holder: Holder,
    public: &[u8],
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO holder (name, public) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![holder.text(), public],
    )?;
    Ok(())
}

impl Store {
    pub(crate) fn allow_sheet(&self, public: &SheetPublic) -> Result<(), StoreError> {
        allow(&self.connection, Holder::Sheet, public.as_bytes())
    }

    pub(crate) fn allow_staff(
        &self,
        staff: StaffId,
        public: &OpenerPublic,
    ) -> Result<(), StoreError> {
        allow(&self.connection, Holder::Staff(staff), public.as_bytes())
    }

    /// From now on this is the only one: the key file that names it is on disk.
    pub(crate) fn settle_holder(&self, holder: Holder, public: &[u8]) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM holder WHERE name = ?1 AND public <> ?2",
            params![holder.text(), public],
        )?;
        Ok(())
    }

    /// Refuses a public key that Felloe did not put in the key file itself.
    pub(crate) fn expect_holder(&self, holder: Holder, public: &[u8]) -> Result<(), StoreError> {
        let known = self
            .connection
            .prepare_cached("SELECT 1 FROM holder WHERE name = ?1 AND public = ?2")?
            .exists(params![holder.text(), public])?;
        if known {
            Ok(())
        } else {
            Err(StoreError::KeysTampered)
        }
    }
}
