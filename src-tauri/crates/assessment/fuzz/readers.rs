//! What has to hold for every text that a reader is given. It panics where it does not.
//!
//! The fuzz targets look for a text that breaks it, and the usual tests try every text of the
//! corpus again.
#![allow(dead_code, clippy::panic, clippy::expect_used)]

use assessment::fact::Facts;
use assessment::instrument::{Instrument, Pack, PackError, pack_digest};
use assessment::medicine::{OmeTable, Regimen, Total, ome};
use assessment::proposal::evaluate;
use assessment::ruleset::{Ruleset, Vocabulary};
use jiff::civil::date;

/// A regimen is read or refused at a place in the text, and what is read has a total.
pub(crate) fn regimen(text: &str) {
    let read = match Regimen::parse(text) {
        Ok(read) => read,
        Err(error) => {
            let end = text.chars().count() + 1;
            assert!(
                (1..=end).contains(&error.position),
                "{error}: not in the text"
            );
            assert!(error.item >= 1 && !error.to_string().is_empty());
            return;
        }
    };
    assert!(!read.items.is_empty());
    for table in [OmeTable::shipped(), OmeTable::cdc()] {
        let made = ome(&read.items, table);
        assert!(!made.typical.words().is_empty());
        if let (Total::Exactly(typical), Total::Exactly(maximum)) = (made.typical, made.maximum) {
            assert!(
                typical <= maximum,
                "{typical} is taken and {maximum} is the most"
            );
        }
    }
}

/// A ruleset is read or refused in plain words; what is read is read alike twice and evaluates.
pub(crate) fn ruleset(text: &str) {
    for vocabulary in [Vocabulary::Shipped, Vocabulary::Own] {
        let read = match Ruleset::parse_over(text, vocabulary) {
            Ok(read) => read,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        let again = Ruleset::parse_over(text, vocabulary).expect("it was read before");
        assert_eq!(read, again);
        let day = date(2026, 11, 24);
        let nothing = Facts::from_known([], Some(44), day);
        let proposal = evaluate(&read, &nothing, day);
        assert!(!proposal.urgency.possible.is_empty());
    }
}

/// A pack is read or refused at a place in the text; its digest is put right first, so that the
/// random text is not stopped there each time.
pub(crate) fn pack(text: &str) {
    let forms = Instrument::shipped();
    check_pack(text, Pack::read(text, forms));
    let digest = format!("digest = \"{}\"", pack_digest(text));
    let replaced = |line: &str| line.trim_start().starts_with("digest");
    let lines: Vec<&str> = text
        .lines()
        .map(|line| if replaced(line) { &digest } else { line })
        .collect();
    let right = lines.join("\n");
    check_pack(&right, Pack::read(&right, forms));
}

fn check_pack(text: &str, read: Result<Pack, PackError>) {
    match read {
        Ok(pack) => {
            assert_eq!(pack.digest, pack_digest(text));
            assert!(!pack.items.is_empty() && !pack.licence_holder.is_empty());
            // What a licence covers stands in no log.
            let shown = format!("{pack:?}");
            let told = |text: &str| text.chars().count() > 80 && shown.contains(text);
            assert!(pack.items.iter().all(|item| !told(&item.text)));
        }
        Err(error) => {
            let line = text.lines().nth(error.line - 1).unwrap_or_default();
            assert!(
                error.column <= line.chars().count() + 2,
                "{error}: not in the text"
            );
            assert!(!error.fault.to_string().is_empty());
        }
    }
}
