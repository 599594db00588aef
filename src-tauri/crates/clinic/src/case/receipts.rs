//! What reached the other place, and what was opened there.
//!
//! Two sides matter to a case: the hub and the spoke. What one of them finished is of use when the
//! other has it, so a receipt is looked for by side and not laptop by laptop.

use std::collections::BTreeSet;

use record::body::{AssessmentFinished, MAX_RECEIPTED, OpenAction, Receipt};
use record::fold::Placed;
use record::id::{DeviceId, EntryId};
use record::moment::Moment;

use super::identity::into_all;
use super::{Case, Found, slots};

/// What an open action says of a hub that has not been told.
pub(crate) const HUB_NOT_TOLD: &str = "hub-not-told";

/// A place of the service, as far as receipts go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The hub site.
    Hub,
    /// Any spoke.
    Spoke,
}

impl Side {
    fn is(self, hub: bool) -> bool {
        (self == Self::Hub) == hub
    }
}

impl Case {
    /// Every receipt that counts.
    fn receipts(&self) -> impl Iterator<Item = Found<'_, &Receipt>> {
        let all = self.appended::<Receipt>().into_iter();
        all.filter(|found| found.placed.unverified.is_none())
    }

    /// The first receipt of a step on a side for an entry; none while there is none.
    pub(crate) fn receipt(
        &self,
        entry: &EntryId,
        step: &str,
        side: Side,
    ) -> Option<Found<'_, &Receipt>> {
        self.receipts().find(|found| {
            let body = found.body;
            body.step == step && side.is(body.hub) && body.entries.contains(entry)
        })
    }

    /// The devices that wrote receipts at the hub: whoever decides there has opened the case there.
    pub(crate) fn hub_devices(&self) -> BTreeSet<DeviceId> {
        let at_hub = self.receipts().filter(|found| found.body.hub);
        at_hub.map(|found| found.placed.device).collect()
    }

    /// What the other side waits for and still stands: emergencies that nobody has closed,
    /// assessments that are finished, decisions.
    pub(crate) fn awaited(&self) -> Vec<&Placed> {
        let actions = self.under::<OpenAction>("action/").into_iter();
        let actions = actions
            .flat_map(into_all)
            .filter(|found| found.body.open)
            .map(|found| found.placed);
        let done = self.assessments().iter().flat_map(|facts| {
            let finished = self.held::<AssessmentFinished>(&slots::finished(facts.id));
            let finished = into_all(finished).into_iter().map(|found| found.placed);
            let decided = into_all(self.decision(facts.id)).into_iter();
            finished.chain(decided.map(|found| found.placed))
        });
        actions.chain(done).collect()
    }

    /// What the other side wrote and this side has not said this of, the latest
    /// [`MAX_RECEIPTED`]. `others` are the devices of the other side.
    pub(crate) fn unreceipted(
        &self,
        step: &str,
        side: Side,
        others: &BTreeSet<DeviceId>,
    ) -> Vec<EntryId> {
        let said: BTreeSet<EntryId> = self
            .receipts()
            .filter(|found| found.body.step == step && side.is(found.body.hub))
            .flat_map(|found| found.body.entries.iter().copied())
            .collect();
        let awaited = self.awaited().into_iter();
        let mut all: Vec<EntryId> = awaited
            .filter(|placed| others.contains(&placed.device) && !said.contains(&placed.id))
            .map(|placed| placed.id)
            .collect();
        all.split_off(all.len().saturating_sub(MAX_RECEIPTED))
    }

    /// Whether a laptop at the hub keeps what an open action says, so that nobody has to telephone
    /// any more.
    pub(crate) fn hub_was_told(&self, action: &Found<'_, &OpenAction>) -> bool {
        let id = &action.placed.id;
        action.body.what == HUB_NOT_TOLD && self.receipt(id, Receipt::ARRIVED, Side::Hub).is_some()
    }

    /// When laptops at the hub received the emergencies of a route, as they say.
    pub(crate) fn told_of(&self, route: &str) -> Vec<Moment> {
        let actions = self.under::<OpenAction>("action/").into_iter();
        actions
            .flat_map(into_all)
            .filter(|found| found.body.route == route && found.body.what == HUB_NOT_TOLD)
            .filter_map(|found| self.receipt(&found.placed.id, Receipt::ARRIVED, Side::Hub))
            .map(|receipt| receipt.placed.entry.claimed)
            .collect()
    }
}
