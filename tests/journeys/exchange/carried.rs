//! What waits is carried on a memory stick: written at the spoke, looked at and read at the hub.

use super::laptops::{self, CONSULTANT};
use crate::machine::Machine;
use crate::screens;
use crate::window::Window;

const OF_A_BUNDLE: &str = "The six words of this bundle";

/// Writes a bundle for the hub's laptop. Gives its six words; nothing here is removed by it.
pub async fn write(window: &Window<'_>, stick: &Machine) -> String {
    open(window).await;
    let (_, consultant) = CONSULTANT.split_once(' ').unwrap();
    window.wait_for_text(consultant).await;
    window
        .refill("Folder of the stick", stick.stick().to_str().unwrap())
        .await;
    window.wait_for_words("bundle-contents", "to write").await;
    window.check_accessibility("bundles").await;
    screens::keep(window, "bundles").await;
    window.click("button", "Write bundle").await;
    let words = laptops::six_words(window, OF_A_BUNDLE).await;
    screens::keep(window, "bundle-written").await;
    words
}

/// Looks at the newest bundle on the stick: from whom it is, and that its words are those of whoever
/// wrote it.
pub async fn look_at(window: &Window<'_>, stick: &Machine, six_words: &str) {
    open(window).await;
    let files = std::fs::read_dir(stick.stick()).unwrap();
    let bundle = files
        .map(|file| file.unwrap().path())
        .find(|path| path.extension().is_some_and(|it| it == "felloe-bundle"))
        .expect("a bundle is on the stick");
    window
        .refill("File of the bundle", bundle.to_str().unwrap())
        .await;
    window.press("Enter").await;
    window.wait_for_words("bundle-seen", "new").await;
    assert_eq!(laptops::six_words(window, OF_A_BUNDLE).await, six_words);
    window
        .check_accessibility("a bundle that is not read")
        .await;
    screens::keep(window, "bundle-seen").await;
}

/// Reads what was looked at before, when all of it has come over the line meanwhile.
pub async fn read(window: &Window<'_>) {
    window.by_id("read-bundle").await.click().await.unwrap();
    window.wait_for_words("bundle-read", ".").await;
    window.check_accessibility("a bundle that was read").await;
    screens::keep(window, "bundle-read").await;
}

async fn open(window: &Window<'_>) {
    window.by_id("sync-chip").await.click().await.unwrap();
    window.click("button", "USB stick").await;
    window.find("heading", "Bundles on a USB stick").await;
}
