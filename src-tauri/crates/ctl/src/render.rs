//! The reading table of a ruleset, as files.

use std::path::Path;

use clinic::tools;

use crate::tools::read;
use crate::{Outcome, Trouble};

/// Writes the reading table of a ruleset, or of the shipped one, into a folder.
pub(crate) fn rules(file: Option<&Path>, out: &Path) -> Result<Outcome, Trouble> {
    let text = file.map(read).transpose()?;
    let name = file.map(|file| file.display().to_string());
    let rendered = tools::render_rules(name.as_deref().zip(text.as_deref()))
        .map_err(|refusal| Trouble::input(&refusal))?;
    std::fs::create_dir_all(out).map_err(|error| {
        Trouble::environment(&format!("{} cannot be made: {error}", out.display()))
    })?;
    let table = &rendered.table;
    let markdown = written(out, &rendered.name, "md", table.markdown.as_bytes())?;
    let pdf = written(out, &rendered.name, "pdf", &table.pdf)?;
    let pages = if table.pages == 1 { "page" } else { "pages" };
    let words = format!("{markdown}\n{pdf}: {} {pages}", table.pages);
    let json = serde_json::json!({
        "markdown": markdown, "pdf": pdf, "pages": table.pages, "digest": rendered.digest,
    });
    Ok(Outcome::new(json, words, true))
}

fn written(out: &Path, name: &str, kind: &str, bytes: &[u8]) -> Result<String, Trouble> {
    let path = out.join(format!("{name}.{kind}"));
    std::fs::write(&path, bytes).map_err(|error| {
        Trouble::environment(&format!("{} cannot be written: {error}", path.display()))
    })?;
    Ok(path.display().to_string())
}
