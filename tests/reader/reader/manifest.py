"""Section 11: the manifest of a backup."""

from . import cbor, require
from .crypto import verify
from .forms import below, fields, known_format, moment, scope, size, text, uint


def is_hashed(value) -> bool:
    return isinstance(value, list) and len(value) == 2 and uint(value[0]) and size(32)(value[1])


def is_stream(value) -> bool:
    forms = [scope, size(16), below(2**32), uint, uint, size(32)]
    listed = isinstance(value, list) and len(value) == len(forms)
    return listed and all(form(part) for form, part in zip(forms, value))


def are_streams(value) -> bool:
    if not isinstance(value, list) or not all(map(is_stream, value)):
        return False
    # Sites by id, then the service, then audit: the order of the forms' own parts.
    places = [(stream[0], stream[1], stream[2]) for stream in value]
    return all(before < after for before, after in zip(places, places[1:]))


CLAIMS = {
    0: uint,
    1: uint,
    2: size(16),
    3: size(16),
    4: below(2**32),
    5: size(16),
    6: moment,
    7: text(1, 64),
    8: below(2**32),
    9: size(32),
    10: is_hashed,
    11: size(32),
    12: are_streams,
    13: size(72),
    14: size(80),
}


def read_manifest(data: bytes) -> dict:
    """What the manifest claims; its signature fits the key that it names."""
    parts = cbor.decode(data)
    require(isinstance(parts, list) and len(parts) == 2, "not an array of two")
    claims_bytes, signature = parts
    require(isinstance(claims_bytes, bytes) and size(64)(signature), "no claims or signature")
    claims = fields(known_format(cbor.decode(claims_bytes)), CLAIMS)
    require(verify(claims[9], "felloe v1 backup signature", claims_bytes, signature), "altered")
    return claims
