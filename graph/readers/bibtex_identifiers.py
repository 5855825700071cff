"""Fields that name a paper for others (DOI, arXiv, PubMed, dblp …) → identifiers; what is none is said.

Sources: biblatex manual section 2.2.2 and 3.14.7 (eprint, eprinttype), info.arxiv.org/help/hypertex/bibstyles
(archivePrefix, primaryClass), dblp.org/faq/1474623 (keys), exports of Web of Science (unique-id) and Scopus (url).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ..errors import shorten
from ..identifiers import by_address, identifier
from ..records import Identifier
from .printed_identifiers import parted_isbns, wanted

# Fields of one scheme each. A book's ISBN stands with its chapters too, where it would make them one paper.
_FIELDS: Final = (
    ("doi", "doi"),
    ("pmid", "pmid"),
    ("pmcid", "pmcid"),
    ("arxivid", "arxiv"),
    ("arxiv", "arxiv"),
)
WHOLE_BOOKS: Final = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference booklet manual phdthesis "
    "mastersthesis thesis techreport report".split()
)
_EPRINTS: Final = {"arxiv": "arxiv", "pubmed": "pmid", "pmid": "pmid", "pmcid": "pmcid"}
_ARXIV_IN_TEXT: Final = re.compile(
    r"\barXiv:\s*([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z-]+)?/[0-9]{7})", re.IGNORECASE
)
# Keys of dblp's that others have kept without its prefix.
_DBLP_KEY: Final = re.compile(r"(?:conf|journals)/[^\s/]+/[^\s/]+")
_ESCAPED: Final = re.compile(r"\\([_%&#$~{}])|[{}]|\\textunderscore\s?")


def verbatim(printed: str) -> str:
    r"""Return an address or identifier as it is meant: braces and the backslash before a sign removed, nothing else.

    Example:
        >>> verbatim(r"10.1007/978-3-540\_1"), verbatim("{10.1002/(SICI)1096<1::A--B>3.0}")
        ('10.1007/978-3-540_1', '10.1002/(SICI)1096<1::A--B>3.0')
    """
    if "\\" in printed or "{" in printed:
        printed = _ESCAPED.sub(lambda m: m[1] or ("_" if "text" in m[0] else ""), printed)
    return printed.strip()


def identifiers(
    kind: str, key: str, fields: Mapping[str, str]
) -> tuple[tuple[Identifier, ...], tuple[tuple[str, str], ...]]:
    """Return the identifiers of an entry, each once, in a fixed order; and (found, expected) of those that are none."""
    found: dict[Identifier, None] = {}
    faults: list[tuple[str, str]] = []
    for name, scheme, printed in _stated(kind, fields):
        made = identifier(scheme, printed)
        if made is not None:
            found[made] = None
        elif printed:
            faults.append((shorten(f"{name} = {printed}"), wanted(scheme)))
    found.update(dict.fromkeys(made for made in _told(key, fields) if made is not None))
    return tuple(found), tuple(faults)


def _stated(kind: str, fields: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(field, scheme, what is printed) of the fields that are there for an identifier."""
    for name, scheme in _FIELDS:
        if name in fields:
            yield name, scheme, verbatim(fields[name])
    if "isbn" in fields and kind in WHOLE_BOOKS:
        for printed in parted_isbns(verbatim(fields["isbn"])):
            yield "isbn", "isbn", printed
    if "eprint" in fields:
        printed = verbatim(fields["eprint"])
        archive = verbatim(fields.get("eprinttype") or fields.get("archiveprefix") or "").lower()
        # Without an archive it is arXiv's where it can be nothing else: REVTeX and INSPIRE mean that.
        archived = _EPRINTS.get(archive) or (
            "arxiv" if not archive and identifier("arxiv", printed) else None
        )
        if archived is not None:
            yield "eprint", archived, printed


def _told(key: str, fields: Mapping[str, str]) -> Iterator[Identifier | None]:
    """What other fields say by the way: an address of a scheme, dblp's key, the accession number."""
    found = by_address(verbatim(fields.get("url", "")), "paper")
    if found is not None and not (found.scheme == "doi" and "doi" in fields):
        yield found
    for printed in (key, verbatim(fields.get("biburl", ""))):
        found = by_address(printed, "paper")
        if found is None and _DBLP_KEY.fullmatch(printed):
            found = identifier("dblp", printed)
        if found is not None and found.scheme == "dblp":
            yield found
            break
    yield identifier("arxiv", fields["volume"]) if fields.get("volume", "").startswith("abs/") else None
    for name in ("journal", "volume", "note"):  # "arXiv preprint arXiv:1706.03762"
        told = _ARXIV_IN_TEXT.search(fields.get(name, ""))
        yield identifier("arxiv", told[1]) if told else None
    yield identifier("wos", verbatim(fields.get("unique-id", "")))
