//! "Triage so far": what the rules propose of a case, in the words and the order of the panel.

use assessment::explain::{About, Finding, why};
use assessment::fact::Facts;
use assessment::proposal::{Missing, Part, Proposal, Reason};
use assessment::question::Catalogue;
use assessment::ruleset::{Disposition, Ruleset, Strand, Urgency};

use crate::assess::{Shown, left_to_finish};
use crate::decide::tag;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::rules;
use crate::view::{Choice, FindingView, NextView, PartView, ReasonView, Triage, UrgencyTag};
use crate::words;

/// What would be signed if the proposal were followed.
pub(crate) struct Proposed {
    pub(crate) lead: Option<Disposition>,
    pub(crate) urgency: Option<Urgency>,
    pub(crate) strands: Vec<Strand>,
    /// Every part is settled and nothing is in conflict.
    pub(crate) settled: bool,
}

/// How many reasons or questions a part lists; the whole is in the full record.
const FEW: usize = 6;

/// What is said of a part whose possible values could not all be told apart from impossible ones.
const NOT_EXACT: &str =
    "Too much is open to work this out to the end: some of what is listed may not be possible.";

/// The proposal for an assessment as it stands.
pub(crate) fn proposal<'a>(shown: &'a Shown<'_>) -> &'a Proposal {
    shown.judged.proposal()
}

/// What may be signed as proposed.
pub(crate) fn proposed(shown: &Shown<'_>) -> Option<Proposed> {
    let made = proposal(shown);
    (made.refused.is_none()).then(|| Proposed {
        lead: made.lead.value().copied(),
        urgency: made.urgency.value().copied(),
        strands: made.strands.certain.clone(),
        settled: made.may_sign_as_proposed()
            && shown
                .case
                .items(shown.assessment)
                .iter()
                .all(|item| !item.conflict),
    })
}

/// The panel.
pub(crate) fn so_far(desk: &Desk, shown: &Shown<'_>) -> Result<Triage, Refusal> {
    let standing = rules::standing(desk.sitting()?)?;
    let made = proposal(shown);
    let mut parts = if standing.off.is_some() {
        vec![warning_signs(made)]
    } else {
        parts(made, &shown.judged.facts, &shown.judged.rules)
    };
    parts.sort_by_key(|part| part.settled);
    let settled = parts.iter().filter(|part| part.settled).count();
    let off = standing.off;
    Ok(Triage {
        settled: u32::try_from(settled).unwrap_or(u32::MAX),
        // What to ask next comes from the rules, so it waits for their adoption as well.
        next: if off.is_some() {
            None
        } else {
            next(made).or_else(|| to_finish(shown))
        },
        ruleset: standing.words,
        footer: "Not a decision until a clinician signs".into(),
        refused: made.refused.map(|refusal| refusal.words().to_owned()),
        urgency: match made.urgency.value() {
            Some(urgency) if off.is_none() && made.refused.is_none() => tag(*urgency),
            _ => UrgencyTag::NotSettled,
        },
        off,
        hidden: false,
        parts,
    })
}

pub(crate) fn parts(made: &Proposal, facts: &Facts, rules: &Ruleset) -> Vec<PartView> {
    let mut parts = vec![
        warning_signs(made),
        part("urgency", "Urgency", &made.urgency, |urgency| {
            urgency.words().to_owned()
        }),
        part("lead", "Pathway", &made.lead, |lead| {
            lead.words().to_owned()
        }),
        every(
            "strands",
            "Who takes part",
            &made.strands,
            |strand| strand.words().to_owned(),
            "Nobody beyond the lead",
        ),
        every(
            "pain-type",
            "Kind of pain",
            &made.pain_type,
            |kind| kind.words().to_owned(),
            "None that the rules know",
        ),
        every(
            "medicine-flags",
            "Medicines",
            &made.medicine_flags,
            |flag| flag.words.clone(),
            "Nothing flagged",
        ),
    ];
    // It is shown when it is suggested or may yet be; that nobody suggests one is no news.
    let second = &made.second_opinion;
    if !second.possible.is_empty() {
        let value = match second.certain.as_slice() {
            [] => "May yet be suggested",
            _ => "Suggested",
        };
        parts.push(self::shown(
            "second-opinion",
            "Second opinion",
            second,
            value.into(),
        ));
    }
    let values = [
        (
            "urgency",
            made.urgency.value().map(|it| About::Urgency(*it)),
        ),
        ("lead", made.lead.value().map(|it| About::Lead(*it))),
    ];
    for (id, about) in values {
        let carried = about.and_then(|about| why(rules, facts, &about));
        if let (Some(why), Some(part)) = (carried, parts.iter_mut().find(|part| part.id == id)) {
            part.findings = findings(&why.findings);
        }
    }
    parts
}

/// Findings as the screen shows them; one that was asked leads to its question.
pub(crate) fn findings(all: &[Finding]) -> Vec<FindingView> {
    let view = |finding: &Finding| FindingView {
        question: Catalogue::shipped()
            .question(finding.fact.as_str())
            .map(|question| question.id.clone()),
        words: words::sentence_case(&finding.words),
    };
    all.iter().map(view).collect()
}

fn warning_signs(made: &Proposal) -> PartView {
    let part = &made.warning_signs;
    let present: Vec<String> = part.certain.iter().map(|sign| sign.text.clone()).collect();
    let value = if present.is_empty() {
        made.counted.clone()
    } else {
        format!(
            "{}. {}",
            present.join("; "),
            words::sentence_case(&made.counted)
        )
    };
    PartView {
        id: "warning-signs".into(),
        name: "Warning signs".into(),
        settled: part.settled,
        value: words::sentence_case(&value),
        because: reasons(&part.because),
        findings: Vec::new(),
        note: None,
        missing: missing(&part.missing),
    }
}

/// A part of which exactly one value holds in the end.
fn part<T>(id: &str, name: &str, part: &Part<T>, say: impl Fn(&T) -> String) -> PartView {
    let values: Vec<String> = part.possible.iter().map(say).collect();
    let value = match values.as_slice() {
        _ if part.settled => values.first().cloned().unwrap_or_default(),
        [] => "Nothing can be said yet".into(),
        [one] => format!("{one}, unless something changes"),
        several if several.len() > 4 => format!(
            "{} to {}, {} possible",
            several[0],
            several[several.len() - 1].to_lowercase(),
            several.len()
        ),
        several => format!("{} possible", several.join(", or ")),
    };
    shown(id, name, part, value)
}

/// A part of which any number of values hold.
fn every<T: PartialEq>(
    id: &str,
    name: &str,
    part: &Part<T>,
    say: impl Fn(&T) -> String,
    none: &str,
) -> PartView {
    let certain: Vec<String> = part.certain.iter().map(&say).collect();
    let perhaps: Vec<String> = part
        .possible
        .iter()
        .filter(|value| !part.certain.contains(value))
        .map(&say)
        .collect();
    // The values can be whole sentences, so each begins with its own capital.
    let value = match (certain.as_slice(), perhaps.as_slice()) {
        ([], []) if part.settled => none.to_owned(),
        ([], []) => "Nothing can be said yet".into(),
        (certain, []) => set_out(certain),
        ([], several) if several.len() > 3 => format!("{} possible", several.len()),
        ([], several) => format!("Possible: {}", set_out(several)),
        (certain, several) if several.len() > 3 => {
            format!(
                "{}. Possible besides: {} more",
                set_out(certain),
                several.len()
            )
        }
        (certain, several) => {
            format!(
                "{}. Possible besides: {}",
                set_out(certain),
                set_out(several)
            )
        }
    };
    shown(id, name, part, value)
}

/// Short values with commas between them; sentences with semicolons, as they have commas of
/// their own.
fn set_out(values: &[String]) -> String {
    let between = if values.iter().any(|it| it.contains([',', '.'])) {
        "; "
    } else {
        ", "
    };
    let bare: Vec<&str> = values.iter().map(|it| it.trim_end_matches('.')).collect();
    bare.join(between)
}

fn shown<T>(id: &str, name: &str, part: &Part<T>, value: String) -> PartView {
    PartView {
        id: id.into(),
        name: name.into(),
        settled: part.settled,
        value,
        because: reasons(&part.because),
        findings: Vec::new(),
        note: (!part.exact).then(|| NOT_EXACT.to_owned()),
        missing: missing(&part.missing),
    }
}

fn reasons(all: &[Reason]) -> Vec<ReasonView> {
    all.iter()
        .take(FEW)
        .map(|reason| ReasonView {
            words: reason.words.clone(),
            rule: reason.id.clone(),
            citation: reason.citation.clone(),
            mark: format!("{:?}", reason.mark),
        })
        .collect()
}

fn missing(all: &[Missing]) -> Vec<Choice> {
    all.iter()
        .take(FEW)
        .map(|missing| Choice {
            value: missing.question.clone(),
            label: missing.text.clone(),
        })
        .collect()
}

/// Once the rules wait for nothing more: what finishing waits for, in the order of the sections.
///
/// A settled proposal never ends the assessment.
fn to_finish(shown: &Shown<'_>) -> Option<NextView> {
    let open = left_to_finish(shown).into_iter().next()?;
    Some(NextView {
        section: section_of(&open.value)?,
        question: open.value,
        text: open.label,
        settles: "Needed to finish the assessment".into(),
    })
}

fn section_of(question: &str) -> Option<String> {
    let catalogue = Catalogue::shipped();
    let mut sections = catalogue.sections.iter();
    let in_list = || sections.find(|section| section.lists.iter().any(|it| it.id == question));
    let section = catalogue.section_of(question).or_else(in_list)?;
    Some(section.id.clone())
}

/// What the rules ask next.
pub(crate) fn next(made: &Proposal) -> Option<NextView> {
    let next = made.next_question.as_ref()?;
    let names: Vec<String> = next
        .settles
        .iter()
        .map(|part| part.words().to_owned())
        .collect();
    Some(NextView {
        question: next.question.clone(),
        section: section_of(&next.question)?,
        text: next.text.clone(),
        settles: format!("Helps to settle {}", words::listed(&names)),
    })
}
