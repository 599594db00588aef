//! What to do when a warning sign is present: the route each group of signs leads to.
//!
//! The content is `assets/routes/uk-community-pain.toml`, a draft with a source and a mark beside
//! each route. Local telephone numbers are named here and entered by each site; none is shipped.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::mark::Mark;
use crate::question::Labelled;
use crate::ruleset::Urgency;
use crate::shipped;

/// All routes of one content version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routes {
    /// The version of the content.
    pub version: String,
    /// `draft` until a service has adopted it.
    pub status: String,
    /// The routes.
    #[serde(rename = "route")]
    listed: Vec<Route>,
}

/// One route: who is told, by when, and what is done first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The group of warning signs it belongs to.
    pub id: String,
    /// What it may be, in words.
    pub title: String,
    /// The urgency it carries.
    pub urgency: Urgency,
    /// The screen leads through it as soon as a sign is recorded.
    pub at_once: bool,
    /// By when, in words.
    pub within: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What whoever takes the call wants to know and no question asks: written in by hand.
    #[serde(default)]
    pub ask: Vec<String>,
    /// Local numbers it needs, by name.
    pub phones: Vec<String>,
    /// National numbers, as said.
    #[serde(default)]
    pub national: Vec<String>,
    /// Where it comes from.
    pub citation: String,
    /// The confidence in it.
    pub mark: Mark,
    /// A safety record is written: what was said, intent, plan, means, who was told.
    #[serde(default)]
    pub safety_record: bool,
    /// Outcomes that close it, where they are not the usual ones.
    #[serde(default)]
    outcomes: Vec<Labelled>,
}

/// The route of thoughts of suicide or self-harm.
pub const SAFETY: &str = "self-harm";

/// Acting now, writing afterwards: leaves a red open action.
pub const ACTING_NOW: &str = "acting-now";

/// The clinician does not follow the route and says why.
pub const DECLINE: &str = "decline";

static SHIPPED: LazyLock<Routes> = LazyLock::new(|| {
    const TEXT: &str = include_str!("../../../../assets/routes/uk-community-pain.toml");
    shipped::parsed("routes/uk-community-pain.toml", toml::from_str(TEXT))
});

impl Routes {
    /// The routes that ship with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The route of a group of warning signs.
    pub fn route(&self, id: &str) -> Option<&Route> {
        self.listed.iter().find(|route| route.id == id)
    }

    /// All routes, in the order of the file.
    pub fn all(&self) -> &[Route] {
        &self.listed
    }
}

impl Route {
    /// What can be recorded as its outcome, in the order shown.
    ///
    /// "Acting now" is always first, so that nobody has to write before they help; declining is
    /// always last and needs a typed reason.
    pub fn outcomes(&self) -> Vec<Labelled> {
        let choice = |value: &str, label: &str| Labelled {
            value: value.into(),
            label: label.into(),
        };
        let usual = [
            choice("followed", "Done as above"),
            choice("followed-otherwise", "Done in another way: say how"),
        ];
        let own = if self.outcomes.is_empty() {
            usual.to_vec()
        } else {
            self.outcomes.clone()
        };
        let mut all = vec![choice(ACTING_NOW, "Acting now, record after")];
        all.extend(own);
        if !self.safety_record {
            all.push(choice(DECLINE, "Not this route: say why"));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::Catalogue;

    #[test]
    fn every_group_of_warning_signs_has_a_route() {
        for section in &Catalogue::shipped().sections {
            for group in section.groups.iter().filter(|group| group.warning_sign) {
                assert!(
                    Routes::shipped().route(&group.id).is_some(),
                    "no route for {}",
                    group.id
                );
            }
        }
    }

    #[test]
    fn safety_06_the_safety_record_cannot_be_declined_or_left_without_an_outcome() {
        let route = Routes::shipped().route(SAFETY).unwrap();
        let outcomes = route.outcomes();
        assert!(
            outcomes
                .iter()
                .all(|outcome| outcome.value != DECLINE && outcome.value != "later")
        );
        assert_eq!(outcomes[0].value, ACTING_NOW);
        assert_eq!(outcomes.len(), 6);
    }

    #[test]
    fn every_route_names_its_source_and_what_to_do() {
        for route in Routes::shipped().all() {
            assert!(
                !route.citation.is_empty() && !route.steps.is_empty() && !route.within.is_empty(),
                "{}",
                route.id
            );
        }
    }
}
