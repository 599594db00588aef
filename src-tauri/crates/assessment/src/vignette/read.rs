//! Reading a file of vignettes, with the place of each fault.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Vignette;
use super::case::Case;
use super::error::{Place, VignetteError};
use super::raw::{RawCase, RawFile};
use super::shipped::BASES;
use crate::shipped;

/// The bases of `bases.toml`, which every file may build on.
static SHIPPED_BASES: LazyLock<BTreeMap<String, Case>> = LazyLock::new(|| {
    let (file, text) = BASES;
    let place = Place { file, text };
    let read = parse(place).and_then(|raw| bases(place, raw.bases, BTreeMap::new()));
    shipped::parsed(file, read)
});

/// The base of a vignette that names none.
const USUAL_BASE: &str = "nothing-found";

pub(super) fn read(file: &str, text: &str) -> Result<Vec<Vignette>, VignetteError> {
    let place = Place { file, text };
    let raw = parse(place)?;
    let known = bases(place, raw.bases, SHIPPED_BASES.clone())?;
    let mut vignettes: Vec<Vignette> = Vec::with_capacity(raw.vignettes.len());
    for one in raw.vignettes {
        let at = one.id.span().start;
        let vignette = vignette(place, one, &raw.theme, &known)?;
        if vignettes.iter().any(|earlier| earlier.id == vignette.id) {
            return Err(place.fault(at, "expected a name that no other vignette has"));
        }
        vignettes.push(vignette);
    }
    Ok(vignettes)
}

fn parse(place: Place<'_>) -> Result<RawFile, VignetteError> {
    toml::from_str(place.text).map_err(|error| place.shape(&error))
}

/// The bases of a file beside those already known, each built on an earlier one.
fn bases(
    place: Place<'_>,
    raw: Vec<RawCase>,
    mut known: BTreeMap<String, Case>,
) -> Result<BTreeMap<String, Case>, VignetteError> {
    for one in raw {
        let at = one.id.span().start;
        if one.expect.is_some() {
            return Err(place.fault(at, "expected a base without `expect`"));
        }
        let start = base_of(place, &one, None, &known)?;
        let case = start.with(place, &one)?;
        let name = one.id.into_inner();
        if known.insert(name, case).is_some() {
            return Err(place.fault(at, "expected a name that no other base has"));
        }
    }
    Ok(known)
}

/// The case that another builds on.
fn base_of(
    place: Place<'_>,
    raw: &RawCase,
    usual: Option<&str>,
    known: &BTreeMap<String, Case>,
) -> Result<Case, VignetteError> {
    let Some(name) = raw.base.as_ref() else {
        let case = usual.and_then(|name| known.get(name));
        return Ok(case.cloned().unwrap_or_default());
    };
    let names = || known.keys().map(String::as_str);
    known.get(name.get_ref()).cloned().ok_or_else(|| {
        let expected = "expected a base of this file or of bases.toml";
        place.unknown(name.span().start, expected, name.get_ref(), names())
    })
}

fn vignette(
    place: Place<'_>,
    raw: RawCase,
    theme: &str,
    known: &BTreeMap<String, Case>,
) -> Result<Vignette, VignetteError> {
    let at = raw.id.span().start;
    let case = base_of(place, &raw, Some(USUAL_BASE), known)?.with(place, &raw)?;
    let Some(mut expect) = raw.expect else {
        return Err(place.fault(at, "expected `expect`, which says what should come out"));
    };
    let facts = std::mem::take(&mut expect.facts);
    let facts = facts
        .iter()
        .map(|(name, value)| super::fact::fact(place, name, value))
        .collect::<Result<_, _>>()?;
    Ok(Vignette {
        line: place.line(at),
        id: raw.id.into_inner(),
        file: place.file.to_owned(),
        theme: theme.to_owned(),
        words: raw.words,
        reason: raw.reason,
        inputs: case.inputs,
        set: case.set,
        expect: expect.with(facts),
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    fn fault(text: &str) -> String {
        read("trial.toml", text).unwrap_err().to_string()
    }

    fn vignette(line: &str) -> String {
        format!(
            "[[vignette]]\nid = \"one\"\nwords = \"Somebody.\"\nreason = \"To try.\"\n{line}\nexpect = {{ urgency = \"routine\" }}\n"
        )
    }

    #[test]
    fn a_fault_names_file_line_column_and_the_nearest_name() {
        assert_eq!(
            fault(&vignette("answers = { ces-sadle = true }")),
            "trial.toml, line 5, column 13: expected a question; did you mean \"ces-saddle\"?"
        );
        assert_eq!(
            fault(&vignette("answers = { impact = \"sever\" }")),
            "trial.toml, line 5, column 22: expected one of the answers of this question; did you mean \"severe\"?"
        );
        assert_eq!(
            fault(&vignette("base = \"nothing-fond\"")),
            "trial.toml, line 5, column 8: expected a base of this file or of bases.toml; did you mean \"nothing-found\"?"
        );
        assert_eq!(
            fault(&vignette("facts = { ome-typicl = 120 }")),
            "trial.toml, line 5, column 11: expected a question or a worked-out fact; did you mean \"ome-typical\"?"
        );
    }

    #[test]
    fn an_unknown_key_and_an_unknown_urgency_are_faults_with_the_nearest_name() {
        let key = fault(&vignette("answer = { ces-saddle = true }"));
        assert!(
            key.contains("line 5") && key.ends_with("did you mean \"answers\"?"),
            "{key}"
        );
        let text = vignette("").replace("routine", "rutine");
        let urgency = fault(&text);
        assert!(urgency.ends_with("did you mean \"routine\"?"), "{urgency}");
    }

    #[test]
    fn a_medicine_that_cannot_be_read_is_a_fault_at_the_medicine() {
        assert_eq!(
            fault(&vignette("medicines = [\"morphin 10 mg x2\"]")),
            "trial.toml, line 5, column 14: Medicine 1, at character 1: This medicine is not known. Write its approved name. Did you mean \"morphine\"?"
        );
    }

    #[test]
    fn a_vignette_without_expectations_and_a_name_used_twice_are_faults() {
        let bare = vignette("").replace("expect = { urgency = \"routine\" }\n", "");
        assert!(fault(&bare).contains("expected `expect`"));
        let twice = vignette("").repeat(2);
        assert!(fault(&twice).contains("no other vignette has"));
    }

    #[test]
    fn an_answer_out_of_range_is_refused_as_it_would_be_on_the_screen() {
        let text = vignette("answers = { pain-average = 11 }");
        assert!(fault(&text).contains("Enter a number from 0 to 10."));
    }
}
