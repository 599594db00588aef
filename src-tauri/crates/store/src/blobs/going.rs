//! What is let go when the laptop holds more documents than it should.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::pieces::forget;
use crate::{Store, StoreError};

/// How new what the hub server said has to be for the copy here to be let go. A design decision.
const SAID_WITHIN: SignedDuration = SignedDuration::from_hours(24);
/// What somebody looked at within this time stays. A design decision: the week of a case.
const LOOKED_AT_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Store {
    /// Bytes of documents that are held here.
    pub fn blob_bytes_held(&self) -> Result<u64, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT coalesce(sum(held), 0) FROM blob", [], |row| {
                row.get(0)
            })?)
    }

    /// Lets documents go until no more than `most` bytes are held, longest unopened first: only
    /// those that the hub server said within a day to have whole in every scope they belong to,
    /// and that nobody here looked at for a week. What is the only copy stays, however much there
    /// is. Gives how many went. They are fetched again like any other.
    pub fn let_blobs_go(&mut self, most: u64, now: Timestamp) -> Result<usize, StoreError> {
        let mut held = self.blob_bytes_held()?;
        if held <= most {
            return Ok(0);
        }
        let ago = |time: SignedDuration| now.as_second() - time.as_secs();
        let went = self.together(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT place, held FROM blob AS b
                 WHERE b.id IS NOT NULL AND b.held > 0 AND b.wanted = 0 AND b.opened < ?1
                   AND EXISTS (SELECT 1 FROM blob_there AS t WHERE t.blob = b.place)
                   AND NOT EXISTS (SELECT 1 FROM blob_there AS t WHERE t.blob = b.place
                       AND (t.held < b.size OR t.said IS NULL OR t.said < ?2 OR t.said > ?3))
                 ORDER BY b.opened, b.place",
            )?;
            let may_go = statement.query_map(
                params![ago(LOOKED_AT_WITHIN), ago(SAID_WITHIN), now.as_second()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let may_go: Vec<(i64, u64)> = may_go.collect::<Result<_, _>>()?;
            let mut went = 0;
            for (place, bytes) in may_go {
                if held <= most {
                    break;
                }
                forget(connection, place, None)?;
                held = held.saturating_sub(bytes);
                went += 1;
            }
            Ok(went)
        })?;
        Ok(went)
    }

    /// Has the hub server asked once more about what may go as soon as it says that it has it.
    pub fn blobs_to_make_sure_of(&mut self, most: u64, now: Timestamp) -> Result<(), StoreError> {
        if self.blob_bytes_held()? <= most {
            return Ok(());
        }
        let ago = |time: SignedDuration| now.as_second() - time.as_secs();
        self.together(|connection| {
            connection
                .prepare_cached(
                    "UPDATE blob_there SET said = NULL
                     WHERE said < ?2 AND refused IS NULL AND blob IN (SELECT place FROM blob
                         WHERE held = size AND wanted = 0 AND opened < ?1)",
                )?
                .execute([ago(LOOKED_AT_WITHIN), ago(SAID_WITHIN)])?;
            Ok(())
        })
    }
}
