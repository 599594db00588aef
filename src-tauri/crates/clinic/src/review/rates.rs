//! How often proposals are signed as they are, and how quickly: for those who answer for the
//! service, and never by person. SAFETY 9.

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::SignedInSession;
use crate::view::ReviewRates;

/// A signature in fewer seconds than this is told apart.
const QUICK: u32 = 10;

/// Of how many decisions that stand now, one a patient, each thing is true. Only those count that
/// were signed in a review session: of others nobody knows how long they were looked at.
pub fn review_rates(desk: &mut Desk) -> Result<ReviewRates, Refusal> {
    desk.allow(Act::SeeRates)?;
    let rows = desk.summaries()?.into_iter();
    let all: Vec<SignedInSession> = rows.filter_map(|row| row.signed_in_session).collect();
    let of = |what: fn(&SignedInSession) -> bool| {
        small(all.iter().filter(|signed| what(signed)).count())
    };
    Ok(ReviewRates {
        signed: of(|_| true),
        as_proposed: of(|signed| signed.as_proposed),
        quick: of(|signed| signed.seconds < QUICK),
        hidden: of(|signed| signed.first_choice.is_some()),
        hidden_agreed: of(|signed| signed.first_choice == Some(true)),
    })
}

/// A number that gives nobody away: none stays none, fewer than eight are a star, and the rest are
/// rounded to five, each by itself, so that no difference of two says more. CLINICAL facts, section
/// on small numbers.
fn small(count: usize) -> String {
    match count {
        0 => "0".into(),
        1..8 => "*".into(),
        _ => (count.saturating_add(2) / 5 * 5).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn fewer_than_eight_are_a_star_and_the_rest_are_rounded_to_five() {
        let vector = [
            (0, "0"),
            (1, "*"),
            (7, "*"),
            (8, "10"),
            (12, "10"),
            (13, "15"),
            (17, "15"),
            (18, "20"),
            (22, "20"),
            (23, "25"),
            (300, "300"),
        ];
        for (count, said) in vector {
            assert_eq!(small(count), said, "{count}");
        }
    }
}
