"""A second reader of Felloe's record, written from docs/format.md alone.

It shares no code and no library with the program. Where it and the program differ about a byte, one
of the two or the page is wrong. Each module names the section that it follows.
"""


class Refused(Exception):
    """These bytes break a rule of the page."""


class Newer(Refused):
    """Another format or suite: update, keep the bytes and guess nothing."""


def require(held: bool, rule: str) -> None:
    """Refuses, naming the rule, unless it is held."""
    if not held:
        raise Refused(rule)
