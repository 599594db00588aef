//! What holds in every state of the small service, and what is seen in some.

use stateright::Property;

use super::explore::Topic;
use super::sets::{
    ASKED, CONFIRMED, COPY, ENDED_AFTER_ONE, FIRST, PARCELS, SECOND, SPOKE, Set, TRANSFER,
    parcel_of,
};
use super::{CLIENTS, COPIED, HUB_SITE, OTHER, Place, SERVER, SmallService, State, readable};

/// What holds in every state.
pub(super) fn laws() -> Vec<Property<SmallService>> {
    vec![
        Property::always("what was acknowledged is somewhere", |_, state: &State| {
            let all = state.held.iter().fold(0, |all, held| all | held);
            state.acknowledged & !all == 0
        }),
        Property::always(
            "a hub server keeps what it acknowledged",
            |_, state: &State| state.was_put_back || state.acknowledged & !state.held[SERVER] == 0,
        ),
        Property::always("nobody holds what is not theirs", |_, state: &State| {
            CLIENTS
                .iter()
                .all(|it| state.held[*it] & !readable(*it) == 0)
        }),
        Property::always(
            "both branches of a fork stay and are seen",
            |model, state: &State| {
                let places = state.held.iter();
                places.map(|held| held & SPOKE).all(|held| {
                    let both = held & (FIRST | SECOND | COPY) == FIRST | SECOND | COPY;
                    model.meaning.is_forked(held) == both
                })
            },
        ),
        Property::always(
            "what was written after the end counts nowhere",
            |model, state: &State| {
                [OTHER, HUB_SITE].iter().all(|it| {
                    let held = state.held[*it];
                    let after_one = held & ENDED_AFTER_ONE != 0;
                    let late = [SECOND, COPY];
                    !after_one || late.iter().all(|one| !model.meaning.counts(held, *one))
                })
            },
        ),
        Property::always(
            "what was written before the end counts",
            |model, state: &State| {
                let late = |held: Set, one: &Set| held & ENDED_AFTER_ONE != 0 && *one != FIRST;
                state.held.iter().all(|held| {
                    let all = [FIRST, SECOND, COPY].into_iter();
                    all.filter(|one| !late(*held, one))
                        .all(|one| model.meaning.counts(*held, one))
                })
            },
        ),
        Property::always("one signature erases nothing", |model, state: &State| {
            state.held.iter().all(|held| {
                let both = held & ASKED != 0 && held & CONFIRMED != 0;
                model.meaning.is_erased(*held) == both
            })
        }),
        Property::always(
            "a record goes to another site by a transfer only",
            |model, state: &State| {
                let there = state.held[OTHER] | state.held[HUB_SITE] | state.held[SERVER];
                let transferred = model.meaning.is_transferred(state.held[HUB_SITE]);
                there & PARCELS == 0 || transferred
            },
        ),
        Property::always(
            "what is passed on is what was written",
            |model, state: &State| {
                let held = state.held[OTHER];
                [FIRST, SECOND, COPY, TRANSFER]
                    .iter()
                    .filter(|one| held & parcel_of(**one) != 0)
                    .all(|one| model.meaning.is_original(*one))
            },
        ),
        Property::always(
            "when nothing moves everybody has what anybody has",
            |_, state: &State| {
                let clients = CLIENTS.iter().filter(|it| state.exchanges(**it));
                let all = clients.clone().fold(0, |all, it| all | state.held[*it]);
                let has = |it: &Place| all & readable(*it) & !state.held[*it] == 0;
                !state.is_settled() || clients.into_iter().all(has)
            },
        ),
    ]
}

/// What is seen in some state, lest a law holds because nothing ever happens; each with what has
/// to be possible for it.
pub(super) fn sights() -> Vec<(&'static [Topic], Property<SmallService>)> {
    vec![
        (
            &[Topic::Fork],
            Property::sometimes("a fork reaches the hub site", |model, state: &State| {
                model.meaning.is_forked(state.held[HUB_SITE] & SPOKE)
            }),
        ),
        (
            &[Topic::Revoke],
            Property::sometimes(
                "a late entry is quarantined at the hub site",
                |model, state: &State| {
                    let held = state.held[HUB_SITE];
                    let late = |one: Set| held & one != 0 && !model.meaning.counts(held, one);
                    late(SECOND) || late(COPY)
                },
            ),
        ),
        (
            &[Topic::Transfer],
            Property::sometimes(
                "a late entry is passed on after the transfer",
                |_, state: &State| state.holds(OTHER, parcel_of(TRANSFER | FIRST | SECOND)),
            ),
        ),
        (
            &[Topic::Fork, Topic::Erase],
            Property::sometimes(
                "an erasure reaches the copied disk",
                |model, state: &State| {
                    state.is_copied && model.meaning.is_erased(state.held[COPIED])
                },
            ),
        ),
        (
            &[Topic::Revoke, Topic::Transfer],
            Property::sometimes(
                "a quarantined entry is passed on and stays quarantined",
                |model, state: &State| {
                    let held = state.held[OTHER];
                    held & parcel_of(SECOND) != 0 && !model.meaning.counts(held, SECOND)
                },
            ),
        ),
        (
            &[Topic::Revoke],
            Property::sometimes(
                "a hub server that was put back is healed",
                |_, state: &State| {
                    state.was_put_back && state.acknowledged & !state.held[SERVER] == 0
                },
            ),
        ),
    ]
}
