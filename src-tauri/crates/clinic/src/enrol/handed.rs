//! Requests and answers as they are handed over: files, and for a request text to paste.

use std::io::Read;
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use record::enrolment::{Answer, MAX_ANSWER_BYTES, MAX_REQUEST_BYTES, Request};
use record::id::DeviceId;

use crate::refusal::Refusal;

/// What pasted text begins with, so that it is known from the path of a file.
const TEXT: &str = "felloe-request:";
/// Characters in a line of the text: short enough for any mail program. A design decision.
const LINE: usize = 64;

/// The request as text to be pasted into a message.
pub(super) fn as_text(request: &Request) -> String {
    let code = BASE64URL_NOPAD.encode(&request.to_bytes());
    let mut text = TEXT.to_owned();
    for line in code.as_bytes().chunks(LINE) {
        text.push('\n');
        text.push_str(&String::from_utf8_lossy(line));
    }
    text
}

/// A request, from pasted text or from a file at the path that was typed.
pub(super) fn request(field: &str, typed: &str) -> Result<Request, Refusal> {
    let typed = typed.trim();
    let bytes = match typed.strip_prefix(TEXT) {
        Some(code) => {
            let code: String = code.split_whitespace().collect();
            BASE64URL_NOPAD.decode(code.as_bytes()).map_err(|_| {
                Refusal::field(
                    field,
                    "This text is not whole. Copy all of it, from \"felloe-request\" to the end.",
                )
            })?
        }
        None => file(field, typed, MAX_REQUEST_BYTES)?,
    };
    Request::from_bytes(&bytes).map_err(|error| Refusal::field(field, error.to_string()))
}

/// An answer, from the file at the path that was typed.
pub(super) fn answer(field: &str, typed: &str) -> Result<Answer, Refusal> {
    let bytes = file(field, typed.trim(), MAX_ANSWER_BYTES)?;
    Answer::from_bytes(&bytes).map_err(|error| Refusal::field(field, error.to_string()))
}

/// A whole file that is not longer than `most` bytes: no more is ever read.
fn file(field: &str, path: &str, most: usize) -> Result<Vec<u8>, Refusal> {
    let refused = || {
        Refusal::field(
            field,
            "There is no such file, or it cannot be read. Check the path and choose it again.",
        )
    };
    let path = Path::new(path);
    if !path.is_absolute() || !path.is_file() {
        return Err(refused());
    }
    let file = std::fs::File::open(path).map_err(|_| refused())?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit)
        .read_to_end(&mut bytes)
        .map_err(|_| refused())?;
    Ok(bytes)
}

/// What people call a laptop, since it has no name: the first eight digits of its id.
pub(super) fn short(device: DeviceId) -> String {
    device.to_string().chars().take(8).collect()
}

/// The name of a request's file. It says nothing of anybody.
pub(super) fn request_name(device: DeviceId) -> String {
    format!("felloe-request-{}.felloe", short(device))
}

/// The name of an answer's file.
pub(super) fn answer_name(device: DeviceId) -> String {
    format!("felloe-answer-{}.felloe", short(device))
}
