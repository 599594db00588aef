//! The contents that can be adopted: the rulesets, tables and packs that are here.

use assessment::medicine::OmeTable;
use assessment::ruleset::Ruleset;
use record::body::{Adoptable, Offered};

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::rulebook;

/// The place of the ruleset: a service has one in use.
pub(super) const RULES: &str = "adopted/ruleset";

/// One content, by its exact bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) what: Adoptable,
    /// Which of its sort: the instrument of a pack, the table; the ruleset's own name.
    pub(crate) id: String,
    /// Name and version, as they stand under a signature.
    pub(crate) name: String,
    /// What it is for, or as it is printed.
    pub(crate) title: String,
    /// BLAKE3, hexadecimal.
    pub(crate) digest: String,
}

impl Content {
    /// A ruleset.
    pub(super) fn ruleset(rules: &Ruleset) -> Self {
        Self {
            what: Adoptable::Ruleset,
            id: rules.id.clone(),
            name: format!("{} {}", rules.id, rules.version),
            title: rules.title.clone(),
            digest: hex(&rules.digest),
        }
    }

    /// A medicines table with its file.
    pub(super) fn table((table, text): (&'static OmeTable, &'static str)) -> Self {
        Self {
            what: Adoptable::MedicinesTable,
            id: table.id.clone(),
            name: format!("{} {}", table.name, table.version),
            title: table.name.clone(),
            digest: digest_of(text),
        }
    }

    /// The slot in which its signatures stand.
    pub(super) fn slot(&self) -> String {
        slot(&self.what, &self.id)
    }
}

/// The slot in which the signatures over a content stand.
pub(super) fn slot(what: &Adoptable, id: &str) -> String {
    match what {
        Adoptable::Ruleset => RULES.to_owned(),
        other => format!("adopted/{other}/{id}"),
    }
}

/// The slot of a file that is kept for adoption.
pub(super) fn offered_slot(content: &Content) -> String {
    format!("offered/{}/{}", content.what, content.digest)
}

pub(super) fn hex(digest: &[u8]) -> String {
    rulebook::hex(digest)
}

/// The digest of a file's text.
pub(super) fn digest_of(text: &str) -> String {
    hex(blake3::hash(text.as_bytes()).as_bytes())
}

/// Every content that is here: what comes with the program, what somebody offered, and the packs
/// that were imported and stand.
pub(super) fn all(desk: &mut Desk) -> Result<Vec<Content>, Refusal> {
    let mut all = vec![Content::ruleset(Ruleset::shipped())];
    let known = desk.sitting()?.in_service()?;
    let offered = known.offered().filter_map(|offered: &Offered| {
        (offered.what == Adoptable::Ruleset)
            .then(|| Ruleset::parse(&offered.text).ok())
            .flatten()
    });
    for rules in offered {
        let content = Content::ruleset(&rules);
        if !all.contains(&content) {
            all.push(content);
        }
    }
    all.extend(OmeTable::files().map(Content::table));
    all.extend(desk.packs()?.contents());
    Ok(all)
}

/// One of them.
pub(super) fn one(desk: &mut Desk, what: &str, digest: &str) -> Result<Content, Refusal> {
    all(desk)?
        .into_iter()
        .find(|content| content.what.as_str() == what && content.digest == digest)
        .ok_or(Refusal::NotFound("That content"))
}

/// The file of a ruleset that is here, by its digest.
pub(super) fn ruleset_text(desk: &Desk, digest: &str) -> Result<String, Refusal> {
    if hex(&Ruleset::shipped().digest) == digest {
        return Ok(Ruleset::shipped_text().to_owned());
    }
    let known = desk.sitting()?.in_service()?;
    let found = known.offered().find(|offered| offered.digest == digest);
    found
        .map(|offered| offered.text.clone())
        .ok_or(Refusal::NotFound("That ruleset"))
}
