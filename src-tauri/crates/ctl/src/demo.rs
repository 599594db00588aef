//! The demo clinic and its paper.

use std::path::Path;

use clinic::{demo, tools};

use crate::arguments::Plan;
use crate::tools::read;
use crate::{Outcome, Trouble};

/// Makes the demo clinic under `out` and lives through a day in it.
pub(crate) fn demo(out: &Path, progress: &mut dyn FnMut(&str)) -> Result<Outcome, Trouble> {
    let taken = out.read_dir().is_ok_and(|mut files| files.next().is_some());
    if taken {
        return Err(Trouble::input(&format!(
            "{} is not empty. Choose a new folder.",
            out.display()
        )));
    }
    std::fs::create_dir_all(out).map_err(|error| {
        Trouble::environment(&format!("{} cannot be made: {error}", out.display()))
    })?;
    let day = demo::day(out, env!("CARGO_PKG_VERSION"), progress)
        .map_err(|refusal| Trouble::environment(&refusal))?;
    let words = format!(
        "Signed plan: {}\nEncrypted record: {}\nEverybody in the demo unlocks with: {}",
        day.plan, day.record, day.passphrase
    );
    Ok(Outcome::new(day, words, true))
}

/// Sets a plan as PDF.
pub(crate) fn plan(plan: &Plan) -> Result<Outcome, Trouble> {
    let Plan::Render { file, out, large } = plan;
    let rendered =
        tools::render_plan(&read(file)?, *large).map_err(|refusal| Trouble::input(&refusal))?;
    std::fs::write(out, &rendered.bytes).map_err(|error| {
        Trouble::environment(&format!("{} cannot be written: {error}", out.display()))
    })?;
    let path = out.display().to_string();
    let pages = if rendered.pages == 1 { "page" } else { "pages" };
    let words = format!("{path}: {} {pages}", rendered.pages);
    Ok(Outcome::new(
        serde_json::json!({ "path": path, "pages": rendered.pages, "bytes": rendered.bytes.len() }),
        words,
        true,
    ))
}
