//! Second opinions of a case as the screen shows them.

use record::body::{AnswerState, AnswerValue};
use record::id::{ItemId, PatientId};
use record::role::Role;

use super::choices::{QUESTIONS, WISHES, choice_of, choices, colleagues, roles, whom, words_of};
use super::said::{answered, decided, settled, signed};
use crate::assess::Shown;
use crate::case::{Case, OpinionNow, VEILED};
use crate::decide::hides_proposal;
use crate::desk::{Desk, item_id};
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::view::{CaseOpinions, Choice, OpinionView};
use crate::{rules, triage, words};

/// The question by which a patient wishes for a second opinion.
const WISH: &str = "second-opinion-wish";

/// The second opinions on an assessment, and what is needed to ask for one.
pub fn case_opinions(desk: &mut Desk, assessment: String) -> Result<CaseOpinions, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    of_case(desk, patient, id)
}

/// The same once something was done.
pub(super) fn of_case(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
) -> Result<CaseOpinions, Refusal> {
    let case = desk.case_beside(patient)?;
    let all = case.opinions();
    let mut of_it: Vec<&OpinionNow<'_>> = all
        .iter()
        .filter(|opinion| opinion.assessment() == assessment)
        .collect();
    of_it.reverse();
    let mut hidden = None;
    for opinion in &of_it {
        if hides(desk, &case, opinion)? {
            hidden = Some(opinion.id.to_string());
        }
    }
    let sites = case.kept_at(case.patient);
    let asked = colleagues(desk, &sites, Act::GiveOpinion)?;
    let (suggested, wished) = suggested(desk, &case, assessment)?;
    Ok(CaseOpinions {
        hidden,
        may_ask: desk.may(Act::AskOpinion)? && !case.is_veiled(assessment),
        suggested,
        wished: wished.into(),
        people: asked.iter().map(choice_of).collect(),
        roles: roles(),
        questions: choices(&QUESTIONS),
        wishes: choices(&WISHES),
        settlers: settlers(desk, &case)?,
        opinions: of_it
            .into_iter()
            .map(|opinion| view(desk, &case, opinion))
            .collect::<Result<_, _>>()?,
    })
}

/// Whether an opinion hides what was decided from the person at work.
fn hides(desk: &Desk, case: &Case, opinion: &OpinionNow<'_>) -> Result<bool, Refusal> {
    let (staff, role) = (desk.staff()?, desk.role()?);
    let veil = case.veil_of(opinion);
    Ok(veil.is_some_and(|veil| veil.covers(staff, role)))
}

/// Who may settle it: those who sign decisions, whoever asks among them.
fn settlers(desk: &Desk, case: &Case) -> Result<Vec<Choice>, Refusal> {
    let sites = case.kept_at(case.patient);
    let others = colleagues(desk, &sites, Act::SignDecision)?;
    let mut all: Vec<Choice> = others.iter().map(choice_of).collect();
    if desk.may(Act::SignDecision)? {
        all.insert(
            0,
            Choice {
                value: desk.staff()?.to_string(),
                label: "Yourself".into(),
            },
        );
    }
    Ok(all)
}

/// Why an opinion is suggested, and who wishes for it.
fn suggested(
    desk: &Desk,
    case: &Case,
    assessment: ItemId,
) -> Result<(Vec<String>, &'static str), Refusal> {
    let Some(facts) = case.assessment(assessment) else {
        return Err(Refusal::NotFound("That assessment"));
    };
    let names = desk.names()?;
    let shown = Shown::new(case, assessment, facts.day(desk.today()), &names);
    let yes = AnswerState::Given {
        value: AnswerValue::Bool(true),
    };
    let answers = case.answers(assessment);
    let patients_own = answers
        .get(WISH)
        .is_some_and(|all| all.iter().any(|answer| *answer.state == yes));
    let off = rules::standing(desk.sitting()?)?.off.is_some();
    let hidden = case.decision(assessment).all().is_empty() && hides_proposal(case, assessment);
    let proposal = triage::proposal(&shown);
    let mut why = Vec::new();
    if !off && !hidden && proposal.refused.is_none() {
        let part = &proposal.second_opinion;
        why.extend(part.certain.iter().map(|reason| reason.words.clone()));
    }
    let wished = if patients_own {
        if why.is_empty() {
            why.push("The patient wishes for a second opinion".into());
        }
        "patient"
    } else if why.is_empty() {
        "clinician"
    } else {
        "rules"
    };
    Ok((why, wished))
}

/// One opinion.
pub(super) fn view(
    desk: &Desk,
    case: &Case,
    opinion: &OpinionNow<'_>,
) -> Result<OpinionView, Refusal> {
    let asked = opinion.asked.body;
    let open = opinion.is_open();
    let (state, state_words) = state(case, opinion);
    let first = case.first_view(asked);
    let first = first.map(|found| decided(desk, found.placed, &found.body.decided));
    let answers = opinion.given.iter();
    let settles = settler(desk, opinion)?;
    Ok(OpinionView {
        opinion: opinion.id.to_string(),
        assessment: asked.assessment.to_string(),
        question: words_of(&QUESTIONS, &asked.question).to_owned(),
        text: asked.text.clone(),
        asked: signed(desk, opinion.asker)?,
        of: words::sentence_case(&whom(desk, asked.of_staff, &asked.of_role)?),
        by: words::staff_iso(&asked.by),
        late: late(desk, open, &asked.by),
        blind: opinion.blind,
        wished: words_of(&WISHES, &asked.wished).to_owned(),
        state: state.into(),
        state_words,
        first: first.transpose()?,
        answers: answers
            .map(|found| answered(desk, case, opinion, found.placed, found.body))
            .collect::<Result<_, _>>()?,
        settled: settled(desk, opinion)?,
        may_answer: open && is_asked(desk, case, opinion)?,
        may_settle: state == "differs" && settles_it(desk, opinion)?,
        may_withdraw: open && desk.may(Act::AskOpinion)? && !hides(desk, case, opinion)?,
        settles,
    })
}

fn state(case: &Case, opinion: &OpinionNow<'_>) -> (&'static str, String) {
    let assessment = opinion.assessment();
    let plain = |state, words: &str| (state, words.to_owned());
    if opinion.withdrawn {
        let reason = opinion.asked.body.withdrawn.trim_end_matches('.');
        ("withdrawn", format!("No longer asked for: {reason}."))
    } else if opinion.settled.is_some() {
        plain("settled", "The two differed. It is settled.")
    } else if !case.unsettled_of(opinion).is_empty() {
        plain(
            "differs",
            "The two differ. The more urgent is acted on, and nothing is printed, until it is settled.",
        )
    } else if !opinion.given.is_empty() {
        plain("answered", "Answered.")
    } else if case.is_veiled(assessment) && case.veil_of(opinion).is_none() {
        plain("asked", VEILED)
    } else {
        plain("asked", "Asked, and not answered yet.")
    }
}

/// Whether the person at work is asked. Whoever signed the first view does not give the second.
pub(super) fn is_asked(
    desk: &Desk,
    case: &Case,
    opinion: &OpinionNow<'_>,
) -> Result<bool, Refusal> {
    let (me, asked) = (desk.staff()?, opinion.asked.body);
    if !desk.may(Act::GiveOpinion)? {
        return Ok(false);
    }
    if let Some(staff) = asked.of_staff {
        return Ok(staff == me);
    }
    let of_role = asked.of_role == role::value(desk.role()?);
    Ok(of_role && !case.signers(asked.assessment).contains(&me))
}

/// Whether the person at work settles it: whoever was named, else or besides the lead.
pub(super) fn settles_it(desk: &Desk, opinion: &OpinionNow<'_>) -> Result<bool, Refusal> {
    let named = opinion.asked.body.settles == Some(desk.staff()?);
    let lead = desk.role()? == Role::Lead;
    Ok(desk.may(Act::SignDecision)? && (named || lead))
}

/// Who settles it, in words.
pub(super) fn settler(desk: &Desk, opinion: &OpinionNow<'_>) -> Result<String, Refusal> {
    let named = opinion.asked.body.settles;
    let named = named.map(|staff| desk.name_and_role(staff));
    let named = named.transpose()?;
    Ok(named.map_or_else(
        || "the lead".to_owned(),
        |name| format!("{name}, or the lead"),
    ))
}

/// "2 days late"; none while it is not, and once it is answered.
pub(super) fn late(desk: &Desk, open: bool, by: &str) -> Option<String> {
    let days = (desk.today() - words::iso(by)?).get_days();
    let days = usize::try_from(days)
        .ok()
        .filter(|days| *days > 0 && open)?;
    Some(format!("{} late", words::count(days, "day", "days")))
}
