"""Section 8: a person's signature, and when it counts."""

from . import cbor
from .certificate import ADMINISTRATOR, STAFF, Certificate
from .crypto import digest, verify
from .entry import Entry

NURSE, PHYSIOTHERAPIST, PSYCHOLOGIST, PHARMACIST, IN_TRAINING, CONSULTANT, LEAD, ADMIN, SAFETY = range(9)
CLINICAL = {NURSE, PHYSIOTHERAPIST, PSYCHOLOGIST, PHARMACIST, IN_TRAINING, CONSULTANT, LEAD}
PATIENT, SERVICE = 0, 2

# The frozen table: (kind, what the subject is) and the roles.
MAY_SIGN = {
    ("decision", PATIENT): CLINICAL - {IN_TRAINING},
    ("supervised-decision", PATIENT): {IN_TRAINING},
    ("opinion", PATIENT): CLINICAL,
    ("agreed-plan", PATIENT): CLINICAL,
    ("withdrawal", PATIENT): CLINICAL,
    ("withdrawal", SERVICE): {SAFETY},
    ("adoption", SERVICE): {PHARMACIST, CONSULTANT, LEAD, SAFETY},
    ("revocation", SERVICE): {ADMIN},
    ("epoch-key", SERVICE): {ADMIN},
    ("erasure", PATIENT): {LEAD, ADMIN},
    ("erasure", SERVICE): {LEAD, ADMIN},
}
NEED = {kind for kind, _ in MAY_SIGN}


def why_not(entry: Entry, certificate: Certificate | None) -> str | None:
    """Why the signature does not count, in one word; none when it does. Rule 5 is for `Authorities`."""
    if entry.signed is None:
        return "missing"
    if certificate is None:
        return "unknown"
    header = entry.envelope.header
    if certificate.type not in (ADMINISTRATOR, STAFF) or certificate.id != entry.signed[1]:
        return "certificate"
    own = (certificate.claims[2], certificate.staff, certificate.device)
    if own != (header[2], entry.author, header[5]):
        return "certificate"
    in_site = header[3][0] == 0
    if certificate.type == STAFF and in_site and header[3][1] not in certificate.claims[11]:
        return "site"
    may = MAY_SIGN.get((entry.kind, header[4][0]), set())
    if entry.kind in NEED and certificate.role not in may:
        return "role"
    if not certificate.valid[0] <= entry.claimed[0] <= certificate.valid[1]:
        return "expired"
    place = place_of(entry)
    if digest("felloe v1 signed place", place)[:16] != entry.signed[2]:
        return "elsewhere"
    signed = verify(certificate.key, "felloe v1 staff signature", payload(entry, place), entry.signed[3])
    return None if signed else "signature"


def place_of(entry: Entry) -> bytes:
    header = entry.envelope.header
    return cbor.encode([header[2], header[3], header[4], header[5], header[6], header[7], entry.index])


def payload(entry: Entry, place: bytes) -> bytes:
    unsigned = {field: value for field, value in entry.signed.items() if field != 3}
    return cbor.encode([place, cbor.encode({**entry.form, 9: unsigned})])
