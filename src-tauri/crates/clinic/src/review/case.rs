//! One case of a session, with all that a signer looks at.

use record::id::ItemId;

use super::since::since;
use super::tables::{medicines, treatments};
use crate::assess::Shown;
use crate::case::Case;
use crate::decide;
use crate::desk::{Desk, item_id};
use crate::patient::followed;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::ReviewCase;
use crate::words;

/// Lists that are read in short beside the answers; the others stand in tables or in the banner.
const LISTS: [&str; 2] = ["region", "condition"];

/// One case of the session that is under way. It is on screen from now on.
pub fn review_case(desk: &mut Desk, assessment: String) -> Result<ReviewCase, Refusal> {
    desk.allow(Act::Review)?;
    drawn(desk, item_id(&assessment)?)
}

/// The case, drawn: its clock starts.
pub(super) fn drawn(desk: &mut Desk, id: ItemId) -> Result<ReviewCase, Refusal> {
    let place = desk.review()?.place_of(id)?;
    let of = desk.review()?.queue().len();
    let result = decide::triage_result(desk, id.to_string())?;
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    let names = desk.names()?;
    let shown = Shown::new(&case, id, case.day(id, desk.today()), &names);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let view = ReviewCase {
        assessment: id.to_string(),
        place: number(place + 1),
        of: number(of),
        since: since(desk, &case, id)?,
        answers: decide::read_again(&shown, &LISTS),
        treatments: treatments(&shown),
        medicines: medicines(&shown),
        ome: shown.medicines().ome_words(),
        trends: followed(&case),
        aside: aside(desk, &case, id)?,
        result,
    };
    desk.drew(id)?;
    Ok(view)
}

/// Until when it is put aside, by whom and why.
fn aside(desk: &Desk, case: &Case, id: ItemId) -> Result<Option<String>, Refusal> {
    let Some(aside) = case.aside(id) else {
        return Ok(None);
    };
    Ok(Some(format!(
        "Put aside until {} by {}: {}",
        words::staff_date(aside.until),
        desk.name_and_role(aside.placed.entry.author)?,
        aside.reason
    )))
}
