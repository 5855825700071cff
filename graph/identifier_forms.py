"""The plain form of a value, scheme by scheme: what two printed forms of one identifier both come to.

Each function takes what the scheme's pattern has found in a printed text, and returns None where the value cannot be
one: a digit too many, a checksum that does not fit.
"""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = '.,;"'  # what a sentence puts behind; no scheme ends a value so
_CLOSING: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
_ARXIV: Final = re.compile(r"(?:[a-z-]+(?:\.[a-z-]+)?/)?([0-9]{2})([0-9]{2})\.?([0-9]+)")
_FIRST_NEW: Final = (
    704  # year and month of arXiv's first numbers with a full stop, and of those of five digits
)
_FIRST_OF_FIVE_DIGITS: Final = 1501
_FIRST_OLD: Final = 9107  # arXiv began in July 1991


def as_is(value: str) -> str:
    """Return the value itself."""
    return value


def lower(value: str) -> str:
    """Return a value in which capitals do not count."""
    return value.lower()


def upper(value: str) -> str:
    """Return a value that is written in capitals."""
    return value.upper()


def number(value: str) -> str | None:
    """Return a number without leading zeros; None for 0."""
    return value.lstrip("0") or None


def doi(value: str) -> str | None:
    """Return a DOI in lower case, without the marks of the sentence or bracket around it.

    Closing brackets stay where the DOI opens them. Source: doi.org/the-identifier/resources/handbook/2_numbering

    Example:
        >>> doi("10.1016/0022-0000(91)90005-X"), doi("10.1000/182)."), doi("10.1000/.")
        ('10.1016/0022-0000(91)90005-x', '10.1000/182', None)
    """
    while value and (
        value[-1] in _ENDS
        or (value[-1] in _CLOSING and value.count(value[-1]) > value.count(_CLOSING[value[-1]]))
    ):
        value = value[:-1]
    return None if value.endswith("/") or "/" not in value else value.lower()


def arxiv(value: str) -> str | None:
    """Return an arXiv number without subject class; None for a month that is none, or digits too few or too many.

    Source: info.arxiv.org/help/arxiv_identifier.html

    Example:
        >>> arxiv("math.GT/0309136"), arxiv("1412.0001"), arxiv("1501.0001"), arxiv("1713.00001")
        ('math/0309136', '1412.0001', None, None)
    """
    plain = value.lower()
    found = _ARXIV.fullmatch(plain)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    month = int(found[1] + found[2])
    archive, slash, old = plain.partition("/")
    if slash:
        return f"{archive.partition('.')[0]}/{old}" if month < _FIRST_NEW or month >= _FIRST_OLD else None
    return plain if month >= _FIRST_NEW and len(found[3]) == arxiv_digits(month) else None


def arxiv_digits(month: int) -> int:
    """Return how many digits the numbers of arXiv papers of a month (yymm) have."""
    return 5 if month >= _FIRST_OF_FIVE_DIGITS else 4


def acl(value: str) -> str:
    """Return an id of the ACL Anthology: "P18-1001", "2022.acl-long.1"."""
    return value.lower() if value[0].isdigit() else value.upper()


def pmcid(value: str) -> str | None:
    """Return a number of PubMed Central with its PMC."""
    found = number(value.upper().removeprefix("PMC"))
    return f"PMC{found}" if found else None


def wos(value: str) -> str:
    """Return an accession number of Web of Science, which Clarivate renamed from ISI: to WOS:."""
    return "WOS:" + value.upper().partition(":")[2]


def isbn(value: str) -> str | None:
    """Return the thirteen digits of an ISBN, also of one of ten; None where the last digit does not follow.

    Source: ISO 2108; isbn-international.org, Users' Manual, section 5 and annex 1

    Example:
        >>> isbn("0-201-03801-3"), isbn("978-0-201-03801-9"), isbn("0-201-03801-4")
        ('9780201038019', '9780201038019', None)
    """
    digits = re.sub(r"[^0-9X]", "", value.upper())
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
        if (total + (10 if digits[9] == "X" else int(digits[9]))) % 11:
            return None
        first = f"978{digits[:9]}"
        return first + _last_of_ean(first)
    is_one = re.fullmatch(r"97[89][0-9]{10}", digits) and digits[12] == _last_of_ean(digits[:12])
    return digits if is_one else None


def _last_of_ean(digits: str) -> str:
    """The check digit behind twelve: weights 1 and 3 in turn."""
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)


def orcid(value: str) -> str | None:
    """Return an ORCID in groups of four; None where the last digit does not follow."""
    digits = _sixteen(value)
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4)) if digits else None


def isni(value: str) -> str | None:
    """Return the sixteen digits of an ISNI; None where the last does not follow."""
    return _sixteen(value)


def _sixteen(value: str) -> str | None:
    """The digits alone, where the last of sixteen follows from the others (ISO 7064, MOD 11-2)."""
    digits = re.sub(r"[^0-9X]", "", value.upper())
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    return digits if digits[-1] == ("X" if last == 10 else str(last)) else None
