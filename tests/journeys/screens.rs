//! Pictures of the screens. With `FELLOE_SCREENS` set to a folder they are kept there
//! (`cargo xtask screens` sets it to `docs/screens`); without it they are taken and dropped.

use std::path::PathBuf;

use crate::machine::Machine;
use crate::window::{Size, Window};

#[tokio::test]
async fn each_screen_can_be_pictured_at_both_sizes() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    window.find("heading", "What Felloe is for").await;
    picture(&window, "first-run").await;
    window.close().await;
}

/// Takes the open screen at both sizes, as `NAME-1366x768.png` and `NAME-1366x690.png`.
async fn picture(window: &Window<'_>, name: &str) {
    let kept = std::env::var_os("FELLOE_SCREENS").map(PathBuf::from);
    let folder = kept.unwrap_or_else(|| window.machine().home().join("screens"));
    for size in [Size::SCREEN, Size::USABLE] {
        window.resize(size).await;
        let file = folder.join(format!("{name}-{}x{}.png", size.width, size.height));
        window.screenshot(&file).await;
        assert_eq!(
            pixels(&file),
            (size.width, size.height),
            "{}",
            file.display()
        );
    }
}

/// Width and height from a PNG's header: two big-endian numbers at byte 16.
fn pixels(file: &std::path::Path) -> (u32, u32) {
    let bytes = std::fs::read(file).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
