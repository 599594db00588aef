//! Looking for readable traces of a patient, byte by byte, in everything a machine keeps.

use std::fs;
use std::path::Path;

use crate::machine::Machine;

/// Every place on the machine where one of `secrets` can be read, as UTF-8 or UTF-16, in any
/// case of letters.
pub fn readable(machine: &Machine, secrets: &[&str]) -> Vec<String> {
    let needles: Vec<(String, Vec<u8>)> = secrets.iter().flat_map(|text| forms(text)).collect();
    let mut found = Vec::new();
    let mut looked_at = 0;
    for root in machine.folders() {
        search(&root, &needles, &mut found, &mut looked_at);
    }
    assert!(looked_at > 5, "only {looked_at} files were looked at");
    found
}

/// A text as it may stand in a file: in small and in capital letters, in each encoding. The
/// letters A to Z are made small on both sides, in the needle as in the file.
fn forms(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for written in [text.to_lowercase(), text.to_uppercase()] {
        let wide = |swap: fn(u16) -> [u8; 2]| written.encode_utf16().flat_map(swap).collect();
        let encoded: [(&str, Vec<u8>); 3] = [
            ("UTF-8", written.clone().into_bytes()),
            ("UTF-16", wide(u16::to_le_bytes)),
            ("UTF-16, big end first", wide(u16::to_be_bytes)),
        ];
        for (encoding, mut bytes) in encoded {
            bytes.make_ascii_lowercase();
            if all.iter().all(|(_, known)| *known != bytes) {
                all.push((format!("'{text}' ({encoding})"), bytes));
            }
        }
    }
    all
}

fn search(
    place: &Path,
    needles: &[(String, Vec<u8>)],
    found: &mut Vec<String>,
    looked_at: &mut usize,
) {
    let Ok(kind) = fs::symlink_metadata(place) else {
        return;
    };
    if kind.is_dir() {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            note(name.as_bytes(), &entry.path(), needles, found);
            search(&entry.path(), needles, found, looked_at);
        }
    } else if kind.is_file()
        && let Ok(bytes) = fs::read(place)
    {
        *looked_at += 1;
        note(&bytes.to_ascii_lowercase(), place, needles, found);
    }
}

fn note(bytes: &[u8], place: &Path, needles: &[(String, Vec<u8>)], found: &mut Vec<String>) {
    for (name, needle) in needles {
        if bytes.windows(needle.len()).any(|part| part == needle) {
            found.push(format!("{name} in {}", place.display()));
        }
    }
}
