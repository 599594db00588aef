//! Why a proposal is not otherwise, and what would change it.

use assessment::explain::{Change, WhyNot, what_would_change, why_not_more_urgent};

use super::offer::hides_proposal;
use crate::assess::Shown;
use crate::desk::{Desk, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ConsideredView, Explanation};
use crate::{rules, triage, words};

/// Rules considered in vain, at most: the nearest say what the others would.
const MOST: usize = 4;

/// Why the proposal for an assessment is not more urgent, and what would change it.
///
/// It is worked out only when it is asked for, so that typing an answer never waits for it.
pub fn explain_proposal(desk: &mut Desk, assessment: String) -> Result<Explanation, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    let day = case
        .assessment(id)
        .ok_or(Refusal::NotFound("That assessment"))?
        .day(desk.today());
    let names = desk.names()?;
    let shown = Shown::new(&case, id, day, &names);
    let withhold = |why: &str| Explanation {
        withheld: Some(why.to_owned()),
        ..Explanation::default()
    };
    if let Some(off) = rules::standing(desk.sitting()?)?.off {
        return Ok(withhold(&off));
    }
    if let Some(refused) = triage::proposal(&shown).refused {
        return Ok(withhold(refused.words()));
    }
    let decided = !case.decision(id).all().is_empty();
    if !decided && hides_proposal(&case, id) {
        return Ok(withhold(HIDDEN));
    }
    let facts = &shown.judged.facts;
    let changes = what_would_change(&shown.judged.rules, facts);
    let considered = why_not_more_urgent(&shown.judged.rules, facts, MOST);
    Ok(Explanation {
        withheld: None,
        considered: considered.iter().map(considered_view).collect(),
        raised_by_one: raised_by_one(changes.raised_by_one),
        raises: sentences(&changes.raises),
        lowers: sentences(&changes.lowers),
        lead: sentences(&changes.lead),
        note: (!changes.exact).then(|| NOT_EXACT.to_owned()),
    })
}

/// What is said while a clinician has still to choose.
const HIDDEN: &str = "The proposal is hidden in this case until a clinician has chosen.";

/// What is said when the search was cut short.
const NOT_EXACT: &str =
    "There are too many possibilities to try them all: there may be further or smaller changes.";

fn raised_by_one(facts: usize) -> String {
    match facts {
        0 => String::new(),
        1 => "One answer alone would make it more urgent.".into(),
        several => format!("{several} answers would each alone make it more urgent. Such as:"),
    }
}

fn sentences(changes: &[Change]) -> Vec<String> {
    let sentence = |change: &Change| {
        let with: Vec<String> = change.with_them.iter().map(|it| it.words.clone()).collect();
        if with.is_empty() {
            format!("{}.", change.words)
        } else {
            format!(
                "{}. It would follow that {}.",
                change.words,
                words::listed(&with)
            )
        }
    };
    changes.iter().map(sentence).collect()
}

fn considered_view(considered: &WhyNot) -> ConsideredView {
    let urgency = considered.urgency.map(|it| it.words().to_owned());
    let lead = considered.lead.map(|it| it.words().to_owned());
    let would_give: Vec<String> = urgency.into_iter().chain(lead).collect();
    ConsideredView {
        would_give: would_give.join(", "),
        because: format!("{}.", considered.words()),
        found: triage::findings(&considered.found),
        rule: considered.rule.id.clone(),
        citation: considered.rule.citation.clone(),
        mark: format!("{:?}", considered.rule.mark),
    }
}
