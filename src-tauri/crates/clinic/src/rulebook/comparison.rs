//! Who would move if another ruleset took the place of the one in use. Nothing is adopted here.

use assessment::impact::{Change, Difference, Impact, Moved};
use assessment::proof::{Obligation, Report, Verdict, check};
use assessment::ruleset::{Ruleset, RulesetError};
use assessment::vignette::Vignette;
use record::body::Action;
use record::fold::fold;
use record::scope::Subject;
use store::List;

use super::head::{head, in_use};
use super::rule::follows;
use crate::audit;
use crate::case::{AssessmentFacts, Case};
use crate::decide::hides_proposal;
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::{PatientSummary, Stage};
use crate::view::{Comparison, MoveView, Mover, ProofLine, RuleChange, RulesetFault, RulesetHead};
use crate::{facts, rules, words};

/// Said wherever another ruleset is tried.
const NOTE: &str = "A ruleset comes into use only when two people have signed for it. Nothing is adopted by trying it.";

/// What another ruleset would change: whether it can be read, and who would move.
pub fn try_ruleset(desk: &mut Desk, text: String) -> Result<Comparison, Refusal> {
    desk.allow(Act::CompareRules)?;
    compare(desk, &text)
}

/// The same, for whoever may read it.
pub(crate) fn compare(desk: &mut Desk, text: &str) -> Result<Comparison, Refusal> {
    let (old, before) = in_use(desk)?;
    let old = &*old;
    let new = match Ruleset::parse(text) {
        Ok(new) => new,
        Err(error) => return Ok(unreadable(before, text, &error)),
    };
    let between = Impact::between(old, &new);
    let names = |rule: &str| worded(rule, old, &new);
    let cases = open_cases(desk, &between, &names)?;
    let mut movers = Vec::new();
    for vignette in Vignette::shipped() {
        if let Some(moved) = between.of(&vignette.facts()) {
            movers.push(mover(
                None,
                vignette.id.clone(),
                vignette.words.clone(),
                &moved,
                &names,
            ));
        }
    }
    let report = check(&new, Vignette::shipped());
    let digest = super::head::hex(&new.digest);
    audit::note(desk, Action::RulesTried, None, &super::head::short(&digest))?;
    Ok(Comparison {
        before,
        after: Some(head(&new)),
        fault: None,
        proof: proof_lines(&report),
        proved: Some(proved(&report)),
        changes: between
            .differences()
            .iter()
            .map(|it| changed(it, old, &new))
            .collect(),
        cases: cases.words,
        movers: cases.movers,
        vignettes: counted(
            movers.len(),
            Vignette::shipped().len(),
            ("vignette", "vignettes"),
        ),
        vignette_movers: movers,
        note: NOTE.into(),
    })
}

/// Every obligation, those that do not hold first, each with the first place where it does not.
fn proof_lines(report: &Report) -> Vec<ProofLine> {
    let mut lines: Vec<ProofLine> = report.obligations.iter().map(proof_line).collect();
    lines.sort_by_key(|line| line.holds);
    lines
}

fn proof_line(obligation: &Obligation) -> ProofLine {
    let failed = obligation.failures.iter();
    let failed = failed.map(|it| format!("{}: {}", it.about, it.words));
    let given_up = (!obligation.not_shown.is_empty()).then(|| {
        let names = words::listed(&obligation.not_shown);
        format!("The search was given up on {names}.")
    });
    let said: Vec<String> = failed.chain(given_up).collect();
    ProofLine {
        what: obligation.words.clone(),
        holds: obligation.verdict() == Verdict::Proved,
        words: said.join(" "),
    }
}

fn proved(report: &Report) -> String {
    let holding = report.obligations.iter();
    let holding = holding.filter(|it| it.verdict() == Verdict::Proved).count();
    let of = report.obligations.len();
    if holding == of {
        format!("All {of} things that must hold are proved of the file, for every assessment.")
    } else {
        format!(
            "{} of {of} things that must hold are not proved of the file.",
            of - holding
        )
    }
}

/// Where the file is at fault, with that line of it.
fn unreadable(before: RulesetHead, text: &str, error: &RulesetError) -> Comparison {
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let line = text.lines().nth(error.line.saturating_sub(1));
    Comparison {
        before,
        after: None,
        fault: Some(RulesetFault {
            line: small(error.line),
            column: small(error.column),
            expected: words::sentence_case(&error.expected),
            nearest: error.nearest.clone(),
            text: line.unwrap_or_default().to_owned(),
        }),
        proof: Vec::new(),
        proved: None,
        changes: Vec::new(),
        cases: String::new(),
        movers: Vec::new(),
        vignettes: String::new(),
        vignette_movers: Vec::new(),
        note: NOTE.into(),
    }
}

/// Who of the open cases would move.
struct OpenCases {
    words: String,
    movers: Vec<Mover>,
}

/// An open case is an assessment that nobody has signed a decision on. One whose proposal is hidden
/// until a clinician has chosen stays hidden here too.
fn open_cases(
    desk: &Desk,
    between: &Impact<'_>,
    names: &impl Fn(&str) -> String,
) -> Result<OpenCases, Refusal> {
    let sitting = desk.sitting()?;
    if rules::standing(sitting)?.off.is_some() {
        let words = "This service has adopted no ruleset, so no case stands under one. Only the vignettes are compared.";
        return Ok(OpenCases {
            words: words.into(),
            movers: Vec::new(),
        });
    }
    let in_use = sitting.in_service()?.in_use.clone();
    let today = desk.today();
    let (mut of, mut hidden, mut movers) = (0, 0, Vec::new());
    let open = |summary: &PatientSummary| {
        matches!(summary.stage, Stage::Assessing | Stage::ToSign) && summary.died.is_none()
    };
    for summary in in_assessment(desk)?.into_iter().filter(open) {
        let patient = patient_id(&summary.patient)?;
        let entries = desk.sitting()?.open_all(Subject::Patient(patient))?;
        let case = Case::new(patient, fold(entries)).read_with(in_use.clone());
        let Some(assessment) = open_assessment(&case) else {
            continue;
        };
        of += 1;
        if hides_proposal(&case, assessment.id) {
            hidden += 1;
            continue;
        }
        let facts = facts::of(&case, assessment.id, assessment.day(today));
        if let Some(moved) = between.of(&facts) {
            let (name, note) = (listed(&summary), noted(&summary));
            movers.push(mover(Some(summary.patient), name, note, &moved, names));
        }
    }
    let mut words = counted(movers.len(), of, ("open case", "open cases"));
    if hidden > 0 {
        let cases = words::count(hidden, "case is", "cases are");
        words = format!("{words} {cases} not shown, because a clinician is to choose first.");
    }
    Ok(OpenCases { words, movers })
}

/// Everybody who is being assessed or waits for a signature.
fn in_assessment(desk: &Desk) -> Result<Vec<PatientSummary>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let mut found = Vec::new();
    for list in ["assessments", "to-sign"] {
        let rows = store.list(List::Named(list), 0, u32::MAX)?.rows;
        found.extend(rows.iter().filter_map(PatientSummary::from_row));
    }
    Ok(found)
}

/// The newest assessment, while nobody has signed a decision on it.
fn open_assessment(case: &Case) -> Option<&AssessmentFacts> {
    let newest = case.assessments().first()?;
    case.decision(newest.id).all().is_empty().then_some(newest)
}

fn listed(summary: &PatientSummary) -> String {
    PatientSummary::listed_name(&summary.family, &summary.given, &summary.title)
}

fn noted(summary: &PatientSummary) -> String {
    let number = crate::worklist::number(summary);
    let number = if summary.nhs_number.is_empty() {
        number
    } else {
        format!("NHS No. {number}")
    };
    format!("{number} · {}", crate::worklist::stage_words(summary.stage))
}

fn counted(moved: usize, of: usize, (one, many): (&str, &str)) -> String {
    match (moved, of) {
        (_, 0) => format!("There are no {many}."),
        (0, 1) => format!("The one {one} would not move."),
        (0, of) => format!("None of {of} {many} would move."),
        (moved, of) => format!("{moved} of {} would move.", words::count(of, one, many)),
    }
}

/// A rule that differs, with what it asks and gives before and after where that is what differs.
fn changed(difference: &Difference, old: &Ruleset, new: &Ruleset) -> RuleChange {
    let how: Vec<String> = difference
        .changes
        .iter()
        .map(|it: &Change| it.words().to_owned())
        .collect();
    let said = |ruleset: &Ruleset| {
        let Some(rule) = ruleset.rule(&difference.rule) else {
            return String::new();
        };
        let mut said = Vec::new();
        if difference.changes.contains(&Change::Asks) {
            said.push(ruleset.in_words(&rule.when).sentence());
        }
        if difference.changes.contains(&Change::Gives) {
            said.push(follows(&rule.then).join("; "));
        }
        if difference.changes.contains(&Change::Words) {
            said.push(rule.words.clone());
        }
        said.join(". ")
    };
    RuleChange {
        rule: difference.rule.clone(),
        how: words::listed(&how),
        before: said(old),
        after: said(new),
    }
}

fn worded(rule: &str, old: &Ruleset, new: &Ruleset) -> String {
    let found = new.rule(rule).or_else(|| old.rule(rule));
    found.map_or_else(String::new, |rule| rule.words.clone())
}

fn mover(
    patient: Option<String>,
    name: String,
    note: String,
    moved: &Moved,
    say: &impl Fn(&str) -> String,
) -> Mover {
    let said = |all: &[String], how: &str| -> Vec<String> {
        all.iter()
            .map(|rule| format!("{rule} {how}: {}", say(rule)))
            .collect()
    };
    Mover {
        patient,
        name,
        note,
        moves: moved
            .moves
            .iter()
            .map(|it| MoveView {
                part: it.part.words().into(),
                from: words::sentence_case(&it.from.words()),
                to: words::sentence_case(&it.to.words()),
            })
            .collect(),
        because: [
            said(&moved.newly, "would fire"),
            said(&moved.no_longer, "would no longer fire"),
            said(&moved.may_newly, "might fire"),
            said(&moved.may_no_longer, "could no longer fire"),
            said(&moved.otherwise, "would say something else"),
        ]
        .concat(),
    }
}
