//! Everything that ever happened, newest first, one line for each entry or sitting of answers.

use assessment::question::Catalogue;
use record::body::{
    Answered, Appointment, AssessmentFinished, AssessmentStarted, Body, Choice, Decision, Detail,
    EnteredInError, Item, ListState, OpenAction, PlanAgreed, PlanGiven, PlanGoals, PlanPrinted,
    PlanText, Referral, RouteRecord,
};
use record::entry::Kind;
use record::fold::Placed;

use super::correctable;
use crate::assess::state_words;
use crate::case::{Case, read};
use crate::decide::{lead_words, urgency_label, urgency_of};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::view::{Labelled, TimelineEntry};
use crate::words;
use crate::worklist::action_words;

/// What one entry says.
struct Said {
    group: &'static str,
    title: String,
    detail: Vec<Labelled>,
}

/// The timeline of a case.
pub(super) fn of(desk: &Desk, case: &Case) -> Result<Vec<TimelineEntry>, Refusal> {
    let names = desk.names()?;
    let site = desk.sitting()?.opened.identity.site_name.clone();
    let mut lines: Vec<TimelineEntry> = Vec::new();
    let mut all = case.record.timeline();
    all.reverse();
    for placed in all
        .into_iter()
        .filter(|placed| placed.entry.kind != Kind::PATIENT_KEY)
    {
        let said = said(placed);
        let error = case
            .record
            .in_error(&placed.id)
            .and_then(read::<EnteredInError>);
        let superseded = is_superseded(case, placed);
        let who = names
            .get(&placed.entry.author)
            .cloned()
            .unwrap_or_else(|| "somebody not known here".into());
        let when = placed.entry.claimed;
        // A sitting of answers is one line that opens, not forty. It cannot be marked as an error
        // as a whole, since one press would then strike one answer of many.
        let (date, struck) = (
            words::staff_date(when.local().date()),
            error.is_some() || superseded,
        );
        if matches!(said.group, "assessments" | "record")
            && let (Some(last), [answer]) = (lines.last_mut(), said.detail.as_slice())
            && (&last.title, &last.date, last.struck) == (&said.title, &date, struck)
            && last.who == format!("{who}, {site}")
        {
            last.detail.push(answer.clone());
            last.correctable = false;
            continue;
        }
        lines.push(TimelineEntry {
            id: placed.id.to_string(),
            group: said.group.into(),
            date,
            time: words::clock(when),
            title: said.title,
            who: format!("{who}, {site}"),
            detail: said.detail,
            struck,
            reason: error
                .map(|found| format!("Entered in error: {}", found.body.reason))
                .or_else(|| superseded.then(|| "Replaced by a later entry".into())),
            correctable: correctable(&placed.entry.kind),
        });
    }
    Ok(lines)
}

/// A detail or a plan block that a later entry replaced. Answers are many and are not struck.
fn is_superseded(case: &Case, placed: &Placed) -> bool {
    let watched = [
        Detail::kind(),
        Referral::kind(),
        Item::kind(),
        PlanAgreed::kind(),
        Decision::kind(),
    ];
    let Some(slot) = placed
        .entry
        .slot
        .as_ref()
        .filter(|_| watched.contains(&placed.entry.kind))
    else {
        return false;
    };
    !case.record.heads(slot).contains(&placed.id)
}

fn line(label: &str, value: impl Into<String>) -> Labelled {
    Labelled {
        label: label.into(),
        value: value.into(),
    }
}

fn said(placed: &Placed) -> Said {
    clinical(placed)
        .or_else(|| planned(placed))
        .or_else(|| administrative(placed))
        .unwrap_or_else(|| Said {
            group: "record",
            title: "An entry of a kind this version cannot read. Update Felloe.".into(),
            detail: Vec::new(),
        })
}

fn clinical(placed: &Placed) -> Option<Said> {
    let catalogue = Catalogue::shipped();
    if let Some(found) = read::<Answered>(placed) {
        let question = catalogue.question(&found.body.question);
        let label = question.map_or(found.body.question.as_str(), |question| {
            question.text.as_str()
        });
        let value = question
            .map(|question| state_words(&question.kind, &found.body.answer))
            .unwrap_or_default();
        let section = catalogue
            .section_of(&found.body.question)
            .map_or("Answers", |section| section.title.as_str());
        let from = if found.body.source == "letter" {
            " (from the letter)"
        } else {
            ""
        };
        return Some(Said {
            group: "assessments",
            title: format!("{section}: answers{from}"),
            detail: vec![line(label, value)],
        });
    }
    if let Some(found) = read::<Item>(placed) {
        return Some(row(&found.body));
    }
    if let Some(found) = read::<ListState>(placed) {
        let list = catalogue.list(&found.body.list);
        let words = list
            .map(|list| list.empty_choice.clone())
            .unwrap_or_default();
        return Some(Said {
            group: "assessments",
            title: format!(
                "{}: {words}",
                list.map_or("List", |list| list.title.as_str())
            ),
            detail: Vec::new(),
        });
    }
    if let Some(found) = read::<AssessmentStarted>(placed) {
        return Some(Said {
            group: "assessments",
            title: "Assessment started".into(),
            detail: vec![line("How", found.body.mode)],
        });
    }
    if let Some(found) = read::<AssessmentFinished>(placed) {
        let detail = [
            ("Reason", found.body.reason),
            ("Safety-net", found.body.safety_net),
        ];
        return Some(Said {
            group: "assessments",
            title: "Assessment finished".into(),
            detail: filled(detail),
        });
    }
    if let Some(found) = read::<OpenAction>(placed) {
        let state = if found.body.open { "opened" } else { "closed" };
        return Some(Said {
            group: "contacts",
            title: format!("Action {state}: {}", action_words(&found.body.what)),
            detail: filled([("Closed by", found.body.closed_by)]),
        });
    }
    read::<RouteRecord>(placed).map(|found| {
        let title = assessment::route::Routes::shipped()
            .route(&found.body.route)
            .map_or(found.body.route.clone(), |route| route.title.clone());
        let mut detail = vec![line("Outcome", found.body.outcome)];
        detail.extend(
            found
                .body
                .fields
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(label, value)| line(&words::sentence_case(&label.replace('-', " ")), value)),
        );
        Said {
            group: "contacts",
            title,
            detail,
        }
    })
}

fn row(item: &Item) -> Said {
    let catalogue = Catalogue::shipped();
    let list = catalogue.list(&item.list);
    let detail = list
        .map(|list| {
            let fields = list
                .fields
                .iter()
                .filter_map(|field| item.fields.get(&field.id).map(|value| (field, value)));
            fields
                .map(|(field, value)| {
                    line(
                        &field.label,
                        state_words(
                            &field.kind,
                            &record::body::AnswerState::Given {
                                value: value.clone(),
                            },
                        ),
                    )
                })
                .collect()
        })
        .unwrap_or_default();
    let name = item
        .fields
        .get("name")
        .or_else(|| item.fields.get("substance"))
        .or_else(|| item.fields.get("region"));
    let name = match name {
        Some(record::body::AnswerValue::Text(text)) => format!(": {text}"),
        _ => String::new(),
    };
    let title = list.map_or(item.list.as_str(), |list| list.title.as_str());
    let taken_off = if item.removed.is_empty() {
        String::new()
    } else {
        format!(", taken off: {}", item.removed)
    };
    Said {
        group: if item.list == "medicine" || item.list == "allergy" {
            "medicines"
        } else {
            "assessments"
        },
        title: format!("{title}{name}{taken_off}"),
        detail,
    }
}

fn planned(placed: &Placed) -> Option<Said> {
    if let Some(found) = read::<Decision>(placed) {
        let body = found.body;
        let urgency = urgency_of(&body.urgency).map_or(body.urgency.clone(), |urgency| {
            urgency_label(urgency).to_owned()
        });
        let made = if body.as_proposed {
            "as proposed".to_owned()
        } else {
            format!("other than proposed: {}", body.reason_text)
        };
        let detail = filled([
            ("Urgency", urgency),
            ("Signed", made),
            ("Comment", body.comment),
            ("Rules", body.ruleset),
        ]);
        return Some(Said {
            group: "decisions",
            title: format!("Decision signed: {}", lead_words(&body.lead)),
            detail,
        });
    }
    if let Some(found) = read::<Choice>(placed) {
        return Some(Said {
            group: "decisions",
            title: "Chosen before the proposal was shown".into(),
            detail: vec![line("Lead", lead_words(&found.body.lead))],
        });
    }
    if let Some(found) = read::<PlanAgreed>(placed) {
        let body = found.body;
        let detail = filled([
            ("State", body.state),
            ("Not agreed", body.part),
            ("Present", body.present.join(", ")),
            ("Copies to", body.copies),
        ]);
        return Some(Said {
            group: "plans",
            title: format!("Plan version {} agreed", body.version),
            detail,
        });
    }
    if let Some(found) = read::<PlanText>(placed) {
        return Some(Said {
            group: "plans",
            title: "Plan written".into(),
            detail: vec![line(
                &words::sentence_case(&found.body.block.replace('-', " ")),
                found.body.text,
            )],
        });
    }
    if let Some(found) = read::<PlanGoals>(placed) {
        let goals: Vec<String> = found.body.goals.into_iter().map(|goal| goal.text).collect();
        return Some(Said {
            group: "plans",
            title: "Goals written".into(),
            detail: vec![line("Goals", goals.join("; "))],
        });
    }
    if let Some(found) = read::<PlanPrinted>(placed) {
        let version = if found.body.version == 0 {
            "draft".to_owned()
        } else {
            format!("version {}", found.body.version)
        };
        return Some(Said {
            group: "plans",
            title: format!("Plan {}: {version}", found.body.how),
            detail: vec![line("Copies", found.body.copies.to_string())],
        });
    }
    read::<PlanGiven>(placed).map(|found| Said {
        group: "plans",
        title: format!("Plan version {} given", found.body.version),
        detail: vec![line("To", found.body.to)],
    })
}

fn administrative(placed: &Placed) -> Option<Said> {
    if let Some(found) = read::<Detail>(placed) {
        return Some(Said {
            group: "record",
            title: "Details".into(),
            detail: vec![line(
                &words::sentence_case(&found.body.field.replace('-', " ")),
                found.body.value,
            )],
        });
    }
    if let Some(found) = read::<Referral>(placed) {
        let body = found.body;
        let detail = filled([
            ("Received", words::staff_iso(&body.received)),
            ("From", body.referrer),
            ("Reason", body.reason),
            ("Urgency asked", body.asked_urgency),
            ("Letter", body.letter),
        ]);
        return Some(Said {
            group: "letters",
            title: "Referral".into(),
            detail,
        });
    }
    if let Some(found) = read::<Appointment>(placed) {
        let body = found.body;
        return Some(Said {
            group: "contacts",
            title: format!("Appointment {} {}", words::staff_iso(&body.date), body.time),
            detail: filled([("For", body.purpose), ("With", body.with)]),
        });
    }
    read::<EnteredInError>(placed).map(|found| Said {
        group: "record",
        title: "An entry was marked as made in error".into(),
        detail: vec![line("Reason", found.body.reason)],
    })
}

fn filled<const N: usize>(pairs: [(&str, String); N]) -> Vec<Labelled> {
    pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| line(label, value))
        .collect()
}
