//! What has to hold for any bytes that stand on a stick. It panics where it does not.
//!
//! The fuzz target looks for bytes that break it, and the usual tests try all bytes of the corpus
//! again. Random bytes never pass a cipher, so the first byte says how deep the rest is put: as the
//! file itself, as its head with the right check, or sealed as an honest writer would, as all that
//! is sealed or as what follows a genuine manifest.
#![allow(dead_code, clippy::panic, clippy::expect_used)]

use record::bundle::{Claims, END, LAYOUT, MARK};
use sync::bundle::{Contents, plan};
use sync::conformance::{Pen, SERVICE};
use sync::memory::Memory;

use crate::stick::{claims, head, item, knowledge, one_chunk, read, signed};
use crate::wheel::{AT_HUB, AT_SPOKE, admitted};
use record::log::EventLog as _;
use record::scope::Scope;

/// The most that is sealed in one chunk.
const CHUNK: usize = 64 * 1024;

/// Bytes are refused in words, or read as a bundle that holds what its manifest lists.
pub(crate) fn bundle(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else {
        return;
    };
    let rest = &rest[..rest.len().min(CHUNK / 2)];
    let file = match how % 4 {
        0 => rest.to_vec(),
        1 => under_a_check(rest),
        2 => one_chunk(&head(&[AT_HUB]), |_| rest.to_vec()),
        _ => one_chunk(&head(&[AT_HUB]), |check| {
            let manifest = signed(genuine(), check, AT_SPOKE);
            [item(&manifest), rest.to_vec()].concat()
        }),
    };
    match read(&file, AT_HUB) {
        Ok((manifest, envelopes)) => {
            let claims = manifest.claims();
            assert_eq!(claims.envelopes(), envelopes.len() as u64);
            for range in &claims.ranges {
                let came = envelopes
                    .iter()
                    .filter(|envelope| envelope.header().stream() == range.stream);
                assert_eq!(came.count() as u64, range.envelopes);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn under_a_check(head: &[u8]) -> Vec<u8> {
    let length = u32::try_from(head.len())
        .expect("it is short")
        .to_be_bytes();
    let front = [MARK.as_slice(), &[LAYOUT], &length, head].concat();
    let check = blake3::derive_key("felloe v1 bundle head", &front);
    [front.as_slice(), &check, END].concat()
}

/// What a spoke's laptop with two envelopes says.
fn genuine() -> Claims {
    let mut log = Memory::new(SERVICE);
    let written = Pen::new(SERVICE, Scope::Service, AT_SPOKE).write_many("made up", 2);
    log.append(&written).expect("memory keeps");
    let known = [knowledge(AT_HUB, &[])];
    let contents: Contents = plan(&log, &admitted(AT_SPOKE), &known).expect("memory gives");
    claims(AT_SPOKE, 1, contents)
}
