//! What follows from a decision: the steps of each lead disposition and strand. Draft content with
//! its sources.

use std::sync::LazyLock;

use assessment::ruleset::{Disposition, Strand, Urgency};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// All steps of one content version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pathways {
    version: String,
    status: String,
    #[serde(rename = "pace")]
    paces: Vec<Pace>,
    #[serde(rename = "step")]
    steps: Vec<Step>,
    #[serde(rename = "lead")]
    leads: Vec<OfLead>,
    #[serde(rename = "strand")]
    strands: Vec<OfStrand>,
}

/// In how many days after a decision something is to be done.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pace {
    id: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    what: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    mark: String,
    days: Days,
}

/// Whole days, by the urgency that was signed. Each is a design decision for the service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Days {
    emergency: u16,
    crisis_or_safeguarding_now: u16,
    same_day: u16,
    #[serde(rename = "within-48-hours")]
    within_48_hours: u16,
    urgent_suspected_cancer: u16,
    urgent: u16,
    soon: u16,
    routine: u16,
}

impl Days {
    fn of(&self, urgency: Urgency) -> u16 {
        match urgency {
            // Nobody signs "not settled"; should it be read, nothing waits for it.
            Urgency::Emergency | Urgency::NotSettled => self.emergency,
            Urgency::CrisisOrSafeguardingNow => self.crisis_or_safeguarding_now,
            Urgency::SameDay => self.same_day,
            Urgency::Within48Hours => self.within_48_hours,
            Urgency::UrgentSuspectedCancer => self.urgent_suspected_cancer,
            Urgency::Urgent => self.urgent,
            Urgency::Soon => self.soon,
            Urgency::Routine => self.routine,
        }
    }
}

/// One step: what is done, by whom, and what is written down when it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// Used by the record; it keeps its meaning.
    pub(crate) id: String,
    /// What is to be done, as lists show it.
    pub(crate) words: String,
    /// The role in whose list it stands until somebody takes it, as a form names it.
    pub(crate) role: String,
    /// Where it is done.
    pub(crate) at: At,
    pace: String,
    /// What is written down when it is done.
    pub(crate) receipt: Asks,
    /// The letter that goes with it: gp, patient, hospital, hospice or discharge.
    pub(crate) letter: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    mark: String,
}

/// On which side of the service a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum At {
    /// At the hub site.
    Hub,
    /// At the site that keeps the patient's record.
    Spoke,
}

/// What is written down when a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Asks {
    /// The day alone.
    None,
    /// Who was told as well.
    Told,
    /// Their reference as well, or the date they gave.
    Reference,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfLead {
    code: Disposition,
    steps: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfStrand {
    strand: Strand,
    steps: Vec<String>,
}

static SHIPPED: LazyLock<Result<Pathways, toml::de::Error>> = LazyLock::new(|| {
    toml::from_str(include_str!(
        "../../../../../assets/pathways/uk-community-pain.toml"
    ))
});

/// Compiled in; a test reads it.
fn shipped() -> Option<&'static Pathways> {
    SHIPPED.as_ref().ok()
}

/// Every step, in the order of the file.
pub(crate) fn steps() -> &'static [Step] {
    shipped().map_or(&[], |pathways| pathways.steps.as_slice())
}

/// A step by its id; none for one of another version, or that a person wrote.
pub(crate) fn step(id: &str) -> Option<&'static Step> {
    steps().iter().find(|step| step.id == id)
}

/// Which content it is, and that nobody has adopted it.
pub(crate) fn standing() -> String {
    shipped().map_or_else(String::new, |pathways| match pathways.status.as_str() {
        "draft" => format!(
            "Pathways {}, DRAFT: no service has adopted them",
            pathways.version
        ),
        _ => format!("Pathways {}", pathways.version),
    })
}

/// The steps that follow from a lead and strands, by their values: each once, those of the lead
/// first.
pub(super) fn following(lead: &str, strands: &[String]) -> Vec<&'static Step> {
    let Some(pathways) = shipped() else {
        return Vec::new();
    };
    let of_lead = pathways.leads.iter();
    let of_lead = of_lead.filter(|it| crate::decide::is_value(it.code, lead));
    let of_strands = pathways.strands.iter().filter(|it| {
        let mut wanted = strands.iter();
        wanted.any(|value| crate::decide::is_value(it.strand, value))
    });
    let mut ids: Vec<&str> = Vec::new();
    let all = of_lead
        .flat_map(|it| &it.steps)
        .chain(of_strands.flat_map(|it| &it.steps));
    for id in all {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    ids.into_iter().filter_map(step).collect()
}

impl Step {
    /// By when it is to be done after a decision of that day and urgency.
    pub(super) fn due(&self, decided: Date, urgency: Urgency) -> Date {
        let pace = shipped().and_then(|it| it.paces.iter().find(|pace| pace.id == self.pace));
        let days = pace.map_or(0, |pace| pace.days.of(urgency));
        decided.saturating_add(i32::from(days).days())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn pathways() -> &'static Pathways {
        SHIPPED.as_ref().unwrap()
    }

    const LETTERS: [&str; 5] = ["gp", "patient", "hospital", "hospice", "discharge"];

    #[test]
    fn every_disposition_and_every_strand_has_steps_and_each_step_is_there() {
        for number in 1..=19 {
            let code = format!("D{number:02}");
            assert!(!following(&code, &[]).is_empty(), "{code} has no step");
        }
        assert_eq!(pathways().leads.len(), 19);
        let strands: Vec<Strand> = pathways().strands.iter().map(|it| it.strand).collect();
        assert_eq!(strands, Strand::ALL);
        let leads = pathways().leads.iter().flat_map(|it| &it.steps);
        let of_strands = pathways().strands.iter().flat_map(|it| &it.steps);
        for id in leads.chain(of_strands) {
            assert!(step(id).is_some(), "{id} is no step");
        }
        let strand = vec!["psychology".to_owned()];
        assert!(
            following("D99", &strand)
                .iter()
                .any(|it| it.id == "book-psychology")
        );
    }

    #[test]
    fn every_step_has_an_owner_a_pace_a_source_a_mark_and_a_letter_that_there_is() {
        let mut ids = BTreeSet::new();
        for step in steps() {
            assert!(ids.insert(&step.id), "{} is there twice", step.id);
            assert!(!step.words.is_empty(), "{}", step.id);
            assert!(
                crate::role::from_value(&step.role).is_some(),
                "{}: {}",
                step.id,
                step.role
            );
            assert!(
                pathways().paces.iter().any(|pace| pace.id == step.pace),
                "{}",
                step.id
            );
            assert!(!step.source.is_empty(), "{}", step.id);
            assert!(
                ["V", "V2", "M", "D"].contains(&step.mark.as_str()),
                "{}",
                step.id
            );
            let letter = step.letter.as_deref();
            assert!(
                letter.is_none_or(|it| LETTERS.contains(&it)),
                "{}: {letter:?}",
                step.id
            );
        }
    }

    #[test]
    fn no_number_of_days_is_more_than_a_design_decision_and_what_is_more_urgent_is_never_later() {
        for pace in &pathways().paces {
            assert_eq!(pace.mark, "D", "{}", pace.id);
            assert!(!pace.what.is_empty());
            let signed = &Urgency::ALL[..8];
            for pair in signed.windows(2) {
                assert!(
                    pace.days.of(pair[0]) <= pace.days.of(pair[1]),
                    "{}: {:?} is later than {:?}",
                    pace.id,
                    pair[0],
                    pair[1]
                );
            }
        }
        assert_eq!(pathways().status, "draft");
        assert!(standing().contains("DRAFT"));
    }

    #[test]
    fn a_step_that_lead_and_strand_share_is_opened_once() {
        let strands = ["physiotherapy".to_owned(), "nursing".to_owned()];
        let ids: Vec<&str> = following("D13", &strands)
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert_eq!(
            ids,
            [
                "book-physiotherapy",
                "call-patient",
                "tell-gp",
                "book-nurse"
            ]
        );
    }

    #[test]
    fn safety_16_no_step_names_a_safeguarding_concern_in_a_list() {
        for step in following("D03", &[]) {
            let words = step.words.to_lowercase();
            assert!(
                !words.contains("safeguard") && !words.contains("abuse"),
                "{words}"
            );
            assert_eq!(step.letter, None);
        }
    }
}
