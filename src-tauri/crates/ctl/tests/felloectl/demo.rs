//! `felloectl demo`.

use crate::program::{code, complained, felloectl};

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept.txt");
    std::fs::write(&kept, "mine").unwrap();
    let output = felloectl(&["demo", "--out", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    assert!(complained(&output).contains("not empty"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_cannot_be_made_ends_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let output = felloectl(&["demo", "--out", file.join("below").to_str().unwrap()]);
    assert_eq!(code(&output), 3);
}
