//! What this service has adopted, as its signed entries say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use assessment::medicine::OmeTable;
use assessment::ruleset::Ruleset;
use record::adoption::{Adopted, Adoptions, Withdrawn};
use record::body::{Adoptable, Offered};
use record::certificate::Authorities;
use record::entry::Kind;
use record::fold::Placed;
use record::scope::Subject;

use super::contents::{self, Content};
use crate::case::body_of;
use crate::desk::Sitting;
use crate::refusal::Refusal;

/// What a case is read with.
pub(crate) struct InUse {
    /// The adopted rules; the ones that come with the program where none are.
    pub(crate) rules: Arc<Ruleset>,
    /// Names of medicines tables that are marked as drafts wherever they are used.
    pub(crate) draft_tables: BTreeSet<String>,
}

static SHIPPED: LazyLock<Arc<InUse>> = LazyLock::new(|| {
    Arc::new(InUse {
        rules: Arc::new(Ruleset::shipped().clone()),
        draft_tables: BTreeSet::new(),
    })
});

impl InUse {
    /// What comes with the program.
    pub(crate) fn shipped() -> Arc<Self> {
        Arc::clone(&SHIPPED)
    }
}

/// How the rules stand in this service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RulesNow {
    /// Nobody has adopted any.
    NotAdopted,
    /// Two people have.
    Adopted(Adopted),
    /// What was adopted was withdrawn.
    Withdrawn(Withdrawn),
    /// Two were adopted by people who did not see each other.
    Conflict,
    /// They are adopted and are not here, or cannot be read by this version.
    NotReadable(Adopted),
}

/// Everything that was signed for or against in this service.
pub(crate) struct InService {
    places: BTreeMap<String, Adoptions>,
    offered: BTreeMap<String, Offered>,
    pub(crate) rules: RulesNow,
    pub(crate) in_use: Arc<InUse>,
    /// Whose certificates lead to the root.
    pub(crate) authorities: Authorities,
}

impl InService {
    pub(crate) fn of(entries: &[Placed], authorities: Authorities, demo: bool) -> Self {
        let mut slots: BTreeMap<&str, Vec<&Placed>> = BTreeMap::new();
        let signed = [Kind::ADOPTION, Kind::WITHDRAWAL];
        for one in entries.iter().filter(|it| signed.contains(&it.entry.kind)) {
            if let Some(slot) = &one.entry.slot {
                slots.entry(slot.as_str()).or_default().push(one);
            }
        }
        let places: BTreeMap<String, Adoptions> = slots
            .into_iter()
            .map(|(slot, signed)| (slot.to_owned(), Adoptions::of(signed)))
            .collect();
        // What is kept under a digest is that content, to the byte, or is passed over.
        let offered: BTreeMap<String, Offered> = entries
            .iter()
            .filter_map(|placed| body_of::<Offered>(&placed.entry))
            .filter(|offered| contents::digest_of(&offered.text) == offered.digest)
            .map(|offered| (offered.digest.clone(), offered))
            .collect();
        let (rules, ruleset) = rules_now(places.get(contents::RULES), &offered);
        let mut now = Self {
            places,
            offered,
            rules,
            in_use: InUse::shipped(),
            authorities,
        };
        now.in_use = Arc::new(InUse {
            rules: ruleset,
            draft_tables: now.draft_tables(demo),
        });
        now
    }

    /// The signatures over one place.
    pub(super) fn place(&self, slot: &str) -> Adoptions {
        self.places.get(slot).cloned().unwrap_or_default()
    }

    /// Whether a content is in use, by its place and its digest.
    pub(crate) fn is_in_use(&self, slot: &str, digest: &str) -> bool {
        let adopted = self.places.get(slot).and_then(Adoptions::in_use);
        adopted.is_some_and(|adopted| adopted.digest == digest)
    }

    /// Whether a pack may word its instrument: two people have adopted it.
    pub(crate) fn pack_in_use(&self, instrument: &str, digest: &str) -> bool {
        let slot = contents::slot(&Adoptable::InstrumentPack, instrument);
        self.is_in_use(&slot, digest)
    }

    /// When a content was withdrawn, if it was.
    pub(crate) fn withdrawn(&self, digest: &str) -> Option<&Withdrawn> {
        let mut all = self.places.values().flat_map(|place| &place.withdrawn);
        all.rfind(|withdrawn| withdrawn.digest == digest)
    }

    /// The rulesets somebody has offered for adoption.
    pub(super) fn offered(&self) -> impl Iterator<Item = &Offered> {
        self.offered.values()
    }

    /// In the demo clinic everything is a draft, and it says so itself.
    fn draft_tables(&self, demo: bool) -> BTreeSet<String> {
        if demo {
            return BTreeSet::new();
        }
        let tables = OmeTable::files().into_iter().map(Content::table);
        tables
            .filter(|table| !self.is_in_use(&table.slot(), &table.digest))
            .map(|table| table.title)
            .collect()
    }
}

/// How the rules stand, and which to read a case with: where none are in use, the shipped ones
/// still tell which answers are warning signs.
fn rules_now(
    place: Option<&Adoptions>,
    offered: &BTreeMap<String, Offered>,
) -> (RulesNow, Arc<Ruleset>) {
    let shipped = || Arc::clone(&InUse::shipped().rules);
    let Some(place) = place else {
        return (RulesNow::NotAdopted, shipped());
    };
    if let Some(adopted) = place.in_use() {
        let adopted = adopted.clone();
        if contents::hex(&Ruleset::shipped().digest) == adopted.digest {
            return (RulesNow::Adopted(adopted), shipped());
        }
        let text = offered.get(&adopted.digest).map(|offered| &offered.text);
        return match text.and_then(|text| Ruleset::parse(text).ok()) {
            Some(read) => (RulesNow::Adopted(adopted), Arc::new(read)),
            None => (RulesNow::NotReadable(adopted), shipped()),
        };
    }
    let now = if place.adopted.len() > 1 {
        RulesNow::Conflict
    } else {
        let last = place.withdrawn.last().cloned();
        last.map_or(RulesNow::NotAdopted, RulesNow::Withdrawn)
    };
    (now, shipped())
}

impl Sitting {
    /// What the service has adopted, read once until something is written in its scope.
    pub(crate) fn in_service(&self) -> Result<Arc<InService>, Refusal> {
        if let Some(known) = self.in_service.get() {
            return Ok(Arc::clone(known));
        }
        let placed = self.open_all(Subject::Service)?;
        let authorities = self.authorities()?.clone();
        let demo = self.opened.identity.demo;
        let read = Arc::new(InService::of(&placed, authorities, demo));
        Ok(Arc::clone(self.in_service.get_or_init(|| read)))
    }
}
