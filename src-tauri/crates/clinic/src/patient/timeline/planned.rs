//! Decisions and plans.

use record::body::{
    Choice, Decided, Decision, PlanAgreed, PlanGiven, PlanGoals, PlanPrinted, PlanText,
};
use record::entry::Entry;
use record::fold::Placed;

use super::{Said, filled, line};
use crate::case::read;
use crate::decide::{lead_words, urgency_label, urgency_of};
use crate::{rules, words};

pub(super) fn planned(placed: &Placed) -> Option<Said> {
    read::<Decision>(placed)
        .map(|found| decided(found.body.decided, &placed.entry))
        .or_else(|| read::<Choice>(placed).map(|found| chosen(&found.body)))
        .or_else(|| read::<PlanAgreed>(placed).map(|found| agreed(found.body)))
        .or_else(|| read::<PlanText>(placed).map(|found| written(found.body)))
        .or_else(|| read::<PlanGoals>(placed).map(|found| goals(found.body)))
        .or_else(|| read::<PlanPrinted>(placed).map(|found| copied(&found.body)))
        .or_else(|| read::<PlanGiven>(placed).map(|found| given(found.body)))
}

fn decided(body: Decided, entry: &Entry) -> Said {
    let rules = rules::signed_under(&body.ruleset, entry);
    let urgency = urgency_of(&body.urgency).map_or(body.urgency.clone(), |urgency| {
        urgency_label(urgency).to_owned()
    });
    let made = if body.as_proposed {
        "as proposed".to_owned()
    } else {
        format!("other than proposed: {}", body.reason_text)
    };
    Said {
        group: "decisions",
        title: format!("Decision signed: {}", lead_words(&body.lead)),
        detail: filled([
            ("Urgency", urgency),
            ("Signed", made),
            ("Comment", body.comment),
            ("Rules", rules),
        ]),
    }
}

fn chosen(body: &Choice) -> Said {
    Said {
        group: "decisions",
        title: "Chosen before the proposal was shown".into(),
        detail: vec![line("Lead", lead_words(&body.lead))],
    }
}

fn agreed(body: PlanAgreed) -> Said {
    Said {
        group: "plans",
        title: format!(
            "Plan version {} {}",
            body.version,
            words::agreed(&body.state)
        ),
        detail: filled([
            ("State", body.state),
            ("Not agreed", body.part),
            ("Present", body.present.join(", ")),
            ("Copies to", body.copies),
        ]),
    }
}

fn written(body: PlanText) -> Said {
    let block = words::sentence_case(&body.block.replace('-', " "));
    Said {
        group: "plans",
        title: format!("Plan written: {}", block.to_lowercase()),
        detail: vec![line(&block, body.text)],
    }
}

fn goals(body: PlanGoals) -> Said {
    let goals: Vec<String> = body.goals.into_iter().map(|goal| goal.text).collect();
    Said {
        group: "plans",
        title: "Goals written".into(),
        detail: vec![line("Goals", goals.join("; "))],
    }
}

fn copied(body: &PlanPrinted) -> Said {
    let version = match body.version {
        0 => "draft".to_owned(),
        version => format!("version {version}"),
    };
    Said {
        group: "plans",
        title: format!("Plan {}: {version}", body.how),
        detail: vec![line("Copies", body.copies.to_string())],
    }
}

fn given(body: PlanGiven) -> Said {
    Said {
        group: "plans",
        title: format!("Plan version {} given", body.version),
        detail: vec![line("To", body.to)],
    }
}
