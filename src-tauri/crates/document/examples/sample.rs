//! Writes the sample plan in each size as PDF and SVG into a folder, to be looked at:
//! `cargo run -p document --example sample -- FOLDER`.

#[path = "../tests/pages/sample.rs"]
mod sample;

use document::Size;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("Give a folder to write into.")?;
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    let sizes = [
        ("clinician", Size::Clinician11),
        ("patient", Size::Patient12),
        ("large", Size::Large18),
    ];
    for (name, size) in sizes {
        let plan = sample::plan(size).typeset()?;
        fs::write(folder.join(format!("{name}.pdf")), plan.pdf(sample::MADE))?;
        for page in 0..plan.pages() {
            let path = folder.join(format!("{name}-{}.svg", page + 1));
            fs::write(path, plan.page_svg(page))?;
        }
    }
    Ok(())
}
