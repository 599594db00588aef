"""Section 9: certificates, who may issue which, and the fingerprint."""

from dataclasses import dataclass

from . import Newer, cbor, require
from .crypto import digest, verify
from .forms import ascending, fields, known_format, moment, size, text, uint

ROOT, ADMINISTRATOR, STAFF, DEVICE = range(4)
LEAD, ADMINISTRATORS_ROLE = 6, 7
LOCUM_ROLES = range(6)
FOUR_WEEKS = 2_419_200_000


def are_sites(value) -> bool:
    listed = isinstance(value, list) and 1 <= len(value) <= 1024
    return listed and all(map(size(16), value)) and ascending(value)


def is_valid_time(value) -> bool:
    pair = isinstance(value, list) and len(value) == 2
    return pair and all(moment([end, 0]) for end in value) and value[0] <= value[1]


EVERY = {0: uint, 1: uint, 2: size(16), 3: uint, 5: moment, 6: size(32)}
NAME, PERSON, ON_DEVICE = {7: text(1, 200)}, {8: size(16)}, {9: size(16)}
OF_TYPE = {
    ROOT: NAME,
    ADMINISTRATOR: {**NAME, **PERSON, **ON_DEVICE, 12: is_valid_time},
    STAFF: {**NAME, **PERSON, **ON_DEVICE, 10: uint, 11: are_sites, 12: is_valid_time},
    DEVICE: {**ON_DEVICE, 11: are_sites, 13: size(32)},
}


@dataclass(frozen=True)
class Certificate:
    """What an issuer says of a holder."""

    claims_bytes: bytes
    signature: bytes
    claims: dict

    @classmethod
    def read(cls, data: bytes) -> "Certificate":
        require(len(data) <= 64 * 1024, "a certificate of more than 64 KiB")
        parts = cbor.decode(data)
        require(isinstance(parts, list) and len(parts) == 2, "not an array of two")
        claims_bytes, signature = parts
        require(isinstance(claims_bytes, bytes) and size(64)(signature), "no claims or signature")
        claims = known_format(cbor.decode(claims_bytes))
        if claims.get(3) not in OF_TYPE or claims.get(10, 0) not in range(9):
            raise Newer("a type or a role of a newer version")
        issuer = {} if claims[3] == ROOT else {4: size(32)}
        fields(claims, {**EVERY, **OF_TYPE[claims[3]], **issuer})
        require(claims.get(10) != ADMINISTRATORS_ROLE, "only the root makes administrators")
        return cls(claims_bytes, signature, claims)

    @property
    def id(self) -> bytes:
        return digest("felloe v1 certificate id", self.claims_bytes, self.signature)

    type = property(lambda self: self.claims[3])
    key = property(lambda self: self.claims[6])
    staff = property(lambda self: self.claims.get(8))
    device = property(lambda self: self.claims.get(9))
    valid = property(lambda self: self.claims.get(12))

    @property
    def role(self) -> int | None:
        return ADMINISTRATORS_ROLE if self.type == ADMINISTRATOR else self.claims.get(10)

    def is_signed_by(self, key: bytes) -> bool:
        return verify(key, "felloe v1 certificate signature", self.claims_bytes, self.signature)

    def is_root(self, enrolled: bytes) -> bool:
        """Whether it is the root with the fingerprint that was enrolled with."""
        own = fingerprint(self.claims[2], self.key)
        return self.type == ROOT and own == enrolled and self.is_signed_by(self.key)

    def issued(self, other: "Certificate") -> bool:
        """Whether `other` follows from this one."""
        named = other.claims.get(4) == self.id and other.claims[2] == self.claims[2]
        return named and self._may_issue(other) and other.is_signed_by(self.key)

    def _may_issue(self, other: "Certificate") -> bool:
        at = other.claims[5][0]
        if self.valid and not self.valid[0] <= at <= self.valid[1]:
            return False
        if self.type == ROOT:
            return other.type == ADMINISTRATOR
        if self.type == ADMINISTRATOR:
            return other.type in (STAFF, DEVICE)
        return self.type == STAFF and self.role == LEAD and self._may_let_in(other, at)

    def _may_let_in(self, locum: "Certificate", at: int) -> bool:
        if locum.type != STAFF or locum.role not in LOCUM_ROLES or locum.device != self.device:
            return False
        begins, ends = locum.valid
        soon = 0 <= begins - at <= FOUR_WEEKS
        short = ends - begins <= FOUR_WEEKS and ends <= self.valid[1]
        return soon and short and set(locum.claims[11]) <= set(self.claims[11])


def fingerprint(service: bytes, root_key: bytes) -> bytes:
    return digest("felloe v1 root fingerprint", service, root_key)


def six_words(print_: bytes) -> str:
    """The fingerprint as it is read out."""
    consonants, vowels = "bdfghjklmnprstvz", "aiou"
    words = []
    for at in range(0, 12, 2):
        bits = int.from_bytes(print_[at : at + 2], "big")
        word = [consonants[bits >> 12], vowels[bits >> 10 & 3], consonants[bits >> 6 & 15]]
        words.append("".join([*word, vowels[bits >> 4 & 3], consonants[bits & 15]]))
    return " ".join(words)
