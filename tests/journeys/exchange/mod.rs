//! The exchange between two laptops, in two windows: the spoke's and the hub's, each with its own
//! folders and keyring, and a real hub server between them. Stopping the server is the cable out.

mod carried;
mod case;
mod conflict;
mod ending;
mod laptops;

use std::time::Instant;

use crate::machine::Machine;
use crate::steps::{door, plan};
use crate::window::{Size, Window};

use case::FAMILY_SHOWN;
use laptops::{CONSULTANT, wait_for_chip, wait_until_up_to_date};

#[tokio::test]
async fn a_case_of_the_spoke_goes_on_with_the_cable_out_is_decided_at_the_hub_and_comes_back() {
    let (at_hub, at_spoke) = (Machine::beside_another(), Machine::beside_another());
    let hub = Window::open(&at_hub, Size::SCREEN).await;
    let mut server = laptops::set_up_hub(&hub, &at_hub).await;
    let spoke = Window::open(&at_spoke, Size::SCREEN).await;
    laptops::join(&hub, &spoke, &at_hub).await;
    case::enter_numbers(&spoke).await;
    wait_until_up_to_date(&spoke).await;

    see_a_new_case_at_the_hub(&hub, &spoke).await;
    server.kill();
    case::finish_offline(&spoke).await;
    conflict::change_phone(&spoke, "01632 960181").await;
    conflict::change_phone(&hub, "01632 960282").await;
    case::see_what_waits(&spoke).await;
    let six_words = carried::write(&spoke, &at_hub).await;
    carried::look_at(&hub, &at_hub, &six_words).await;

    server.start().unwrap();
    case::try_now(&spoke).await;
    case::try_now(&hub).await;
    case::see_it_is_told(&spoke).await;
    conflict::settle(&hub, "01632 960282").await;
    decide(&hub).await;
    case::see_the_decision(&spoke).await;
    case::give_a_plan(&spoke).await;
    case::see_the_plan(&hub).await;
    conflict::see_it_settled(&spoke, "01632 960282").await;
    carried::look_at(&hub, &at_hub, &six_words).await;
    carried::read(&hub).await;
    ending::look_at_cards(&hub).await;
    ending::mistake_the_hub_server(&hub).await;
    spoke.close().await;
    hub.close().await;
}

/// Both are online and look at their screens: the hub's worklist shows the case by itself.
async fn see_a_new_case_at_the_hub(hub: &Window<'_>, spoke: &Window<'_>) {
    hub.press("Alt+1").await;
    hub.find("heading", "Worklist").await;
    wait_until_up_to_date(hub).await;
    case::type_referral(spoke).await;
    let saved = Instant::now();
    spoke.click("button", "Save referral").await;
    hub.wait_for_text(FAMILY_SHOWN).await;
    eprintln!(
        "a new case of the spoke on the hub's worklist: {} ms",
        saved.elapsed().as_millis()
    );
    wait_until_up_to_date(spoke).await;
}

/// The consultant opens the result and signs; the window says when the decision stands.
async fn decide(hub: &Window<'_>) {
    hub.click("button", "Open the proposal").await;
    hub.wait_for_heading("Triage result").await;
    plan::sign_with_reason(hub, "pain", door::PASSPHRASE).await;
    hub.check_accessibility("a decision at the hub").await;
}
