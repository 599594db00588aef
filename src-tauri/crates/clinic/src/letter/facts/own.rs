//! The same for the person themselves: plain words, no score, no label.

use record::body::{AnswerState, AnswerValue};

use super::super::content;
use super::{Fact, Source, lists};
use crate::assess::medicine_in_words;
use crate::plan;
use crate::words;

pub(super) fn met(of: &Source<'_>) -> Fact {
    let day = words::patient_date(of.case.day(of.shown.assessment, of.shown.today));
    let how = match of.shown.state("contact-mode") {
        AnswerState::Given {
            value: AnswerValue::Text(how),
        } => how,
        _ => String::new(),
    };
    let line = match how.as_str() {
        "phone" => format!("We spoke by phone on {day}."),
        "video" => format!("We spoke by video on {day}."),
        "letter" => format!("We read about your pain on {day}."),
        _ => format!("We met on {day}."),
    };
    Fact::line(line, of.behind("contact-mode"))
}

pub(super) fn own_words(of: &Source<'_>) -> Fact {
    let asked = ["matters-most", "hopes"];
    let given = asked.iter().filter(|question| of.is_given(question));
    let said = given.fold(Fact::default(), |all, question| {
        all.and(Fact::line(of.said(question), of.behind(question)))
    });
    if !of.is_given("does-not-want") {
        return said;
    }
    said.and(Fact::line(
        format!(
            "You told us what you do not want: {}",
            of.said("does-not-want")
        ),
        of.behind("does-not-want"),
    ))
}

pub(super) fn plain_decision(of: &Source<'_>) -> Fact {
    let lead = &of.decision.body.decided.lead;
    content::plain(lead).map_or_else(Fact::default, |words| {
        Fact::line(words, vec![of.decision.placed.id])
    })
}

pub(super) fn medicines(of: &Source<'_>) -> Fact {
    let rows = of.shown.items.iter().filter(|item| item.list == "medicine");
    let lines = rows.map(|item| {
        let [name, taken, why] = medicine_in_words(&item.fields);
        let taken = if taken.is_empty() {
            String::new()
        } else {
            format!(": {}", taken.to_lowercase())
        };
        let why = if why.is_empty() {
            String::new()
        } else {
            format!(". It is for: {why}")
        };
        words::sentence_case(&format!("{name}{taken}{why}"))
    });
    Fact {
        lines: lines.collect(),
        from: lists::behind(of, "medicine"),
    }
}

/// As on the plan. Content, not facts; whether there is a pump is one.
pub(super) fn warning_signs(of: &Source<'_>) -> Fact {
    let implanted = of.shown.items.iter().any(|item| item.list == "device");
    let lines = plan::warning_signs(implanted).into_iter();
    Fact {
        lines: lines.map(str::to_owned).collect(),
        from: lists::behind(of, "device"),
    }
}

pub(super) fn contacts(of: &Source<'_>) -> Fact {
    let numbers = plan::contacts(&of.numbers.clinic, &of.numbers.out_of_hours);
    let lines = numbers.into_iter();
    Fact {
        lines: lines
            .map(|line| format!("{}: {}", line.label, line.value))
            .collect(),
        from: Vec::new(),
    }
}
