"""Reader of CSL-JSON: a list of items, or a single one, as reference managers and DOI resolvers give it.

    [{"id": "5thZNGfr", "type": "article-journal", "title": "…", "DOI": "10.7717/peerj.338",
      "author": [{"family": "Smith", "given": "Michael L."}, {"literal": "…"}],
      "issued": {"date-parts": [[2014, 4, 3]]}}]

`id` is the key by which a text cites the item: it names nothing outside, unless it is a DOI. A `literal` name stays as
it is printed; CSL uses it for groups and for people alike, so that nobody is called a group.
Source: docs.citationstyles.org/en/stable/specification.html (appendices III and IV),
github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import IO, Any, Final

from ..identifiers import by_address, identifier
from ..records import Identifier, Lines, Paper, Problem, Record
from .csl_parts import (
    authors,
    cited,
    dated,
    isbns,
    published,
)
from .json_records import json_records
from .json_values import citations, complaint, first_text, kept_or_refused, text, texts
from .kinds import CROSSREF_KINDS
from .languages import language_of
from .printed_identifiers import distinct, identified
from .remarks import Remarks, remark_on_gaps

NAME = "csl_json"
TITLE = "CSL-JSON items"

# Source: the specification's appendix III; "article" is "for preprints, working papers and similar works".
_CSL_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "article": "preprint",
        "article-journal": "article",
        "article-magazine": "article",
        "article-newspaper": "article",
        "book": "book",
        "chapter": "chapter",
        "dataset": "dataset",
        "paper-conference": "conference-paper",
        "report": "report",
        "software": "software",
        "standard": "standard",
        "thesis": "thesis",
    }
)
# DOI resolvers have given Crossref's own types under the name of CSL.
_KINDS: Final = MappingProxyType({**CROSSREF_KINDS, **_CSL_KINDS})
_OTHER_TYPES: Final = (
    "bill broadcast classic collection document entry entry-dictionary entry-encyclopedia event figure graphic hearing "
    "interview legal_case legislation manuscript map motion_picture musical_score pamphlet patent performance "
    "periodical personal_communication post post-weblog regulation review review-book song speech treaty webpage"
).split()
_BY_KEY: Final = (("DOI", "doi"), ("PMID", "pmid"), ("PMCID", "pmcid"))

_TYPE: Final = re.compile(rf'"type"\s*:\s*"(?:{"|".join(map(re.escape, (*_KINDS, *_OTHER_TYPES)))})"')
_PEOPLE: Final = re.compile(
    r'"(?:author|editor)"\s*:\s*\[\s*\{\s*"(?:given|family|literal|ORCID|suffix)"\s*:'
)
_DATE_PARTS: Final = re.compile(r'"issued"\s*:\s*\{\s*"(?:date-parts|raw|literal|season)"\s*:')
_OWN: Final = re.compile(
    r'"(?:container-title|title-short|citation-key|citation-label|DOI|PMID|ISBN|URL|id)"\s*:'
)
_LISTED_TITLE: Final = re.compile(r'"title"\s*:\s*\[')


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is CSL-JSON: a CSL type, and names or dates as CSL writes them.

    Crossref's own format has lists of titles, CSL single ones.
    """
    if head.lstrip()[:1] not in ("{", "[") or _LISTED_TITLE.search(head):
        return False
    shaped = bool(_PEOPLE.search(head)) + bool(_DATE_PARTS.search(head))
    return bool(_TYPE.search(head)) and (shaped == 2 or (shaped == 1 and bool(_OWN.search(head))))


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the paper of each item with the remarks on it, in the order of the file.

    Raises:
        UnreadableFile: the file is empty.
    """
    for found in json_records(stream, path, (("items",),)):
        if isinstance(found, Problem):
            yield found
        else:
            yield from item_records(found[1], found[0])


def item_records(item: Mapping[str, Any], lines: Lines) -> Iterator[Record]:
    """Yield the paper that an item is and the remarks on it, or why it is refused."""
    remarks = Remarks()
    paper = _paper(item, lines, remarks)
    said = "" if "type" in item else complaint(item)
    yield from kept_or_refused(
        paper, remarks, said, item, "an item of CSL-JSON, with a title or an identifier"
    )


def _paper(item: Mapping[str, Any], lines: Lines, remarks: Remarks) -> Paper:
    name = text(item.get("type"))
    kind = _KINDS.get(name, "other") if name else None
    authorships, is_truncated = authors(item.get("author"), remarks)
    paper = Paper(
        title=first_text(item.get("title")) or "",
        authorships=authorships,
        is_truncated=is_truncated,
        lines=lines,
        issued=dated(item.get("issued"), remarks),
        abstract=first_text(item.get("abstract")),
        reported=citations(item.get("is-referenced-by-count"), remarks),
        identifiers=_identifiers(item, kind, remarks),
        kind=kind,
        published=published(item),
        keywords=_keywords(item),
        references=cited(item.get("reference"), remarks),
        language=language_of(item.get("language"), remarks.add),
    )
    editors = item.get("editor")
    remark_on_gaps(paper, len(editors) if isinstance(editors, list) else 0, remarks)
    return paper


def _identifiers(item: Mapping[str, Any], kind: str | None, remarks: Remarks) -> tuple[Identifier, ...]:
    """Return what the item is called by others: in variables of its own, else by its address.

    An address of a DOI beside a variable DOI is left alone: resolvers write short forms, versions and the like there.
    """
    said = [identified(scheme, item.get(key), remarks) for key, scheme in _BY_KEY]
    said += isbns(item.get("ISBN"), kind, remarks)
    said.append(_arxiv(item))
    known = {each.scheme for each in said if each is not None}
    for key in ("URL", "id"):
        found = by_address(text(item.get(key)), "paper") or identifier("doi", text(item.get(key)))
        if found is not None and found.scheme not in known:
            said.append(found)
    return distinct(said)


def _arxiv(item: Mapping[str, Any]) -> Identifier | None:
    """Return the arXiv number that stands in `number` or `archive_location`, where the item says that it is one."""
    places = {text(item.get(key)).casefold() for key in ("archive", "publisher", "container-title")}
    for key in ("number", "archive_location"):
        printed = text(item.get(key))
        if printed and ("arxiv" in places or printed.lower().startswith("arxiv:")):
            return identifier("arxiv", printed)
    return None


def _keywords(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keywords: one text with marks between them, or `categories` as a list."""
    printed = text(item.get("keyword"))
    parts = re.split(";" if ";" in printed else ",", printed)
    return tuple(
        dict.fromkeys([*filter(None, (each.strip() for each in parts)), *texts(item.get("categories"))])
    )
