//! How the person came, what they said and what was found.

use std::collections::BTreeSet;

use assessment::question::{Catalogue, QuestionKind};
use record::body::{AssessmentFinished, AssessmentStarted};
use record::id::EntryId;

use super::{Fact, Source, ids};
use crate::assess::state_words;
use crate::case::slots;
use crate::route::raises;
use crate::{triage, words};

/// The group whose answers belong in restricted notes and never in a letter (SAFETY 16).
const SAFEGUARDING: &str = "safeguard";

pub(super) fn referred(of: &Source<'_>) -> Fact {
    let referrals = of.case.referrals();
    let Some(newest) = referrals.first() else {
        return Fact::default();
    };
    let body = newest.body;
    let by = if body.referrer.is_empty() {
        "somebody not named".to_owned()
    } else {
        body.referrer.clone()
    };
    let received = words::staff_iso(&body.received);
    let reason = body.reason.trim();
    Fact::line(
        format!("Referred by {by}, received {received}: {reason}"),
        vec![newest.placed.id],
    )
}

pub(super) fn assessed(of: &Source<'_>) -> Fact {
    let id = of.shown.assessment;
    let started = of.case.held::<AssessmentStarted>(&slots::started(id));
    let finished = of.case.held::<AssessmentFinished>(&slots::finished(id));
    let mut from = ids(started.all().iter().map(|found| found.placed));
    from.extend(ids(finished.all().iter().map(|found| found.placed)));
    from.extend(of.behind("contact-mode"));
    Fact::line(format!("Assessed {}", of.seen()), from)
}

pub(super) fn pain(of: &Source<'_>) -> Fact {
    of.answered("Main problem", "pain-main")
        .and(of.given("For", "pain-months"))
        .and(of.given("How it began", "pain-onset"))
        .and(super::lists::regions(of))
        .and(of.given("On average over the last 7 days", "pain-average"))
        .and(of.given("At its worst in the last 7 days", "pain-worst"))
        .and(of.given("Effect on life", "impact"))
        .and(of.given("Work at present", "work-status"))
}

/// How many signs were asked and are present, by whom and how; never that all is well (SAFETY 3).
pub(super) fn signs(of: &Source<'_>) -> Fact {
    let counts = triage::proposal(of.shown).counts.iter();
    let (mut asked, mut all, mut present) = (0, 0, 0);
    for group in counts.filter(|group| group.group != SAFEGUARDING) {
        asked += group.asked;
        all += group.of;
        present += group.present;
    }
    let mut lines = vec![format!(
        "Warning signs: {asked} of {all} asked, {}, {}",
        match present {
            0 => "none present".to_owned(),
            some => format!("{some} present"),
        },
        of.seen()
    )];
    let mut from = Vec::new();
    for question in Catalogue::shipped().questions() {
        let in_letters = question.group.as_deref() != Some(SAFEGUARDING);
        if question.kind != QuestionKind::Feature || !in_letters {
            continue;
        }
        for now in of.shown.answers.get(&question.id).into_iter().flatten() {
            from.push(now.placed.id);
            if raises(question, now.state) {
                let who = of.shown.who(now.placed);
                lines.push(format!("Present: {} ({who})", question.text));
            }
        }
    }
    Fact { lines, from }
}

pub(super) fn examination(of: &Source<'_>) -> Fact {
    let said = [
        ("General", "exam-general"),
        ("Painful area", "exam-painful"),
        ("Power, reflexes, feeling", "exam-neurology"),
        ("Other findings", "exam-other"),
    ];
    let found = said.iter().fold(Fact::default(), |all, (label, question)| {
        all.and(of.given(label, question))
    });
    if found.lines.is_empty() {
        of.answered("Examined", "examined")
    } else {
        found
    }
}

pub(super) fn scores(of: &Source<'_>) -> Fact {
    let day = words::staff_date(of.case.day(of.shown.assessment, of.shown.today));
    let sections = of.shown.sections();
    let scores = sections.iter().flat_map(|section| &section.scores);
    let (mut seen, mut all) = (BTreeSet::new(), Fact::default());
    for score in scores {
        let from = items_behind(of, &score.instrument);
        if from.is_empty() || !seen.insert(&score.instrument) {
            continue;
        }
        let band = score.band.as_ref().map(|band| format!(", {band}"));
        let line = format!(
            "{}: {}{} ({day})",
            score.name,
            score.words,
            band.unwrap_or_default()
        );
        all = all.and(Fact::line(line, from));
    }
    all
}

/// The answers that an instrument's score is worked out from.
fn items_behind(of: &Source<'_>, instrument: &str) -> Vec<EntryId> {
    let questions = Catalogue::shipped().questions();
    let items = questions.filter(|question| {
        matches!(&question.kind, QuestionKind::InstrumentItem { instrument: own, .. } if own == instrument)
    });
    items.flat_map(|item| of.behind(&item.id)).collect()
}

pub(super) fn cancer(of: &Source<'_>) -> Fact {
    of.answered(
        "Cancer now or in the past, or thought likely",
        "cancer-history",
    )
    .and(of.answered("Cancer at present", "cancer-now"))
    .and(of.given("Pain from cancer or its treatment", "pain-cancer"))
    .and(of.given("Life-limiting illness", "end-of-life"))
}

pub(super) fn wishes(of: &Source<'_>) -> Fact {
    let asked = ["matters-most", "hopes", "worries", "does-not-want"];
    let asked = asked.iter().filter(|question| of.is_given(question));
    asked.fold(Fact::default(), |all, id| {
        let Some(question) = Catalogue::shipped().question(id) else {
            return all;
        };
        let said = state_words(&question.kind, &of.shown.state(id));
        all.and(Fact::line(
            format!("{} {said}", question.text),
            of.behind(id),
        ))
    })
}
