"""Section 3: the forms that several things share. A map's fields are checked against a table."""

import uuid
from datetime import datetime, timezone

from . import Newer, require

FORMAT, SUITE = 1, 1
MAX_COUNTER = 2**53 - 1


def fields(value, needed: dict, optional: dict | None = None) -> dict:
    """A map that has every needed field, perhaps optional ones, and no other; each in its form."""
    optional = optional or {}
    require(isinstance(value, dict), "not a map")
    require(needed.keys() <= value.keys(), "a field is missing")
    require(value.keys() <= needed.keys() | optional.keys(), "an unknown field")
    for key, item in value.items():
        form = needed[key] if key in needed else optional[key]
        require(form(item), f"field {key} is not in its form")
    return value


def known_format(value) -> dict:
    """A map whose fields 0 and 1 are this format and suite."""
    require(isinstance(value, dict) and uint(value.get(0)) and uint(value.get(1)), "no format")
    if (value[0], value[1]) != (FORMAT, SUITE):
        raise Newer("another format or suite")
    return value


def uint(value, most: int = 2**63 - 1) -> bool:
    return type(value) is int and 0 <= value <= most


def below(limit: int):
    return lambda value: uint(value, limit - 1)


def size(length: int):
    """`bytes(length)`."""
    return lambda value: isinstance(value, bytes) and len(value) == length


def text(least: int, most: int):
    """Text of so many bytes."""
    return lambda value: isinstance(value, str) and least <= len(value.encode()) <= most


def scope(value) -> bool:
    return value in ([1], [2]) or _tagged(value, (0,))


def subject(value) -> bool:
    return value in ([2], [3]) or _tagged(value, (0, 1))


def _tagged(value, tags) -> bool:
    pair = isinstance(value, list) and len(value) == 2
    return pair and type(value[0]) is int and value[0] in tags and size(16)(value[1])


def goes_together(of_scope, of_subject) -> bool:
    """Section 4: which subject may stand in which scope."""
    if of_scope == [1]:
        return of_subject == [2]
    if of_scope == [2]:
        return of_subject == [3]
    return of_subject[0] == 0 or of_subject == [1, of_scope[1]]


def moment(value) -> bool:
    pair = isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)
    return pair and LEAST_MOMENT <= value[0] <= MOST_MOMENT and -64800 <= value[1] <= 64800


LEAST_MOMENT = -377705023201000
MOST_MOMENT = 253402207200999


def ascending(items: list) -> bool:
    """In order, and each once."""
    return all(before < after for before, after in zip(items, items[1:]))


def id_text(raw: bytes) -> str:
    return str(uuid.UUID(bytes=raw))


def entry_text(entry: bytes) -> str:
    return f"{entry[:32].hex()}:{int.from_bytes(entry[32:], 'big')}"


def scope_text(value) -> str:
    return {1: "service", 2: "audit"}.get(value[0]) or f"site {id_text(value[1])}"


def subject_text(value) -> str:
    names = {0: "patient", 1: "site", 2: "service", 3: "audit"}
    return " ".join([names[value[0]], *map(id_text, value[1:])])


def when(value) -> str:
    """For a person who reads what this reader found."""
    return datetime.fromtimestamp(value[0] / 1000, timezone.utc).isoformat()
