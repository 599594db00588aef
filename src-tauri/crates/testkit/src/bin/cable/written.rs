//! What a laptop wrote, and what of it has to be at the hub.

use std::collections::BTreeSet;

use record::envelope::Envelope;
use record::scope::Scope;
use store::Delivery;
use testkit::Fault;

/// What this laptop wrote.
pub(crate) fn own(record: &store::Opened) -> Result<Vec<Envelope>, Fault> {
    let mut all = Vec::new();
    let mut scopes = BTreeSet::new();
    for stream in record.store.streams()? {
        if stream.device == record.identity.device && scopes.insert(stream.scope) {
            let there = record.store.envelopes_in(stream.scope)?.into_iter();
            all.extend(there.filter(|it| it.header().device == record.identity.device));
        }
    }
    Ok(all)
}

/// What of it has to be at the hub once it was up to date: everything, but for what the audit trail
/// says of the locking itself.
pub(crate) fn due(record: &store::Opened) -> Result<Vec<Envelope>, Fault> {
    let mut all = Vec::new();
    for envelope in own(record)? {
        let waits = record.store.delivery(&envelope)? == Delivery::Waiting;
        if !waits || envelope.header().scope != Scope::Audit {
            all.push(envelope);
        }
    }
    Ok(all)
}
