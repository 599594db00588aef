//! Where the envelopes are kept: the shelf of `sync`, on a database.
//!
//! Everything stands as it was written and sealed. What the tables know of an envelope is its
//! header's place in its stream: see `schema/0001.sql`.

mod appending;
mod at_hand;
mod blobs;
mod branches;
mod certificates;
mod columns;
mod deposits;
mod erasing;
mod joining;
mod log;
mod passes;
mod standing;

use std::cell::{RefCell, RefMut};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sync::record::certificate::Fingerprint;
use sync::record::envelope::Stream;
use sync::record::id::{DeviceId, ServiceId, SiteId};
use sync::record::keys::VerifyingKey;
use sync::set_up::SetUp;
use sync::shelf::Quota;

use crate::database::{self, Address, Cell, DatabaseError, Link, Links, Pool};

use at_hand::AtHand;
pub(crate) use blobs::hash_of;
pub(crate) use deposits::write_put_back;
pub use erasing::Erased;
pub use passes::Pass;
pub use standing::{Blocked, Standing};

const SET_UP: &str = "set-up";

/// Why the shelf did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShelfError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// No connection to the database came free in time, or none can be made.
    #[error("No connection to the database came free in time. See that it runs, and try again.")]
    NoConnection,
    /// An envelope of another service.
    #[error("That belongs to another service, so it was not kept.")]
    OtherService,
}

/// For whom the hub server keeps envelopes, from the set-up file.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// The service.
    pub service: ServiceId,
    /// The root that every certificate has to lead to.
    pub root: Fingerprint,
    /// The site whose devices may read the whole audit trail.
    pub hub_site: SiteId,
}

/// A database, and the connections to it.
#[derive(Clone)]
pub struct Shelves {
    pool: Pool,
    about: About,
    at_hand: Arc<AtHand>,
    quota: Quota,
    /// Whether SQLite's log may still hold what was erased.
    log_to_cut: Arc<AtomicBool>,
}

/// One connection to the database, as a shelf.
pub struct DatabaseShelf {
    link: RefCell<r2d2::PooledConnection<Links>>,
    about: About,
    /// Keys of devices that were looked up for this request.
    keys: RefCell<HashMap<DeviceId, VerifyingKey>>,
    at_hand: Arc<AtHand>,
    quota: Quota,
    log_to_cut: Arc<AtomicBool>,
    written: Written,
    erased: Vec<Erased>,
}

/// What was written to a shelf.
#[derive(Debug, Default)]
pub struct Written {
    /// The streams that something was added to.
    pub streams: Vec<Stream>,
    /// How many envelopes were new.
    pub envelopes: usize,
}

impl Shelves {
    /// Makes the tables for a service, or finds them made for it.
    pub fn set_up(at: &Address, set_up: &SetUp) -> Result<(), ShelfError> {
        let mut link = database::connect(at)?;
        database::prepare(&mut link)?;
        let ours = set_up.to_bytes();
        link.whole(|link| {
            link.run(
                "INSERT INTO about (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                &[Cell::Text(SET_UP), Cell::Bytes(&ours)],
            )?;
            match read_set_up(link)? {
                Some(there) if there == *set_up => Ok(()),
                _ => Err(DatabaseError::OtherService),
            }
        })?;
        Ok(())
    }

    /// Opens a database that was set up, with up to `connections` at once.
    pub fn open(at: &Address, connections: u32) -> Result<Self, ShelfError> {
        let mut link = database::connect(at)?;
        database::prepare(&mut link)?;
        let set_up = read_set_up(&mut link)?.ok_or(DatabaseError::Empty)?;
        let about = About {
            service: set_up.service(),
            root: set_up.fingerprint(),
            hub_site: set_up.hub_site(),
        };
        Ok(Self {
            pool: database::pool(at, connections),
            about,
            at_hand: Arc::default(),
            quota: Quota::default(),
            // The program before this one may have ended before it was cut.
            log_to_cut: Arc::new(AtomicBool::new(true)),
        })
    }

    /// The same, keeping no more of attachments than this.
    #[must_use]
    pub fn with_quota(self, quota: Quota) -> Self {
        Self { quota, ..self }
    }

    /// For whom it keeps envelopes.
    pub fn about(&self) -> About {
        self.about
    }

    /// A connection of its own for one request. Waits for it.
    pub fn shelf(&self) -> Result<DatabaseShelf, ShelfError> {
        let link = self.pool.get().map_err(|_| ShelfError::NoConnection)?;
        Ok(DatabaseShelf {
            link: RefCell::new(link),
            about: self.about,
            keys: RefCell::default(),
            at_hand: Arc::clone(&self.at_hand),
            quota: self.quota,
            log_to_cut: Arc::clone(&self.log_to_cut),
            written: Written::default(),
            erased: Vec::new(),
        })
    }
}

impl DatabaseShelf {
    /// For whom it keeps envelopes.
    pub fn about(&self) -> About {
        self.about
    }

    /// What was written since this was asked last.
    pub fn take_written(&mut self) -> Written {
        std::mem::take(&mut self.written)
    }

    /// Asks the database for nothing, to see that it answers.
    pub fn is_there(&self) -> Result<(), ShelfError> {
        self.link().row("SELECT name FROM about LIMIT 1", &[])?;
        Ok(())
    }

    fn link(&self) -> RefMut<'_, Link> {
        RefMut::map(self.link.borrow_mut(), |link| &mut **link)
    }
}

/// What a database was set up for; none when it was not.
pub(crate) fn read_set_up(link: &mut Link) -> Result<Option<SetUp>, DatabaseError> {
    let row = link.row(
        "SELECT value FROM about WHERE name = $1",
        &[Cell::Text(SET_UP)],
    )?;
    let Some(row) = row else {
        return Ok(None);
    };
    SetUp::from_bytes(row.bytes(0)?)
        .map(Some)
        .map_err(|_| DatabaseError::Malformed("the set-up file"))
}
