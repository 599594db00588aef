"""Section 1: the hash and the signature, each with a domain; section 5: the cipher."""

import hashlib
import hmac

from blake3 import blake3
from nacl import bindings
from nacl.exceptions import BadSignatureError, CryptoError

from . import Refused, require


def digest(domain: str, *data: bytes) -> bytes:
    """`H(domain, data)`."""
    return blake3(b"".join(data), derive_key_context=domain).digest()


def verify(key: bytes, domain: str, data: bytes, signature: bytes) -> bool:
    """Whether `Sign(key, domain, data)` is this signature. libsodium is strict, as section 1 asks."""
    try:
        bindings.crypto_sign_open(signature + digest(domain, data), key)
    except (BadSignatureError, CryptoError, ValueError):
        return False
    return True


def open_sealed(key: bytes, nonce: bytes, ad: bytes, sealed: bytes) -> bytes:
    """XChaCha20-Poly1305."""
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, ad, nonce, key)
    except CryptoError as fault:
        raise Refused("the seal is broken") from fault


def open_chunk(key: bytes, nonce: bytes, ad: bytes, sealed: bytes) -> bytes | None:
    """ChaCha20-Poly1305 (RFC 8439); none when the tag does not fit."""
    try:
        return bindings.crypto_aead_chacha20poly1305_ietf_decrypt(sealed, ad, nonce, key)
    except CryptoError:
        return None


def open_hpke(private: bytes, enc: bytes, info: bytes, ad: bytes, sealed: bytes) -> bytes | None:
    """HPKE (RFC 9180), base mode, one message: X25519, HKDF-SHA256, ChaCha20-Poly1305."""
    kem = b"KEM" + (0x0020).to_bytes(2, "big")
    suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x0020, 0x0001, 0x0003))
    public = bindings.crypto_scalarmult_base(private)
    shared = bindings.crypto_scalarmult(private, enc)
    prk = _extract(kem, b"", b"eae_prk", shared)
    secret = _expand(kem, prk, b"shared_secret", enc + public, 32)
    context = b"\0" + _extract(suite, b"", b"psk_id_hash", b"") + _extract(suite, b"", b"info_hash", info)
    prk = _extract(suite, secret, b"secret", b"")
    key = _expand(suite, prk, b"key", context, 32)
    nonce = _expand(suite, prk, b"base_nonce", context, 12)
    return open_chunk(key, nonce, ad, sealed)


def x25519_private(seed: bytes) -> bytes:
    """The private key that 32 random bytes make: `DeriveKeyPair` of RFC 9180 for X25519."""
    kem = b"KEM" + (0x0020).to_bytes(2, "big")
    prk = _extract(kem, b"", b"dkp_prk", seed)
    return _expand(kem, prk, b"sk", b"", 32)


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + material, hashlib.sha256).digest()


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    require(length <= 32, "one block is all that is needed")
    info = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.new(prk, info + b"\x01", hashlib.sha256).digest()[:length]
