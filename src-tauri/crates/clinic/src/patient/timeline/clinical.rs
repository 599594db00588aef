//! What was asked, found and done.

use assessment::question::Catalogue;
use record::body::{
    Answered, AssessmentFinished, AssessmentStarted, Item, ListState, OpenAction, RouteRecord,
};
use record::fold::Placed;

use super::{Said, filled, line};
use crate::assess::state_words;
use crate::case::read;
use crate::words;
use crate::worklist::action_words;

pub(super) fn clinical(placed: &Placed) -> Option<Said> {
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

pub(super) fn row(item: &Item) -> Said {
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
