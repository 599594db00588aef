"""A whole journal that the program wrote: this reader finds in it what the program finds."""

import json
import os
import unittest
from pathlib import Path

from reader import Refused
from reader.certificate import six_words
from reader.forms import entry_text, id_text, scope_text, subject_text
from reader.journal import Journal, envelopes_in
from reader import cbor


def folder() -> Path:
    named = os.environ.get("FELLOE_JOURNAL")
    if not named:
        raise RuntimeError("FELLOE_JOURNAL names no folder; run cargo xtask test --only reader")
    return Path(named)


def opened(raw: list[bytes]) -> Journal:
    keys = json.loads((folder() / "keys.json").read_text())
    epochs = [bytes.fromhex(key) for key in keys["epochs"]]
    return Journal(raw, bytes.fromhex(keys["enrolled"]), epochs)


def said(entry, unverified) -> list:
    author = id_text(entry.author)
    placed = [entry.kind, entry.version, entry.slot, entry.lamport, entry.claimed[0], author]
    return [*placed, unverified.get(entry.id)]


def in_words(journal: Journal) -> dict:
    """What was found, in the same words as the program's."""
    entries = [entry for held in journal.subjects().values() for entry in held]
    streams = journal.chains()
    return {
        "fingerprint": journal.enrolled.hex(),
        "six_words": six_words(journal.enrolled),
        "envelopes": len(journal.envelopes),
        "streams": {
            scope_text(cbor.decode(stream[1])): [found["ends"][0][0], found["ends"][0][1].hex()]
            for stream, found in streams.items()
        },
        "certificates": sorted(one.hex() for one in journal.authorities.certificates),
        "closed": sorted(one.hex() for one in journal.envelopes if one not in journal.opened),
        "entries": {entry_text(entry.id): said(entry, journal.unverified) for entry in entries},
        "heads": {
            subject_text(cbor.decode(subject)): {
                slot: [entry_text(head) for head in current] for slot, current in slots.items()
            }
            for subject, slots in journal.heads().items()
        },
        "faults": journal.faults,
    }


class TheJournal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.raw = envelopes_in((folder() / "journal").read_bytes())
        cls.expected = json.loads((folder() / "found.json").read_text())
        cls.journal = opened(cls.raw)

    def test_this_reader_finds_what_the_program_finds(self):
        found = in_words(self.journal)
        for part, expected in self.expected.items():
            with self.subTest(part):
                self.assertEqual(found[part], expected)

    def test_every_stream_is_whole(self):
        for stream, found in self.journal.chains().items():
            self.assertEqual((found["broken"], len(found["ends"])), ([], 1), stream)

    def test_the_order_in_which_envelopes_arrive_changes_nothing(self):
        self.assertEqual(in_words(opened(self.raw[::-1] + self.raw[:5])), in_words(self.journal))

    def test_a_missing_envelope_is_found(self):
        without = opened(self.raw[:1] + self.raw[2:])
        self.assertEqual(sum(len(one["broken"]) for one in without.chains().values()), 1)

    def test_an_envelope_that_its_device_did_not_sign_is_left_out_and_told(self):
        header, signature, sealed = cbor.decode(self.raw[-1])
        forged = cbor.encode([header, bytes([signature[0] ^ 1]) + signature[1:], sealed])
        journal = opened([*self.raw[:-1], forged])
        self.assertEqual(len(journal.envelopes), len(self.raw) - 1)
        self.assertEqual([fault.split()[0] for fault in journal.faults], ["signature"])

    def test_content_that_was_altered_is_refused(self):
        whole = next(one for one in map(cbor.decode, self.raw) if one[2])
        altered = cbor.encode([whole[0], whole[1], whole[2][:-1] + bytes([whole[2][-1] ^ 1])])
        with self.assertRaises(Refused):
            opened([altered])


if __name__ == "__main__":
    unittest.main()
