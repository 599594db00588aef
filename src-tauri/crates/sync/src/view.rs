//! What a device may see of a log. Both sides look at their own through the same view.

use record::id::EnvelopeId;
use record::log::{EventLog, ScopeDigest, Tips};
use record::scope::Scope;

use crate::admitted::Admitted;

/// The ends of the streams of a scope that the device may read.
pub fn tips<L: EventLog>(log: &L, device: &Admitted, scope: Scope) -> Result<Vec<Tips>, L::Error> {
    let mut tips = log.tips(scope)?;
    tips.retain(|one| device.may_read(&one.stream));
    Ok(tips)
}

/// What is kept ahead of the streams of a scope that the device may read.
pub fn ahead<L: EventLog>(
    log: &L,
    device: &Admitted,
    scope: Scope,
) -> Result<Vec<EnvelopeId>, L::Error> {
    let ids = log.ahead(scope)?;
    if scope != Scope::Audit || ids.is_empty() {
        return Ok(ids);
    }
    let held = log.envelopes(&ids)?;
    let seen = held
        .iter()
        .filter(|it| device.may_read(&it.header().stream()));
    Ok(seen.map(record::envelope::Envelope::id).collect())
}

/// The digest of a scope as the device sees it.
pub fn digest<L: EventLog>(
    log: &L,
    device: &Admitted,
    scope: Scope,
) -> Result<ScopeDigest, L::Error> {
    let (tips, ahead) = (tips(log, device, scope)?, ahead(log, device, scope)?);
    Ok(ScopeDigest::of(device.service(), scope, &tips, &ahead))
}
