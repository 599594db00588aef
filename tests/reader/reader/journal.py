"""Section 10: to verify and open a journal."""

from . import Refused, cbor
from .authorities import Authorities
from .certificate import Certificate, fingerprint
from .crypto import digest, open_hpke, x25519_private
from .entry import Entry
from .envelope import Envelope
from .fold import heads
from .forms import fields, id_text, size, uint

SERVICE = [1]
EPOCH_KEY = b"felloe v1 epoch key"


def envelopes_in(data: bytes) -> list[bytes]:
    """A CBOR array of envelopes as byte strings, of any length: the one thing here above 4 MiB."""
    major, count, at = cbor._head(data, 0)
    found = []
    for _ in range(count):
        _, length, at = cbor._head(data, at)
        raw, at = cbor._taken(data, at, length)
        found.append(raw)
    if major != 4 or at != len(data):
        raise Refused("not an array of envelopes")
    return found


class Journal:
    """A journal as far as these keys open it."""

    def __init__(self, raw: list[bytes], enrolled: bytes, epoch_keys: list[bytes]):
        self.enrolled = enrolled
        self.keys = {digest("felloe v1 key id", key): key for key in epoch_keys}
        self.faults: list[str] = []
        read = {envelope.id: envelope for envelope in map(Envelope.read, raw)}
        self.opened: dict[bytes, list[Entry]] = {}
        service = [one for one in read.values() if one.header[3] == SERVICE]
        self._open(service)
        # Certificates prove themselves, so they are read before any header can be verified.
        offered = Authorities(enrolled, self._entries(service))
        self.envelopes = {one.id: one for one in read.values() if self._is_signed(one, offered)}
        self.opened = {one: entries for one, entries in self.opened.items() if one in self.envelopes}
        own = [one for one in self.envelopes.values() if one.header[3] == SERVICE]
        self.authorities = Authorities(enrolled, self._entries(own))
        self._open(self.envelopes.values())
        self._take_patient_keys({digest("felloe v1 key id", key) for key in epoch_keys})
        self._open(self.envelopes.values())
        self.unverified = {
            entry.id: reason
            for entry in self._entries(self.envelopes.values())
            if (reason := self.authorities.why_unverified(entry))
        }

    def epoch_keys(self, device: bytes, sealing_seed: bytes) -> dict[tuple, bytes]:
        """Each epoch of each scope's key that was given to this device, by scope and epoch."""
        service = [one for one in self.envelopes.values() if one.header[3] == SERVICE]
        given = [entry for entry in self._entries(service) if (entry.kind, entry.version) == ("epoch-key", 1)]
        found = {}
        for entry in given:
            key = None if entry.id in self.unverified else epoch_key(entry, device, sealing_seed)
            if key is not None:
                found[(entry.body["scope"], entry.body["epoch"])] = key
        return found

    def _is_signed(self, envelope: Envelope, offered: Authorities) -> bool:
        keys = offered.device_keys(envelope.header[5])
        signed = any(envelope.is_signed_by(key) for key in keys)
        if not signed:
            self.faults.append(f"signature {envelope.id.hex()}" if keys else f"device {envelope.id.hex()}")
        return signed

    def _open(self, envelopes) -> None:
        for envelope in envelopes:
            key = self.keys.get(envelope.header[9])
            if envelope.sealed is not None and key and envelope.id not in self.opened:
                self.opened[envelope.id] = envelope.open(key)

    def _entries(self, envelopes) -> list[Entry]:
        return [entry for one in envelopes for entry in self.opened.get(one.id, [])]

    def _take_patient_keys(self, epochs: set[bytes]) -> None:
        """From entries that count, on a patient, alone under an epoch key (section 6)."""
        for entry in self._entries(self.envelopes.values()):
            header = entry.envelope.header
            alone = len(self.opened[entry.envelope.id]) == 1 and header[9] in epochs
            counts = header[4][0] == 0 and not self.authorities.why_unverified(entry)
            if (entry.kind, entry.version) == ("patient-key", 1) and alone and counts:
                body = fields(entry.body, {"key": size(32), "generation": uint})
                self.keys[digest("felloe v1 key id", body["key"])] = body["key"]

    def chains(self) -> dict[tuple, dict]:
        """Each stream: how many envelopes, its ends, and what is not as it has to be."""
        streams: dict[tuple, list[Envelope]] = {}
        for envelope in self.envelopes.values():
            streams.setdefault(envelope.stream, []).append(envelope)
        return {stream: chain(held) for stream, held in sorted(streams.items())}

    def subjects(self) -> dict[bytes, list[Entry]]:
        """The entries on each subject that could be opened; the subject as bytes."""
        found: dict[bytes, list[Entry]] = {}
        for envelope in self.envelopes.values():
            if entries := self.opened.get(envelope.id):
                found.setdefault(cbor.encode(envelope.header[4]), []).extend(entries)
        return dict(sorted(found.items()))

    def heads(self) -> dict[bytes, dict[str, list[bytes]]]:
        return {subject: heads(entries, self.unverified) for subject, entries in self.subjects().items()}


def epoch_key(entry: Entry, device: bytes, sealing_seed: bytes) -> bytes | None:
    """The key in an `epoch-key` entry that counts, as it was sealed to this device (section 6)."""
    body, service = entry.body, entry.envelope.header[2]
    names = [id_text(service), body["scope"], str(body["epoch"]), id_text(device)]
    ad = b" ".join([EPOCH_KEY, *(name.encode() for name in names)])
    for sealed in body["sealed"]:
        if sealed["device"] == device:
            boxed, private = sealed["boxed"], x25519_private(sealing_seed)
            key = open_hpke(private, boxed[:32], EPOCH_KEY, ad, boxed[32:])
            if key is not None and digest("felloe v1 key id", key) == body["key"]:
                return key
    return None


def chain(held: list[Envelope]) -> dict:
    """One stream: from the first on, each header names the one before; several may follow one."""
    by_hash = {one.header_hash: one for one in held}
    followed = {one.header[8] for one in held if one.header[8] in by_hash}
    broken = [
        one.header[7]
        for one in held
        if one.header[7] > 1
        and (one.header[8] not in by_hash or by_hash[one.header[8]].header[7] != one.header[7] - 1)
    ]
    ends = sorted((one.header[7], key) for key, one in by_hash.items() if key not in followed)
    return {"envelopes": len(held), "ends": ends, "broken": sorted(broken)}


def chain_of(certificates: list[Certificate], enrolled: bytes) -> Certificate | None:
    """The last of a chain that begins with the enrolled root; none when a link does not hold."""
    if not certificates or not certificates[0].is_root(enrolled):
        return None
    for issuer, one in zip(certificates, certificates[1:]):
        if not issuer.issued(one):
            return None
    return certificates[-1]


__all__ = ["Journal", "chain", "chain_of", "envelopes_in", "fingerprint"]
