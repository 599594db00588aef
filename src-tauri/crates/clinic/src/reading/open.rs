//! What is still open: everything that was not read at a source.

use assessment::mark::Mark;
use assessment::ruleset::Ruleset;

/// One source to be read, or one decision to be made, and what rests on it.
pub(super) struct OpenPoint {
    pub(super) mark: Mark,
    pub(super) citation: String,
    /// Such as `rule ces-new`; at least one.
    pub(super) rests: Vec<String>,
}

/// The marks that leave something open.
pub(super) const OPEN: [Mark; 2] = [Mark::M, Mark::D];

/// All open points, those to be checked before those to be decided. What has the same source
/// stands together, because one look at the source settles it.
pub(super) fn points(rules: &Ruleset) -> Vec<OpenPoint> {
    let of_rules = rules
        .rules
        .iter()
        .map(|it| (it.mark, &it.citation, format!("rule {}", it.id)));
    let of_claims = rules
        .claims
        .iter()
        .map(|it| (it.mark, &it.citation, format!("claim {}", it.id)));
    let mut points: Vec<OpenPoint> = Vec::new();
    for (mark, citation, name) in of_rules.chain(of_claims) {
        let known = points
            .iter_mut()
            .find(|point| point.mark == mark && point.citation == *citation);
        match known {
            _ if !OPEN.contains(&mark) => {}
            Some(point) => point.rests.push(name),
            None => points.push(OpenPoint {
                mark,
                citation: citation.clone(),
                rests: vec![name],
            }),
        }
    }
    points.sort_by_key(|point| OPEN.iter().position(|mark| *mark == point.mark));
    points
}

/// `52: 46 marked M, to be checked at the source; 6 marked D, to be decided by the service`.
pub(super) fn counted(points: &[OpenPoint]) -> String {
    let count = |mark| -> usize {
        let marked = points.iter().filter(|point| point.mark == mark);
        marked.map(|point| point.rests.len()).sum()
    };
    let (memory, decision) = (count(Mark::M), count(Mark::D));
    format!(
        "{}: {memory} marked M, to be checked at the source; {decision} marked D, to be decided by the service",
        memory + decision
    )
}
