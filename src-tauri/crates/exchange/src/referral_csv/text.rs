//! Bytes to text, or a plain word why not.

use super::MAX_BYTES;
use super::error::FileError;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF16_MARKS: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];

/// The text of a file, without its byte order mark, each line ending in LF.
///
/// One kind of line ending, because lines are counted by LF and every row needs its own line.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    if UTF16_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(FileError::Utf16);
    }
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    // Before the check for UTF-8: a spreadsheet or a PDF fails both, and this is the better advice.
    if bytes.iter().any(|byte| is_control(*byte)) {
        return Err(FileError::NotText);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        FileError::NotUtf8 {
            line: line_after(before),
        }
    })?;
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// The line that follows these bytes, from 1.
fn line_after(bytes: &[u8]) -> u32 {
    let lines = bytes.split(|byte| *byte == b'\n').count();
    // A file is at most MAX_BYTES long, so its lines fit.
    u32::try_from(lines).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::decoded;
    use crate::referral_csv::FileError;

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        assert_eq!(decoded(b"\xEF\xBB\xBFReason").as_deref(), Ok("Reason"));
        assert_eq!(decoded(b"Reason").as_deref(), Ok("Reason"));
    }

    #[test]
    fn a_file_that_is_not_utf8_is_refused_with_its_line() {
        assert_eq!(
            decoded(b"Family name\nWi\x9cniewska"),
            Err(FileError::NotUtf8 { line: 2 })
        );
        assert_eq!(decoded(b"\xFF\xFEF\0"), Err(FileError::Utf16));
    }

    #[test]
    fn every_kind_of_line_ending_is_one_line() {
        assert_eq!(decoded(b"a\r\nb\rc\nd").as_deref(), Ok("a\nb\nc\nd"));
    }

    #[test]
    fn a_spreadsheet_or_a_pdf_is_not_text() {
        assert_eq!(decoded(b"PK\x03\x04\x14\0\x06\0"), Err(FileError::NotText));
        assert_eq!(decoded(b"%PDF-1.7\n\x01\xe2"), Err(FileError::NotText));
    }

    #[test]
    fn nothing_but_blanks_is_empty() {
        assert_eq!(decoded(b""), Err(FileError::Empty));
        assert_eq!(decoded(b"\xEF\xBB\xBF \r\n\r\n"), Err(FileError::Empty));
    }
}
