"""Identifiers that others give: their schemes, and the plain form of each.

A plain form is what two sources that mean the same thing both come to: without address, prefix or version, in lower
case where the scheme does not tell capitals apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from .records import Identifier


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme: what it names, where its things are shown (an address with `{}`), and which texts are of it.

    `form` matches a printed value whole, its group 1 the value; `folds_case` where capitals do not count.
    """

    title: str
    of: str  # "paper", "author" or "institution"
    address: str
    form: re.Pattern[str]
    folds_case: bool


def _scheme(
    title: str, of: str, home: str, value: str, *, also: str = "", tail: str = "", folds_case: bool = False
) -> Scheme:
    """A row. `home` is what stands before the value in an address, without `https://`; `also` a pattern of others."""
    address = home if ":" in home else f"https://{home}"
    web = re.escape(home) if ":" in home else rf"https?://(?:www\.)?{re.escape(home)}"
    prefixes = "|".join(filter(None, (web, also)))
    form = re.compile(rf"(?:{prefixes})?({value}){tail}", re.IGNORECASE)
    return Scheme(title, of, address + "{}", form, folds_case)


_OPENALEX: Final = r"https?://(?:explore\.|api\.)?openalex\.org/(?:works/|authors/|institutions/)?|openalex:"
_ORCID_DIGITS: Final = r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX]"
# Sources of the forms: doi.org/the-identifier/resources/handbook, info.arxiv.org/help/arxiv_identifier.html,
# support.orcid.org, ror.readme.io, docs.openalex.org, aclanthology.org/info/ids
SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(
    {
        "doi": _scheme(
            "DOI",
            "paper",
            "doi.org/",
            r"10\.\d{4,9}/\S+",
            also=r"https?://dx\.doi\.org/|doi:\s*",
            folds_case=True,
        ),
        "arxiv": _scheme(
            "arXiv",
            "paper",
            "arxiv.org/abs/",
            r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7}",
            also=r"https?://(?:export\.|www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*|oai:arxiv\.org:",
            tail=r"(?:v\d+)?(?:\.pdf)?",
            folds_case=True,
        ),
        "acl": _scheme(
            "ACL Anthology",
            "paper",
            "aclanthology.org/",
            r"[A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+",
            tail=r"/?",
        ),
        "openalex": _scheme("OpenAlex", "paper", "openalex.org/", r"W\d+", also=_OPENALEX),
        "pmid": _scheme(
            "PubMed",
            "paper",
            "pubmed.ncbi.nlm.nih.gov/",
            r"\d{1,8}",
            also=r"https?://www\.ncbi\.nlm\.nih\.gov/pubmed/|pmid:\s*",
            tail="/?",
        ),
        "pmcid": _scheme(
            "PubMed Central",
            "paper",
            "ncbi.nlm.nih.gov/pmc/articles/",
            r"PMC\d+",
            also=r"pmcid:\s*",
            tail="/?",
        ),
        "s2": _scheme(
            "Semantic Scholar", "paper", "semanticscholar.org/paper/", r"[0-9a-f]{40}", folds_case=True
        ),
        "dblp": _scheme("dblp", "paper", "dblp.org/rec/", r"[a-z]+/[^\s/]+/[^\s]+", also="dblp:"),
        "isbn": _scheme("ISBN", "paper", "urn:isbn:", r"[\dX][\dX -]{8,16}[\dX]", also=r"isbn:?\s*"),
        "wos": _scheme("Web of Science", "paper", "webofscience.com/wos/woscc/full-record/", r"WOS:\w+"),
        "scopus": _scheme("Scopus", "paper", "scopus.com/record/display.uri?eid=", r"2-s2\.0-\d+"),
        "mag": _scheme("Microsoft Academic", "paper", "makg.org/entity/", r"\d+", also="mag:"),
        "orcid": _scheme("ORCID", "author", "orcid.org/", _ORCID_DIGITS, also=r"orcid:\s*"),
        "openalex-author": _scheme("OpenAlex", "author", "openalex.org/", r"A\d+", also=_OPENALEX),
        "s2-author": _scheme("Semantic Scholar", "author", "semanticscholar.org/author/", r"\d+"),
        "dblp-author": _scheme("dblp", "author", "dblp.org/pid/", r"[0-9a-z]+/[^\s]+"),
        "dblp-name": _scheme("dblp homonym number", "author", "dblp.org/search?q=", r".*\S \d{4}"),
        "acl-author": _scheme(
            "ACL Anthology", "author", "aclanthology.org/people/", r"[a-z0-9-]+", tail="/?"
        ),
        "researcherid": _scheme(
            "ResearcherID", "author", "webofscience.com/wos/author/record/", r"[A-Z]{1,3}-\d{4}-\d{4}"
        ),
        "scopus-author": _scheme("Scopus", "author", "scopus.com/authid/detail.uri?authorId=", r"\d{10,11}"),
        "ror": _scheme("ROR", "institution", "ror.org/", r"0[a-hj-km-np-tv-z0-9]{6}\d{2}", folds_case=True),
        "openalex-institution": _scheme("OpenAlex", "institution", "openalex.org/", r"I\d+", also=_OPENALEX),
        "grid": _scheme("GRID", "institution", "grid.ac/institutes/", r"grid\.\d+\.[0-9a-f]+"),
        "isni": _scheme(
            "ISNI",
            "institution",
            "isni.org/isni/",
            r"\d{4} ?\d{4} ?\d{4} ?\d{3}[\dX]",
            also=r"https?://isni\.org/",
        ),
        "wikidata": _scheme(
            "Wikidata",
            "institution",
            "wikidata.org/entity/",
            r"Q\d+",
            also=r"https?://www\.wikidata\.org/wiki/",
        ),
    }
)

_PLAIN: Final = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._-]*")
_SEPARATED: Final = {
    "orcid": (4, "-"),
    "isbn": (0, ""),
    "isni": (0, ""),
}  # digits in groups of so many, joined by that


def identifier(scheme: str, printed: str | None) -> Identifier | None:
    """Return an identifier in its plain form; None where nothing stands, or what stands is not of the scheme.

    Example:
        >>> identifier("doi", "https://doi.org/10.1000/ABC")
        Identifier(scheme='doi', value='10.1000/abc')
        >>> identifier("arxiv", "arXiv:2301.00001v2").value, identifier("orcid", "0000000218250097").value
        ('2301.00001', '0000-0002-1825-0097')
        >>> identifier("orcid", "0000-0002-1825-0098") is None
        True
    """
    text = (printed or "").strip()
    row = SCHEMES[scheme]
    if scheme == "doi" and "%" in text:
        text = unquote(text)
    found = row.form.fullmatch(text)
    if found is None:
        return None
    value = found[1].lower() if row.folds_case else found[1]
    if scheme in _SEPARATED:
        size, mark = _SEPARATED[scheme]
        bare = re.sub(r"[^0-9X]", "", value.upper())
        value = mark.join(bare[i : i + size] for i in range(0, len(bare), size)) if size else bare
        if scheme in ("orcid", "isni") and not _has_checksum(bare):
            return None
    return Identifier(scheme, value)


def _has_checksum(digits: str) -> bool:
    """Whether the last of sixteen digits follows from the others (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    return digits[-1] == ("X" if last == 10 else str(last))


def address(of: Identifier) -> str:
    """Return the address of a thing where the scheme's own home shows it; characters that no IRI holds stand as %XX.

    Example:
        >>> address(Identifier("doi", "10.1002/(sici)1097<3>"))
        'https://doi.org/10.1002/(sici)1097%3C3%3E'
    """
    value = of.value if _PLAIN.fullmatch(of.value) else quote(of.value, safe="/:@!$&'()*+,;=~")
    return SCHEMES[of.scheme].address.replace("{}", value)


def identified(printed: str, of: str) -> Identifier | None:
    """Return the identifier whose address this is, of "paper", "author" or "institution"; the way back of `address`.

    Example:
        >>> identified("https://doi.org/10.1002/(sici)1097%3C3%3E", "paper")
        Identifier(scheme='doi', value='10.1002/(sici)1097<3>')
        >>> identified("https://dblp.org/search?q=Jun%20Zhang%200001", "author")
        Identifier(scheme='dblp-name', value='Jun Zhang 0001')
    """
    for scheme, row in SCHEMES.items():
        home = row.address.removesuffix("{}")
        if row.of == of and printed.startswith(home):
            for text in (unquote(printed[len(home) :]), printed):
                if (found := identifier(scheme, text)) is not None and address(found) == printed:
                    return found
    return None
