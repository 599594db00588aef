"""Section 7: an entry."""

import re
from dataclasses import dataclass

from . import require
from .forms import MAX_COUNTER, ascending, below, fields, moment, size, text, uint

KIND = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
SEGMENT = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)


def is_kind(value) -> bool:
    return text(1, 64)(value) and KIND.fullmatch(value) is not None


def is_slot(value) -> bool:
    if not text(1, 200)(value):
        return False
    segments = value.split("/")
    return len(segments) <= 8 and all(SEGMENT.fullmatch(part) for part in segments)


def are_parents(value) -> bool:
    listed = isinstance(value, list) and 1 <= len(value) <= 256
    return listed and all(map(size(34), value)) and ascending(value)


def is_typist(value) -> bool:
    return value == [1] or (
        isinstance(value, list) and len(value) == 2 and value[0] == 0 and size(16)(value[1])
    )


def is_body(value, depth: int = 0) -> bool:
    """With text keys only, and nested no deeper than 32."""
    if isinstance(value, list):
        return depth <= 32 and all(is_body(item, depth + 1) for item in value)
    if isinstance(value, dict):
        keyed = all(isinstance(key, str) for key in value)
        return depth <= 32 and keyed and all(is_body(item, depth + 1) for item in value.values())
    return depth <= 32


def is_happened(value) -> bool:
    who = lambda by: size(16)(by) or text(1, 200)(by)
    fields(value, {0: moment}, {1: who})
    return True


def are_heads(value) -> bool:
    if not isinstance(value, list):
        return False
    for group in value:
        if not (isinstance(group, list) and len(group) >= 2 and size(32)(group[0])):
            return False
        if not (all(below(2**16)(index) for index in group[1:]) and ascending(group[1:])):
            return False
    in_order = ascending([group[0] for group in value])
    return in_order and sum(len(group) - 1 for group in value) <= 16384


def is_signed(value) -> bool:
    basis = lambda of: bool(fields(of, {0: are_heads}, {1: size(32), 2: size(32)}))
    fields(value, {0: basis, 1: size(32), 2: size(16), 3: size(64)})
    return True


NEEDED = {
    0: is_kind,
    1: lambda value: uint(value, 65535) and value >= 1,
    4: moment,
    5: lambda value: uint(value, MAX_COUNTER),
    6: size(16),
    7: is_typist,
    8: is_body,
}
OPTIONAL = {2: is_slot, 3: are_parents, 9: is_signed, 10: text(1, 1000), 11: is_happened}


@dataclass(frozen=True, eq=False)
class Entry:
    """One entry in its place."""

    envelope: object
    index: int
    form: dict

    @classmethod
    def read(cls, envelope, index: int, form) -> "Entry":
        fields(form, NEEDED, OPTIONAL)
        require(3 not in form or 2 in form, "parents without a slot")
        require(10 not in form or 3 in form, "a reason without parents")
        return cls(envelope, index, form)

    @property
    def id(self) -> bytes:
        return self.envelope.id + self.index.to_bytes(2, "big")

    kind = property(lambda self: self.form[0])
    version = property(lambda self: self.form[1])
    slot = property(lambda self: self.form.get(2))
    parents = property(lambda self: self.form.get(3, []))
    claimed = property(lambda self: self.form[4])
    lamport = property(lambda self: self.form[5])
    author = property(lambda self: self.form[6])
    body = property(lambda self: self.form[8])
    signed = property(lambda self: self.form.get(9))
