//! The packs that were imported, as they stand in the record.

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment::instrument::{Instrument, Pack};
use jiff::civil::Date;
use record::body::InstrumentPack;
use record::fold::{Placed, fold};
use record::scope::Subject;

use crate::case::body_of;
use crate::desk::Desk;
use crate::refusal::Refusal;

/// Every pack of the service, by instrument.
#[derive(Default)]
pub(crate) struct Packs {
    held: BTreeMap<String, Vec<Imported>>,
}

/// One current entry on an instrument's pack.
pub(super) struct Imported {
    pub(super) body: InstrumentPack,
    /// The pack as read; none once it is withdrawn, or if this version cannot read it.
    pub(super) pack: Option<Arc<Pack>>,
    pub(super) placed: Placed,
}

impl Packs {
    /// Reads the packs in the service's entries.
    fn of(entries: Vec<Placed>) -> Self {
        let record = fold(entries);
        let mut held: BTreeMap<String, Vec<Imported>> = BTreeMap::new();
        for (_, now) in record.under("instrument-pack/") {
            for placed in now.all() {
                let Some(body) = body_of::<InstrumentPack>(&placed.entry) else {
                    continue;
                };
                let pack = Pack::read(&body.text, Instrument::shipped()).ok();
                let pack = pack.filter(|pack| pack.instrument == body.instrument);
                held.entry(body.instrument.clone())
                    .or_default()
                    .push(Imported {
                        body,
                        pack: pack.map(Arc::new),
                        placed: (*placed).clone(),
                    });
            }
        }
        Self { held }
    }

    /// The words to show for an instrument on a day. None once the pack has run out or was
    /// withdrawn, and while two that did not see each other stand side by side: the items are then
    /// numbers again.
    pub(crate) fn words_of(&self, instrument: &str, day: Date) -> Option<&Arc<Pack>> {
        let [one] = self.held.get(instrument)?.as_slice() else {
            return None;
        };
        one.pack.as_ref().filter(|pack| pack.holds_on(day))
    }

    pub(super) fn held(&self, instrument: &str) -> &[Imported] {
        self.held
            .get(instrument)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

impl Desk {
    /// The packs of the service, read once in a sitting.
    pub(crate) fn packs(&mut self) -> Result<Arc<Packs>, Refusal> {
        let sitting = self.sitting_mut()?;
        if let Some(known) = &sitting.packs {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(Packs::of(sitting.open_all(Subject::Service)?));
        sitting.packs = Some(Arc::clone(&read));
        Ok(read)
    }
}
