//! The vignettes: which rule each one exercises, and what came of it against what was expected.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use assessment::ruleset::{Disposition, Ruleset, Urgency};
use assessment::vignette::{Expected, ExpectedLead, Ran, Vignette};

use super::head::in_use;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{TestLine, TestRow, TestSet, VignetteLine};
use crate::words;

/// Runs every vignette under the rules in use.
pub fn run_vignettes(desk: &mut Desk) -> Result<TestSet, Refusal> {
    desk.allow(Act::Look)?;
    let (ruleset, head) = in_use(desk)?;
    let mut rows: Vec<TestRow> = Vignette::shipped()
        .iter()
        .map(|it| row(it, &it.run(&ruleset)))
        .collect();
    let passed = rows.iter().filter(|row| row.passed).count();
    let failed = rows.len() - passed;
    rows.sort_by_key(|row| row.passed);
    let words = match failed {
        0 => format!("All {passed} came out as expected."),
        _ => format!("{failed} of {} did not come out as expected.", rows.len()),
    };
    Ok(TestSet {
        ruleset: head,
        words,
        passed: u32::try_from(passed).unwrap_or(u32::MAX),
        failed: u32::try_from(failed).unwrap_or(u32::MAX),
        rows,
    })
}

/// The vignettes to start a made-up case from.
pub(super) fn vignettes() -> Vec<VignetteLine> {
    Vignette::shipped().iter().map(line).collect()
}

/// The vignettes in which a rule fires.
pub(super) fn fired_in(ruleset: &Ruleset, rule: &str) -> Vec<VignetteLine> {
    /// By rule, the vignettes it fires in. They are part of the program, so once is enough.
    static FIRED: LazyLock<BTreeMap<String, Vec<VignetteLine>>> =
        LazyLock::new(|| all_fired(Ruleset::shipped()));
    let found = if ruleset.digest == Ruleset::shipped().digest {
        FIRED.get(rule).cloned()
    } else {
        all_fired(ruleset).remove(rule)
    };
    found.unwrap_or_default()
}

fn all_fired(ruleset: &Ruleset) -> BTreeMap<String, Vec<VignetteLine>> {
    let mut fired: BTreeMap<String, Vec<VignetteLine>> = BTreeMap::new();
    for vignette in Vignette::shipped() {
        for rule in vignette.run(ruleset).fired {
            fired.entry(rule).or_default().push(line(vignette));
        }
    }
    fired
}

fn line(vignette: &Vignette) -> VignetteLine {
    VignetteLine {
        id: vignette.id.clone(),
        words: vignette.words.clone(),
    }
}

fn row(vignette: &Vignette, ran: &Ran) -> TestRow {
    TestRow {
        id: vignette.id.clone(),
        words: vignette.words.clone(),
        reason: vignette.reason.clone(),
        passed: ran.passed(),
        lines: lines(&vignette.expect, ran),
        fired: ran.fired.clone(),
    }
}

/// What the vignette names: as expected, or what came of it instead.
fn lines(expect: &Expected, ran: &Ran) -> Vec<TestLine> {
    let mut lines: Vec<TestLine> = Vec::new();
    for (what, expected) in named(expect) {
        let differs = ran.differences.iter().find(|it| it.what == what);
        lines.push(TestLine {
            what: called(what),
            got: differs.map_or_else(|| expected.clone(), |it| it.got.clone()),
            same: differs.is_none(),
            expected,
        });
    }
    let known: Vec<&str> = named(expect).map(|(what, _)| what).collect();
    let others = ran
        .differences
        .iter()
        .filter(|it| !known.contains(&it.what.as_str()));
    lines.extend(others.map(|it| TestLine {
        what: called(&it.what),
        expected: it.expected.clone(),
        got: it.got.clone(),
        same: false,
    }));
    lines
}

/// What is expected, by the name a difference has.
fn named(expect: &Expected) -> impl Iterator<Item = (&'static str, String)> {
    let urgency = |all: &Vec<Urgency>| listed(all, |it| it.words().to_owned());
    let leads = |all: &Vec<Disposition>| listed(all, |it| lead(*it));
    let names = |all: &Vec<String>| listed(all, Clone::clone);
    let lead = expect.lead.map(|it| match it {
        ExpectedLead::Is(it) => lead(it),
        ExpectedLead::NotSettled => "Not settled".into(),
    });
    let rules = |all: &Vec<String>| (!all.is_empty()).then(|| names(all));
    [
        ("urgency", expect.urgency.map(|it| it.words().to_owned())),
        (
            "possible-urgency",
            expect.possible_urgency.as_ref().map(urgency),
        ),
        ("lead", lead),
        ("possible-lead", expect.possible_lead.as_ref().map(leads)),
        ("also", expect.also.as_ref().map(leads)),
        (
            "strands",
            expect
                .strands
                .as_ref()
                .map(|all| listed(all, |it| it.words().to_owned())),
        ),
        (
            "pain-type",
            expect
                .pain_type
                .as_ref()
                .map(|all| listed(all, |it| it.words().to_owned())),
        ),
        ("flags", expect.flags.as_ref().map(names)),
        ("possible-flags", expect.possible_flags.as_ref().map(names)),
        ("prompts", expect.prompts.as_ref().map(names)),
        ("signs", expect.signs.as_ref().map(names)),
        ("open-signs", expect.open_signs.as_ref().map(names)),
        ("standing", expect.standing.as_ref().map(names)),
        ("conflicts", expect.conflicts.as_ref().map(names)),
        ("fired", rules(&expect.fired)),
        ("not-fired", rules(&expect.not_fired)),
        ("refused", expect.refused.map(|it| it.words().to_owned())),
    ]
    .into_iter()
    .filter_map(|(what, said)| Some((what, said?)))
}

fn lead(lead: Disposition) -> String {
    format!("{lead:?} {}", lead.words())
}

fn listed<T>(all: &[T], say: impl Fn(&T) -> String) -> String {
    if all.is_empty() {
        return "None".into();
    }
    all.iter().map(say).collect::<Vec<_>>().join(", ")
}

/// What a thing that is compared is called.
fn called(what: &str) -> String {
    match what {
        "lead" => "Pathway".into(),
        "also" => "Beside the pathway".into(),
        "possible-lead" => "Possible pathway".into(),
        "strands" => "Who takes part".into(),
        "pain-type" => "Kind of pain".into(),
        "flags" => "Medicines flags".into(),
        "possible-flags" => "Possible flags".into(),
        "signs" => "Signs present".into(),
        "open-signs" => "Signs not answered".into(),
        "standing" => "Signs that stay listed".into(),
        "fired" => "Fires".into(),
        "not-fired" => "Does not fire".into(),
        other => words::sentence_case(&other.replace(['-', '.'], " ")),
    }
}
