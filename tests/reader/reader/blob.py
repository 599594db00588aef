"""Section 15: the bytes of an attachment."""

from . import require
from .crypto import digest, open_chunk

CHUNK, TAG = 65536, 16
MAX_CONTENT = 20_000_000


def nonce(number: int, last: bool) -> bytes:
    return bytes(3) + number.to_bytes(8, "big") + bytes([last])


def open_blob(body: dict, blob: bytes) -> bytes:
    """The content of an attachment, from the body of its entry and its blob."""
    size = body["size"]
    require(1 <= size <= MAX_CONTENT, "no size of a content")
    require(len(blob) == size + TAG * -(-size // CHUNK), "another size")
    require(digest("felloe v1 blob id", blob) == body["blob"], "another blob")
    key, content = digest("felloe v1 blob cipher", body["key"]), b""
    chunks = [blob[at : at + CHUNK + TAG] for at in range(0, len(blob), CHUNK + TAG)]
    for number, sealed in enumerate(chunks):
        chunk = open_chunk(key, nonce(number, number == len(chunks) - 1), b"", sealed)
        require(chunk is not None, "altered")
        content += chunk
    require(digest("felloe v1 blob content", content) == body["content"], "another content")
    return content
