//! Medicines and other rows as a vignette writes them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use toml::{Spanned, Value as Toml};

use super::Vignette;
use super::answers::given;
use super::error::{Place, VignetteError};
use super::raw::{Named, RawMedicine};
use crate::answer::{Answer, Value};
use crate::fact::{Row, RowVersion, row_of};
use crate::medicine::{Item, Regimen, Source};
use crate::question::{Catalogue, check_field};

/// A row of the medicine list, as the screen would store it.
pub(super) fn medicine_row(
    place: Place<'_>,
    at: usize,
    raw: &Spanned<RawMedicine>,
) -> Result<Row, VignetteError> {
    let from = raw.span().start;
    let versions = match raw.get_ref() {
        RawMedicine::Words(words) => vec![taken(place, from, words, None, 0)?],
        RawMedicine::Known(known) => std::iter::once(&known.take)
            .chain(&known.or)
            .map(|words| taken(place, from, words, known.source, known.days_ago))
            .collect::<Result<_, _>>()?,
        RawMedicine::Unknown(unknown) => {
            let mut fields = BTreeMap::new();
            let name = Answer::Given(Value::Text(unknown.unknown.clone()));
            fields.insert("name".to_owned(), name);
            let opioid = unknown.opioid.map(|it| Answer::Given(Value::Bool(it)));
            fields.extend(opioid.map(|it| ("opioid".to_owned(), it)));
            vec![version(fields, 0)]
        }
    };
    Ok(Row {
        id: format!("medicine-{}", at + 1),
        versions,
        taken_off: false,
    })
}

fn taken(
    place: Place<'_>,
    at: usize,
    words: &str,
    source: Option<Source>,
    days_ago: u16,
) -> Result<RowVersion, VignetteError> {
    let regimen = Regimen::parse(words).map_err(|error| place.fault(at, error.to_string()))?;
    let Ok([item]) = <[Item; 1]>::try_from(regimen.items) else {
        return Err(place.fault(at, "expected one medicine; write each by itself"));
    };
    let item = Item { source, ..item };
    Ok(version(row_of(&item), days_ago))
}

fn version(fields: BTreeMap<String, Answer>, days_ago: u16) -> RowVersion {
    RowVersion {
        fields,
        on: days_before(days_ago),
    }
}

/// A row of another list, by its fields.
pub(super) fn list_row(
    place: Place<'_>,
    list: &Spanned<String>,
    at: usize,
    fields: &Named<Spanned<Toml>>,
) -> Result<Row, VignetteError> {
    let catalogue = Catalogue::shipped();
    let Some(spec) = catalogue.list(list.get_ref()) else {
        let lists = catalogue.sections.iter().flat_map(|it| &it.lists);
        let known = lists.map(|it| it.id.as_str());
        return Err(place.unknown(list.span().start, "expected a list", list.get_ref(), known));
    };
    let mut row = BTreeMap::new();
    for (name, value) in fields {
        let Some(field) = spec.fields.iter().find(|it| it.id == *name.get_ref()) else {
            let known = spec.fields.iter().map(|it| it.id.as_str());
            let expected = "expected a field of this list";
            return Err(place.unknown(name.span().start, expected, name.get_ref(), known));
        };
        let given = Answer::Given(given(place, value)?);
        check_field(field, &given)
            .map_err(|error| place.fault(value.span().start, error.to_string()))?;
        row.insert(name.get_ref().clone(), given);
    }
    Ok(Row {
        id: format!("{}-{}", list.get_ref(), at + 1),
        versions: vec![version(row, 0)],
        taken_off: false,
    })
}

/// The day so many days before that of every vignette.
pub(super) fn days_before(days: u16) -> Date {
    Vignette::ON.saturating_sub(i32::from(days).days())
}
