//! How long one evaluation of a complete case takes, ours beside every other's.

use std::hint::black_box;
use std::path::Path;

use assessment::proposal::evaluate;

use crate::arms::{DAY, Others, Ours, agree};
use crate::by_hand;
use crate::generate::{Generated, Shape};
use crate::measure::{Arm, Outcome, medians, nanoseconds};
use crate::table::Row;

/// What `by_hand.rs` was written for.
const SHAPE: Shape = Shape {
    facts: 30,
    rules: 40,
    seed: 7,
};

const CASES: usize = 2000;

/// The generated rules and cases.
pub(crate) fn generated() -> Generated {
    Generated::new(SHAPE, CASES)
}

/// All figures of evaluation; those of the peers when they are built in a folder.
pub(crate) fn rows(peers: Option<&Path>) -> Outcome<Vec<Row>> {
    let generated = generated();
    let ours = Ours::new(&generated)?;
    let others = peers
        .map(|built| Others::start(built, &generated))
        .transpose()?;
    agree(&generated, &ours, others.as_ref())?;
    Ok(table(&time(&ours, others.as_ref())?))
}

/// The median nanoseconds of one evaluation by each arm.
struct Times {
    cells: f64,
    facts: f64,
    explained: f64,
    by_hand: f64,
    others: Vec<(&'static str, f64)>,
}

fn time(ours: &Ours, others: Option<&Others>) -> Outcome<Times> {
    let mut arms = own_arms(ours);
    let mut names = Vec::new();
    if let Some(others) = others {
        for engine in Others::RUST {
            let arm = move |window| others.rust.borrow_mut().nanoseconds(engine, window);
            arms.push(Box::new(arm));
        }
        for engine in Others::NODE {
            let arm = move |window| others.node.borrow_mut().nanoseconds(engine, window);
            arms.push(Box::new(arm));
        }
        names.extend(Others::RUST.iter().chain(&Others::NODE).copied());
    }
    let medians = medians(&mut arms)?;
    let [cells, facts, explained, by_hand, others @ ..] = medians.as_slice() else {
        return Err("an arm was not timed.".to_owned());
    };
    Ok(Times {
        cells: *cells,
        facts: *facts,
        explained: *explained,
        by_hand: *by_hand,
        others: names.into_iter().zip(others.iter().copied()).collect(),
    })
}

/// Ours from cells, from facts and with its whole explanation; then the function by hand.
fn own_arms(ours: &Ours) -> Vec<Arm<'_>> {
    let count = ours.cells.len();
    let program = ours.program();
    let (mut room, mut encoded, mut places) = (program.no_terms(), program.no_terms(), Vec::new());
    vec![
        Box::new(move |window| {
            Ok(nanoseconds(window, 1000, |at| {
                program.fire(black_box(&ours.cells[at % count]), &mut room);
                black_box(&room);
            }))
        }),
        Box::new(move |window| {
            Ok(nanoseconds(window, 100, |at| {
                let state = program.state(black_box(&ours.facts[at % count]));
                program.fire(&state.lowest(), &mut encoded);
                black_box(&encoded);
            }))
        }),
        Box::new(move |window| {
            Ok(nanoseconds(window, 10, |at| {
                let facts = black_box(&ours.whole[at % count]);
                black_box(evaluate(&ours.ruleset, facts, DAY));
            }))
        }),
        Box::new(move |window| {
            Ok(nanoseconds(window, 1000, |at| {
                by_hand::fired(black_box(&ours.typed[at % count]), &mut places);
                black_box(&places);
            }))
        }),
    ]
}

fn table(times: &Times) -> Vec<Row> {
    let plain = "evaluation without explanation, encoded";
    let encoding = "evaluation without explanation, from typed facts";
    let full = "evaluation with full explanation";
    let row = |measure: &str, ours: f64| Row::alone(measure, "ns", ours);
    let mut rows = vec![row(plain, times.cells).beside("a function by hand", times.by_hand)];
    for (engine, figure) in &times.others {
        // An engine that takes only its own kind of facts is beside ours from typed facts.
        let (measure, ours, name) = match *engine {
            "cel" => (plain, times.cells, "cel, context made before"),
            "cel-whole" => (encoding, times.facts, "cel, context made each time"),
            "regorus" => (plain, times.cells, "regorus, bytecode"),
            "zen" => (encoding, times.facts, "zen-engine (npm)"),
            _ => (encoding, times.facts, "json-rules-engine (npm)"),
        };
        rows.push(row(measure, ours).beside(name, *figure));
    }
    rows.push(row(encoding, times.facts).beside("a function by hand, typed", times.by_hand));
    let of = |wanted: &str| times.others.iter().find(|(engine, _)| *engine == wanted);
    let beside = [
        ("cel-whole", "cel, none, context made each time"),
        ("cel", "cel, none, context made before"),
    ];
    let beside = beside.map(|(engine, name)| of(engine).map(|(_, figure)| (name, *figure)));
    let explained = || row(full, times.explained);
    let compared: Vec<Row> = beside
        .into_iter()
        .flatten()
        .map(|(name, figure)| explained().beside(name, figure))
        .collect();
    if compared.is_empty() {
        rows.push(explained());
    }
    rows.extend(compared);
    rows
}
