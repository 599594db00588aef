"""Section 12: a bundle, which carries envelopes by hand."""

from dataclasses import dataclass

from . import Newer, cbor, require
from .certificate import DEVICE, Certificate, six_words
from .crypto import digest, open_chunk, open_hpke, verify, x25519_private
from .envelope import MAX_ENVELOPE, Envelope
from .forms import ascending, below, fields, id_text, known_format, moment, scope, size, uint
from .journal import chain_of

MARK, END = b"felloe bundle", b"felloe bundle end"
CHUNK, TAG = 65536, 16
MAX_HEAD, MAX_MANIFEST = 256 * 1024, 4 * 1024 * 1024
INFO = b"felloe v1 bundle key"


def array_of(*forms):
    """An array of exactly these forms."""

    def held(value) -> bool:
        listed = isinstance(value, list) and len(value) == len(forms)
        return listed and all(form(part) for form, part in zip(forms, value))

    return held


def are_tails(value) -> bool:
    tail = array_of(uint, size(32))
    return isinstance(value, list) and all(map(tail, value)) and ascending(value)


def streams(form):
    """An array whose items begin with a stream, ascending by it."""

    def held(value) -> bool:
        listed = isinstance(value, list) and all(map(form, value))
        return listed and ascending([(item[0], item[1], item[2]) for item in value])

    return held


def are_recipients(value) -> bool:
    listed = isinstance(value, list) and 1 <= len(value) <= 1024
    return listed and all(map(array_of(size(16), size(80)), value)) and ascending(
        [recipient[0] for recipient in value]
    )


def is_chain(value) -> bool:
    return isinstance(value, list) and len(value) <= 8 and all(isinstance(one, bytes) for one in value)


STREAM = (scope, size(16), below(2**32))
HEAD = {0: uint, 1: uint, 2: size(16), 3: size(16), 4: are_recipients}
CLAIMS = {
    0: uint,
    1: uint,
    2: size(16),
    3: size(16),
    4: size(32),
    5: size(16),
    6: below(2**32),
    7: uint,
    8: moment,
    9: is_chain,
    10: streams(array_of(*STREAM, are_tails, lambda count: uint(count) and count > 0)),
    11: streams(array_of(*STREAM, lambda tails: are_tails(tails) and tails != [])),
}


@dataclass(frozen=True)
class Front:
    """What stands in clear."""

    head: dict
    check: bytes
    rest: bytes

    @classmethod
    def read(cls, file: bytes) -> "Front":
        require(file[: len(MARK)] == MARK, "no bundle")
        at = len(MARK) + 5
        require(len(file) >= at, "cut short")
        if file[len(MARK)] != 0:
            raise Newer("another layout")
        length = int.from_bytes(file[at - 4 : at], "big")
        require(length <= MAX_HEAD, "a head of more than 256 KiB")
        front, check = file[: at + length], file[at + length : at + length + 32]
        require(len(check) == 32, "cut short")
        require(digest("felloe v1 bundle head", front) == check, "the head was altered")
        head = fields(known_format(cbor.decode(front[at:])), HEAD)
        return cls(head, check, file[at + length + 32 :])

    def file_key(self, device: bytes, sealing_seed: bytes) -> bytes:
        """The file key as it was sealed to this device."""
        own = [sealed for recipient, sealed in self.head[4] if recipient == device]
        require(own != [], "for someone else")
        names = [self.head[2], self.head[3], device]
        ad = b" ".join([INFO, *(id_text(name).encode() for name in names)])
        key = open_hpke(x25519_private(sealing_seed), own[0][:32], INFO, ad, own[0][32:])
        require(key is not None, "sealed to another")
        return key

    def items(self, file_key: bytes) -> list[bytes]:
        """The manifest, then the envelopes."""
        require(self.rest.endswith(END), "cut short")
        sealed = self.rest[: -len(END)]
        key, plain = digest("felloe v1 bundle cipher", file_key), b""
        parts = [sealed[at : at + CHUNK + TAG] for at in range(0, len(sealed), CHUNK + TAG)]
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            nonce = bytes(3) + number.to_bytes(8, "big") + bytes([last])
            chunk = open_chunk(key, nonce, self.check, part)
            require(chunk not in (None, b""), "altered")
            plain += chunk
        found, at = [], 0
        while at < len(plain):
            length = int.from_bytes(plain[at : at + 4], "big")
            most = MAX_ENVELOPE if found else MAX_MANIFEST
            require(length <= most and at + 4 + length <= len(plain), "an item that does not fit")
            found.append(plain[at + 4 : at + 4 + length])
            at += 4 + length
        require(found != [], "no manifest")
        return found


def read_bundle(file: bytes, file_key: bytes, enrolled: bytes) -> tuple[dict, list[Envelope], str]:
    """What the manifest claims, the envelopes, and the six words."""
    front = Front.read(file)
    manifest, *raw = front.items(file_key)
    claims_bytes, signature = cbor.decode(manifest)
    claims = fields(known_format(cbor.decode(claims_bytes)), CLAIMS)
    writer = chain_of([Certificate.read(one) for one in claims[9]], enrolled)
    known = writer is not None and writer.type == DEVICE and writer.device == claims[5]
    require(known and writer.claims[2] == claims[2], "an unknown sender")
    signed = verify(writer.key, "felloe v1 bundle signature", claims_bytes, signature)
    require(signed and claims[4] == front.check, "the manifest was altered")
    require((claims[2], claims[3]) == (front.head[2], front.head[3]), "another bundle's manifest")
    envelopes = [Envelope.read(one) for one in raw]
    listed = {(claims[2], cbor.encode(one[0]), one[1], one[2]): one[4] for one in claims[10]}
    came = {stream: 0 for stream in listed}
    for envelope in envelopes:
        require(envelope.stream in came, "an envelope that is not listed")
        came[envelope.stream] += 1
    require(came == listed, "not what is listed")
    return claims, envelopes, six_words(digest("felloe v1 bundle words", claims_bytes, signature))
