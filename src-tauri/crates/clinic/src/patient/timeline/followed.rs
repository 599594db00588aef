//! What goes with a decision: countersigning, taking back, second opinions, tasks, letters.

use record::body::{
    Decided, Enquiry, HandedOver, Letter, LetterApproved, LetterSent, Opinion, OpinionAsked,
    OpinionSettled, PaperMade, PutAside, SupervisedDecision, Task, Withdrawal,
};
use record::fold::Placed;

use super::{Said, filled, line};
use crate::case::read;
use crate::decide::{lead_words, urgency_label, urgency_of};
use crate::words;

pub(super) fn followed(placed: &Placed) -> Option<Said> {
    read::<SupervisedDecision>(placed)
        .map(|found| supervised(found.body.decided))
        .or_else(|| read::<Withdrawal>(placed).map(|found| withdrawn(found.body)))
        .or_else(|| read::<HandedOver>(placed).map(|found| handed_over(found.body)))
        .or_else(|| read::<PutAside>(placed).map(|found| aside(found.body)))
        .or_else(|| read::<OpinionAsked>(placed).map(|found| asked(found.body)))
        .or_else(|| read::<Opinion>(placed).map(|found| opinion(found.body)))
        .or_else(|| read::<OpinionSettled>(placed).map(|found| settled(found.body)))
        .or_else(|| read::<Task>(placed).map(|found| task(found.body)))
        .or_else(|| read::<Enquiry>(placed).map(|found| enquiry(found.body)))
        .or_else(|| read::<Letter>(placed).map(|found| letter(found.body)))
        .or_else(|| read::<LetterApproved>(placed).map(|found| approved(found.body)))
        .or_else(|| read::<LetterSent>(placed).map(|found| sent(found.body)))
        .or_else(|| read::<PaperMade>(placed).map(|found| paper(&found.body)))
}

fn urgency(value: &str) -> String {
    urgency_of(value).map_or(value.to_owned(), |urgency| {
        urgency_label(urgency).to_owned()
    })
}

fn supervised(body: Decided) -> Said {
    Said {
        group: "decisions",
        title: format!("Decision to be countersigned: {}", lead_words(&body.lead)),
        detail: filled([
            ("Urgency", urgency(&body.urgency)),
            ("Reason", body.reason_text),
            ("Comment", body.comment),
            ("Rules", body.ruleset),
        ]),
    }
}

fn withdrawn(body: Withdrawal) -> Said {
    Said {
        group: "decisions",
        title: "Decision taken back".into(),
        detail: filled([("What", body.name), ("Reason", body.reason)]),
    }
}

fn handed_over(body: HandedOver) -> Said {
    Said {
        group: "contacts",
        title: "Handed over to a colleague".into(),
        detail: filled([("To know", body.note)]),
    }
}

fn aside(body: PutAside) -> Said {
    let title = if body.lifted {
        "Taken up again".to_owned()
    } else {
        format!("Put aside until {}", words::staff_iso(&body.until))
    };
    Said {
        group: "decisions",
        title,
        detail: filled([("Reason", body.reason)]),
    }
}

fn asked(body: OpinionAsked) -> Said {
    let title = match (body.withdrawn.is_empty(), body.blind) {
        (false, _) => "Second opinion no longer asked for",
        (true, true) => "Second opinion asked for, blind",
        (true, false) => "Second opinion asked for",
    };
    Said {
        group: "opinions",
        title: title.into(),
        detail: filled([
            ("Question", body.text),
            ("By", words::staff_iso(&body.by)),
            ("Why not", body.withdrawn),
        ]),
    }
}

fn opinion(body: Opinion) -> Said {
    let title = match body.agrees.as_str() {
        "agree" => "Second opinion signed: agrees",
        "agree-with-change" => "Second opinion signed: agrees, with a change",
        "disagree" => "Second opinion signed: disagrees",
        _ => "Second opinion signed, blind",
    };
    Said {
        group: "opinions",
        title: title.into(),
        detail: filled([
            ("Lead", lead_words(&body.lead)),
            ("Urgency", urgency(&body.urgency)),
            ("Change", body.change),
            ("Reason", body.reason),
            ("Rules", body.ruleset),
        ]),
    }
}

fn settled(body: OpinionSettled) -> Said {
    let how = match body.how.as_str() {
        "first" => "the first view holds",
        "second" => "the second view holds",
        _ => "otherwise than either",
    };
    Said {
        group: "opinions",
        title: format!("Two opinions settled: {how}"),
        detail: filled([("Why", body.words)]),
    }
}

fn task(body: Task) -> Said {
    let state = match body.state.as_str() {
        "done" => "done",
        "not-needed" => "not needed",
        _ => "to do",
    };
    Said {
        group: "tasks",
        title: format!("Task {state}: {}", body.words),
        detail: filled([
            ("Due", words::staff_iso(&body.due)),
            ("Done on", words::staff_iso(&body.done_on)),
            ("Told, or why", body.told),
            ("Receipt", body.receipt),
        ]),
    }
}

fn enquiry(body: Enquiry) -> Said {
    let title = match (body.open, body.answer.is_empty()) {
        (true, _) => "The hub asks",
        (false, false) => "The hub asked, answered",
        (false, true) => "The hub asked, no longer",
    };
    Said {
        group: "tasks",
        title: title.into(),
        detail: filled([
            ("Question", body.text),
            ("By", words::staff_iso(&body.by)),
            ("Answer", body.answer),
        ]),
    }
}

/// Whom a letter is for, in words.
fn reader(to: &str) -> &'static str {
    match to {
        "gp" => "to the GP",
        "patient" => "to the patient",
        "hospital" => "to a hospital",
        "hospice" => "to a hospice",
        "discharge" => "of discharge",
        _ => "of a kind not known here",
    }
}

fn letter(body: Letter) -> Said {
    let parts = body.parts.into_iter().filter(|part| !part.text.is_empty());
    let written = parts.map(|part| {
        line(
            &words::sentence_case(&part.part.replace('-', " ")),
            part.text,
        )
    });
    Said {
        group: "letters",
        title: format!("Letter {} written", reader(&body.to)),
        detail: filled([("To", body.addressee)])
            .into_iter()
            .chain(written)
            .collect(),
    }
}

fn approved(body: LetterApproved) -> Said {
    Said {
        group: "letters",
        title: format!("Letter approved, version {}", body.version),
        detail: filled([("Copies to", body.copies)]),
    }
}

fn sent(body: LetterSent) -> Said {
    let version = match body.version {
        0 => "draft".to_owned(),
        version => format!("version {version}"),
    };
    Said {
        group: "letters",
        title: format!("Letter {}: {version}", body.how),
        detail: filled([("To", body.to), ("Copies", body.copies.to_string())]),
    }
}

fn paper(body: &PaperMade) -> Said {
    let what = match body.what.as_str() {
        "call-card" => "Call card",
        "minutes" => "Minutes",
        "summary" => "Summary",
        _ => "Paper",
    };
    Said {
        group: "letters",
        title: format!("{what} {}", body.how),
        detail: filled([("Copies", body.copies.to_string())]),
    }
}
