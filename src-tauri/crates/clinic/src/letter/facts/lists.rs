//! Medicines, allergies and the other lists.

use assessment::question::{Catalogue, QuestionKind};
use record::body::{AnswerState, Item, ListState};
use record::fold::Placed;
use record::id::EntryId;

use super::{Fact, Source};
use crate::assess::{item_words, state_words};
use crate::banner;
use crate::case::{ItemNow, slots};

/// Every medicine that stands: of versions that did not see each other all (SAFETY 1).
pub(super) fn medicines(of: &Source<'_>) -> Fact {
    let mut lines = lines(of, "medicine", |item| {
        if item.taken_off {
            " (one entry says it was stopped)"
        } else if item.conflict {
            " (two entries differ)"
        } else {
            ""
        }
    });
    if lines.is_empty() {
        lines.push(format!("Medicines: {}", unlisted(of, "medicine")));
    }
    if let Some(ome) = of.shown.medicines().ome_words() {
        lines.push(format!("Opioids together: OME {ome}"));
    }
    Fact {
        lines,
        from: behind(of, "medicine"),
    }
}

pub(super) fn allergies(of: &Source<'_>) -> Fact {
    let known = banner::allergies(of.shown);
    let words = match known.state.as_str() {
        "known" => format!("Allergies: {}", known.words),
        _ => known.words,
    };
    Fact::line(words, behind(of, "allergy"))
}

pub(super) fn implants(of: &Source<'_>) -> Fact {
    let rows = lines(of, "device", |_| "");
    let lines = if rows.is_empty() {
        vec![format!(
            "Implanted pump or stimulator: {}",
            of.said("implanted-device").to_lowercase()
        )]
    } else {
        let each = rows.into_iter();
        each.map(|row| format!("Implanted: {row}")).collect()
    };
    let mut from = behind(of, "device");
    from.extend(of.behind("implanted-device"));
    Fact { lines, from }
}

pub(super) fn treatments(of: &Source<'_>) -> Fact {
    let rows = lines(of, "treatment", |_| "").into_iter();
    Fact {
        lines: rows.map(|row| format!("Tried: {row}")).collect(),
        from: behind(of, "treatment"),
    }
}

/// Where it hurts, in one line.
pub(super) fn regions(of: &Source<'_>) -> Fact {
    let rows = lines(of, "region", |_| "");
    if rows.is_empty() {
        return Fact::default();
    }
    Fact::line(
        format!("Where it hurts: {}", rows.join("; ")),
        behind(of, "region"),
    )
}

fn lines(of: &Source<'_>, list: &str, remark: impl Fn(&ItemNow) -> &'static str) -> Vec<String> {
    let Some(spec) = Catalogue::shipped().list(list) else {
        return Vec::new();
    };
    let items = of.shown.items.iter().filter(|item| item.list == list);
    items
        .map(|item| format!("{}{}", item_words(spec, item), remark(item)))
        .collect()
}

/// What is known of a list without rows.
fn unlisted(of: &Source<'_>, list: &str) -> String {
    let states = of.case.list_states(of.shown.assessment);
    match states.get(list) {
        Some(AnswerState::Given { .. }) => Catalogue::shipped()
            .list(list)
            .map(|spec| spec.empty_choice.to_lowercase())
            .unwrap_or_default(),
        Some(state) => state_words(&QuestionKind::YesNo, state).to_lowercase(),
        None => "not asked".into(),
    }
}

/// The entries behind a list: its rows that stand, and what was said of it as a whole.
pub(super) fn behind(of: &Source<'_>, list: &str) -> Vec<EntryId> {
    let path = format!("item/{list}");
    let slots_of = of.case.record.under(&path);
    let rows: Vec<&Placed> = slots_of.flat_map(|(_, now)| now.all().to_vec()).collect();
    let here = |placed: &&Placed| {
        of.case
            .read::<Item>(placed)
            .is_none_or(|found| list != "region" || found.body.assessment == of.shown.assessment)
    };
    let mut from: Vec<EntryId> = rows.iter().copied().filter(here).map(|it| it.id).collect();
    let whole = slots::list(of.shown.assessment, list);
    let said = of.case.held::<ListState>(&whole);
    from.extend(said.all().iter().map(|found| found.placed.id));
    from
}
