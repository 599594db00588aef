#![allow(missing_docs, clippy::unwrap_used)]
mod sample;
use document::Size;
#[test]
fn writes() {
    std::fs::create_dir_all("/tmp/felloe-doc").unwrap();
    for (name, size) in [
        ("c", Size::Clinician11),
        ("p", Size::Patient12),
        ("l", Size::Large18),
    ] {
        let t = std::time::Instant::now();
        let set = sample::plan(size)
            .typeset()
            .map_err(|e| e.to_string())
            .unwrap();
        let pdf = set.pdf(sample::MADE);
        println!(
            "{name} {:?} {} pages {} bytes",
            t.elapsed(),
            set.pages(),
            pdf.len()
        );
        std::fs::write(format!("/tmp/felloe-doc/{name}.pdf"), pdf).unwrap();
        for page in 0..set.pages() {
            std::fs::write(
                format!("/tmp/felloe-doc/{name}-{page}.svg"),
                set.page_svg(page),
            )
            .unwrap();
        }
    }
}
