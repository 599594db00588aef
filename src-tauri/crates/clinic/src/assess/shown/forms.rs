//! The questionnaires that were added, and those that can be.

use assessment::instrument::{Instrument, Pack, Wording};
use assessment::question::{Labelled, Question, QuestionKind, Section};
use record::body::FormUsed;

use super::super::forms::{unfit, ways};
use super::Shown;
use super::sections::small;
use crate::case::may_count;
use crate::view::{FormChoice, FormView};
use crate::words;

impl Shown<'_> {
    /// Whether a question stands in this assessment: an item of a questionnaire only once that one
    /// was added.
    pub(super) fn stands(&self, question: &Question) -> bool {
        question
            .on_request
            .as_ref()
            .is_none_or(|form| self.forms.contains_key(form))
    }

    /// Whether the answers of an instrument that is used on request count.
    pub(super) fn counts(&self, instrument: &str) -> bool {
        let form = Instrument::by_id(instrument);
        let used = self.forms.get(instrument);
        form.zip(used)
            .is_some_and(|(form, used)| may_count(form, used))
    }

    /// The questionnaires that were added, in their fixed order.
    pub(super) fn forms(&self, section: &Section) -> Vec<FormView> {
        on_request(section)
            .filter_map(|form| self.forms.get(&form.id).map(|used| self.form(form, used)))
            .collect()
    }

    /// The questionnaires that can still be added.
    pub(super) fn addable(&self, section: &Section) -> Vec<FormChoice> {
        on_request(section)
            .filter(|form| !self.forms.contains_key(&form.id))
            .map(|form| FormChoice {
                instrument: form.id.clone(),
                name: form.name.clone(),
                measures: form.measures.clone(),
                items: small(form.items.len()),
                unfit: unfit(self.case, self.assessment, form),
            })
            .collect()
    }

    fn form(&self, form: &Instrument, used: &FormUsed) -> FormView {
        let pack = self.pack(&form.id);
        let wording = match (form.wording, pack) {
            (Wording::Licensed, Some(_)) => "pack",
            (Wording::Licensed, None) => "numbers",
            _ => "own",
        };
        FormView {
            instrument: form.id.clone(),
            name: form.name.clone(),
            measures: form.measures.clone(),
            version: format!("{}, {}", form.version, form.language),
            attribution: pack
                .map_or_else(|| form.attribution.clone(), |pack| pack.attribution.clone()),
            licence: format!(
                "{} ({}).",
                form.licence.trim_end_matches('.'),
                form.licence_mark.words()
            ),
            wording: wording.into(),
            pack: pack.map(licence_words),
            needs_tick: form.wording == Wording::Licensed && used.pack.is_empty(),
            licensed_form: used.licensed_form,
            counts: may_count(form, used),
            how: used.how.clone(),
            ways: ways(),
            completed: used.completed.clone(),
        }
    }

    /// The pack whose words are shown for an instrument.
    pub(super) fn pack(&self, instrument: &str) -> Option<&Pack> {
        let packs = self.packs.as_ref()?;
        packs.words_of(instrument, self.today).map(AsRef::as_ref)
    }

    /// The words of a question: those of a pack, or of an item its number alone, since the
    /// instrument's name stands above it. With them the kind of answer in the same words.
    pub(super) fn worded(&self, question: &Question) -> (String, QuestionKind) {
        let plain = || (question.text.clone(), question.kind.clone());
        let Some(form) = question.on_request.as_deref().and_then(Instrument::by_id) else {
            return plain();
        };
        let Some(at) = position(form, question) else {
            return plain();
        };
        let own = form
            .items
            .get(at)
            .map(|item| item.text.clone())
            .unwrap_or_default();
        match self.pack(&form.id).and_then(|pack| pack.item(form, at)) {
            Some(item) => (item.text.clone(), labelled(&question.kind, &item.options)),
            None => (own, question.kind.clone()),
        }
    }

    /// The words before the items, where a pack has them.
    pub(super) fn stem(&self, form: &Instrument) -> String {
        self.pack(&form.id)
            .map_or_else(|| form.stem.clone(), |pack| pack.stem.clone())
    }
}

fn on_request(section: &Section) -> impl Iterator<Item = &'static Instrument> {
    let any = section
        .questions
        .iter()
        .any(|question| question.on_request.is_some());
    Instrument::shipped()
        .iter()
        .filter(move |form| any && form.on_request)
}

fn position(form: &Instrument, question: &Question) -> Option<usize> {
    let number = question.id.strip_prefix(&form.id)?.strip_prefix('-')?;
    number.parse::<usize>().ok()?.checked_sub(1)
}

fn labelled(kind: &QuestionKind, labels: &[String]) -> QuestionKind {
    match kind {
        QuestionKind::InstrumentItem {
            instrument,
            item,
            options,
        } if labels.len() == options.len() => QuestionKind::InstrumentItem {
            instrument: instrument.clone(),
            item: *item,
            options: options
                .iter()
                .zip(labels)
                .map(|(option, label)| Labelled {
                    value: option.value.clone(),
                    label: label.clone(),
                })
                .collect(),
        },
        other => other.clone(),
    }
}

/// What the words on the screen are used under.
fn licence_words(pack: &Pack) -> String {
    format!(
        "Licence {} of {}, held by {} until {}. Form {}, {}.",
        pack.licence_reference,
        pack.licence_holder,
        pack.held_by,
        words::staff_date(pack.valid_until),
        pack.version,
        pack.language
    )
}
