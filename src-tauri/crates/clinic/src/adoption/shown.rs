//! How each content stands, in words.

use record::adoption::Adoptions as Standing;
use record::erasure::Hand;

use super::contents::{self, Content};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::rulebook;
use crate::view::{Adoptions, ContentState, ContentView};
use crate::words;

/// What a person signs under when they adopt a content. Kept in the entry word for word.
pub(super) const STATEMENT: &str = "Felloe proposes how urgent a case is and where it might go next. It is likely to be a medical device. It is not for the care of patients until someone has classified it and a clinical safety case is signed. I have read the review of this content and sign that this service may use it; a named clinician decides in each case.";

/// How a content stands, and whether this person may sign for it.
pub(super) struct Stands {
    pub(super) state: ContentState,
    words: String,
    /// Why this person may not sign now; none when they may.
    pub(super) why_not: Option<String>,
}

/// Every content that can be adopted here, and how it stands.
pub fn adoptions(desk: &mut Desk) -> Result<Adoptions, Refusal> {
    desk.allow(Act::Look)?;
    let contents = contents::all(desk)?;
    let role = desk.role()?;
    Ok(Adoptions {
        contents: contents
            .iter()
            .map(|content| view(desk, content))
            .collect::<Result<_, _>>()?,
        may_adopt: may(role, Act::Adopt),
        may_withdraw: may(role, Act::WithdrawAdopted),
        statement: STATEMENT.to_owned(),
        live: !desk.sitting()?.opened.identity.demo,
    })
}

/// One content as the screen shows it.
pub(super) fn view(desk: &Desk, content: &Content) -> Result<ContentView, Refusal> {
    let stands = standing(desk, content)?;
    let role = desk.role()?;
    let signed_for = matches!(
        stands.state,
        ContentState::Half | ContentState::InUse | ContentState::Unsettled
    );
    Ok(ContentView {
        what: content.what.as_str().to_owned(),
        id: content.id.clone(),
        name: content.name.clone(),
        title: content.title.clone(),
        digest: content.digest.clone(),
        digest_short: rulebook::short(&content.digest),
        state: stands.state,
        status: stands.words,
        may_adopt: may(role, Act::Adopt) && stands.why_not.is_none(),
        why_not: stands.why_not,
        may_withdraw: may(role, Act::WithdrawAdopted) && signed_for,
    })
}

/// How a content stands.
pub(super) fn standing(desk: &Desk, content: &Content) -> Result<Stands, Refusal> {
    let place = desk.sitting()?.in_service()?.place(&content.slot());
    let me = desk.staff()?;
    let mine = |hand: &Hand| hand.staff == me;
    let of = |digest: &String| *digest == content.digest;
    if let Some(adopted) = place.adopted.iter().find(|it| of(&it.digest)) {
        let [first, second] = &adopted.by;
        let by = format!("{} and {}", who(desk, first)?, who(desk, second)?);
        let when = words::staff_moment(second.claimed);
        return Ok(if place.adopted.len() > 1 {
            Stands {
                state: ContentState::Unsettled,
                words: format!(
                    "Adopted by {by} on {when}, as another was by people who did not see this. Neither is in use until one is withdrawn."
                ),
                why_not: Some("This is adopted already. Have the other one withdrawn.".into()),
            }
        } else {
            Stands {
                state: ContentState::InUse,
                words: format!("Adopted by {by} on {when}. In use."),
                why_not: Some("This is adopted already.".into()),
            }
        });
    }
    if let Some(half) = place.half.iter().find(|it| of(&it.digest)) {
        let when = words::staff_moment(half.by.claimed);
        return Ok(Stands {
            state: ContentState::Half,
            words: format!("One of two signatures: {}, {when}.", who(desk, &half.by)?),
            why_not: mine(&half.by)
                .then(|| "You have signed. The second signature is another person's.".into()),
        });
    }
    if let Some(replaced) = place.replaced.iter().find(|it| of(&it.digest)) {
        let [first, second] = &replaced.by;
        let by = format!("{} and {}", who(desk, first)?, who(desk, second)?);
        let when = words::staff_moment(second.claimed);
        return Ok(Stands {
            state: ContentState::Replaced,
            words: format!("Adopted by {by} on {when}, and another took its place since."),
            why_not: None,
        });
    }
    not_signed(desk, content, &place)
}

fn not_signed(desk: &Desk, content: &Content, place: &Standing) -> Result<Stands, Refusal> {
    let mut withdrawn = place.withdrawn.iter();
    let last = withdrawn.rfind(|it| it.digest == content.digest);
    let Some(last) = last else {
        return Ok(Stands {
            state: ContentState::Draft,
            words: "Draft: nobody has signed for it.".into(),
            why_not: None,
        });
    };
    let when = words::staff_moment(last.by.claimed);
    Ok(Stands {
        state: ContentState::Withdrawn,
        words: format!(
            "Withdrawn {when} by {}: {}",
            who(desk, &last.by)?,
            last.reason
        ),
        why_not: None,
    })
}

fn who(desk: &Desk, hand: &Hand) -> Result<String, Refusal> {
    desk.name_and_role(hand.staff)
}
