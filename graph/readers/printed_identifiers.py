"""Identifiers as records print them → plain ones, with a remark on each that is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from ..identifiers import SCHEMES, identifier
from ..records import Identifier
from .remarks import Remarks

_BETWEEN_ISBNS: Final = re.compile(
    r"\s*[,;/|]\s*|\s+(?=97[89])|(?<=\))\s+|(?<=[0-9Xx]{10})\s+|(?<=[0-9]{13})\s+"
)


def identified(scheme: str, printed: Any, remarks: Remarks) -> Identifier | None:
    """Return an identifier; a remark where something stands there that is none of the scheme."""
    if printed is None or (isinstance(printed, str) and not printed.strip()):
        return None
    found = identifier(scheme, str(printed)) if isinstance(printed, (str, int)) else None
    if found is None:
        remarks.add(printed, wanted(scheme))
    return found


def wanted(scheme: str) -> str:
    """Return what a remark says was expected where an identifier of a scheme should stand.

    Example:
        >>> wanted("doi")
        'an identifier of the scheme DOI; it is left out'
    """
    return f"an identifier of the scheme {SCHEMES[scheme].title}; it is left out"


def distinct(found: Iterable[Identifier | None]) -> tuple[Identifier, ...]:
    """Return the identifiers that there are, each once, in the order of their first appearance."""
    return tuple(dict.fromkeys(each for each in found if each is not None))


def parted_isbns(printed: str) -> list[str]:
    """Return the ISBNs that stand in one field, each as printed.

    Example:
        >>> parted_isbns("978-0-201-03801-9 (pbk.), 0-201-03801-3"), parted_isbns("0201038013 9780201038019")
        (['978-0-201-03801-9 (pbk.)', '0-201-03801-3'], ['0201038013', '9780201038019'])
    """
    return [part for part in _BETWEEN_ISBNS.split(printed.strip()) if part]
