"""The golden files of section 12, read by a reader that knows nothing but the page."""

import unittest
from pathlib import Path

import zstandard
from nacl import bindings
from nacl.signing import SigningKey

from reader import Newer, Refused, cbor
from reader.blob import nonce, open_blob
from reader.certificate import Certificate, fingerprint, six_words
from reader.crypto import digest
from reader.entry import Entry
from reader.envelope import MAX_CONTENT, Envelope, unpack
from reader.journal import Journal, chain, chain_of
from reader.manifest import read_manifest
from reader.signature import payload, place_of, why_not

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "src-tauri/crates/record/tests/golden"
CONTENT_KEY = bytes([0x30]) * 32
CHAIN = ["root", "administrator", "nurse", "device"]


def golden(name: str) -> bytes:
    return bytes.fromhex((GOLDEN / f"{name}.hex").read_text())


def padded(frame: bytes) -> bytes:
    packed = len(frame).to_bytes(4, "big") + frame
    return packed + bytes(-len(packed) % 64)


def public_key(seed: int) -> bytes:
    return bytes(SigningKey(bytes([seed]) * 32).verify_key)


def certificates() -> list[Certificate]:
    return [Certificate.read(golden(f"certificate-{name}-v1")) for name in CHAIN]


def names() -> dict[str, str]:
    lines = (GOLDEN / "names-v1.txt").read_text().splitlines()
    return {line[:17].strip(): line[17:] for line in lines}


class GoldenFiles(unittest.TestCase):
    def test_every_golden_file_has_one_spelling_and_this_is_it(self):
        for path in GOLDEN.glob("*.hex"):
            data = bytes.fromhex(path.read_text())
            with self.subTest(path.name):
                self.assertEqual(cbor.encode(cbor.decode(data)), data)

    def test_the_body_of_an_answer_is_what_the_page_says(self):
        self.assertEqual(cbor.decode(golden("body-v1")), {"state": "answered", "value": 2})

    def test_the_envelope_is_signed_by_its_device_and_by_no_other(self):
        envelope = Envelope.read(golden("envelope-v1"))
        self.assertTrue(envelope.is_signed_by(public_key(0x20)))
        self.assertFalse(envelope.is_signed_by(public_key(0x21)))
        self.assertEqual((len(envelope.header_bytes), len(envelope.sealed)), (194, 424))
        self.assertEqual(envelope.id.hex(), names()["envelope id"])

    def test_the_content_of_the_envelope_is_the_golden_entries(self):
        entries = Envelope.read(golden("envelope-v1")).open(CONTENT_KEY)
        self.assertEqual(cbor.encode([entry.form for entry in entries]), golden("entries-v1"))
        self.assertEqual([entry.kind for entry in entries], ["answer", "note", "decision"])

    def test_the_emergency_follows_the_first_envelope(self):
        first, second = (Envelope.read(golden(name)) for name in ("envelope-v1", "emergency-v1"))
        found = chain([second, first])
        self.assertEqual(found, {"envelopes": 2, "ends": [(2, second.header_hash)], "broken": []})
        self.assertEqual((first.header[11], second.header[11]), (0, 1))
        self.assertEqual([entry.kind for entry in second.open(CONTENT_KEY)], ["note"])

    def test_an_erased_envelope_keeps_its_id_and_its_place(self):
        first, erased = (Envelope.read(golden(name)) for name in ("envelope-v1", "erased-v1"))
        self.assertIsNone(erased.sealed)
        self.assertEqual((erased.id, erased.header_hash), (first.id, first.header_hash))

    def test_the_chain_leads_to_the_root_and_its_six_words(self):
        root, administrator, nurse, device = certificates()
        enrolled = fingerprint(root.claims[2], root.key)
        self.assertEqual(enrolled.hex(), names()["root fingerprint"])
        self.assertEqual(six_words(enrolled), names()["six words"])
        self.assertEqual(nurse.id.hex(), names()["certificate id"])
        self.assertIs(chain_of([root, administrator, nurse], enrolled), nurse)
        self.assertIs(chain_of([root, administrator, device], enrolled), device)
        self.assertIsNone(chain_of([root, nurse], enrolled))
        self.assertIsNone(chain_of([root, administrator, nurse], bytes(32)))

    def test_the_decision_counts_and_counts_nowhere_else(self):
        decision = Envelope.read(golden("envelope-v1")).open(CONTENT_KEY)[2]
        nurse = certificates()[2]
        self.assertIsNone(why_not(decision, nurse))
        elsewhere = Entry(decision.envelope, 1, decision.form)
        self.assertEqual(why_not(elsewhere, nurse), "elsewhere")
        reworded = Entry(decision.envelope, 2, {**decision.form, 8: {"urgency": "routine"}})
        self.assertEqual(why_not(reworded, nurse), "signature")
        self.assertEqual(why_not(decision, certificates()[1]), "certificate")

    def test_what_is_signed_is_the_place_and_the_entry_without_its_signature(self):
        decision = Envelope.read(golden("envelope-v1")).open(CONTENT_KEY)[2]
        place, entry = cbor.decode(payload(decision, place_of(decision)))
        self.assertEqual(place, place_of(decision))
        self.assertEqual(set(cbor.decode(entry)[9]), {0, 1, 2})

    def test_corrections_and_what_was_written_up_later_can_be_read(self):
        forms = cbor.decode(golden("correction-v1"))
        entries = [Entry.read(None, index, form) for index, form in enumerate(forms)]
        self.assertEqual([entry.form[11].get(1) for entry in entries][0], "Łucja Nowak")
        self.assertIn(10, entries[0].form)

    def test_the_patient_key_is_the_content_key_of_these_files(self):
        (form,) = cbor.decode(golden("patient-key-v1"))
        self.assertEqual(form[8], {"key": CONTENT_KEY, "generation": 1})
        self.assertEqual(digest("felloe v1 key id", CONTENT_KEY).hex(), names()["key id"])

    def test_the_blob_of_the_attachment_opens_and_none_that_was_changed_does(self):
        (form,) = cbor.decode(golden("attachment-v1"))
        body, content = form[8], b"." * 65536 + b"%PDF-1.7 made up"
        key = digest("felloe v1 blob cipher", body["key"])
        chunks = [content[:65536], content[65536:]]
        blob = b"".join(
            bindings.crypto_aead_chacha20poly1305_ietf_encrypt(chunk, b"", nonce(at, at == 1), key)
            for at, chunk in enumerate(chunks)
        )
        self.assertEqual(blob[-80:], bytes.fromhex((GOLDEN / "blob-v1.txt").read_text()))
        self.assertEqual(open_blob(body, blob), content)
        for changed in [blob[:-1], blob + b"x", b"x" + blob[1:], blob[65552:] + blob[:65552]]:
            with self.assertRaises(Refused):
                open_blob(body, changed)

    def test_the_manifest_of_a_backup_is_signed_and_has_two_streams(self):
        claims = read_manifest(golden("manifest-v1"))
        self.assertEqual((claims[9], len(claims[12])), (public_key(0x20), 2))


class Refusals(unittest.TestCase):
    def test_a_flipped_bit_is_found_wherever_it_is(self):
        data = golden("envelope-v1")
        key = public_key(0x20)
        for at in range(len(data)):
            flipped = bytearray(data)
            flipped[at] ^= 0x01
            try:
                envelope = Envelope.read(bytes(flipped))
            except Refused:
                continue
            self.assertFalse(envelope.is_signed_by(key), f"byte {at}")

    def test_what_stands_after_the_one_frame_is_refused(self):
        frame = zstandard.compress(b"content")
        self.assertEqual(unpack(padded(frame)), b"content")
        for more in (frame, b"x"):
            with self.assertRaises(Refused):
                unpack(padded(frame + more))

    def test_a_few_bytes_that_unpack_to_more_than_4_mib_are_refused(self):
        for size in (MAX_CONTENT, MAX_CONTENT + 1):
            bomb = padded(zstandard.compress(bytes(size)))
            if size == MAX_CONTENT:
                self.assertEqual(len(unpack(bomb)), size)
                continue
            with self.assertRaises(Refused):
                unpack(bomb)

    def test_another_key_does_not_open(self):
        with self.assertRaises(Refused):
            Envelope.read(golden("envelope-v1")).open(bytes(32))

    def test_a_newer_format_is_told_from_a_broken_one(self):
        claims = cbor.decode(cbor.decode(golden("certificate-root-v1"))[0])
        newer = cbor.encode([cbor.encode({**claims, 0: 2}), bytes(64)])
        with self.assertRaises(Newer):
            Certificate.read(newer)

    def test_a_manifest_that_was_altered_is_refused(self):
        claims_bytes, signature = cbor.decode(golden("manifest-v1"))
        claims = cbor.decode(claims_bytes)
        altered = cbor.encode([cbor.encode({**claims, 4: claims[4] + 1}), signature])
        with self.assertRaises(Refused):
            read_manifest(altered)

    def test_a_second_spelling_of_a_value_is_refused(self):
        spellings = {
            "a longer number": "1817",
            "an indefinite array": "9fff",
            "keys out of order": "a2616201616100",
            "a key twice": "a2616100616100",
            "a float": "f90000",
            "a tag": "c000",
            "undefined": "f7",
            "text that is no UTF-8": "61ff",
            "two values": "0000",
            "cut short": "4200",
            "keys of two kinds": "a20000616100",
            "nested too deeply": "81" * 33 + "00",
            "a number that does not fit": "1b8000000000000000",
        }
        for name, spelling in spellings.items():
            with self.subTest(name), self.assertRaises(Refused):
                cbor.decode(bytes.fromhex(spelling))

    def test_a_journal_without_the_devices_certificate_holds_nothing(self):
        journal = Journal([golden("envelope-v1")], bytes(32), [CONTENT_KEY])
        self.assertEqual(journal.envelopes, {})
        self.assertEqual([fault.split()[0] for fault in journal.faults], ["device"])


if __name__ == "__main__":
    unittest.main()
