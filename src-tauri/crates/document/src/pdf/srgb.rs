//! The sRGB colour profile (IEC 61966-2-1), which an archived PDF has to hold.
//!
//! Written out as an ICC version 4.2 profile (ICC.1:2004-10). Its numbers are the standard's
//! primaries adapted to the D50 white that profiles are counted from.

/// The profile's bytes.
pub(super) fn profile() -> Vec<u8> {
    let description = words("sRGB IEC61966-2.1");
    let rights = words("No rights reserved");
    let elements: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description),
        (b"cprt", rights),
        (b"wtpt", colour([0.964_20, 1.0, 0.824_91])),
        (b"chad", matrix()),
        (b"rXYZ", colour([0.436_07, 0.222_49, 0.013_92])),
        (b"gXYZ", colour([0.385_15, 0.716_87, 0.097_08])),
        (b"bXYZ", colour([0.143_07, 0.060_61, 0.714_10])),
        (b"rTRC", curve()),
        (b"gTRC", curve()),
    ];
    // Green's and blue's curves are red's; the table may name the same bytes again.
    let count = elements.len() + 1;
    let mut table = Vec::new();
    let mut data = Vec::new();
    let begin = 128 + 4 + 12 * count;
    table.extend(whole(count));
    for (name, bytes) in &elements {
        let at = begin + data.len();
        for name in names(name) {
            table.extend(*name);
            table.extend(whole(at));
            table.extend(whole(bytes.len()));
        }
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = head(begin + data.len());
    profile.append(&mut table);
    profile.append(&mut data);
    profile
}

/// The names under which an element is found.
fn names(name: &[u8; 4]) -> Vec<&[u8; 4]> {
    match name {
        b"gTRC" => vec![b"gTRC", b"bTRC"],
        other => vec![other],
    }
}

fn head(size: usize) -> Vec<u8> {
    let mut head = Vec::with_capacity(128);
    head.extend(whole(size));
    head.extend([0; 4]);
    head.extend([4, 0x20, 0, 0]);
    head.extend(b"mntrRGB XYZ ");
    // 1 January 2000, 00:00:00: a profile has to be dated.
    for part in [2000_u16, 1, 1, 0, 0, 0] {
        head.extend(part.to_be_bytes());
    }
    head.extend(b"acsp");
    head.resize(68, 0);
    for part in [0.964_20, 1.0, 0.824_91] {
        head.extend(fixed(part));
    }
    head.resize(128, 0);
    head
}

/// Text in one language.
fn words(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut bytes = b"mluc\0\0\0\0".to_vec();
    bytes.extend(whole(1));
    bytes.extend(whole(12));
    bytes.extend(b"enGB");
    bytes.extend(whole(letters.len()));
    bytes.extend(whole(28));
    bytes.extend(letters);
    bytes
}

fn colour(parts: [f64; 3]) -> Vec<u8> {
    let mut bytes = b"XYZ \0\0\0\0".to_vec();
    bytes.extend(parts.into_iter().flat_map(fixed));
    bytes
}

/// From the D65 white of sRGB to D50, by Bradford's method.
fn matrix() -> Vec<u8> {
    let mut bytes = b"sf32\0\0\0\0".to_vec();
    let rows = [
        [1.047_82, 0.022_89, -0.050_13],
        [0.029_54, 0.990_48, -0.017_06],
        [-0.009_23, 0.015_06, 0.752_13],
    ];
    bytes.extend(rows.into_iter().flatten().flat_map(fixed));
    bytes
}

/// ((x + 0.055) / 1.055) to the power of 2.4, and x / 12.92 below 0.04045.
fn curve() -> Vec<u8> {
    let mut bytes = b"para\0\0\0\0\0\x03\0\0".to_vec();
    let parameters = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];
    bytes.extend(parameters.into_iter().flat_map(fixed));
    bytes
}

/// A number in sixteen bits before and sixteen after the point.
#[expect(clippy::cast_possible_truncation, reason = "each is far below 32,768")]
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65_536.0).round() as i32).to_be_bytes()
}

fn whole(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}
