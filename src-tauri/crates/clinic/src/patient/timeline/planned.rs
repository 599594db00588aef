//! Decisions and plans.

use record::body::{Choice, Decision, PlanAgreed, PlanGiven, PlanGoals, PlanPrinted, PlanText};
use record::fold::Placed;

use super::{Said, filled, line};
use crate::case::read;
use crate::decide::{lead_words, urgency_label, urgency_of};
use crate::words;

pub(super) fn planned(placed: &Placed) -> Option<Said> {
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
