//! Reads PDFs back with the tools everyone has: qpdf and poppler.

use std::path::Path;
use std::process::Command;

/// What a tool prints about a PDF. `arguments` name the file as `FILE`.
pub(crate) fn ask(tool: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.pdf");
    std::fs::write(&path, pdf).unwrap();
    let named = |argument: &&str| match *argument {
        "FILE" => path.as_os_str().to_owned(),
        other => Path::new(other).as_os_str().to_owned(),
    };
    let output = Command::new(tool)
        .args(arguments.iter().map(named))
        .output()
        .unwrap_or_else(|_| panic!("{tool} is needed: apt install qpdf poppler-utils"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{tool}: {said}{complaint}");
    said
}

/// The words of one page, counted from 1, with single spaces.
pub(crate) fn words(pdf: &[u8], page: usize) -> String {
    let page = page.to_string();
    let said = ask("pdftotext", &["-f", &page, "-l", &page, "FILE", "-"], pdf);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of all pages.
pub(crate) fn all_words(pdf: &[u8]) -> String {
    let said = ask("pdftotext", &["FILE", "-"], pdf);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page on which these words stand.
pub(crate) fn page_of(pdf: &[u8], pages: usize, wanted: &str) -> usize {
    (1..=pages)
        .find(|page| words(pdf, *page).contains(wanted))
        .unwrap_or_else(|| panic!("no page has {wanted:?}"))
}
