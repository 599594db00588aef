use assessment::answer::Answer;
use assessment::question::{Catalogue, QuestionKind};
use record::body::{AnswerState, AssessmentFinished};

use super::{Shown, to_engine, writable};
use crate::case::slots;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::view::{Choice, FinishForm, FinishOutcome};
use crate::worklist::action_words;

/// Closes an assessment if nothing that must be answered is open.
///
/// Warning signs that were declined or cannot be answered let it close with a reason and a
/// safety-net; urgency then stays not settled and a clinician chooses. An open safety record or
/// emergency record blocks it: those are never closed silently.
///
/// The person is first told in whose name it is finished; on a laptop of several people they show
/// that it is them.
pub fn finish_assessment(
    desk: &mut Desk,
    assessment: String,
    form: FinishForm,
) -> Result<FinishOutcome, Refusal> {
    let FinishForm {
        reason, safety_net, ..
    } = &form;
    let (id, patient) = writable(desk, &assessment)?;
    desk.seal_typed(patient)?;
    let case = desk.case(patient)?;
    let names = desk.names()?;
    let shown = Shown::new(&case, id, case.day(id, desk.today()), &names);
    let missing = left_to_finish(&shown);
    let unanswered_signs = unanswered_signs(&shown);
    let blocked_by: Vec<String> = case
        .open_actions()
        .iter()
        .filter(|found| found.body.what != crate::case::HUB_NOT_TOLD)
        .map(|found| action_words(&found.body.what).to_owned())
        .collect();
    let covered =
        unanswered_signs.is_empty() || !(reason.trim().is_empty() || safety_net.trim().is_empty());
    let asks_again = desk.is_shared()?;
    let finished = missing.is_empty() && blocked_by.is_empty() && covered && form.sure;
    if finished && asks_again {
        desk.confirm_passphrase(&form.passphrase)?;
    }
    if finished {
        let body = AssessmentFinished {
            assessment: id,
            reason: reason.trim().into(),
            safety_net: safety_net.trim().into(),
        };
        let late = case.assessment(id).and_then(|it| it.late.clone());
        let line = Line::of(slots::finished(id), &body)?.that_happened(late);
        desk.write(patient, vec![line])?;
    }
    Ok(FinishOutcome {
        finished,
        missing,
        needs_safety_net: if covered {
            Vec::new()
        } else {
            unanswered_signs
        },
        blocked_by,
        author: author(desk)?,
        asks_again,
    })
}

/// In whose name it is finished, as the app bar has it.
fn author(desk: &Desk) -> Result<String, Refusal> {
    let opened = &desk.sitting()?.opened;
    let title = crate::role::before_name(opened.role);
    Ok(format!("{title}{}", crate::words::short_name(&opened.name)))
}

/// Must-have questions and lists that nobody has asked yet, or whose answers are too old.
pub(crate) fn left_to_finish(shown: &Shown<'_>) -> Vec<Choice> {
    let catalogue = Catalogue::shipped();
    let mut all: Vec<Choice> = catalogue
        .questions()
        .filter(|question| question.must && shown.is_shown(question.show_when.as_ref()))
        .filter(|question| {
            let answer = shown.answer(question);
            answer.stale.is_some() || matches!(shown.state(&question.id), AnswerState::NotAsked)
        })
        .map(|question| Choice {
            value: question.id.clone(),
            label: question.text.clone(),
        })
        .collect();
    for section in shown.sections() {
        let specs = catalogue
            .sections
            .iter()
            .find(|spec| spec.id == section.id)
            .map(|spec| spec.lists.as_slice())
            .unwrap_or_default();
        for (spec, list) in specs.iter().zip(&section.lists) {
            if spec.must
                && list.items.is_empty()
                && matches!(list.state, crate::view::AnswerView::NotAsked)
            {
                all.push(Choice {
                    value: spec.id.clone(),
                    label: spec.title.clone(),
                });
            }
        }
    }
    all
}

/// Warning signs that were asked and have no answer.
pub(crate) fn unanswered_signs(shown: &Shown<'_>) -> Vec<Choice> {
    Catalogue::shipped()
        .questions()
        .filter(|question| {
            question.kind == QuestionKind::Feature && shown.is_shown(question.show_when.as_ref())
        })
        .filter(|question| {
            let state = shown.state(&question.id);
            matches!(to_engine(&state), Answer::Unanswered(_)) && state != AnswerState::NotAsked
        })
        .map(|question| Choice {
            value: question.id.clone(),
            label: question.text.clone(),
        })
        .collect()
}
