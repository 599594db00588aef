"""Section 7, "What a set of entries means": what stands, and the heads of each slot."""

from .entry import Entry
from .forms import size


def withholds(entry: Entry) -> bool:
    """Marks, moves and patient keys, which can be neither marked nor moved."""
    known = entry.kind in ("entered-in-error", "move") and entry.version == 1
    return known or entry.kind == "patient-key"


def targets(entry: Entry) -> list[bytes]:
    """What a mark or a move is aimed at; nothing when its body is not whole."""
    body = entry.body
    if entry.version != 1 or not isinstance(body, dict) or not isinstance(body.get("reason"), str):
        return []
    if entry.kind == "entered-in-error":
        named = [body.get("entry")]
    elif entry.kind == "move" and size(16)(body.get("to")):
        named = body.get("entries")
    else:
        return []
    return named if isinstance(named, list) and all(map(size(34), named)) else []


def heads(entries: list[Entry], unverified: dict[bytes, str]) -> dict[str, list[bytes]]:
    """The current entries of each slot that ever had one, in the order for display."""
    by_id = {entry.id: entry for entry in entries}
    out = set(unverified)
    for entry in entries:
        if entry.id not in unverified:
            aimed = [one for one in targets(entry) if one in by_id and not withholds(by_id[one])]
            out.update(aimed)
    slots: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.slot:
            slots.setdefault(entry.slot, []).append(entry)
    return {slot: _heads_of(held, out) for slot, held in sorted(slots.items())}


def _heads_of(held: list[Entry], out: set[bytes]) -> list[bytes]:
    in_slot = {entry.id: entry for entry in held}
    standing = [entry for entry in held if entry.id not in out]
    replaced: set[bytes] = set()
    waiting = [parent for entry in standing for parent in entry.parents]
    while waiting:
        parent = waiting.pop()
        if parent in in_slot and parent not in replaced:
            replaced.add(parent)
            waiting.extend(in_slot[parent].parents)
    current = [entry for entry in standing if entry.id not in replaced]
    return [entry.id for entry in sorted(current, key=lambda entry: (entry.lamport, entry.id))]
