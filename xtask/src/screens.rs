//! `cargo xtask screens`: the pictures in `docs/screens`, taken from the real window.

use crate::Outcome;
use crate::setup::{build_screens, set_up};
use crate::suite::display;
use crate::system::Purpose;
use crate::terminal::{announce, say};
use crate::tool::{call, root};

/// The journeys on whose way a picture is kept.
const PICTURED: &str = "binary(journeys) and (test(screens::) or test(exchange::))";

/// Takes every picture again, at 1366x768 and at the 1366x690 a taskbar leaves.
pub(crate) fn take() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err("The pictures are taken under Xvfb, which needs Linux.".to_owned());
    }
    set_up(Purpose::Tests)?;
    build_screens()?;
    announce("Pictures");
    let folder = root().join("docs/screens");
    let mut command = display();
    command.args(["-E", PICTURED]);
    command.env("FELLOE_SCREENS", &folder);
    call(command, "take the pictures")?;
    say("The pictures are in docs/screens.");
    Ok(())
}
