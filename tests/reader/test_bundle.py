"""The golden bundle, and a bundle that the program wrote for a laptop whose key is known."""

import json
import os
import unittest
from pathlib import Path

from nacl.signing import SigningKey

from reader import Newer, Refused
from reader.bundle import Front, read_bundle
from reader.certificate import Certificate, fingerprint
from reader.journal import chain
from reader import cbor

GOLDEN = Path(__file__).resolve().parents[2] / "src-tauri/crates/sync/tests/golden"
FILE_KEY = bytes([0x44]) * 32


def golden() -> bytes:
    return bytes.fromhex((GOLDEN / "bundle-v1.hex").read_text())


def enrolled() -> bytes:
    """The root in the bundle is the one with this seed; a reader knows that from its enrolment."""
    manifest = Front.read(golden()).items(FILE_KEY)[0]
    root = Certificate.read(cbor.decode(cbor.decode(manifest)[0])[9][0])
    assert root.key == bytes(SigningKey(bytes([0x22]) * 32).verify_key)
    return fingerprint(root.claims[2], root.key)


class TheGoldenBundle(unittest.TestCase):
    def test_it_holds_two_envelopes_that_its_writer_signed(self):
        claims, envelopes, words = read_bundle(golden(), FILE_KEY, enrolled())
        self.assertEqual((claims[7], claims[10][0][3:]), (1, [[], 2]))
        self.assertEqual(chain(envelopes)["broken"], [])
        key = bytes(SigningKey(bytes([0x02]) * 32).verify_key)
        self.assertTrue(all(envelope.is_signed_by(key) for envelope in envelopes))
        self.assertEqual(len(words.split()), 6)

    def test_its_receipt_is_the_end_of_what_it_carries(self):
        claims, envelopes, _ = read_bundle(golden(), FILE_KEY, enrolled())
        self.assertEqual(claims[11][0][3], [[2, envelopes[-1].header_hash]])

    def test_a_flipped_bit_is_found_wherever_it_is(self):
        file, root = golden(), enrolled()
        for at in range(len(file)):
            flipped = bytearray(file)
            flipped[at] ^= 0x01
            with self.assertRaises(Refused, msg=f"byte {at}"):
                read_bundle(bytes(flipped), FILE_KEY, root)

    def test_one_that_was_cut_short_anywhere_is_refused(self):
        file, root = golden(), enrolled()
        for length in range(len(file)):
            with self.assertRaises(Refused):
                read_bundle(file[:length], FILE_KEY, root)

    def test_another_service_s_root_knows_nobody_in_it(self):
        with self.assertRaises(Refused):
            read_bundle(golden(), FILE_KEY, bytes(32))

    def test_another_layout_is_a_newer_one(self):
        with self.assertRaises(Newer):
            Front.read(golden()[:13] + b"\x01" + golden()[14:])


class TheProgramsBundle(unittest.TestCase):
    """Made by the same test of the program as the journal, and sealed to a laptop in earnest."""

    def setUp(self):
        self.folder = Path(os.environ["FELLOE_JOURNAL"])
        self.told = json.loads((self.folder / "bundle.json").read_text())

    def test_the_laptop_it_is_for_opens_it_and_finds_what_was_written(self):
        file = (self.folder / "bundle").read_bytes()
        key = Front.read(file).file_key(
            bytes.fromhex(self.told["device"]), bytes.fromhex(self.told["sealing_seed"])
        )
        root = bytes.fromhex(json.loads((self.folder / "keys.json").read_text())["enrolled"])
        _, envelopes, words = read_bundle(file, key, root)
        self.assertEqual(len(envelopes), self.told["envelopes"])
        self.assertEqual(words, self.told["six_words"])

    def test_another_laptop_does_not(self):
        front = Front.read((self.folder / "bundle").read_bytes())
        device = bytes.fromhex(self.told["device"])
        with self.assertRaises(Refused):
            front.file_key(device, bytes(32))
        with self.assertRaises(Refused):
            front.file_key(bytes(16), bytes.fromhex(self.told["sealing_seed"]))


if __name__ == "__main__":
    unittest.main()
