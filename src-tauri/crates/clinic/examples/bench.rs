//! How long a person waits for an answer: the use cases of a full clinic, measured from outside.
//!
//! The clinic is the demo's sixty invented patients, in a folder that is thrown away. One of them
//! comes back and is asked everything again, so that the case is as full as cases get. `--json`
//! gives a list of measures; there is no peer to compare with.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use clinic::view::{AnswerShown, AnswerValue, AnswerView, AssessmentView, Status};
use clinic::{Desk, Refusal, assess, demo, desk_here, door, patient, plan, worklist};
use serde::Serialize;

/// How often each use case is run.
const ROUNDS: usize = 25;

/// A question of the middle of an assessment, and one whose answer may lead to a route.
const QUESTION: &str = "pain-average";
const WARNING_SIGN: &str = "ces-saddle";

/// One line of the table.
#[derive(Serialize)]
struct Line {
    measure: String,
    unit: &'static str,
    ours: f64,
    peer: Option<f64>,
    peer_name: Option<String>,
    ratio: Option<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let json = std::env::args().any(|argument| argument == "--json");
    let folder = tempfile::tempdir()?;
    let mut desk = desk_here(folder.path().join("record"), "bench", None);
    demo::make(&mut desk, &mut |_| ())?;
    unlock(&mut desk)?;
    let (patient, finished) = somebody(&mut desk)?;
    let measures = measure(&mut desk, &patient, &finished)?;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&measures)?)?;
        return Ok(());
    }
    writeln!(out, "{:<32} {:>10}", "median of 25", "ms")?;
    for measure in measures {
        writeln!(out, "{:<32} {:>10.2}", measure.measure, measure.ours)?;
    }
    Ok(())
}

/// A nurse comes to the desk.
fn unlock(desk: &mut Desk) -> Result<(), Box<dyn Error>> {
    let Status::Locked(outside) = door::status(desk)? else {
        return Err("the demo clinic has no door".into());
    };
    let nurse = outside
        .staff
        .into_iter()
        .find(|tile| tile.role == "Nurse")
        .ok_or("the demo clinic has no nurse")?;
    door::unlock(desk, nurse.id, demo::passphrase())?;
    Ok(())
}

/// A patient whose plan was given and who has no running assessment, with the finished one.
fn somebody(desk: &mut Desk) -> Result<(String, String), Box<dyn Error>> {
    for row in worklist::worklist(desk, "follow-up".into(), String::new(), 0)?.rows {
        let view = patient::open_patient(desk, row.patient.clone())?;
        if let (None, Some(finished)) = (view.open_assessment, view.finished_assessment) {
            return Ok((row.patient, finished));
        }
    }
    Err("nobody in the demo clinic has a plan".into())
}

/// Asks everything again that was answered then, section by section.
fn ask_again(desk: &mut Desk, patient: &str, before: &AssessmentView) -> Result<String, Refusal> {
    let assessment = assess::start_assessment(desk, patient.to_owned(), before.mode.clone())?;
    for section in &before.sections {
        for question in &section.questions {
            if let Some(AnswerShown {
                answer: given @ AnswerView::Given { .. },
                ..
            }) = before.answers.get(&question.id)
            {
                assess::record_answer(
                    desk,
                    assessment.clone(),
                    question.id.clone(),
                    given.clone(),
                )?;
            }
        }
        for list in &section.lists {
            for item in &list.items {
                assess::record_item(
                    desk,
                    assessment.clone(),
                    list.id.clone(),
                    None,
                    item.fields.clone(),
                )?;
            }
        }
        assess::leave_section(desk, assessment.clone())?;
    }
    Ok(assessment)
}

fn measure(desk: &mut Desk, patient: &str, finished: &str) -> Result<Vec<Line>, Refusal> {
    let before = assess::open_assessment(desk, finished.to_owned())?;
    let assessment = ask_again(desk, patient, &before)?;
    let answers = [3, 4].map(|number| AnswerView::Given {
        value: AnswerValue::Number(number),
    });
    let absent = AnswerView::Given {
        value: AnswerValue::Text("absent".into()),
    };
    let signs = [absent, AnswerView::NotKnown];
    let family = before.banner.family.to_lowercase();
    Ok(vec![
        median("record_answer", |round| {
            assess::record_answer(
                desk,
                assessment.clone(),
                QUESTION.into(),
                answers[round % 2].clone(),
            )
            .map(drop)
        })?,
        median("record_answer, a warning sign", |round| {
            assess::record_answer(
                desk,
                assessment.clone(),
                WARNING_SIGN.into(),
                signs[round % 2].clone(),
            )
            .map(drop)
        })?,
        median("open_assessment", |_| {
            assess::open_assessment(desk, assessment.clone()).map(drop)
        })?,
        median("worklist", |_| {
            worklist::worklist(desk, "all".into(), String::new(), 0).map(drop)
        })?,
        median("search", |_| {
            worklist::search(desk, family.clone()).map(drop)
        })?,
        median("preview_plan", |_| {
            plan::preview_plan(desk, finished.to_owned(), false).map(drop)
        })?,
    ])
}

/// The median of the rounds, in milliseconds; the first two only warm up.
fn median(
    measure: &str,
    mut run: impl FnMut(usize) -> Result<(), Refusal>,
) -> Result<Line, Refusal> {
    let mut times = Vec::new();
    for round in 0..ROUNDS + 2 {
        let begun = Instant::now();
        run(round)?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.drain(..2);
    times.sort_by(f64::total_cmp);
    Ok(Line {
        measure: measure.to_owned(),
        unit: "ms",
        ours: times[ROUNDS / 2],
        peer: None,
        peer_name: None,
        ratio: None,
    })
}
