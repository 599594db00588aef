"""Sections 4 and 5: an envelope, its place in a stream, and its content."""

from dataclasses import dataclass

import zstandard

from . import Refused, cbor, require
from .crypto import digest, open_sealed, verify
from .entry import Entry
from .forms import MAX_COUNTER, below, fields, goes_together, known_format, scope, size, subject, uint

MAX_ENVELOPE = 2 * 1024 * 1024
MAX_CONTENT = 4 * 1024 * 1024
MAX_ENTRIES = 1024

HEADER = {
    0: uint,
    1: uint,
    2: size(16),
    3: scope,
    4: subject,
    5: size(16),
    6: below(2**32),
    7: lambda value: uint(value, MAX_COUNTER) and value >= 1,
    8: size(32),
    9: size(32),
    10: below(2**32),
    11: below(2),
    12: size(32),
}


@dataclass(frozen=True)
class Envelope:
    """What was written, and what stands in its header."""

    header_bytes: bytes
    signature: bytes
    sealed: bytes | None
    header: dict

    @classmethod
    def read(cls, data: bytes) -> "Envelope":
        require(len(data) <= MAX_ENVELOPE, "an envelope of more than 2 MiB")
        parts = cbor.decode(data)
        require(isinstance(parts, list) and len(parts) == 3, "not an array of three")
        header_bytes, signature, sealed = parts
        require(isinstance(header_bytes, bytes) and size(64)(signature), "no header or signature")
        require(sealed is None or isinstance(sealed, bytes), "content in another form")
        header = fields(known_format(cbor.decode(header_bytes)), HEADER)
        require(header[10] == 0, "an unknown dictionary")
        require((header[7] == 1) == (header[8] == bytes(32)), "the first has no header before it")
        require(goes_together(header[3], header[4]), "a subject that this scope does not hold")
        envelope = cls(header_bytes, signature, sealed, header)
        require(
            sealed is None or digest("felloe v1 sealed hash", sealed) == header[12],
            "the content was changed",
        )
        return envelope

    @property
    def id(self) -> bytes:
        return digest("felloe v1 envelope id", self.header_bytes, self.signature)

    @property
    def header_hash(self) -> bytes:
        return digest("felloe v1 header hash", self.header_bytes)

    @property
    def stream(self) -> tuple:
        """What identifies a stream; the scope as bytes, so that it can be put in order."""
        return (self.header[2], cbor.encode(self.header[3]), self.header[5], self.header[6])

    def is_signed_by(self, key: bytes) -> bool:
        return verify(key, "felloe v1 header signature", self.header_bytes, self.signature)

    def open(self, key: bytes) -> list[Entry]:
        """Its entries. The key must be the one that the header names."""
        require(digest("felloe v1 key id", key) == self.header[9], "another key")
        require(self.sealed is not None and len(self.sealed) >= 24, "no content")
        ad = cbor.encode({field: value for field, value in self.header.items() if field != 12})
        cipher_key = digest("felloe v1 seal key", key)
        packed = open_sealed(cipher_key, self.sealed[:24], ad, self.sealed[24:])
        content = cbor.decode(unpack(packed), depth_limit=cbor.MAX_DEPTH + 4)
        require(isinstance(content, list) and 1 <= len(content) <= MAX_ENTRIES, "no entries")
        entries = [Entry.read(self, index, form) for index, form in enumerate(content)]
        slots = [entry.slot for entry in entries if entry.slot]
        require(len(slots) == len(set(slots)), "two values for one slot")
        return entries


def unpack(packed: bytes) -> bytes:
    """Undoes padding and compression; stops at 4 MiB."""
    require(len(packed) >= 4, "a length that does not fit")
    length = int.from_bytes(packed[:4], "big")
    require(length <= len(packed) - 4, "a length that does not fit")
    padded = (4 + length + 63) // 64 * 64
    require(len(packed) == padded and not any(packed[4 + length :]), "padding that is not minimal")
    frame = packed[4 : 4 + length]
    try:
        reader = zstandard.ZstdDecompressor().stream_reader(frame)
        require(len(reader.read(MAX_CONTENT + 1)) <= MAX_CONTENT, "more than 4 MiB unpacked")
        whole = zstandard.ZstdDecompressor().decompressobj()
        content = whole.decompress(frame)
    except zstandard.ZstdError as fault:
        raise Refused("it cannot be unpacked") from fault
    require(whole.eof and not whole.unused_data, "not one frame and nothing after it")
    return content
