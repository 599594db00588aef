//! Writing a bundle.

use std::io::Write;

use record::bundle::{Claims, Head, Manifest};
use record::keys::SigningKey;
use record::log::EventLog;
use record::scope::Scope;
use record::words::SixWords;

use super::chunks::Sealing;
use super::plan::each;
use super::{Error, FileKey};

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Envelopes.
    pub envelopes: u64,
    /// Bytes of the whole file.
    pub bytes: u64,
    /// What its writer and its reader compare over the telephone.
    pub words: SixWords,
}

/// Writes a bundle: what `claims` lists, from `log`, for the recipients in `head`.
///
/// `key` is fresh and sealed to each recipient in `head`. `claims` names `head` by its check, which
/// this fills in. Nothing of `log` is changed.
pub fn write<L: EventLog>(
    log: &L,
    head: &Head,
    claims: Claims,
    device: &SigningKey,
    key: &FileKey,
    mut to: impl Write,
) -> Result<Written, Error> {
    let (front, check) = head.to_bytes()?;
    let claims = Claims {
        head: check,
        ..claims
    };
    let manifest = Manifest::sign(&claims, device)?;
    to.write_all(&front).map_err(Error::File)?;
    let mut sealing = Sealing::new(to, key, check);
    sealing.item(&manifest.to_bytes())?;
    let mut envelopes = 0;
    for scope in in_reading_order(&claims) {
        for range in claims.ranges.iter().filter(|it| it.stream.scope == scope) {
            let mut left = range.envelopes;
            each(log, &range.stream, &range.after, |envelope| {
                // What was written meanwhile goes with the next bundle.
                if left > 0 {
                    left -= 1;
                    envelopes += 1;
                    sealing.item(&envelope.to_bytes())?;
                }
                Ok(())
            })?;
        }
    }
    Ok(Written {
        envelopes,
        bytes: front.len() as u64 + sealing.finish()?,
        words: manifest.words(),
    })
}

/// The service first: the certificates and keys that the rest is checked and opened by stand there.
fn in_reading_order(claims: &Claims) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = claims.ranges.iter().map(|it| it.stream.scope).collect();
    scopes.dedup();
    scopes.sort_by_key(|scope| (*scope != Scope::Service, *scope));
    scopes
}
