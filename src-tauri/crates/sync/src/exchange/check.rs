//! What comes from a hub server is proven before it is kept: it is what was asked for, it is the
//! device's to read, and the device it names has signed it.

use record::envelope::{Envelope, Stream};
use record::id::EnvelopeId;
use record::log::EventLog;

use crate::shelf::{readable, signed};
use crate::wire::Reason;

use super::{Error, Exchange, Known, NotTaken, Step};

impl Exchange {
    /// Keeps what is proven of a range, and notes the rest. Gives the ids that were proven.
    pub(super) fn receive<L: EventLog + Known>(
        &mut self,
        envelopes: &[Vec<u8>],
        of: Option<Stream>,
        asked: impl Fn(&Envelope) -> bool,
        log: &mut L,
    ) -> Result<(Step, Vec<EnvelopeId>), Error<L::Error>> {
        let mut proven = Vec::new();
        for bytes in envelopes {
            match self.prove(bytes, of, &asked, log) {
                Ok(envelope) => proven.push(envelope),
                Err(not_taken) => note(&mut self.refused_here, not_taken),
            }
        }
        let kept = log.append(&proven).map_err(Error::Log)?;
        self.moved |= kept.new > 0;
        self.forked.extend(&kept.forked);
        self.progress.received += kept.new as u64;
        self.progress.to_receive = self.progress.to_receive.max(self.progress.received);
        let erased = proven.iter().filter(|it| it.is_erased()).map(Envelope::id);
        self.without_content.extend(erased);
        let ids = proven.iter().map(Envelope::id).collect();
        let step = Step {
            kept,
            ..Step::default()
        };
        Ok((step, ids))
    }

    fn prove<L: Known>(
        &self,
        bytes: &[u8],
        of: Option<Stream>,
        asked: &impl Fn(&Envelope) -> bool,
        known: &L,
    ) -> Result<Envelope, NotTaken> {
        let envelope = readable(bytes).map_err(|reason| NotTaken {
            stream: of,
            id: None,
            reason,
        })?;
        let stream = envelope.header().stream();
        let proven = if stream.service != self.own.service() {
            Err(Reason::OtherService)
        } else if self.own.may_read(&stream) && asked(&envelope) {
            signed(&envelope, known.device_key(stream.device).as_ref())
        } else {
            Err(Reason::NotEntitled)
        };
        match proven {
            Ok(()) => Ok(envelope),
            Err(reason) => Err(NotTaken {
                stream: Some(stream),
                id: Some(envelope.id()),
                reason,
            }),
        }
    }
}

/// Notes an envelope once, however often it came.
pub(super) fn note(refused: &mut Vec<NotTaken>, one: NotTaken) {
    if !refused.contains(&one) {
        refused.push(one);
    }
}
