//! How long the rules that come with Felloe take: one case, its next question, and who would move
//! under other rules.

use std::hint::black_box;
use std::time::{Duration, Instant};

use assessment::fact::{Facts, Inputs};
use assessment::impact::impact;
use assessment::proposal::{Proposal, evaluate, next_question};
use assessment::ruleset::Ruleset;
use assessment::vignette::Vignette;

use crate::measure::{Arm, Outcome, median, medians, nanoseconds};
use crate::questions;
use crate::table::Row;

/// As many cases as a large service sees in years.
const CASES: usize = 100_000;

const TEXT: &str = include_str!("../../../../../assets/rulesets/uk-community-pain.toml");

/// One case at different moments, as far as it was answered then.
struct Moment {
    inputs: Inputs,
    facts: Facts,
    proposal: Proposal,
}

impl Moment {
    fn new(inputs: Inputs) -> Self {
        let facts = Facts::gather(&inputs, Vignette::ON);
        let proposal = evaluate(Ruleset::shipped(), &facts, Vignette::ON);
        Self {
            inputs,
            facts,
            proposal,
        }
    }
}

/// The figures of the shipped rules.
pub(crate) fn rows() -> Outcome<Vec<Row>> {
    let moments: Vec<Moment> = questions::moments(8)?
        .into_iter()
        .map(Moment::new)
        .collect();
    let mut rows = single(&moments)?;
    rows.push(moves()?);
    Ok(rows)
}

fn single(moments: &[Moment]) -> Outcome<Vec<Row>> {
    let rules = Ruleset::shipped();
    let count = moments.len();
    let mut arms: Vec<Arm<'_>> = vec![
        Box::new(|window| {
            Ok(nanoseconds(window, 4, |at| {
                black_box(Facts::gather(&moments[at % count].inputs, Vignette::ON));
            }))
        }),
        Box::new(|window| {
            Ok(nanoseconds(window, 4, |at| {
                black_box(evaluate(rules, &moments[at % count].facts, Vignette::ON));
            }))
        }),
        Box::new(|window| {
            Ok(nanoseconds(window, 4, |at| {
                let Moment {
                    facts, proposal, ..
                } = &moments[at % count];
                black_box(next_question(rules, facts, proposal));
            }))
        }),
    ];
    let micros: Vec<f64> = medians(&mut arms)?.iter().map(|it| it / 1e3).collect();
    let names = [
        "shipped rules, facts gathered from answers",
        "shipped rules, whole proposal of a case half asked",
        "shipped rules, choice of the next question",
    ];
    let rows = names.into_iter().zip(micros);
    Ok(rows
        .map(|(name, figure)| Row::alone(name, "us", figure))
        .collect())
}

/// Who would move were the higher opioid limit 90 mg in place of 120 mg.
fn moves() -> Outcome<Row> {
    let old = Ruleset::shipped();
    let changed = TEXT.replace("above = 120 }", "above = 90 }");
    if changed == TEXT {
        return Err("the shipped rules have no limit of 120 to change.".to_owned());
    }
    let new = Ruleset::parse(&changed).map_err(|fault| fault.to_string())?;
    let known: Vec<Facts> = Vignette::shipped().iter().map(Vignette::facts).collect();
    let mut seconds = Vec::new();
    let mut moved = 0;
    for _ in 0..5 {
        let cases = known.iter().cycle().take(CASES);
        let begun = Instant::now();
        moved = impact(old, &new, cases).len();
        seconds.push(begun.elapsed());
    }
    if moved == 0 {
        return Err("nobody moves under the changed rules.".to_owned());
    }
    let seconds = seconds.iter().map(Duration::as_secs_f64).collect();
    let measure = format!("impact on {CASES} cases, of whom {moved} move");
    Ok(Row::alone(measure, "s", median(seconds)))
}
