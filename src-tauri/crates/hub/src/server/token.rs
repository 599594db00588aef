//! Nonces that need not be kept, and tokens that are kept as hashes.

/// How long a nonce is good: a login over a thin link with a long delay takes seconds. A design
/// decision.
pub(super) const NONCE_LASTS_MS: i64 = 120_000;
/// How long a token is good: a working day. A design decision; a device that is blocked is turned
/// away at its next request whatever it holds.
pub(super) const PASS_LASTS_MS: i64 = 8 * 60 * 60 * 1000;

/// When it runs out, random bytes, and a mark that only hub servers with this secret can make: so
/// a nonce that one hub server gave out is good at another over the same database.
pub(super) fn nonce(secret: &[u8; 32], random: [u8; 8], now_ms: i64) -> [u8; 32] {
    let mut nonce = [0; 32];
    nonce[..8].copy_from_slice(&(now_ms + NONCE_LASTS_MS).to_be_bytes());
    nonce[8..16].copy_from_slice(&random);
    let mark = mark(secret, &nonce);
    nonce[16..].copy_from_slice(&mark);
    nonce
}

/// When a nonce runs out, in milliseconds since 1970; none when no hub server with this secret
/// gave it out, or it has run out.
pub(super) fn good_until(secret: &[u8; 32], nonce: &[u8; 32], now_ms: i64) -> Option<i64> {
    let until = i64::from_be_bytes(*nonce.first_chunk()?);
    // Compared as hashes, which takes the same time wherever they differ.
    let ours = blake3::keyed_hash(secret, &mark(secret, nonce));
    let theirs = blake3::keyed_hash(secret, &nonce[16..]);
    (ours == theirs && until > now_ms).then_some(until)
}

fn mark(secret: &[u8; 32], nonce: &[u8; 32]) -> [u8; 16] {
    let whole = blake3::keyed_hash(secret, &nonce[..16]);
    let mut mark = [0; 16];
    mark.copy_from_slice(&whole.as_bytes()[..16]);
    mark
}

/// What is kept of a token: whoever reads the database cannot use it.
pub(super) fn hash(token: &[u8; 32]) -> [u8; 32] {
    blake3::derive_key("felloe v1 hub server token", token)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: [u8; 32] = [7; 32];

    #[test]
    fn a_nonce_is_good_at_every_hub_server_with_the_secret_until_it_runs_out() {
        let nonce = nonce(&SECRET, [1; 8], 1000);
        let until = 1000 + NONCE_LASTS_MS;
        assert_eq!(good_until(&SECRET, &nonce, 1001), Some(until));
        assert_eq!(good_until(&SECRET, &nonce, until), None);
        assert_eq!(good_until(&[8; 32], &nonce, 1001), None);
    }

    #[test]
    fn a_nonce_of_which_one_bit_was_changed_is_refused() {
        let nonce = nonce(&SECRET, [1; 8], 1000);
        for at in 0..32 {
            let mut changed = nonce;
            changed[at] ^= 1;
            assert_eq!(good_until(&SECRET, &changed, 1001), None, "byte {at}");
        }
    }
}
