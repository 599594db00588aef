//! How the shelf stands: for `felloe-hub status`, and whom it turns away.

use sync::record::certificate::Certificate;
use sync::record::envelope::Stream;
use sync::record::id::DeviceId;

use super::columns::stream;
use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError};

/// What is on the shelf, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Envelopes, those kept ahead among them.
    pub envelopes: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Envelopes whose predecessor has not come yet.
    pub ahead: u64,
    /// Streams.
    pub streams: u64,
    /// Streams with more than one branch.
    pub forked: u64,
    /// Erasures that two people signed.
    pub erasures: u64,
    /// Devices whose certificate is known.
    pub devices: u64,
    /// Devices that may not speak.
    pub blocked: Vec<Blocked>,
}

/// A device that may not speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked {
    /// The device.
    pub device: DeviceId,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
}

impl DatabaseShelf {
    /// Counts what is there, at one instant.
    pub fn standing(&self) -> Result<Standing, ShelfError> {
        let standing = self.link().at_one_instant(|link| {
            let mut count = |sql: &str| match link.row(sql, &[])? {
                Some(row) => row.count(0),
                None => Ok(0),
            };
            Ok(Standing {
                envelopes: count("SELECT count(*) FROM envelope")?,
                bytes: count("SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM envelope")?,
                ahead: count("SELECT count(*) FROM envelope WHERE branch IS NULL")?,
                streams: count("SELECT count(*) FROM stream")?,
                forked: count("SELECT count(DISTINCT stream) FROM branch WHERE number > 0")?,
                erasures: count("SELECT count(*) FROM erasure")?,
                devices: count("SELECT count(DISTINCT device) FROM certificate")?,
                blocked: Vec::new(),
            })
        })?;
        Ok(Standing {
            blocked: self.blocked()?,
            ..standing
        })
    }

    fn blocked(&self) -> Result<Vec<Blocked>, ShelfError> {
        let rows = self
            .link()
            .rows("SELECT device, since FROM blocked ORDER BY device", &[])?;
        let blocked = rows.iter().map(|row| {
            Ok(Blocked {
                device: DeviceId::from_bytes(row.bytes_of(0)?),
                since: row.number(1)?,
            })
        });
        blocked.collect()
    }

    /// Lets a device speak no more, from now on, in milliseconds since 1970. Its tokens end at
    /// once. `false` when it was blocked before.
    pub fn block(&mut self, device: DeviceId, now: i64) -> Result<bool, ShelfError> {
        let new = self.link().whole(|link| {
            link.run(
                "DELETE FROM pass WHERE certificate IN
                     (SELECT id FROM certificate WHERE device = $1)",
                &[Cell::Bytes(device.as_bytes())],
            )?;
            link.run(
                "INSERT INTO blocked (device, since) VALUES ($1, $2)
                 ON CONFLICT (device) DO NOTHING",
                &[Cell::Bytes(device.as_bytes()), Cell::Number(now)],
            )
        })?;
        Ok(new > 0)
    }

    /// Lets a blocked device speak again. `false` when it was not blocked.
    pub fn unblock(&mut self, device: DeviceId) -> Result<bool, ShelfError> {
        let gone = self.link().whole(|link| {
            link.run(
                "DELETE FROM blocked WHERE device = $1",
                &[Cell::Bytes(device.as_bytes())],
            )
        })?;
        Ok(gone > 0)
    }

    /// Whether any certificate names this device.
    pub fn knows(&self, device: DeviceId) -> Result<bool, ShelfError> {
        let row = self.link().row(
            "SELECT place FROM certificate WHERE device = $1 LIMIT 1",
            &[Cell::Bytes(device.as_bytes())],
        )?;
        Ok(row.is_some())
    }

    /// Keeps a chain that was checked to the pinned root, from a file instead of a login.
    pub fn admit(&mut self, chain: &[Certificate]) -> Result<(), ShelfError> {
        Ok(self
            .link()
            .whole(|link| super::certificates::introduce(link, chain))?)
    }

    /// Whether several hub servers may stand over this database.
    pub fn is_shared(&self) -> bool {
        self.link().is_shared()
    }

    /// The streams that any hub server over a shared database wrote to since the last look, and
    /// what to ask with at the next. The first look finds none.
    pub fn touched_since(&self, last: Option<i64>) -> Result<(Vec<Stream>, i64), ShelfError> {
        // A transaction that was running at the last look has a number from there on, so that it
        // is found once it has committed, whatever the order in which they do.
        let rows = self.link().rows(
            "SELECT now.oldest, s.scope, s.device, s.incarnation
             FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest) AS now
             LEFT JOIN stream s ON s.touched >= $1",
            &[Cell::Number(last.unwrap_or(i64::MAX))],
        )?;
        let next = rows.first().map(|row| row.number(0)).transpose()?;
        let next = next.ok_or(DatabaseError::Malformed("no snapshot"))?;
        let touched = rows
            .iter()
            .filter(|row| row.text(1).is_ok())
            .map(|row| stream(row, 1, self.about.service));
        Ok((touched.collect::<Result<_, _>>()?, next))
    }
}
