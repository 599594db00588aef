//! What was signed and agreed.

use super::{Fact, Source, ids};
use crate::decide::{lead_words, strand_words, urgency_label, urgency_of};
use crate::words;

pub(super) fn decision(of: &Source<'_>) -> Fact {
    let decided = &of.decision.body.decided;
    let urgency = urgency_of(&decided.urgency).map_or("not settled", urgency_label);
    let mut lines = vec![
        format!("Decision: {}", lead_words(&decided.lead)),
        format!("Urgency: {urgency}"),
    ];
    let strands = strand_words(&decided.strands);
    if !strands.is_empty() {
        lines.push(format!("Who takes part: {}", strands.join(", ")));
    }
    if !decided.comment.is_empty() {
        lines.push(format!("Comment: {}", decided.comment));
    }
    lines.push(format!(
        "Signed by {}, {}",
        of.signer,
        words::staff_moment(of.decision.placed.entry.claimed)
    ));
    Fact {
        lines,
        from: vec![of.decision.placed.id],
    }
}

/// The plan, once it is agreed as it stands.
pub(super) fn plan(of: &Source<'_>) -> Fact {
    let id = of.shown.assessment;
    let plan = of.case.plan(id);
    let Some((agreed, when)) = plan.agreed.as_ref().filter(|_| plan.is_agreed()) else {
        return Fact::default();
    };
    let day = words::staff_date(when.local().date());
    let mut lines = vec![format!(
        "Version {} {} on {day}",
        agreed.version,
        words::agreed(&agreed.state)
    )];
    let said = plan.texts.get("what-we-agreed").map(String::as_str);
    let said = said.unwrap_or_default().lines().map(str::trim);
    lines.extend(said.filter(|line| !line.is_empty()).map(str::to_owned));
    lines.extend(plan.goals.iter().map(|goal| match words::iso(&goal.by) {
        Some(by) => format!("Goal: {}, by {}", goal.text, words::staff_date(by)),
        None => format!("Goal: {}", goal.text),
    }));
    if let Some(review) = plan.texts.get("review") {
        lines.push(format!("Reviewed together on {}", words::staff_iso(review)));
    }
    let path = format!("plan/{id}");
    let slots = of.case.record.under(&path);
    let from = slots.flat_map(|(_, now)| ids(now.all().to_vec()));
    Fact {
        lines,
        from: from.collect(),
    }
}
