"""Section 2: canonical CBOR, where one value has exactly one spelling."""

from . import Refused, require

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32


def decode(data: bytes, depth_limit: int = MAX_DEPTH):
    """The one value that `data` spells, and nothing after it."""
    require(len(data) <= MAX_BYTES, "more than 4 MiB")
    value, end = _value(data, 0, 0, depth_limit)
    require(end == len(data), "something stands after the end")
    return value


def _value(data: bytes, at: int, depth: int, limit: int):
    require(depth <= limit, "nested too deeply")
    major, argument, at = _head(data, at)
    if major == 0:
        require(argument < 2**63, "a number that does not fit")
        return argument, at
    if major == 1:
        require(argument < 2**63, "a number that does not fit")
        return -1 - argument, at
    if major == 2:
        return _taken(data, at, argument)
    if major == 3:
        raw, at = _taken(data, at, argument)
        return _text(raw), at
    if major == 4:
        items = []
        for _ in range(argument):
            item, at = _value(data, at, depth + 1, limit)
            items.append(item)
        return items, at
    if major == 5:
        return _map(data, at, argument, depth, limit)
    return {20: False, 21: True, 22: None}[argument], at


def _map(data: bytes, at: int, length: int, depth: int, limit: int):
    found, before, kind = {}, None, None
    for _ in range(length):
        begin = at
        key, at = _value(data, at, depth + 1, limit)
        require(type(key) in (int, str) and (type(key) is str or key >= 0), "a key of another kind")
        require(kind in (None, type(key)), "keys of two kinds")
        encoded = data[begin:at]
        require(before is None or before < encoded, "keys out of order, or one twice")
        before, kind = encoded, type(key)
        found[key], at = _value(data, at, depth + 1, limit)
    return found, at


def _head(data: bytes, at: int):
    require(at < len(data), "cut short")
    major, low = data[at] >> 5, data[at] & 0x1F
    at += 1
    if major == 7:
        require(low in (20, 21, 22), "a float or another simple value")
        return major, low, at
    require(major != 6, "a tag")
    if low < 24:
        return major, low, at
    require(low <= 27, "an indefinite length")
    width = 1 << (low - 24)
    raw, at = _taken(data, at, width)
    argument = int.from_bytes(raw, "big")
    require(argument >= {1: 24, 2: 2**8, 4: 2**16, 8: 2**32}[width], "not in its shortest form")
    return major, argument, at


def _taken(data: bytes, at: int, length: int):
    require(length <= len(data) - at, "cut short")
    return data[at : at + length], at + length


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refused("text that is not UTF-8") from fault


def encode(value) -> bytes:
    """The one spelling of a value."""
    if value is None or isinstance(value, bool):
        return bytes([{False: 0xF4, True: 0xF5, None: 0xF6}[value]])
    if isinstance(value, int):
        return _written(0, value) if value >= 0 else _written(1, -1 - value)
    if isinstance(value, bytes):
        return _written(2, len(value)) + value
    if isinstance(value, str):
        raw = value.encode("utf-8")
        return _written(3, len(raw)) + raw
    if isinstance(value, list):
        return _written(4, len(value)) + b"".join(encode(item) for item in value)
    pairs = sorted((encode(key), encode(item)) for key, item in value.items())
    return _written(5, len(pairs)) + b"".join(key + item for key, item in pairs)


def _written(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for low, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << 8 * width:
            return bytes([major << 5 | low]) + argument.to_bytes(width, "big")
    raise Refused("a number that does not fit")
