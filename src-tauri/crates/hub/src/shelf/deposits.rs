//! What laptops left for their recovery sheets. It is sealed, and given to whoever names it.

use jiff::Timestamp;
use sync::deposit::{Leave, Lookup, MAX_DEPOSITS};
use sync::record::id::DeviceId;

use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError, Link};

/// When the copy was made from which the shelf was put back, in milliseconds since 1970.
const PUT_BACK: &str = "put-back-from";

impl DatabaseShelf {
    /// Keeps what a laptop leaves, in the place of what it left before. `now` is in milliseconds
    /// since 1970.
    pub fn leave(&mut self, device: DeviceId, what: &Leave, now: i64) -> Result<(), ShelfError> {
        self.link().whole(|link| {
            if let Some(old) = &what.instead_of {
                link.run("DELETE FROM deposit WHERE lookup = $1", &[Cell::Bytes(old)])?;
            }
            link.run(
                "INSERT INTO deposit (device, lookup, kept, bytes) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (device) DO UPDATE SET
                     lookup = excluded.lookup, kept = excluded.kept, bytes = excluded.bytes",
                &[
                    Cell::Bytes(device.as_bytes()),
                    Cell::Bytes(&what.lookup),
                    Cell::Number(now),
                    Cell::Bytes(&what.bytes),
                ],
            )
        })?;
        Ok(())
    }

    /// What was left under this number, newest first.
    pub fn left_for(&self, lookup: &Lookup) -> Result<Vec<Vec<u8>>, ShelfError> {
        let sql = format!(
            "SELECT bytes FROM deposit WHERE lookup = $1 ORDER BY kept DESC, device LIMIT {MAX_DEPOSITS}"
        );
        let rows = self.link().rows(&sql, &[Cell::Bytes(lookup)])?;
        let all = rows.iter().map(|row| Ok(row.bytes(0)?.to_vec()));
        all.collect()
    }

    /// When the copy was made from which this shelf was put back; none when it never was.
    pub fn put_back_from(&self) -> Result<Option<Timestamp>, ShelfError> {
        let row = self.link().row(
            "SELECT value FROM about WHERE name = $1",
            &[Cell::Text(PUT_BACK)],
        )?;
        let Some(row) = row else { return Ok(None) };
        let malformed = || DatabaseError::Malformed("when it was put back");
        let millisecond = i64::from_be_bytes(row.bytes_of(0)?);
        let at = Timestamp::from_millisecond(millisecond).map_err(|_| malformed())?;
        Ok(Some(at))
    }
}

/// Writes down that a shelf is put back from a copy of this age: what was written after it may be
/// missing, and whoever recovers from this hub server has to know.
pub(crate) fn write_put_back(link: &mut Link, made: Timestamp) -> Result<(), DatabaseError> {
    link.run(
        "INSERT INTO about (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &[
            Cell::Text(PUT_BACK),
            Cell::Bytes(&made.as_millisecond().to_be_bytes()),
        ],
    )?;
    Ok(())
}
