use record::keys::{SigningKey, VerifyingKey};
use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use crate::data_key::random;
use crate::staff::new_signing_key;
use crate::{Identity, StoreError};

/// What makes this database this device's: who it is, its own keys and the root
/// it trusts. One row, inside the encrypted file.
pub(crate) struct Installation {
    pub(crate) identity: Identity,
    pub(crate) signing: SigningKey,
    pub(crate) sealing: Zeroizing<[u8; 32]>,
    pub(crate) root: VerifyingKey,
    pub(crate) incarnation: u32,
}

impl Installation {
    /// A device's first life.
    pub(crate) fn first(
        identity: Identity,
        root: VerifyingKey,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Self {
        Self {
            identity,
            signing: new_signing_key(entropy),
            sealing: Zeroizing::new(random(entropy)),
            root,
            incarnation: 1,
        }
    }

    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        let identity =
            serde_json::to_string(&self.identity).map_err(|_| StoreError::Malformed("identity"))?;
        connection.execute(
            "INSERT INTO installation (id, identity, signing, sealing, root, incarnation)
             VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            params![
                identity,
                self.signing.seed().as_slice(),
                self.sealing.as_slice(),
                self.root.to_bytes(),
                self.incarnation
            ],
        )?;
        Ok(())
    }

    pub(crate) fn read(connection: &Connection) -> Result<Self, StoreError> {
        let row = connection
            .query_row(
                "SELECT identity, signing, sealing, root, incarnation FROM installation WHERE id = 1",
                [],
                |row| {
                    let identity: String = row.get(0)?;
                    let signing = Zeroizing::new(row.get::<_, [u8; 32]>(1)?);
                    let sealing = Zeroizing::new(row.get::<_, [u8; 32]>(2)?);
                    let root: [u8; 32] = row.get(3)?;
                    Ok((identity, signing, sealing, root, row.get(4)?))
                },
            )
            .optional()?;
        let (identity, signing, sealing, root, incarnation) =
            row.ok_or(StoreError::Malformed("installation"))?;
        Ok(Self {
            identity: serde_json::from_str(&identity)
                .map_err(|_| StoreError::Malformed("identity"))?,
            signing: SigningKey::from_seed(&signing),
            sealing,
            root: VerifyingKey::from_bytes(&root).map_err(|_| StoreError::Malformed("root key"))?,
            incarnation,
        })
    }
}
