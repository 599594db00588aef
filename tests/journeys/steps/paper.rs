//! What is on paper: the pages on the screen, and the PDF as other programs read it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::window::Window;

const PAGES: &str = "return [...document.querySelectorAll('.pages img')]
    .filter(it => it.src.startsWith('data:image/svg+xml') && it.complete && it.naturalWidth > 0)
    .length";

/// How many pages of the renderer are on the screen, waited for.
pub async fn pages_shown(window: &Window<'_>) -> u64 {
    window
        .until("the renderer's pages are shown", async || {
            window
                .run(PAGES, vec![])
                .await
                .as_u64()
                .filter(|count| *count > 0)
        })
        .await
}

/// The PDF that was written last into a folder.
pub fn newest_pdf(folder: &Path) -> PathBuf {
    let pdfs = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    pdfs.filter(|path| path.extension().is_some_and(|kind| kind == "pdf"))
        .max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap())
        .expect("a PDF was written")
}

/// Fails unless `qpdf` finds nothing wrong.
pub fn check(pdf: &Path) {
    let checked = Command::new("qpdf")
        .arg("--check")
        .arg(pdf)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "qpdf: {said}");
}

/// The words of a PDF, its lines joined by single spaces.
pub fn words(pdf: &Path) -> String {
    let read = Command::new("pdftotext")
        .arg(pdf)
        .arg("-")
        .output()
        .unwrap();
    assert!(read.status.success(), "pdftotext reads the file");
    let text = String::from_utf8(read.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
