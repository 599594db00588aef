//! How often second opinions agree with the first, for each disposition and each rule.
//!
//! Never by person: a list of who disagrees with whom would be read as a list of who is wrong, and
//! nobody would disagree for long.

use std::collections::BTreeSet;

use record::body::Opinion;
use record::id::ItemId;

use super::kappa::Table;
use crate::case::{Case, Found, OpinionNow, Verdict};
use crate::decide::lead_words;
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::rules;
use crate::summary::OpinionListed;
use crate::view::{Agreement, AgreementRow};

/// Fewer pairs than this are not shown: they would point at people. CLINICAL.md, section 9.
const FEWEST: usize = 8;

/// What stands for a count that is too small.
const TOO_FEW: &str = "*";

/// Two views on one case.
struct Pair {
    first: String,
    second: String,
    /// The same lead and the same urgency.
    agreed: bool,
    blind: bool,
    /// The rule that proposed the lead, where the rules that were signed under are in use.
    rule: Option<String>,
}

/// How often second opinions agree with the first.
pub fn agreement(desk: &mut Desk) -> Result<Agreement, Refusal> {
    desk.allow(Act::SeeAgreement)?;
    let pairs = pairs(desk)?;
    let of = |label: &str, blind: bool| {
        let those: Vec<&Pair> = pairs.iter().filter(|pair| pair.blind == blind).collect();
        row(
            label,
            &those,
            |pair| pair.first.as_str(),
            |pair| pair.second.as_str(),
        )
    };
    Ok(Agreement {
        words: vec![
            "A pair is a second opinion and the decision it is the second view to. It agrees where lead and urgency are the same.".into(),
            "Kappa is Cohen's, over the lead, of blind pairs only: an open second view is not independent of the first. 0 is what chance gives, 1 is full agreement, - is not defined.".into(),
            format!("{TOO_FEW} stands for fewer than {FEWEST} pairs."),
        ],
        all: vec![of("Blind", true), of("Open", false)],
        dispositions: dispositions(&pairs),
        rules: by_rule(&pairs),
    })
}

/// Every pair on this laptop whose first view was signed without the second.
fn pairs(desk: &mut Desk) -> Result<Vec<Pair>, Refusal> {
    let known = desk.sitting_mut()?.known()?;
    let in_use = rules::digest(desk.sitting()?)?;
    let mut all = Vec::new();
    for summary in desk.summaries()? {
        let answered = |it: &OpinionListed| !it.answered_by.is_empty();
        if !summary.opinions.iter().any(answered) {
            continue;
        }
        let lead = known.links.lead(patient_id(&summary.patient)?);
        // What is counted here is shown of nobody, so nobody has looked at this record.
        let case = desk.sitting()?.read_person(&known.links, lead)?.written;
        for opinion in case.opinions() {
            let given = opinion.given.iter();
            all.extend(given.filter_map(|found| pair(desk, &case, &opinion, found, in_use)));
        }
    }
    Ok(all)
}

fn pair(
    desk: &Desk,
    case: &Case,
    opinion: &OpinionNow<'_>,
    given: &Found<'_, &Opinion>,
    in_use: Option<[u8; 32]>,
) -> Option<Pair> {
    let first = case.first_view(opinion.asked.body)?;
    if case.took_account(opinion, &first, given) {
        return None;
    }
    let signed = first.placed.entry.signed.as_ref();
    let under = signed.and_then(|signed| signed.basis.ruleset);
    let decided = &first.body.decided;
    Some(Pair {
        first: decided.lead.clone(),
        second: given.body.lead.clone(),
        agreed: Verdict::between(decided, given.body) != Verdict::Disagrees,
        blind: given.body.blind,
        rule: under
            .filter(|under| Some(*under) == in_use)
            .and_then(|_| rule_of(desk, case, opinion.assessment())),
    })
}

/// The rule behind the lead that is proposed.
fn rule_of(desk: &Desk, case: &Case, assessment: ItemId) -> Option<String> {
    let judged = case.judged(assessment, case.day(assessment, desk.today()));
    let lead = &judged.proposal().lead;
    let rule = lead.because.first().filter(|_| lead.settled)?;
    Some(rule.id.clone())
}

/// For each disposition: the cases in which either chose it, and whether both did.
fn dispositions(pairs: &[Pair]) -> Vec<AgreementRow> {
    let chosen = pairs.iter().flat_map(|pair| [&pair.first, &pair.second]);
    let leads: BTreeSet<&String> = chosen.collect();
    let is = |lead: &str, wanted: &str| if lead == wanted { "this" } else { "another" };
    leads
        .into_iter()
        .map(|lead| {
            let either = |pair: &&Pair| pair.first == *lead || pair.second == *lead;
            let those: Vec<&Pair> = pairs.iter().filter(either).collect();
            let all: Vec<&Pair> = pairs.iter().collect();
            let label = lead_words(lead);
            let kappa = row(
                &label,
                &all,
                |pair| is(&pair.first, lead),
                |pair| is(&pair.second, lead),
            )
            .kappa;
            let counted = row(&label, &those, |pair| &pair.first, |pair| &pair.second);
            let too_few = counted.pairs == TOO_FEW;
            AgreementRow {
                kappa: if too_few { TOO_FEW.into() } else { kappa },
                ..counted
            }
        })
        .collect()
}

fn by_rule(pairs: &[Pair]) -> Vec<AgreementRow> {
    let rules: BTreeSet<&String> = pairs.iter().filter_map(|pair| pair.rule.as_ref()).collect();
    rules
        .into_iter()
        .map(|rule| {
            let behind = |pair: &&Pair| pair.rule.as_ref() == Some(rule);
            let those: Vec<&Pair> = pairs.iter().filter(behind).collect();
            row(rule, &those, |pair| &pair.first, |pair| &pair.second)
        })
        .collect()
}

/// One line, counted over these pairs and these categories.
fn row<'a>(
    label: &str,
    pairs: &[&'a Pair],
    first: impl Fn(&'a Pair) -> &'a str,
    second: impl Fn(&'a Pair) -> &'a str,
) -> AgreementRow {
    let blind = pairs.iter().filter(|pair| pair.blind);
    let table = Table::of(blind.map(|pair| (first(pair), second(pair))));
    let enough = pairs.len() >= FEWEST;
    let enough_blind = usize::try_from(table.pairs()).is_ok_and(|pairs| pairs >= FEWEST);
    let agreed = pairs.iter().filter(|pair| pair.agreed).count();
    let shown = |words: String| {
        if enough { words } else { TOO_FEW.to_owned() }
    };
    AgreementRow {
        label: label.to_owned(),
        pairs: shown(pairs.len().to_string()),
        agreed: shown(agreed.to_string()),
        kappa: match table.kappa() {
            _ if !enough_blind => TOO_FEW.into(),
            Some(kappa) => format!("{kappa:.2}"),
            None => "-".into(),
        },
    }
}
