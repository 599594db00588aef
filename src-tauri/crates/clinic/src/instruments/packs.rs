//! The packs that were imported, as they stand in the record.

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment::instrument::{Instrument, Pack};
use jiff::civil::Date;
use record::body::{Adoptable, InstrumentPack};
use record::fold::{Placed, fold};
use record::scope::Subject;

use crate::adoption::Content;
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
    /// It may word its instrument: two people have adopted it, or this is the demo clinic.
    pub(super) adopted: bool,
}

impl Packs {
    /// Reads the packs in the service's entries. `adopted` says of an instrument and a digest
    /// whether that pack may word it.
    fn of(entries: Vec<Placed>, adopted: impl Fn(&str, &str) -> bool) -> Self {
        let record = fold(entries);
        let mut held: BTreeMap<String, Vec<Imported>> = BTreeMap::new();
        for (_, now) in record.under("instrument-pack/") {
            for placed in now.all() {
                let Some(body) = body_of::<InstrumentPack>(&placed.entry) else {
                    continue;
                };
                let pack = Pack::read(&body.text, Instrument::shipped()).ok();
                let pack = pack.filter(|pack| pack.instrument == body.instrument);
                let adopted = adopted(&body.instrument, &body.digest);
                held.entry(body.instrument.clone())
                    .or_default()
                    .push(Imported {
                        body,
                        pack: pack.map(Arc::new),
                        placed: (*placed).clone(),
                        adopted,
                    });
            }
        }
        Self { held }
    }

    /// The words to show for an instrument on a day. None until two people have adopted the pack,
    /// once the pack has run out or was
    /// withdrawn, and while two that did not see each other stand side by side: the items are then
    /// numbers again.
    pub(crate) fn words_of(&self, instrument: &str, day: Date) -> Option<&Arc<Pack>> {
        let [one] = self.held.get(instrument)?.as_slice() else {
            return None;
        };
        one.pack
            .as_ref()
            .filter(|pack| one.adopted && pack.holds_on(day))
    }

    /// The packs that stand, as contents two people can adopt.
    pub(crate) fn contents(&self) -> impl Iterator<Item = Content> {
        let standing = self.held.values().flatten();
        standing
            .filter_map(|held| held.pack.as_ref())
            .map(|pack| Content {
                what: Adoptable::InstrumentPack,
                id: pack.instrument.clone(),
                name: format!("{} {} ({})", pack.instrument, pack.version, pack.language),
                title: Instrument::by_id(&pack.instrument)
                    .map_or_else(|| pack.instrument.clone(), |form| form.name.clone()),
                digest: pack.digest.clone(),
            })
    }

    /// What there is to read in an instrument's pack: its licence and every item.
    pub(crate) fn words_in(&self, instrument: &str) -> Vec<String> {
        let mut said = Vec::new();
        for pack in self
            .held(instrument)
            .iter()
            .filter_map(|held| held.pack.as_ref())
        {
            said.push(format!(
                "Licence {} of {}, held by {} until {}",
                pack.licence_reference,
                pack.licence_holder,
                pack.held_by,
                crate::words::staff_date(pack.valid_until)
            ));
            said.extend(pack.items.iter().map(|item| item.text.clone()));
        }
        said
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
        let demo = sitting.opened.identity.demo;
        let known = sitting.in_service()?;
        let read = Packs::of(sitting.open_all(Subject::Service)?, |instrument, digest| {
            demo || known.pack_in_use(instrument, digest)
        });
        let read = Arc::new(read);
        sitting.packs = Some(Arc::clone(&read));
        Ok(read)
    }
}
