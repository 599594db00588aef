//! What was asked, found and done.

use assessment::instrument::Instrument;
use assessment::question::{Catalogue, QuestionKind};
use assessment::route::Routes;
use record::body::{
    AnswerState, Answered, AssessmentFinished, AssessmentStarted, FormUsed, Item, ListState,
    OpenAction, RouteRecord,
};
use record::fold::Placed;

use super::{Said, filled, line};
use crate::assess::{state_words, way_words};
use crate::case::read;
use crate::words;
use crate::worklist::action_words;

pub(super) fn clinical(placed: &Placed) -> Option<Said> {
    read::<Answered>(placed)
        .map(|found| answered(&found.body))
        .or_else(|| read::<Item>(placed).map(|found| row(&found.body)))
        .or_else(|| read::<ListState>(placed).map(|found| list(&found.body)))
        .or_else(|| read::<AssessmentStarted>(placed).map(|found| started(found.body)))
        .or_else(|| read::<AssessmentFinished>(placed).map(|found| finished(found.body)))
        .or_else(|| read::<OpenAction>(placed).map(|found| action(found.body)))
        .or_else(|| read::<RouteRecord>(placed).map(|found| route(found.body)))
        .or_else(|| read::<FormUsed>(placed).map(|found| form(found.body)))
}

fn answered(body: &Answered) -> Said {
    let catalogue = Catalogue::shipped();
    let question = catalogue.question(&body.question);
    let label = question.map_or(body.question.as_str(), |question| question.text.as_str());
    let value = question
        .map(|question| state_words(&question.kind, &body.answer))
        .unwrap_or_default();
    let section = catalogue
        .section_of(&body.question)
        .map_or("Answers", |section| section.title.as_str());
    let from = if body.source == "letter" {
        " (from the letter)"
    } else {
        ""
    };
    Said {
        group: "assessments",
        title: format!("{section}: answers{from}"),
        detail: vec![line(label, value)],
    }
}

fn list(body: &ListState) -> Said {
    let list = Catalogue::shipped().list(&body.list);
    let title = list.map_or("List", |list| list.title.as_str());
    let words = match &body.state {
        AnswerState::Given { .. } => list
            .map(|list| list.empty_choice.clone())
            .unwrap_or_default(),
        state => state_words(&QuestionKind::YesNo, state),
    };
    Said {
        group: "assessments",
        title: format!("{title}: {words}"),
        detail: Vec::new(),
    }
}

fn started(body: AssessmentStarted) -> Said {
    Said {
        group: "assessments",
        title: "Assessment started".into(),
        detail: vec![line("How", body.mode)],
    }
}

fn finished(body: AssessmentFinished) -> Said {
    Said {
        group: "assessments",
        title: "Assessment finished".into(),
        detail: filled([("Reason", body.reason), ("Safety-net", body.safety_net)]),
    }
}

fn form(body: FormUsed) -> Said {
    let name = Instrument::by_id(&body.instrument)
        .map_or(body.instrument.as_str(), |form| form.name.as_str());
    let what = if !body.removed.is_empty() {
        "taken away"
    } else if body.licensed_form {
        "completed on the licensed form"
    } else if body.pack.is_empty() {
        "added"
    } else {
        "asked in the words of a pack"
    };
    Said {
        group: "assessments",
        title: format!("{name}: {what}"),
        detail: filled([
            ("How", way_words(&body.how).to_owned()),
            ("Completed", words::staff_iso(&body.completed)),
            ("Form", format!("{}, {}", body.version, body.language)),
            ("Pack", body.pack),
            ("Why taken away", body.removed),
        ]),
    }
}

fn action(body: OpenAction) -> Said {
    let state = if body.open { "opened" } else { "closed" };
    Said {
        group: "contacts",
        title: format!("Action {state}: {}", action_words(&body.what)),
        detail: filled([("Closed by", body.closed_by)]),
    }
}

fn route(body: RouteRecord) -> Said {
    let title = Routes::shipped()
        .route(&body.route)
        .map_or(body.route.clone(), |route| route.title.clone());
    let fields = body
        .fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    let written =
        fields.map(|(label, value)| line(&words::sentence_case(&label.replace('-', " ")), value));
    Said {
        group: "contacts",
        title,
        detail: std::iter::once(line("Outcome", body.outcome))
            .chain(written)
            .collect(),
    }
}

fn row(item: &Item) -> Said {
    let list = Catalogue::shipped().list(&item.list);
    let fields = list.map(|list| list.fields.as_slice()).unwrap_or_default();
    let detail = fields
        .iter()
        .filter_map(|field| item.fields.get(&field.id).map(|value| (field, value)))
        .map(|(field, value)| {
            let value = value.clone();
            let words = state_words(&field.kind, &AnswerState::Given { value });
            line(&field.label, words)
        })
        .collect();
    let mut names = ["name", "substance", "region"].into_iter();
    let name = names
        .find_map(|name| fields.iter().find(|field| field.id == name))
        .and_then(|field| {
            let value = item.fields.get(&field.id)?.clone();
            let words = state_words(&field.kind, &AnswerState::Given { value });
            Some(format!(": {words}"))
        })
        .unwrap_or_default();
    let title = list.map_or(item.list.as_str(), |list| list.title.as_str());
    let taken_off = if item.removed.is_empty() {
        String::new()
    } else {
        format!(", taken off: {}", item.removed)
    };
    Said {
        group: match item.list.as_str() {
            "medicine" | "allergy" => "medicines",
            _ => "assessments",
        },
        title: format!("{title}{name}{taken_off}"),
        detail,
    }
}
