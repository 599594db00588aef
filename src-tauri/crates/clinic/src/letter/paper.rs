//! A letter becomes what the page needs.

use document::Size;

use super::content::Reader;
use super::draft::Draft;
use super::hold::stands;
use crate::desk::Desk;
use crate::paper::{LetterPaper, LetterPaperPart};
use crate::refusal::Refusal;
use crate::words;

/// The letter on paper. While it is not approved as it stands, or not settled, it is a draft.
pub(super) fn of(desk: &Desk, draft: &Draft, large: bool) -> Result<LetterPaper, Refusal> {
    let sitting = desk.sitting()?;
    let opened = &sitting.opened;
    let numbers = crate::door::numbers_of(desk, opened.identity.site)?;
    let identity = draft.case.identity();
    let for_patient = draft.spec.reader == Reader::Patient;
    let date = |day| {
        if for_patient {
            words::patient_date(day)
        } else {
            words::staff_date(day)
        }
    };
    let letter = draft.case.letter(draft.id);
    let approved = letter.approved.as_ref().filter(|_| stands(draft));
    let written = approved.map_or(desk.today(), |found| {
        found.placed.entry.claimed.local().date()
    });
    let author = match approved {
        Some(found) => desk.name_and_role(found.placed.entry.author)?,
        None => String::new(),
    };
    let parts = draft.parts.iter();
    let parts = parts.filter(|part| !part.text.trim().is_empty());
    Ok(LetterPaper {
        service: opened.identity.service_name.clone(),
        site: opened.identity.site_name.clone(),
        telephone: numbers.clinic,
        heading: draft.spec.heading.clone(),
        kind: draft.spec.title.clone(),
        addressee: draft.addressee.lines().map(str::to_owned).collect(),
        name: identity.spoken(),
        born: identity.born.map_or_else(|| "not known".into(), date),
        number: identity.number_words(),
        address: identity.address.clone(),
        date: date(written),
        parts: parts
            .map(|part| LetterPaperPart {
                title: part.spec.title.clone(),
                text: part.text.clone(),
                tone: part.spec.tone,
            })
            .collect(),
        author,
        copies: approved.map_or_else(String::new, |found| found.body.copies.clone()),
        version: letter.version(),
        approved: approved.is_some(),
        made: format!(
            "Made {} by {}",
            words::staff_moment(desk.now()),
            words::short_name(&opened.name)
        ),
        demo: opened.identity.demo,
        size: match (for_patient, large) {
            (false, _) => Size::Clinician11,
            (true, false) => Size::Patient12,
            (true, true) => Size::Large18,
        },
    })
}
