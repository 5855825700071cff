"""Works of OpenAlex → papers; both the schema of today and those of older parts of the snapshot.

Older parts have `host_venue` in place of `primary_location`, `concepts` in place of `topics`, Crossref's types, numbers
for MAG ids, one `raw_affiliation_string`, and the inverted abstract as JSON inside a text.
Source: docs.openalex.org/api-entities/works/work-object, github.com/ourresearch/openalex-docs (its release notes)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from ..identifiers import by_address, in_own_scheme
from ..person_names import stands_for_others
from ..records import Authorship, Category, Identifier, Lines, Paper, Published
from .json_values import citations, day_or_year, objects, part, text
from .kinds import OPENALEX_KINDS
from .languages import language_of
from .markup import plain_text
from .openalex_people import authorship, institution_names
from .printed_identifiers import distinct, identified
from .remarks import NO_LIST, Remarks, remark_on_gaps, remark_on_twins

_LISTED_AT_MOST: Final = (
    100  # authors of a work in a list of the API; docs.openalex.org: `is_authors_truncated`
)
# OpenAlex's types of today, then those of Crossref that older parts have.
_PUBLISHER: Final = re.compile(r"https?://openalex\.org/P\d+")
_LAST_PART: Final = re.compile(r"[^/]+\Z")


def paper(work: Mapping[str, Any], lines: Lines, remarks: Remarks) -> Paper | None:
    """Return the paper that a work is; None where it has neither title nor identifier."""
    title = text(work.get("title")) or text(work.get("display_name"))
    identifiers = _identifiers(work, remarks)
    if not title and not identifiers:
        return None
    listed = objects(work.get("authorships"))
    authorships, has_others, has_gaps = _authorships(work, remarks)
    said = _author_count(work, len(listed), remarks)
    is_cut = has_others or _is_cut(work, listed, said)
    topics = _topics(work)
    main = next(_categories([work.get("primary_topic")], "openalex-topics"), None)
    made = Paper(
        title=title,
        authorships=authorships,
        is_truncated=is_cut or has_gaps,
        lines=lines,
        issued=day_or_year(work.get("publication_date"), work.get("publication_year"), remarks),
        category=main,
        abstract=_abstract(work, remarks),
        reported=citations(work.get("cited_by_count"), remarks),
        identifiers=identifiers,
        kind=_kind(work),
        published=_published(work),
        categories=tuple(one for one in topics if main is None or one.notation != main.notation),
        keywords=tuple(dict.fromkeys(_keywords(work))),
        references=_references(work, remarks),
        language=language_of(work.get("language"), remarks.add),
        author_count=said,
    )
    if is_cut:
        count = f"{len(listed)} authors" + (f" of {said}" if said else "")
        remarks.add(f"a cut list of {count}", "the whole list; load the work alone to have it")
    remark_on_twins(authorships, remarks)
    remark_on_gaps(made, 0, remarks)
    return made


def _identifiers(work: Mapping[str, Any], remarks: Remarks) -> tuple[Identifier, ...]:
    ids = work.get("ids")
    return distinct(
        [
            identified("openalex", work.get("id") or part(ids, "openalex"), remarks),
            identified("doi", work.get("doi") or part(ids, "doi"), remarks),
            identified("pmid", part(ids, "pmid"), remarks),
            identified("pmcid", part(ids, "pmcid"), remarks),
            identified("mag", part(ids, "mag"), remarks),
            _arxiv(work, remarks),
        ]
    )


def _arxiv(work: Mapping[str, Any], remarks: Remarks) -> Identifier | None:
    """The arXiv id of the work, from the places where it lies; none where several lie there."""
    places = [work.get("primary_location"), *objects(work.get("locations"))]
    printed = [url for place in places if isinstance(url := part(place, "landing_page_url"), str)]
    held = distinct(in_own_scheme(one) for url in printed if (one := by_address(url, "paper")))
    found = [one for one in held if one.scheme == "arxiv"]
    if len(found) > 1:
        remarks.add(", ".join(one.value for one in found), "one arXiv id; they are left out")
    return found[0] if len(found) == 1 else None


def _authorships(work: Mapping[str, Any], remarks: Remarks) -> tuple[tuple[Authorship, ...], bool, bool]:
    """The authors, each at its place on the list; whether an entry says that there are others, or names nobody."""
    listed, has_others, has_gaps = work.get("authorships"), False, False
    if listed is not None and not isinstance(listed, list):
        remarks.add(listed, NO_LIST)
        listed, has_gaps = None, True
    names = institution_names(work)
    kept: list[Authorship] = []
    for position, entry in enumerate(listed or (), 1):
        found = authorship(entry, position, names, remarks)
        if found is None:
            has_gaps = True
        elif stands_for_others(found.name):
            has_others = True
        else:
            kept.append(found)
    return tuple(kept), has_others, has_gaps


def _author_count(work: Mapping[str, Any], listed: int, remarks: Remarks) -> int | None:
    """How many authors there are by the source's word, where that is another number than are listed."""
    said = work.get("authors_count")
    if said is None or said == listed:
        return None
    if not isinstance(said, int) or said < listed:
        remarks.add(f"authors_count {said}", f"the number of the {listed} authors listed")
        return None
    return said


def _is_cut(work: Mapping[str, Any], listed: list[dict[str, Any]], said: int | None) -> bool:
    """Whether authors are missing: by the source's word, or since a full list ends in its middle."""
    if work.get("is_authors_truncated") is True or said is not None:
        return True
    return len(listed) == _LISTED_AT_MOST and listed[-1].get("author_position") == "middle"


def _abstract(work: Mapping[str, Any], remarks: Remarks) -> str | None:
    """The abstract, its words put in order: `{"Despite": [0], "growing": [1, 8], …}`."""
    inverted = work.get("abstract_inverted_index")
    if not inverted:
        return text(work.get("abstract")) or None
    index = inverted
    if isinstance(index, str):
        try:
            index = orjson.loads(index)
        except ValueError:
            index = None
    index = part(index, "InvertedIndex") if isinstance(part(index, "InvertedIndex"), dict) else index
    words: dict[int, str] = {}
    try:
        for word, places in index.items():
            for place in places:
                words[place] = word
        ordered = sorted(words)
        count = sum(map(len, index.values()))
    except (AttributeError, TypeError):  # no object, no lists, no numbers
        remarks.add(inverted, "an inverted abstract; it is left out")
        return None
    if count != len(words):
        remarks.add(
            f"{count - len(words)} words of the abstract at the place of others", "one word at a place"
        )
    return plain_text(" ".join([words[place] for place in ordered])) or None


def _kind(work: Mapping[str, Any]) -> str | None:
    """The kind of paper; of an "article", Crossref's type tells more (an article of proceedings)."""
    printed = work.get("type")
    finer = OPENALEX_KINDS.get(text(work.get("type_crossref"))) if printed in (None, "article") else None
    if not printed:
        return finer
    return finer or (OPENALEX_KINDS.get(printed, "other") if isinstance(printed, str) else None)


def _published(work: Mapping[str, Any]) -> Published | None:
    place, biblio = work.get("primary_location"), work.get("biblio")
    source = part(place, "source") or work.get("host_venue")
    host = text(part(source, "host_organization"))
    # The host of a repository is an institution, no publisher.
    publisher = text(part(source, "host_organization_name")) if _PUBLISHER.fullmatch(host) else ""
    first, last = text(part(biblio, "first_page")), text(part(biblio, "last_page"))
    made = Published(
        venue=text(part(source, "display_name")) or text(part(place, "raw_source_name")) or None,
        volume=text(part(biblio, "volume")) or None,
        issue=text(part(biblio, "issue")) or None,
        pages=(f"{first}-{last}" if first and last and first != last else first or last) or None,
        publisher=publisher or text(part(source, "publisher")) or None,
    )
    return made if made != Published() else None


def _topics(work: Mapping[str, Any]) -> tuple[Category, ...]:
    """The topics, or where there are none the concepts that they came after; and the headings of MeSH."""
    found = [*_categories(work.get("topics"), "openalex-topics")]
    found = found or [*_categories(work.get("concepts"), "openalex-concepts")]
    for heading in objects(work.get("mesh")):
        code, name = text(heading.get("descriptor_ui")), text(heading.get("descriptor_name"))
        if code or name:
            found.append(Category(code or name, code or name, "mesh", label=name or None))
    return tuple(dict.fromkeys(found))


def _categories(value: Any, scheme: str) -> Iterator[Category]:
    """The topics or concepts of a list; the notation is the last part of the id ("T10102")."""
    for one in objects(value):
        address, name = text(one.get("id")), text(one.get("display_name"))
        code = _LAST_PART.search(address)
        if code or name:
            yield Category(address or name, code[0] if code else name, scheme, label=name or None)


def _keywords(work: Mapping[str, Any]) -> Iterator[str]:
    for keyword in objects(work.get("keywords")):
        if name := text(keyword.get("display_name")) or text(keyword.get("keyword")):
            yield name


def _references(work: Mapping[str, Any], remarks: Remarks) -> tuple[Identifier, ...]:
    cited = work.get("referenced_works")
    if cited is not None and not isinstance(cited, list):
        remarks.add(cited, "a list of cited works; it is left out")
        return ()
    return distinct(identified("openalex", one, remarks) for one in cited or ())
