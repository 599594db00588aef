//! Facts that a vignette sets outright, or expects as gathered.

use rust_decimal::Decimal;
use toml::{Spanned, Value as Toml};

use super::error::{Place, VignetteError};
use crate::answer::Unanswered;
use crate::fact::{DERIVED, FactId, FactKind, FactValue, Known, derived};
use crate::question::Catalogue;

/// A fact and what is known of it.
///
/// A value of its type; `"not-asked"` or another of the four states; `"does-not-arise"`; a list
/// of values in conflict; or `{ from = 100, to = 150 }` for a number between two limits.
pub(super) fn fact(
    place: Place<'_>,
    name: &Spanned<String>,
    value: &Spanned<Toml>,
) -> Result<(FactId, Known), VignetteError> {
    let asked = Catalogue::shipped().question(name.get_ref());
    let kind = derived(name.get_ref()).map(|it| it.kind);
    let Some(kind) = kind.or_else(|| asked.and_then(FactKind::of)) else {
        let questions = Catalogue::shipped().questions().map(|it| it.id.as_str());
        let known = questions.chain(DERIVED.iter().map(|it| it.id));
        let expected = "expected a question or a worked-out fact";
        return Err(place.unknown(name.span().start, expected, name.get_ref(), known));
    };
    let known = known(kind, value.get_ref()).ok_or_else(|| {
        let expected = "expected a value of this fact's type, one of the four unanswered states, \"does-not-arise\", a list of values in conflict, or { from, to }";
        place.fault(value.span().start, expected)
    })?;
    Ok((FactId::new(name.get_ref()), known))
}

fn known(kind: FactKind, value: &Toml) -> Option<Known> {
    match value {
        Toml::String(word) if word == "does-not-arise" => Some(Known::NotApplicable),
        Toml::Array(list) => {
            let values: Option<Vec<FactValue>> = list.iter().map(|it| plain(kind, it)).collect();
            values.filter(|it| it.len() > 1).map(Known::Conflict)
        }
        Toml::Table(limits) => {
            let limit = |name: &str| limits.get(name).and_then(decimal);
            let (lowest, highest) = (limit("from"), limit("to"));
            let given = usize::from(lowest.is_some()) + usize::from(highest.is_some());
            (kind == FactKind::Number && given == limits.len())
                .then_some(Known::Between { lowest, highest })
        }
        value => {
            let state = value.clone().try_into::<Unanswered>().ok();
            let open = state.map(Known::Open);
            open.or_else(|| plain(kind, value).map(Known::Is))
        }
    }
}

fn plain(kind: FactKind, value: &Toml) -> Option<FactValue> {
    match (kind, value) {
        (FactKind::YesNo, Toml::Boolean(yes)) => Some(FactValue::Bool(*yes)),
        (FactKind::Number, value) => decimal(value).map(FactValue::Number),
        (FactKind::Choice, Toml::String(choice)) => Some(FactValue::Choice(choice.clone())),
        _ => None,
    }
}

/// A number as it is written, so that 120.1 is not 120.09999.
fn decimal(value: &Toml) -> Option<Decimal> {
    match value {
        Toml::Integer(number) => Some(Decimal::from(*number)),
        Toml::Float(number) => number.to_string().parse().ok(),
        Toml::String(text) => text.parse().ok(),
        _ => None,
    }
}
