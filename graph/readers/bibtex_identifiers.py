"""Fields that name a paper for others (DOI, arXiv, PubMed, dblp …) → identifiers; what is none is said.

Sources: biblatex manual section 2.2.2 and 3.14.7 (eprint, eprinttype), info.arxiv.org/help/hypertex/bibstyles
(archivePrefix, primaryClass), dblp.org/faq/1474623 (keys), exports of Web of Science (unique-id) and Scopus (url).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ..errors import shorten
from ..identifiers import identifier
from ..records import Identifier

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
_ARXIV: Final = re.compile(
    r"(?:arXiv:)?([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?", re.IGNORECASE
)
_ARXIV_IN_TEXT: Final = re.compile(
    r"(?:\barXiv:\s*|^abs/)" + _ARXIV.pattern[len("(?:arXiv:)?") :], re.IGNORECASE
)
_DBLP_KEY: Final = re.compile(r"(?:DBLP:)((?:[a-z]+)/\S+/\S+)|((?:conf|journals)/[^\s/]+/[^\s/]+)")
_DBLP_ADDRESS: Final = re.compile(
    r"https?://dblp[\w.-]*/rec/(?:bib[0-9]?/)?([a-z]+/[^\s/]+/[^\s]+?)(?:\.bib|\.html)?"
)
_LONGEST: Final = 400
_TOLD_BY_URL: Final = (
    "pmid",
    "pmcid",
    "openalex",
    "s2",
    "wos",
    "dblp",
)  # where it is the address of the scheme
_SCOPUS: Final = re.compile(r"\beid=(2-s2\.0-[0-9]+)")
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
            faults.append(
                (
                    shorten(f"{name} = {printed}"),
                    f"{'an' if scheme[0] in 'ai' else 'a'} {scheme.upper()}; left out",
                )
            )
    for scheme, value in _told(key, fields):
        if (made := identifier(scheme, value)) is not None:
            found[made] = None
    return tuple(found), tuple(faults)


def _stated(kind: str, fields: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(field, scheme, what is printed) of the fields that are there for an identifier."""
    for name, scheme in _FIELDS:
        if name in fields:
            yield name, scheme, verbatim(fields[name])
    if "isbn" in fields and kind in WHOLE_BOOKS:
        for printed in re.split(r"[,;/]|\s(?=97[89])", verbatim(fields["isbn"])):
            yield "isbn", "isbn", re.sub(r"\([^()]*\)", "", printed).strip()
    if "eprint" in fields:
        printed = verbatim(fields["eprint"])
        archive = verbatim(fields.get("eprinttype") or fields.get("archiveprefix") or "").lower()
        # Without an archive it is arXiv's where it can be nothing else: REVTeX and INSPIRE mean that.
        archived = _EPRINTS.get(archive) or ("arxiv" if not archive and _ARXIV.fullmatch(printed) else None)
        if archived is not None:
            yield "eprint", archived, printed


def _told(key: str, fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(scheme, value) of what other fields say by the way: an address of a scheme, dblp's key, the accession number."""
    url = verbatim(fields["url"]) if "url" in fields else ""
    if url:
        if "doi.org/" in url and "doi" not in fields:
            yield "doi", url
        if "arxiv.org/" in url:
            yield "arxiv", url
        if "aclanthology.org/" in url:
            yield "acl", url
        if url.startswith("http"):
            yield from ((scheme, url) for scheme in _TOLD_BY_URL)
        if scopus := _SCOPUS.search(url):
            yield "scopus", scopus[1]
    if "/" in key and len(key) < _LONGEST and (own := _DBLP_KEY.fullmatch(key)):
        yield "dblp", own[1] or own[2]
    elif len(fields.get("biburl", "")) in range(1, _LONGEST) and (
        own := _DBLP_ADDRESS.fullmatch(verbatim(fields["biburl"]))
    ):
        yield "dblp", own[1]
    for name in ("journal", "volume", "note"):  # "arXiv preprint arXiv:1706.03762", "abs/1706.03762"
        printed = fields.get(name, "")
        if ("arXiv:" in printed or printed.startswith("abs/")) and (told := _ARXIV_IN_TEXT.search(printed)):
            yield "arxiv", told[1]
    if "unique-id" in fields:  # Clarivate renamed its accession numbers from ISI: to WOS:
        yield "wos", verbatim(fields["unique-id"]).replace("ISI:", "WOS:")
