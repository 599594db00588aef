"""Sections 8 and 9 together: which certificates count, and what ends one."""

from . import Newer, Refused
from .certificate import DEVICE, Certificate
from .entry import Entry
from .forms import id_text, size, uint
from .signature import NEED, why_not

WHOLLY = ("left", "lost")


class Authorities:
    """The certificates and revocations among the entries of the service scope."""

    def __init__(self, enrolled: bytes, entries: list[Entry]):
        self.enrolled = enrolled
        brought = [(entry, read) for entry in entries if (read := carried(entry))]
        self.certificates = self._grown([certificate for _, certificate in brought])
        self.ended: dict[bytes, tuple[bool, dict]] = {}
        ended: dict[bytes, tuple[bool, dict]] = {}
        for body in [entry.body for entry in entries if self._revokes(entry)]:
            wholly, accepted = body["why"] in WHOLLY, last_accepted(body)
            if before := ended.get(body["certificate"]):
                both = before[1].keys() & accepted.keys()
                lowest = {stream: min(before[1][stream], accepted[stream]) for stream in both}
                wholly, accepted = wholly or before[0], lowest
            ended[body["certificate"]] = (wholly, accepted)
        self.ended = ended
        self._drop_what_was_issued_late(brought)

    def _grown(self, offered: list[Certificate]) -> dict[bytes, Certificate]:
        """From the root down, for as long as one more follows from what is known."""
        known: dict[bytes, Certificate] = {}
        while True:
            fits = [one for one in offered if one.id not in known and self._follows(one, known)]
            if not fits:
                return known
            known |= {one.id: one for one in fits}

    def _follows(self, one: Certificate, known: dict[bytes, Certificate]) -> bool:
        issuer = known.get(one.claims.get(4))
        return issuer.issued(one) if issuer else one.is_root(self.enrolled)

    def _revokes(self, entry: Entry) -> bool:
        return entry.kind == "revocation" and is_revocation(entry) and not self.why_not_signed(entry)

    def _drop_what_was_issued_late(self, brought) -> None:
        late, in_time = set(), set()
        for entry, certificate in brought:
            issuer = self.certificates.get(certificate.claims.get(4))
            if issuer is None:
                continue
            by_issuer = issuer.device == entry.envelope.header[5]
            (late if by_issuer and self.outlived(issuer.id, entry) else in_time).add(certificate.id)
        kept = [one for one in self.certificates.values() if one.id not in late - in_time]
        self.certificates = self._grown(kept)

    def outlived(self, certificate: bytes, entry: Entry) -> bool:
        """Whether an entry stands after the last envelope that the certificate covers."""
        if certificate not in self.ended:
            return False
        header = entry.envelope.header
        last = self.ended[certificate][1].get((stream_name(header[3]), header[6]))
        return last is None or header[7] > last

    def device_keys(self, device: bytes) -> list[bytes]:
        """Each key that a certificate gives the device."""
        named = [one for one in self.certificates.values() if one.type == DEVICE]
        return [one.key for one in named if one.device == device]

    def why_not_signed(self, entry: Entry) -> str | None:
        signed = entry.signed
        certificate = self.certificates.get(signed[1]) if signed else None
        reason = why_not(entry, certificate)
        if reason is None and self.outlived(certificate.id, entry):
            return "retired"
        return reason

    def why_unverified(self, entry: Entry) -> str | None:
        """Why an entry does not count; none when it does."""
        for certificate in map(self.certificates.get, self.ended):
            if certificate and self.ended[certificate.id][0] and self.outlived(certificate.id, entry):
                on_its_device = certificate.device == entry.envelope.header[5]
                if on_its_device and certificate.staff in (None, entry.author):
                    return "revoked"
        return self.why_not_signed(entry) if entry.kind in NEED else None


def carried(entry: Entry) -> Certificate | None:
    """The certificate in an entry; what cannot be read as one is passed over."""
    if entry.kind != "certificate" or not isinstance(entry.body, bytes):
        return None
    try:
        return Certificate.read(entry.body)
    except (Refused, Newer):
        return None


def is_revocation(entry: Entry) -> bool:
    body = entry.body
    if not (isinstance(body, dict) and size(32)(body.get("certificate")) and isinstance(body.get("why"), str)):
        return False
    ends = body.get("accepted")
    return isinstance(ends, list) and all(
        isinstance(end, dict) and isinstance(end.get("scope"), str)
        and uint(end.get("incarnation")) and uint(end.get("sequence"))
        for end in ends
    )


def last_accepted(body: dict) -> dict:
    return {(end["scope"], end["incarnation"]): end["sequence"] for end in body["accepted"]}


def stream_name(scope: list) -> str:
    """A scope as a revocation's body spells it."""
    return {1: "service", 2: "audit"}.get(scope[0]) or f"site:{id_text(scope[1])}"
