//! The oral morphine equivalent of a regimen.

use assessment::medicine::{Item, ItemOme, Ome, OmeTable, Regimen, Strength, Total, ome as total};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::refusal::Refusal;
use crate::words;

/// An opioid total without a patient.
#[derive(Debug, Clone, Serialize)]
pub struct OmeAnswer {
    /// The usual total in mg a day, when everything counts.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub total_mg_per_day: Option<Decimal>,
    /// What it is at least, when something does not count.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub at_least_mg_per_day: Option<Decimal>,
    /// The most that is prescribed, in mg a day.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub maximum_mg_per_day: Option<Decimal>,
    /// Everything counts.
    pub complete: bool,
    /// Each item.
    pub items: Vec<OmeLine>,
    /// Table.
    pub table: String,
    /// Its version.
    pub version: String,
    /// The whole in words.
    pub words: String,
}

/// One item of a total.
#[derive(Debug, Clone, Serialize)]
pub struct OmeLine {
    /// As written.
    pub text: String,
    /// Approved name.
    pub drug: String,
    /// mg a day, when it counts.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub mg_per_day: Option<Decimal>,
    /// Factor of the table, when it counts; for a patch, what the table's figure comes to.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub factor: Option<Decimal>,
    /// What the factor is for: each mg taken, or each microgram/h of a patch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor_per: Option<&'static str>,
    /// Confidence in the factor: V, V2, M or D.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_not: Option<String>,
    /// The table it was worked out by.
    pub table: String,
    /// Its version.
    pub version: String,
}

/// A decimal as a JSON number: whole where it is whole.
#[expect(clippy::ref_option, reason = "the shape that serde calls for a field")]
fn number<S: serde::Serializer>(value: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
    let Some(value) = value.map(|value| value.normalize()) else {
        return to.serialize_none();
    };
    match i64::try_from(value) {
        Ok(whole) if Decimal::from(whole) == value => to.serialize_i64(whole),
        _ => to.serialize_f64(value.to_string().parse().unwrap_or(f64::NAN)),
    }
}

/// Adds up the opioids of a regimen such as `morphine MR 60 mg x2; fentanyl patch 25 microgram/h`.
pub fn ome(regimen: &str) -> Result<OmeAnswer, Refusal> {
    let regimen = Regimen::parse(regimen).map_err(|error| Refusal::plain(error.to_string()))?;
    let ome = total(&regimen.items, OmeTable::shipped());
    let exactly = |total: Total| match total {
        Total::Exactly(mg) => Some(mg),
        _ => None,
    };
    let at_least = match ome.typical {
        Total::AtLeast(mg) => Some(mg),
        _ => None,
    };
    let words = format!(
        "{} by {} {}",
        words::sentence_case(&ome.typical.words()),
        ome.table,
        ome.version
    );
    Ok(OmeAnswer {
        total_mg_per_day: exactly(ome.typical),
        at_least_mg_per_day: at_least,
        maximum_mg_per_day: exactly(ome.maximum),
        complete: ome.complete,
        items: ome
            .items
            .iter()
            .map(|item| line(item, &ome, &regimen.items))
            .collect(),
        table: ome.table,
        version: ome.version,
        words,
    })
}

fn line(worked: &ItemOme, ome: &Ome, regimen: &[Item]) -> OmeLine {
    let item = regimen.iter().find(|item| item.text == worked.text);
    let by_patch = item.and_then(|item| patch_factor(item, worked.mg_per_day?));
    let per = match (worked.factor, by_patch) {
        (None, None) => None,
        _ if item.is_some_and(is_patch) => Some("microgram/h"),
        _ => Some("mg"),
    };
    OmeLine {
        text: worked.text.clone(),
        drug: worked.drug.clone(),
        mg_per_day: worked.mg_per_day,
        factor: worked.factor.or(by_patch),
        factor_per: per,
        mark: worked.mark.map(|mark| format!("{mark:?}")),
        reason_not: worked.reason_not.clone(),
        table: ome.table.clone(),
        version: ome.version.clone(),
    }
}

fn is_patch(item: &Item) -> bool {
    matches!(item.strength, Some(Strength::PerHour { .. }))
}

/// The table gives a figure for each patch and no factor: what that figure comes to.
fn patch_factor(item: &Item, mg_per_day: Decimal) -> Option<Decimal> {
    let Some(Strength::PerHour { microgram }) = &item.strength else {
        return None;
    };
    let patches = item.per_dose.unwrap_or(Decimal::ONE);
    let factor = mg_per_day.checked_div(microgram.checked_mul(patches)?)?;
    // A figure such as 30 mg for 12 microgram/h has no end of decimals.
    Some(factor.round_dp(3).normalize())
}
