//! Going through every state, two topics at a time.

use std::collections::BTreeSet;
use std::fmt;

use stateright::{Checker, Expectation, HasDiscoveries, Model};

use crate::Fault;

use super::meaning::{Careless, Meaning};
use super::{SmallService, Step};

/// What may happen in one exploration. All four at once are too many states to go through, so
/// they are taken two at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Fork,
    Revoke,
    Transfer,
    Erase,
}

/// Each two of them.
const PAIRS: [[Topic; 2]; 6] = [
    [Topic::Fork, Topic::Revoke],
    [Topic::Fork, Topic::Transfer],
    [Topic::Fork, Topic::Erase],
    [Topic::Revoke, Topic::Transfer],
    [Topic::Revoke, Topic::Erase],
    [Topic::Transfer, Topic::Erase],
];

/// What was gone through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explored {
    /// Different states, of all explorations together.
    pub states: usize,
    /// What holds in every state, and what was seen in some.
    pub properties: BTreeSet<&'static str>,
    /// The properties that do not hold, with the steps that lead there.
    pub broken: Vec<String>,
}

impl fmt::Display for Explored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (states, properties) = (self.states, self.properties.len());
        write!(
            f,
            "model of revoke, transfer, erase and fork, two at a time: {states} states, "
        )?;
        write!(f, "{properties} properties, {} broken", self.broken.len())?;
        self.broken
            .iter()
            .try_for_each(|one| write!(f, "\n  {one}"))
    }
}

/// Goes through every state of the small service, for each two of the four topics, up to the first
/// two with which something is broken.
pub fn explore(careless: Option<Careless>) -> Result<Explored, Fault> {
    let mut explored = Explored::default();
    for topics in PAIRS {
        let meaning = Meaning::work_out(careless)?;
        explored.take(SmallService { meaning, topics });
        if !explored.broken.is_empty() {
            break;
        }
    }
    Ok(explored)
}

impl Explored {
    fn take(&mut self, model: SmallService) {
        let properties = model.properties();
        let checker = model
            .checker()
            .finish_when(HasDiscoveries::AnyFailures)
            .spawn_bfs()
            .join();
        self.states += checker.unique_state_count();
        for property in &properties {
            self.properties.insert(property.name);
            if property.expectation == Expectation::Always
                && let Some(path) = checker.discovery(property.name)
            {
                let steps: Vec<String> = path.into_actions().iter().map(Step::to_string).collect();
                self.broken
                    .push(format!("{}: {}", property.name, steps.join(", ")));
                // It ended there, so what was not seen yet says nothing.
                return;
            }
        }
        for property in properties {
            let sought = property.expectation == Expectation::Sometimes;
            if sought && checker.discovery(property.name).is_none() {
                self.broken.push(format!("{}: never seen", property.name));
            }
        }
    }
}
