//! What is still open: everything that was not read at a source.

use assessment::mark::Mark;
use assessment::ruleset::Ruleset;

/// One thing to be checked or decided.
pub(super) struct OpenPoint {
    pub(super) mark: Mark,
    /// `rule ces-new`.
    pub(super) what: String,
    pub(super) citation: String,
}

/// The marks that leave something open.
pub(super) const OPEN: [Mark; 2] = [Mark::M, Mark::D];

/// All open points, those to be checked before those to be decided.
pub(super) fn points(rules: &Ruleset) -> Vec<OpenPoint> {
    OPEN.into_iter()
        .flat_map(|mark| {
            let of_rules = rules.rules.iter().filter(move |rule| rule.mark == mark);
            let of_claims = rules.claims.iter().filter(move |claim| claim.mark == mark);
            let point = move |what: String, citation: &String| OpenPoint {
                mark,
                what,
                citation: citation.clone(),
            };
            let rules = of_rules.map(move |it| point(format!("rule {}", it.id), &it.citation));
            rules.chain(of_claims.map(move |it| point(format!("claim {}", it.id), &it.citation)))
        })
        .collect()
}

/// `46 marked M, to be checked at the source; 6 marked D, to be decided`.
pub(super) fn counted(points: &[OpenPoint]) -> String {
    let count = |mark| points.iter().filter(|point| point.mark == mark).count();
    format!(
        "{} marked M, to be checked at the source; {} marked D, to be decided by the service",
        count(Mark::M),
        count(Mark::D)
    )
}
