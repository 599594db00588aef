//! How many questions a case needs until its urgency is certain.
//!
//! A complete made-up case answers one question at a time: in the order of the paper form, or
//! in the order in which the rules ask. Both stop as soon as the rules call the urgency settled.

use assessment::answer::{Answer, Unanswered};
use assessment::fact::{Dated, Facts, Inputs, ListAnswer};
use assessment::proposal::{Proposal, evaluate};
use assessment::question::{Catalogue, Condition, Question};
use assessment::ruleset::Ruleset;
use assessment::vignette::Vignette;

use crate::measure::Outcome;
use crate::table::Row;

/// The mean number of questions, in paper order beside ours.
pub(crate) fn rows() -> Outcome<Vec<Row>> {
    let complete: Vec<&Vignette> = Vignette::shipped()
        .iter()
        .filter(|it| is_complete(it))
        .collect();
    if complete.is_empty() {
        return Err("no made-up case has a settled urgency.".to_owned());
    }
    let (mut ours, mut paper, mut relevant) = (0, 0, 0);
    for vignette in &complete {
        ours += asked(vignette, |proposal, _| next(proposal))?;
        let form = paper_order(|_| true);
        paper += asked(vignette, |_, given| on_paper(&form, given))?;
        let form = paper_order(|question| question.fact.is_some());
        relevant += asked(vignette, |_, given| on_paper(&form, given))?;
    }
    let mean = |sum: usize| sum as f64 / complete.len() as f64;
    let measure = format!(
        "questions until urgency is certain, {} cases",
        complete.len()
    );
    let row = || Row::alone(measure.clone(), "mean", mean(ours));
    Ok(vec![
        row().beside("paper order, all that is shown", mean(paper)),
        row().beside("paper order, all that rules know", mean(relevant)),
    ])
}

/// Whether its answers alone settle the urgency, so that asking can come to an end.
fn is_complete(vignette: &Vignette) -> bool {
    vignette.set.is_empty() && evaluated(&vignette.inputs).urgency.settled
}

fn evaluated(inputs: &Inputs) -> Proposal {
    let facts = Facts::gather(inputs, Vignette::ON);
    evaluate(Ruleset::shipped(), &facts, Vignette::ON)
}

/// What was answered at some moments of asking in our order, every so many questions.
pub(crate) fn moments(every: usize) -> Outcome<Vec<Inputs>> {
    let mut moments = Vec::new();
    for vignette in Vignette::shipped().iter().filter(|it| is_complete(it)) {
        let mut asking = 0;
        asked(vignette, |proposal, given| {
            if asking % every == 0 {
                moments.push(given.clone());
            }
            asking += 1;
            next(proposal)
        })?;
    }
    Ok(moments)
}

fn next(proposal: &Proposal) -> Option<String> {
    let next = proposal.next_question.as_ref();
    next.map(|next| next.question.clone())
}

/// Asks until the urgency is settled and says how often it asked.
fn asked(
    vignette: &Vignette,
    mut choose: impl FnMut(&Proposal, &Inputs) -> Option<String>,
) -> Outcome<usize> {
    let mut given = Inputs {
        age: vignette.inputs.age,
        once_present: vignette.inputs.once_present.clone(),
        ..Inputs::default()
    };
    let form = paper_order(|_| true);
    let mut passed: Vec<String> = Vec::new();
    loop {
        let proposal = evaluated(&given);
        if proposal.urgency.settled {
            return Ok(passed.len());
        }
        // A list whose row lacks something is put again, which here would get the same answer.
        let fresh = choose(&proposal, &given).filter(|it| !passed.contains(it));
        let Some(question) = fresh.or_else(|| on_paper(&form, &given)) else {
            return Err(format!("{}: nothing is left to ask.", vignette.id));
        };
        answer(&question, &vignette.inputs, &mut given);
        passed.push(question);
    }
}

/// Gives the case's own answer; what it does not answer, nobody knows.
fn answer(id: &str, whole: &Inputs, given: &mut Inputs) {
    let not_known = || Dated::asked(Answer::Unanswered(Unanswered::NotKnown), Vignette::ON);
    if Catalogue::shipped().list(id).is_some() {
        let none = ListAnswer {
            rows: Vec::new(),
            none: Some(not_known()),
        };
        let list = whole.lists.get(id).cloned().unwrap_or(none);
        given.lists.insert(id.to_owned(), list);
    } else {
        let answers = whole.answers.get(id).cloned();
        let answers = answers.unwrap_or_else(|| vec![not_known()]);
        given.answers.insert(id.to_owned(), answers);
    }
}

/// The questions and lists of the form in its order, each with what decides whether it is shown.
fn paper_order(
    wanted: impl Fn(&Question) -> bool,
) -> Vec<(&'static str, Option<&'static Condition>)> {
    let mut form = Vec::new();
    for section in &Catalogue::shipped().sections {
        let questions = section.questions.iter();
        let put = questions.filter(|it| it.on_request.is_none() && wanted(it));
        form.extend(put.map(|it| (it.id.as_str(), it.show_when.as_ref())));
        form.extend(section.lists.iter().map(|list| (list.id.as_str(), None)));
    }
    form
}

/// The first of the form that is shown and has not been put.
fn on_paper(form: &[(&'static str, Option<&'static Condition>)], given: &Inputs) -> Option<String> {
    let put = |id: &str| given.answers.contains_key(id) || given.lists.contains_key(id);
    let shown = |condition: &Condition| {
        let deciding = given.answers.get(&condition.question);
        let last = deciding
            .and_then(|answers| answers.last())
            .map(|dated| &dated.answer);
        condition.met_by(last) == Some(true)
    };
    let next = form
        .iter()
        .find(|(id, condition)| !put(id) && condition.is_none_or(shown));
    next.map(|(id, _)| (*id).to_owned())
}
