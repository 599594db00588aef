//! Two laptops of one service and its hub server: the hub's is set up, names the hub server, and lets
//! the spoke's in, each step on the screens that people have for it.

use serde_json::json;
use testkit::HubServer;

use crate::keeping::settings;
use crate::machine::Machine;
use crate::screens;
use crate::steps::door::{self, First};
use crate::window::Window;

pub const HUB_SITE: &str = "Fernbank Hub";
pub const SPOKE_SITE: &str = "Rowan Spoke";
pub const CONSULTANT: &str = "Miriam Hale";
pub const NURSE: &str = "Ada Quist";

/// The hub's laptop, from the first screen to a hub server that has everything it wrote. The cable is
/// in.
pub async fn set_up_hub(window: &Window<'_>, folder: &Machine) -> HubServer {
    let first = First {
        service: "Fernbank Pain Service",
        site: HUB_SITE,
        hub: true,
        name: CONSULTANT,
        role: "Consultant",
    };
    door::begin_as(window, &first).await;
    door::keep_sheet(window, window.machine().stick()).await;
    settings(window, "Local emergency numbers").await;
    door::enter_numbers(window).await;
    open_spoke(window).await;
    work_at_both_sites(window).await;
    let server = name_hub_server(window, folder).await;
    wait_until_up_to_date(window).await;
    server
}

async fn open_spoke(window: &Window<'_>) {
    window.click("button", "Open a site").await;
    window.fill("Name of the site", SPOKE_SITE).await;
    window.key_in("Your passphrase", door::PASSPHRASE).await;
    window.check_accessibility("open a site").await;
    window.click("button", "Open the site").await;
    window.wait_until_no_dialog().await;
    window.wait_for_text(SPOKE_SITE).await;
}

/// The staff card was drawn before there was a second site.
async fn work_at_both_sites(window: &Window<'_>) {
    window.press("Alt+1").await;
    settings(window, "Staff").await;
    window
        .click("button", &format!("Change {CONSULTANT}"))
        .await;
    tick_site(window, SPOKE_SITE).await;
    window.key_in("Your passphrase", door::PASSPHRASE).await;
    window.click("button", "Save").await;
    window.wait_until_no_dialog().await;
}

/// Ticks a site among those of the dialog that is open.
async fn tick_site(window: &Window<'_>, site: &str) {
    window
        .press_on_words("dialog fieldset#f-sites label.tick", site)
        .await;
}

/// Writes the set-up file, sets a hub server up with it, compares the six words, and names it.
async fn name_hub_server(window: &Window<'_>, folder: &Machine) -> HubServer {
    let stick = folder.stick();
    window.click("button", "Set up a hub server").await;
    window
        .refill("Folder for the set-up file", stick.to_str().unwrap())
        .await;
    window.check_accessibility("set-up file").await;
    window.click("button", "Write set-up file").await;
    let said = six_words(window, "The six words of the service").await;
    let file = stick.join("felloe-hub.setup");
    let mut server = HubServer::init(&stick.join("hub-server"), file.to_str().unwrap()).unwrap();
    assert_eq!(said, server.root_words(), "both show the same");
    server.start().unwrap();
    window.click("button", "Name the hub server").await;
    window.refill("Address", &server.address()).await;
    window.refill("Its key", server.pin()).await;
    window.check_accessibility("name the hub server").await;
    window.click("button", "Save hub server").await;
    window
        .wait_for_words("hub-server-address", &server.address())
        .await;
    server
}

/// A nurse's laptop joins at the spoke: asked there, approved at the hub, six words read out each
/// way.
pub async fn join(hub: &Window<'_>, spoke: &Window<'_>, folder: &Machine) {
    ask(spoke).await;
    let stick = folder.stick().to_str().unwrap();
    let (request, words) = save_request(spoke, stick).await;
    let (answer, service_words) = approve(hub, &request, &words, stick).await;
    spoke.fill("File with the answer", &answer).await;
    spoke
        .fill(
            "The six words that the administrator reads out",
            &service_words,
        )
        .await;
    spoke.key_in("Your passphrase", door::PASSPHRASE).await;
    spoke.click("button", "Join the service").await;
    door::keep_sheet(spoke, spoke.machine().stick()).await;
}

async fn ask(window: &Window<'_>) {
    window.find("heading", "What Felloe is for").await;
    window.click("button", "Join a service").await;
    window.find("heading", "Join a service").await;
    screens::keep(window, "join").await;
    window.tick("I have read this statement.").await;
    window.fill("Full name", NURSE).await;
    window.key_in("Passphrase", door::PASSPHRASE).await;
    window
        .key_in("The same passphrase again", door::PASSPHRASE)
        .await;
    window.check_accessibility("join a service").await;
    window.click("button", "Make the request").await;
    window
        .find("heading", "This laptop waits to join a service")
        .await;
}

/// The path of the request, and its six words.
async fn save_request(window: &Window<'_>, stick: &str) -> (String, String) {
    window.refill("Folder for the file", stick).await;
    window.click("button", "Save the request").await;
    window.wait_for_words("request-saved", "Saved as").await;
    window.check_accessibility("waiting to join").await;
    screens::keep(window, "joining").await;
    let said = window.words_of("request-saved").await;
    let path = said.trim_start_matches("Saved as ");
    let path = path.split(". Give").next().unwrap().to_owned();
    (
        path,
        six_words(window, "The six words of this request").await,
    )
}

/// Approves the request at the hub. The path of the answer, and the service's six words.
async fn approve(window: &Window<'_>, request: &str, words: &str, stick: &str) -> (String, String) {
    settings(window, "Laptops").await;
    window.click("button", "Enrol a laptop").await;
    window.fill("The request", request).await;
    window.click("button", "Look at the request").await;
    window.fill("The six words that they read out", words).await;
    window.pick("Role", "Nurse").await;
    tick_site(window, SPOKE_SITE).await;
    window.pick("Where the laptop stands", SPOKE_SITE).await;
    window.refill("Folder for the answer", stick).await;
    window
        .key_in("Your passphrase, to certify them", door::PASSPHRASE)
        .await;
    window.check_accessibility("enrol a laptop").await;
    screens::keep(window, "laptop-enrol").await;
    window.click("button", "Approve").await;
    window.wait_for_words("answer-saved", "saved as").await;
    window.check_accessibility("laptop enrolled").await;
    screens::keep(window, "laptop-enrolled").await;
    let said = window.words_of("answer-saved").await;
    let path = said.split("saved as ").nth(1).unwrap();
    let path = path.split(". Give").next().unwrap().to_owned();
    let words = six_words(window, "The six words of the service").await;
    window.click("button", "Done").await;
    window.wait_until_no_dialog().await;
    (path, words)
}

/// Six words as they are read out.
pub async fn six_words(window: &Window<'_>, label: &str) -> String {
    let script = "return [...document.querySelectorAll(`ol[aria-label='${arguments[0]}'] b`)]
        .map(it => it.textContent.trim()).join(' ')";
    let words = window
        .until(&format!("{label} are on the screen"), async || {
            let words = window.run(script, vec![json!(label)]).await;
            Some(words.as_str()?.to_owned()).filter(|it| !it.is_empty())
        })
        .await;
    assert_eq!(words.split(' ').count(), 6, "{words}");
    words
}

/// What the app bar says of the line.
pub async fn wait_for_chip(window: &Window<'_>, words: &str) {
    window.wait_for_words("sync-chip", words).await;
}

pub async fn wait_until_up_to_date(window: &Window<'_>) {
    wait_for_chip(window, "Up to date").await;
}
