//! What was worked out for a scope, kept at hand until something is written to it.
//!
//! Many devices ask for the same scopes again and again, above all when they wait. Whether what is
//! at hand still holds is asked of the database each time, so that it does whichever hub server
//! wrote.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sync::record::id::{EnvelopeId, ServiceId};
use sync::record::log::{ScopeDigest, Tips};
use sync::record::scope::Scope;

use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError};

/// Scopes that are kept at hand; more than a service has sites.
const MOST: usize = 4096;

/// What is at hand of each scope, for all connections.
#[derive(Default)]
pub(super) struct AtHand(Mutex<HashMap<Scope, Worked>>);

/// What a scope holds.
#[derive(Clone)]
pub(super) struct Worked {
    /// The last write that it was worked out after.
    after: i64,
    pub(super) tips: Arc<[Tips]>,
    pub(super) ahead: Arc<[EnvelopeId]>,
    pub(super) digest: ScopeDigest,
}

impl AtHand {
    fn all(&self) -> MutexGuard<'_, HashMap<Scope, Worked>> {
        // Whoever panicked while it held the lock has at most not added one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, scope: Scope, after: i64) -> Option<Worked> {
        self.all()
            .get(&scope)
            .filter(|worked| worked.after == after)
            .cloned()
    }

    fn keep(&self, scope: Scope, worked: Worked) {
        let mut all = self.all();
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(scope, worked);
    }
}

impl DatabaseShelf {
    /// What a scope holds, from what is at hand where that still holds.
    pub(super) fn worked(&self, scope: Scope) -> Result<Worked, ShelfError> {
        let (last, settled) = self.last_write(scope)?;
        if let Some(worked) = self.at_hand.find(scope, last) {
            return Ok(worked);
        }
        let (tips, ahead) = (self.read_tips(scope)?, self.read_all_ahead(scope)?);
        let service: ServiceId = self.about.service;
        let worked = Worked {
            after: last,
            digest: ScopeDigest::of(service, scope, &tips, &ahead),
            tips: tips.into(),
            ahead: ahead.into(),
        };
        if settled {
            self.at_hand.keep(scope, worked.clone());
        }
        Ok(worked)
    }

    /// The number of the last transaction that wrote to a scope, and whether every one up to it has
    /// ended. Where one has not, it may still add something and leave this number as it is.
    ///
    /// Where all have, whatever is written later has a higher number. So what is read after this
    /// is what stands at this number, or this number will not be met again.
    fn last_write(&self, scope: Scope) -> Result<(i64, bool), ShelfError> {
        let mut link = self.link();
        let sql = format!(
            "SELECT coalesce(max(touched), -1), {} FROM stream WHERE scope = $1",
            link.oldest_transaction()
        );
        let row = link.row(&sql, &[Cell::Text(&scope.to_string())])?;
        let row = row.ok_or(DatabaseError::Malformed("no last write"))?;
        let (last, oldest) = (row.number(0)?, row.number(1)?);
        Ok((last, oldest > last))
    }
}
