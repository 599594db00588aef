//! A letter as it stands: what somebody wrote, and what the facts would say now.

use std::sync::Arc;

use record::body::{AnswerState, AnswerValue, Letter, LetterPart};
use record::id::{EntryId, ItemId, PatientId};

use super::content::{self, PartSpec, Spec};
use super::facts::{Fact, Source, fact};
use super::{NEVER, letter_id};
use crate::assess::Shown;
use crate::case::{Case, Identity};
use crate::desk::Desk;
use crate::refusal::Refusal;

/// A letter as it stands.
pub(super) struct Draft {
    pub(super) id: ItemId,
    pub(super) spec: &'static Spec,
    pub(super) patient: PatientId,
    pub(super) assessment: ItemId,
    pub(super) decision: EntryId,
    /// The decision's code, for the phrases that fit it.
    pub(super) lead: String,
    /// No other condition explains the pain.
    pub(super) primary: bool,
    pub(super) addressee: String,
    pub(super) parts: Vec<PartNow>,
    /// It is in the record, whole.
    pub(super) written: bool,
    pub(super) case: Arc<Case>,
}

/// One part as it stands.
pub(super) struct PartNow {
    pub(super) spec: &'static PartSpec,
    pub(super) text: String,
    /// The entries its facts were taken from when it was written.
    pub(super) from: Vec<EntryId>,
    /// What the facts say now.
    pub(super) fresh: Fresh,
}

/// What the program fills in.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Fresh {
    pub(super) text: String,
    pub(super) from: Vec<EntryId>,
}

impl PartNow {
    /// The facts behind it are not the ones it was written from.
    pub(super) fn is_stale(&self) -> bool {
        self.from != self.fresh.from
    }

    /// Nobody has changed what was filled in.
    pub(super) fn is_drafted(&self) -> bool {
        !self.text.is_empty() && self.text == self.fresh.text
    }
}

impl Draft {
    /// The letter of the decision that is acted on.
    pub(super) fn of(
        desk: &mut Desk,
        patient: PatientId,
        assessment: ItemId,
        to: &str,
    ) -> Result<Self, Refusal> {
        let spec = content::letter(to).ok_or(Refusal::NotFound("That letter"))?;
        let case = desk.case(patient)?;
        case.unveiled(assessment)?;
        let found = case.acted_on(assessment).ok_or_else(|| {
            Refusal::plain(
                "No decision is signed on this assessment. A letter is drafted from a signed decision.",
            )
        })?;
        let lead = found.body.decided.lead.clone();
        if lead == NEVER {
            return Err(Refusal::plain(
                "A safeguarding decision is not put in a letter. Telephone, and write a restricted note.",
            ));
        }
        let names = desk.names()?;
        let numbers = crate::door::local_numbers(desk)?;
        let day = case.day(assessment, desk.today());
        let shown = Shown::new(&case, assessment, day, &names);
        let source = Source {
            case: &case,
            shown: &shown,
            decision: &found,
            signer: desk.name_and_role(found.placed.entry.author)?,
            numbers: &numbers,
        };
        let decision = found.placed.id;
        let id = letter_id(&decision, to);
        let letter = case.letter(id);
        let written = letter.held.all().first().map(|found| found.body.clone());
        let parts = spec.parts.iter().map(|part| {
            let fresh = Fresh::of(part, &source);
            now(part, fresh, written.as_ref())
        });
        let parts = parts.collect();
        let primary = shown.state("pain-cause")
            == AnswerState::Given {
                value: AnswerValue::Text("none".into()),
            };
        let addressee = written.as_ref().map_or_else(
            || addressee(to, case.identity()),
            |body| body.addressee.clone(),
        );
        Ok(Self {
            id,
            spec,
            patient,
            assessment,
            decision,
            lead,
            primary,
            addressee,
            parts,
            written: written.is_some(),
            case: Arc::clone(&case),
        })
    }

    /// What is written of it, every part.
    pub(super) fn body(&self) -> Letter {
        let parts = self.parts.iter().map(|part| LetterPart {
            part: part.spec.id.clone(),
            text: part.text.clone(),
            from: part.from.clone(),
        });
        Letter {
            letter: self.id,
            assessment: self.assessment,
            decision: self.decision,
            to: self.spec.to.clone(),
            addressee: self.addressee.clone(),
            parts: parts.collect(),
        }
    }

    /// What has to be written before it is approved, in words.
    pub(super) fn missing(&self) -> Vec<String> {
        let empty = |part: &&PartNow| part.spec.needed && part.text.trim().is_empty();
        let parts = self.parts.iter().filter(empty);
        let name = |part: &PartNow| match part.spec.title.as_str() {
            "" => "The first lines".to_owned(),
            title => title.to_owned(),
        };
        let mut missing: Vec<String> = parts.map(name).collect();
        if self.addressee.trim().is_empty() {
            missing.insert(0, "To whom it goes".into());
        }
        missing
    }

    /// Parts whose facts have changed since they were written.
    pub(super) fn stale(&self) -> Vec<String> {
        let stale = self.parts.iter().filter(|part| part.is_stale());
        stale
            .map(|part| match part.spec.title.as_str() {
                "" => "The first lines".to_owned(),
                title => title.to_owned(),
            })
            .collect()
    }
}

fn now(spec: &'static PartSpec, fresh: Fresh, written: Option<&Letter>) -> PartNow {
    let kept = written.and_then(|body| body.parts.iter().find(|part| part.part == spec.id));
    match kept {
        Some(part) => PartNow {
            spec,
            text: part.text.clone(),
            from: part.from.clone(),
            fresh,
        },
        None => PartNow {
            spec,
            text: fresh.text.clone(),
            from: fresh.from.clone(),
            fresh,
        },
    }
}

impl Fresh {
    fn of(spec: &PartSpec, source: &Source<'_>) -> Self {
        let facts = spec.facts.iter().map(|name| fact(name, source));
        let (mut lines, mut from) = (Vec::new(), Vec::new());
        for Fact {
            lines: more,
            from: behind,
        } in facts
        {
            lines.extend(more);
            from.extend(behind);
        }
        // Which entries, not in which order: two drafts of the same facts are the same.
        from.sort();
        from.dedup();
        Self {
            text: lines.join("\n"),
            from,
        }
    }
}

/// Whom it goes to, as far as the record knows. Details in conflict are not used (SAFETY 1).
fn addressee(to: &str, identity: &Identity) -> String {
    match to {
        "gp" | "discharge" => identity.gp.clone(),
        "patient" => {
            let address = identity.address.replace(", ", "\n");
            [identity.spoken(), address].join("\n").trim().to_owned()
        }
        _ => String::new(),
    }
}
