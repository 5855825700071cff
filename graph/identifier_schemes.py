"""`SCHEMES`: whose identifiers we know, how each is printed, and where its things are shown.

Sources of the forms: doi.org/the-identifier/resources/handbook, info.arxiv.org/help/arxiv_identifier.html,
support.orcid.org, ror.readme.io, docs.openalex.org, aclanthology.org/info/ids, dblp.org/faq, isbn-international.org,
ncbi.nlm.nih.gov/pmc/pmctopmid, api.semanticscholar.org/api-docs (paper ids)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from . import identifier_forms as forms

# What a value may be made of where its scheme does not say: no white space, nothing invisible, no lost character.
_SIGN: Final = (
    r"[^\s\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ufffd\ud800-\udfff]"
)
_DASH: Final = r"[-\u2010-\u2015\u2212 ]"
_SIXTEEN: Final = rf"(?:[0-9]{{4}}{_DASH}?){{3}}[0-9]{{3}}[0-9X]"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme: what it names, where its things are shown (an address with `{}`), and which texts are of it.

    `form` matches a printed value whole: group `value`, and `home` where an address or prefix says what it is;
    `plain` makes the plain form of the value. `is_telling` where the value alone shows its scheme. `starts` are what
    its addresses and prefixes begin with: hosts ("doi.org") and words ("doi").
    """

    title: str
    of: str  # "paper", "author" or "institution"
    address: str
    form: re.Pattern[str]
    plain: Callable[[str], str | None]
    is_telling: bool
    starts: frozenset[str]


def _scheme(
    title: str,
    of: str,
    places: str,
    value: str,
    plain: Callable[[str], str | None] = forms.as_is,
    *,
    words: str = "",
    between: str = "",
    tail: str = "",
    is_telling: bool = False,
    address: str = "",
) -> Scheme:
    """A row.

    Args:
        places: what addresses begin with, without `https://www.`, parted by blanks; the first is where things are
            shown, unless `address` says otherwise.
        words: what stands before the value elsewhere ("doi:"), parted by blanks.
        between: a pattern of what may follow a place; `tail` of what may follow the value.
    """
    hosts, prefixes = places.split(), words.split()
    web = "|".join(map(re.escape, sorted(hosts, key=len, reverse=True)))
    said = "|".join(rf"{re.escape(word)}\s*" for word in sorted(prefixes, key=len, reverse=True))
    homes = "|".join(filter(None, (rf"(?:https?://)?(?:www\.)?(?:{web}){between}" if web else "", said)))
    form = re.compile(rf"(?P<home>{homes})?(?P<value>{value}){tail}", re.IGNORECASE)
    starts = frozenset(re.split("[:/]", one)[0].lower() for one in (*hosts, *prefixes))
    return Scheme(title, of, (address or f"https://{hosts[0]}") + "{}", form, plain, is_telling, starts)


def _openalex(of: str, folder: str, letter: str, other: str) -> Scheme:
    hosts = ("openalex.org", "api.openalex.org", "explore.openalex.org")
    places = " ".join(f"{host}/ {host}/{folder}/" for host in hosts) + f" semopenalex.org/{other}/"
    return _scheme(
        "OpenAlex", of, places, rf"{letter}[0-9]+", forms.upper, words="openalex:", is_telling=True
    )


def _wikidata(of: str) -> Scheme:
    places, home = "wikidata.org/entity/ wikidata.org/wiki/", "http://www.wikidata.org/entity/"
    return _scheme("Wikidata", of, places, r"Q[0-9]+", forms.upper, words="wikidata: wd:", address=home)


_DBLP: Final = (
    "dblp.org",
    "dblp.uni-trier.de",
    "dblp.dagstuhl.de",
    "dblp1.uni-trier.de",
    "dblp2.uni-trier.de",
)
_DBLP_ENDS: Final = r"(?:\.(?:html|bib|xml|rdf|ttl|nt|ris))?"

_OF_PAPERS: Final = {
    "doi": _scheme(
        "DOI",
        "paper",
        # The publishers' own resolvers, from before doi.org stood for all. Not the proxies of libraries.
        "doi.org/ dx.doi.org/ doi.acm.org/ doi.ieeecomputersociety.org/ doi.wiley.com/ doi.apa.org/ doi.pangaea.de/ "
        "dl.acm.org/doi/ dl.acm.org/doi/abs/ dl.acm.org/doi/full/ dl.acm.org/doi/pdf/",
        rf"10\.[0-9]{{4,9}}/{_SIGN}+",
        forms.doi,
        words="doi: info:doi/ urn:doi:",
        is_telling=True,
    ),
    "arxiv": _scheme(
        "arXiv",
        "paper",
        "arxiv.org/abs/ arxiv.org/pdf/ arxiv.org/html/ export.arxiv.org/abs/ export.arxiv.org/pdf/ "
        "doi.org/10.48550/arxiv. dx.doi.org/10.48550/arxiv.",
        r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z-]+)?/[0-9]{7}",
        forms.arxiv,
        words="arxiv: oai:arxiv.org: abs/ 10.48550/arxiv. doi:10.48550/arxiv.",
        tail=r"(?:v[0-9]+)?(?:\.pdf)?(?:\s*\[[a-z.-]+\])?",
        is_telling=True,
    ),
    "acl": _scheme(
        "ACL Anthology",
        "paper",
        "aclanthology.org/ aclanthology.info/papers/ aclweb.org/anthology/",
        r"[A-Z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+",
        forms.acl,
        between=r"(?:[A-Z]/[A-Z][0-9]{2}/)?",
        tail=r"(?:v[0-9]+)?(?:\.pdf|/)?",
        is_telling=True,
    ),
    "openalex": _openalex("paper", "works", "W", "work"),
    "pmid": _scheme(
        "PubMed",
        "paper",
        "pubmed.ncbi.nlm.nih.gov/ ncbi.nlm.nih.gov/pubmed/ europepmc.org/article/MED/ europepmc.org/abstract/MED/",
        r"[0-9]{1,8}",
        forms.number,
        words="pmid: pmid info:pmid/",
        tail="/?",
    ),
    "pmcid": _scheme(
        "PubMed Central",
        "paper",
        "ncbi.nlm.nih.gov/pmc/articles/ pmc.ncbi.nlm.nih.gov/articles/ europepmc.org/articles/ "
        "europepmc.org/article/PMC/",
        r"(?:PMC)?[0-9]{1,9}",
        forms.pmcid,
        words="pmcid: pmcid",
        tail=r"(?:\.[0-9]{1,2})?/?",  # with its version
    ),
    "s2": _scheme(
        "Semantic Scholar",
        "paper",
        "semanticscholar.org/paper/ api.semanticscholar.org/ api.semanticscholar.org/paper/",
        r"[0-9a-f]{40}",
        forms.lower,
        between=r"(?:[^/\s]+/)?",  # the title
        is_telling=True,
    ),
    "s2-corpus": _scheme(
        "Semantic Scholar corpus",
        "paper",
        "api.semanticscholar.org/CorpusID:",
        r"[0-9]+",
        forms.number,
        words="corpusid: s2cid: s2cid",
    ),
    "dblp": _scheme(
        "dblp",
        "paper",
        " ".join(f"{host}/rec/" for host in _DBLP),
        rf"(?!homepages/)[a-z]+/{_SIGN}+?",
        words="dblp:",
        between=r"(?:(?:bib[0-9]?|html|xml|rdf)/)?",
        tail=_DBLP_ENDS,
    ),
    "isbn": _scheme(
        "ISBN",
        "paper",
        "",
        rf"(?:[0-9]{_DASH}?){{9,12}}[0-9X]",
        forms.isbn,
        words="urn:isbn: isbn: isbn isbn-10: isbn-13:",
        tail=r"(?:\s*\([^()]*\))*",  # the binding
        address="urn:isbn:",
    ),
    "wos": _scheme(
        "Web of Science",
        "paper",
        "webofscience.com/wos/woscc/full-record/",
        r"(?:WOS|ISI):[a-z0-9]+",
        forms.wos,
        is_telling=True,
    ),
    "scopus": _scheme(
        "Scopus",
        "paper",
        "scopus.com/record/display.uri?eid= scopus.com/inward/record.uri?eid= scopus.com/inward/record.url?eid= "
        "scopus.com/pages/publications/",
        r"2-s2\.0-[0-9]+",
        tail=r"(?:&.*)?",
        is_telling=True,
    ),
    "mag": _scheme("Microsoft Academic", "paper", "makg.org/entity/", r"[0-9]+", forms.number, words="mag:"),
    "wikidata-paper": _wikidata("paper"),
}
_OF_AUTHORS: Final = {
    "orcid": _scheme(
        "ORCID",
        "author",
        "orcid.org/",
        _SIXTEEN,
        forms.orcid,
        words="orcid: orcid",
        tail="/?",
        is_telling=True,
    ),
    "openalex-author": _openalex("author", "authors", "A", "author"),
    "s2-author": _scheme(
        "Semantic Scholar", "author", "semanticscholar.org/author/", r"[0-9]+", between=r"(?:[^/\s]+/)?"
    ),
    "dblp-author": _scheme(
        "dblp",
        "author",
        " ".join(f"{host}/pid/" for host in _DBLP),
        rf"[0-9a-z]+/{_SIGN}+?",
        words="homepages/",  # what keys of persons begin with
        tail=_DBLP_ENDS,
    ),
    "dblp-name": _scheme("dblp homonym number", "author", "dblp.org/search?q=", r".*\S [0-9]{4}"),
    "acl-author": _scheme("ACL Anthology", "author", "aclanthology.org/people/", r"[a-z0-9-]+", tail="/?"),
    "researcherid": _scheme(
        "ResearcherID",
        "author",
        "webofscience.com/wos/author/record/ researcherid.com/rid/",
        r"[A-Z]{1,3}-[0-9]{4}-[0-9]{4}",
        forms.upper,
    ),
    "scopus-author": _scheme(
        "Scopus",
        "author",
        "scopus.com/authid/detail.uri?authorId= scopus.com/authid/detail.url?authorId= "
        "scopus.com/inward/authorDetails.url?authorID=",
        r"[0-9]{10,11}",
        tail=r"(?:&.*)?",
    ),
    "wikidata-author": _wikidata("author"),
}
_OF_INSTITUTIONS: Final = {
    "ror": _scheme(
        "ROR",
        "institution",
        "ror.org/",
        r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}",
        forms.lower,
        words="ror:",
        tail="/?",
    ),
    "openalex-institution": _openalex("institution", "institutions", "I", "institution"),
    "grid": _scheme(
        "GRID", "institution", "grid.ac/institutes/", r"grid\.[0-9]+\.[0-9a-f]+", forms.lower, is_telling=True
    ),
    "isni": _scheme(
        "ISNI", "institution", "isni.org/isni/ isni.org/", _SIXTEEN, forms.isni, words="isni: isni"
    ),
    "wikidata": _wikidata("institution"),
}
SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(_OF_PAPERS | _OF_AUTHORS | _OF_INSTITUTIONS)
