"""Papers of Semantic Scholar: those of its Graph API and of its data sets, by keys without capitals and underscores.

Source: api.semanticscholar.org/api-docs/graph (FullPaper), github.com/allenai/s2orc/blob/master/data/v2020-07-05
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import orjson

from ..identifiers import identifier
from ..records import Authorship, Category, Identifier, Lines, Paper, Profile, Published
from .json_values import citations, day_or_year, objects, part, text, texts
from .markup import plain_text
from .printed_identifiers import distinct, identified
from .remarks import Remarks, remark_on_gaps, remark_on_twins
from .semantic_scholar_people import authors, plain_keys

# A paper may have several types; the first of these counts. What is none of them ("CaseReport", "ClinicalTrial",
# "MetaAnalysis", "News", "Study") says how a study was made, and alone makes "other".
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Review": "review",
        "Editorial": "editorial",
        "LettersAndComments": "letter",
        "Dataset": "dataset",
        "BookSection": "chapter",
        "Book": "book",
        "Conference": "conference-paper",
        "JournalArticle": "article",
    }
)
# Scheme -> its keys in `externalIds`, then at the top of a record of S2ORC or the Open Corpus.
_IDS: Final = (
    ("doi", ("doi",)),
    ("arxiv", ("arxiv", "arxivid")),
    ("acl", ("acl", "aclid")),
    ("pmid", ("pubmed", "pubmedid", "pmid")),
    ("pmcid", ("pubmedcentral", "pmcid")),
    ("dblp", ("dblp",)),
    ("mag", ("mag", "magid")),
)
_OWN_KEYS: Final = (
    "paperid",
    "id",
    "url",
    "s2url",
    "corpusid",
)  # a data set's "paper_id" is the number in the corpus
_FIELDS: Final = "s2-fields"
_NAME_PARTS: Final = ("authorfirstname", "authormiddlename", "authorlastname")
_LONGEST_NAME: Final = 120  # characters of a marked piece that is still taken for a name


def paper(fields: Mapping[str, Any], lines: Lines, owner: Profile | None, remarks: Remarks) -> Paper | None:
    """Return a paper; None where it has neither title nor identifier.

    Args:
        owner: the author under whose name the paper is listed, who stands on it also where no authors are given.
    """
    marked = _marked(fields, remarks)
    title = text(fields.get("title")) or marked.get("title", "")
    identifiers = _identifiers(fields, remarks)
    listed = fields.get("authors") or marked.get("authors")
    # Lines of other data sets (embeddings, tldrs) have a corpus id and nothing that is a paper's.
    says = title or listed or _abstract(fields) or any(known.scheme != "s2-corpus" for known in identifiers)
    if not says:
        return None
    authorships, is_truncated = authors(listed, remarks)
    remark_on_twins(authorships, remarks)
    if not authorships and owner is not None:
        authorships = (Authorship(owner.name, None, owner.identifiers),)
        is_truncated = True
    made = Paper(
        title=title,
        authorships=authorships,
        is_truncated=is_truncated,
        lines=lines,
        issued=day_or_year(fields.get("publicationdate"), fields.get("year"), remarks),
        abstract=_abstract(fields) or marked.get("abstract") or None,
        reported=citations(fields.get("citationcount"), remarks),
        identifiers=identifiers,
        kind=_kind(fields),
        published=_published(fields),
        categories=tuple(dict.fromkeys(_categories(fields))),
        references=_references(fields, remarks),
    )
    remark_on_gaps(made, 0, remarks)
    if is_truncated and owner is not None and not fields.get("authors"):
        remarks.add("no authors", f"a list of authors; {owner.name} is one of them")
    return made


def _identifiers(fields: Mapping[str, Any], remarks: Remarks | None) -> tuple[Identifier, ...]:
    """The ids of a paper; without remarks, those that are none are left out in silence."""
    others = {
        **plain_keys(part(fields.get("openaccessinfo"), "externalids")),
        **plain_keys(fields.get("externalids")),
    }
    found: list[Identifier | None] = [_own("s2", fields)]
    for scheme, keys in _IDS:
        for printed in [one for key in keys for one in texts(others.get(key) or fields.get(key))]:
            found.append(identified(scheme, printed, remarks) if remarks else identifier(scheme, printed))
    return distinct([*found, _own("s2-corpus", fields)])


def _own(scheme: str, fields: Mapping[str, Any]) -> Identifier | None:
    """Semantic Scholar's own id (40 digits), or its number in the corpus, bare or in an address."""
    for key in _OWN_KEYS:
        printed = fields.get(key)
        if isinstance(printed, (str, int)) and (found := identifier(scheme, str(printed))):
            return found
    return None


def _abstract(fields: Mapping[str, Any]) -> str | None:
    """The abstract; S2ORC has it in paragraphs."""
    value = fields.get("abstract") or fields.get("paperabstract")
    if isinstance(value, list):
        return " ".join(found for one in objects(value) if (found := text(one.get("text")))) or None
    return text(value) or None


def _kind(fields: Mapping[str, Any]) -> str | None:
    types = texts(fields.get("publicationtypes"))
    return next((kind for name, kind in _KINDS.items() if name in types), "other") if types else None


def _published(fields: Mapping[str, Any]) -> Published | None:
    journal = fields.get("journal")
    name = text(journal) or text(part(journal, "name")) or text(fields.get("journalname"))
    made = Published(
        venue=text(fields.get("venue")) or text(part(fields.get("publicationvenue"), "name")) or name or None,
        volume=text(part(journal, "volume")) or text(fields.get("journalvolume")) or None,
        pages=text(part(journal, "pages")) or text(fields.get("journalpages")) or None,
    )
    return made if made != Published() else None


def _categories(fields: Mapping[str, Any]) -> Iterator[Category]:
    """The fields of study, each once: whether another source says so, or a model, does not part them."""
    names = [text(one.get("category")) for one in objects(fields.get("s2fieldsofstudy"))]
    for name in names or texts(fields.get("fieldsofstudy")) or texts(fields.get("magfieldofstudy")):
        if name:
            yield Category(name, name, _FIELDS, label=name)


def _references(fields: Mapping[str, Any], remarks: Remarks) -> tuple[Identifier, ...]:
    """The papers that this one cites, each by its own id or else by the first other that it has."""
    listed = fields.get("references") or fields.get("outcitations") or fields.get("outboundcitations")
    if listed is not None and not isinstance(listed, list):
        remarks.add(listed, "a list of cited papers; it is left out")
        listed = None
    found: list[Identifier] = []
    for one in listed or ():
        ids = _identifiers({"paperid": one} if isinstance(one, str) else plain_keys(one), None)
        found.extend(ids[:1])
    missing = len(listed or ()) - len(found)
    if missing:
        remarks.add(f"{missing} cited papers without an identifier", "identifiers; these are left out")
    citing = fields.get("citations")
    if isinstance(citing, list) and citing:
        remarks.add(f"{len(citing)} papers that cite this one", "what it cites; load their own records")
    return distinct(found)


def _marked(fields: Mapping[str, Any], remarks: Remarks) -> dict[str, Any]:
    """Title, abstract and authors of a record of S2ORC, which holds a paper's text and marks where they stand in it.

    Each mark stands there twice in some releases.
    """
    content = fields.get("content")
    whole, marks = part(content, "text"), part(content, "annotations")
    if not isinstance(whole, str) or not isinstance(marks, dict):
        return {}
    spans = {key: _spans(marks.get(key), remarks) for key in ("title", "abstract", "author", *_NAME_PARTS)}
    names = [span for key in _NAME_PARTS for span in spans[key]]
    people: list[str] = []
    for start, end in spans["author"]:
        inside = [span for span in names if start <= span[0] and span[1] <= end]
        if inside:
            start, end = min(span[0] for span in inside), max(span[1] for span in inside)
        name = " ".join(whole[start:end].split())
        people.append(name if len(name) <= _LONGEST_NAME else "")
    first = {key: plain_text(whole[slice(*spans[key][0])]) for key in ("title", "abstract") if spans[key]}
    return {**first, "authors": people or None}


def _spans(value: Any, remarks: Remarks) -> list[tuple[int, int]]:
    """The spans of `[{"end": 92, "start": 80}, …]`, which is JSON inside a text; each once."""
    try:
        listed = orjson.loads(value) if isinstance(value, str) else value
    except ValueError:
        remarks.add(value, "marks in a text; they are left out")
        return []
    pairs = [(one.get("start"), one.get("end")) for one in objects(listed)]
    return [
        (start, end)
        for start, end in dict.fromkeys(pairs)
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    ]
