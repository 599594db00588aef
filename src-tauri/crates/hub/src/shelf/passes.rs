//! Who is logged in. It stands in the database, so that every hub server over it knows.

use sync::record::certificate::Certificate;
use sync::shelf::BlobShelf as _;

use super::blobs::forget_unfinished;
use super::certificates::{chain_to, introduce};
use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError};

/// A login that is good, to be written down.
#[derive(Debug, Clone, Copy)]
pub struct Pass<'a> {
    /// The server's nonce that it answered.
    pub nonce: &'a [u8; 32],
    /// When the nonce runs out by itself, in milliseconds since 1970.
    pub nonce_until: i64,
    /// The hash of the token that is given out.
    pub token_hash: &'a [u8; 32],
    /// From root to device, checked.
    pub chain: &'a [Certificate],
    /// When the token runs out, in milliseconds since 1970.
    pub until: i64,
}

impl DatabaseShelf {
    /// Writes a login down, with its chain of certificates. `false` when its nonce has served
    /// before, here or at another hub server over the same database; then nothing is written.
    pub fn log_in(&mut self, pass: &Pass<'_>) -> Result<bool, ShelfError> {
        let last = pass.chain.last().map(Certificate::id);
        let last = last.ok_or(DatabaseError::Malformed("a chain without certificates"))?;
        let fresh = self.link().whole(|link| {
            let fresh = link.run(
                "INSERT INTO used_nonce (nonce, until) VALUES ($1, $2)
                 ON CONFLICT (nonce) DO NOTHING",
                &[Cell::Bytes(pass.nonce), Cell::Number(pass.nonce_until)],
            )?;
            if fresh == 0 {
                return Ok(false);
            }
            introduce(link, pass.chain)?;
            link.run(
                "INSERT INTO pass (token_hash, certificate, until) VALUES ($1, $2, $3)",
                &[
                    Cell::Bytes(pass.token_hash),
                    Cell::Bytes(last.as_bytes()),
                    Cell::Number(pass.until),
                ],
            )?;
            Ok(true)
        })?;
        Ok(fresh)
    }

    /// The chain of whoever holds the token with this hash, and until when it is good; none when
    /// nobody does at `now`, in milliseconds since 1970.
    pub fn holder(
        &self,
        token_hash: &[u8; 32],
        now: i64,
    ) -> Result<Option<(Vec<Certificate>, i64)>, ShelfError> {
        let link = &mut self.link();
        let row = link.row(
            "SELECT certificate, until FROM pass WHERE token_hash = $1 AND until > $2",
            &[Cell::Bytes(token_hash), Cell::Number(now)],
        )?;
        let Some(row) = row else {
            return Ok(None);
        };
        let chain = chain_to(link, row.bytes_of(0)?)?;
        let until = row.number(1)?;
        Ok(chain.map(|chain| (chain, until)))
    }

    /// Forgets the nonces and tokens that have run out at `now`, in milliseconds since 1970, and
    /// attachments that nobody goes on sending; and cuts the log where that is still to be done.
    pub fn forget_what_ran_out(&mut self, now: i64) -> Result<(), ShelfError> {
        self.link().whole(|link| {
            link.run(
                "DELETE FROM used_nonce WHERE until < $1",
                &[Cell::Number(now)],
            )?;
            link.run("DELETE FROM pass WHERE until < $1", &[Cell::Number(now)])?;
            let given_up = i64::try_from(Self::UNFINISHED.as_millis()).unwrap_or(i64::MAX);
            forget_unfinished(link, now.saturating_sub(given_up))
        })?;
        self.cut_log()
    }
}
