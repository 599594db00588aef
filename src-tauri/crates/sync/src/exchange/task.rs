//! What is to be done, and what has been asked.

use std::collections::BTreeSet;

use record::certificate::Certificate;
use record::envelope::{Envelope, Stream};
use record::id::{DeviceId, EnvelopeId};
use record::log::{ScopeDigest, Tail, Tips};
use record::scope::Scope;
use record::warrant::{Proof, WarrantId};

use super::Stage;

/// One thing to do. It stays at the front until there is nothing more to ask about it.
#[derive(Debug, Clone)]
pub(super) enum Task {
    /// Ask whether both hold the same.
    Compare,
    /// Ask where a scope differs.
    Tips(Scope),
    /// Offer what follows on a stream beyond what the server has.
    Offer {
        stream: Stream,
        theirs: BTreeSet<Tail>,
    },
    /// Offer these, whatever stands before them.
    OfferIds(Vec<EnvelopeId>),
    /// Offer what is kept ahead here and not there.
    OfferAhead {
        scope: Scope,
        theirs: BTreeSet<EnvelopeId>,
    },
    /// Take what follows on a stream.
    Pull(Stream),
    /// Take these.
    Fetch(Vec<EnvelopeId>),
    /// Introduce a device.
    Introduce(Vec<Certificate>),
    /// Ask which of these erasures the server does not know.
    NameErasures(Vec<Proof>),
    /// Show these.
    Erase(Vec<Proof>),
}

impl Task {
    pub(super) fn stage(&self) -> Stage {
        match self {
            Self::Compare | Self::Tips(_) | Self::NameErasures(_) => Stage::Comparing,
            Self::Offer { .. }
            | Self::OfferIds(_)
            | Self::OfferAhead { .. }
            | Self::Introduce(_)
            | Self::Erase(_) => Stage::Sending,
            Self::Pull(_) | Self::Fetch(_) => Stage::Receiving,
        }
    }
}

/// What the request under way asked, so that its answer is understood.
#[derive(Debug)]
pub(super) enum Sent {
    Compare(Vec<(Scope, ScopeDigest)>),
    Tips {
        scope: Scope,
        mine: Vec<Tips>,
    },
    Push(Vec<Offered>),
    Pull(Stream),
    Fetch(BTreeSet<EnvelopeId>),
    Introduce,
    /// How many were named.
    NameErasures(usize),
    Erase(Vec<WarrantId>),
}

impl Sent {
    /// Whether it carries envelopes one way or the other, and so tells what the link carries.
    pub(super) fn is_bulk(&self) -> bool {
        matches!(self, Self::Push(_) | Self::Pull(_) | Self::Fetch(_))
    }
}

/// One envelope under way to the server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offered {
    pub(super) id: EnvelopeId,
    pub(super) stream: Stream,
    pub(super) place: Tail,
    /// The place it follows; none for a stream's first.
    pub(super) before: Option<Tail>,
}

impl Offered {
    pub(super) fn of(envelope: &Envelope) -> Self {
        Self {
            id: envelope.id(),
            stream: envelope.header().stream(),
            place: Tail::of(envelope),
            before: Tail::before(envelope),
        }
    }

    pub(super) fn device(&self) -> DeviceId {
        self.stream.device
    }
}
