//! What an exchange tells of itself, while it goes on and at its end.

use jiff::Timestamp;
use record::envelope::Stream;
use record::id::EnvelopeId;
use record::log::{Kept, Tips};
use record::scope::Scope;
use record::warrant::{Unproven, WarrantId};

use crate::wire::{self, Failure, Reason};

/// What one answer came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// What was kept here.
    pub kept: Kept,
    /// What is known now to be on the hub server's disk and in its place: each tail with all that
    /// it follows from.
    pub acknowledged: Vec<Tips>,
    /// What is on the hub server's disk, because it was sent and kept or fetched from there, even
    /// where it waits for what stands before it, as an emergency does.
    pub acknowledged_ids: Vec<EnvelopeId>,
    /// What the hub server's clock shows, when it said so.
    pub server_time: Option<Timestamp>,
}

/// What an exchange is about at the moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// Finding out what the two hold.
    #[default]
    Comparing,
    /// Sending what the hub server lacks.
    Sending,
    /// Receiving what is lacking here.
    Receiving,
    /// Over.
    Over,
}

/// How far an exchange is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// What it is about.
    pub stage: Stage,
    /// Envelopes that are on the hub server's disk since it began.
    pub sent: u64,
    /// Envelopes that it has found it is to send, those sent among them. It grows as scope after
    /// scope is compared.
    pub to_send: u64,
    /// Envelopes that were received since it began.
    pub received: u64,
    /// Envelopes that it has found it is to receive, those received among them.
    pub to_receive: u64,
    /// Bytes of messages sent.
    pub bytes_up: u64,
    /// Bytes of messages received.
    pub bytes_down: u64,
}

/// An envelope that one side offered and the other did not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotTaken {
    /// Its stream, as far as that is known of one that cannot be read.
    pub stream: Option<Stream>,
    /// Its id; none when it cannot be read.
    pub id: Option<EnvelopeId>,
    /// Why.
    pub reason: Reason,
}

/// What an exchange came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Both sides hold the same, by digest after the last step, and nothing was refused.
    pub up_to_date: bool,
    /// What came and was not taken.
    pub refused_here: Vec<NotTaken>,
    /// What was sent and not taken.
    pub refused_there: Vec<NotTaken>,
    /// Scopes that this device is enrolled for and the hub server does not give it.
    pub not_served: Vec<Scope>,
    /// What came without content. Right for what two people signed away, and else withheld.
    pub without_content: Vec<EnvelopeId>,
    /// Erasures that the hub server did not carry out, so that it still keeps the content.
    pub not_erased: Vec<(WarrantId, Unproven)>,
    /// Streams of which another branch came to light.
    pub forked: Vec<Stream>,
    /// How much was moved.
    pub progress: Progress,
}

/// Why an exchange broke off. What was answered before stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error<E: std::error::Error + 'static> {
    /// The log could not read or keep.
    #[error(transparent)]
    Log(E),
    /// The answer cannot be read.
    #[error(transparent)]
    Wire(#[from] wire::Error),
    /// The hub server did not carry out a request.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The answer is for another service.
    #[error("The hub server keeps another service. Check its address.")]
    OtherService,
    /// The answer is to another question.
    #[error("The hub server answered what it was not asked. Update the older of the two.")]
    Unexpected,
}
