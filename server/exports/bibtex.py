r"""Papers as BibTeX: the classic types and fields, UTF-8, what is special to LaTeX escaped.

Sources: btxdoc.pdf (CTAN, biblio/bibtex/base), info.arxiv.org/help/hypertex/bibstyles (eprint, archivePrefix). BibTeX
counts braces also behind a backslash, so that none is written as \{. A name is written "Family, Given" where its source
prints it so, else in the order of speech; which of its words is the family name is then left to BibTeX's own rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from collegium.queries.xml_text import holdable

from ..files import Output
from .entries import Entry, Name, Papers

_TYPES: Final = {
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "conference-paper": "inproceedings",
    "editorial": "article",
    "letter": "article",
    "proceedings": "proceedings",
    "report": "techreport",
    "review": "article",
}
_OTHER: Final = "misc"
_IN_BOOKS: Final = frozenset({"incollection", "inproceedings"})
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_TABLE: Final = str.maketrans(_SPECIAL)
_LIGATURE: Final = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)")  # which TeX would join to another sign
_CAPITALS: Final = re.compile(r"[^\s{}\\-]*[^\W\d_][^\s{}\\-]*?[A-Z][^\s{}\\-]*")  # BERT, GPT, mRNA, pLSA
_APART: Final = re.compile(r"(?<!\S)(and|others)(?!\S)", re.IGNORECASE)
# An address is taken as it stands (by biblatex, \url and readers), so that nothing is escaped in it.
_IN_ADDRESS: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def write_bibtex(papers: Papers, output: Output) -> None:
    """Write an entry a paper, by IRI; keys are the papers' IDs."""
    for entry in papers.entries():
        output.file.write(_written(entry).encode())


def _written(entry: Entry) -> str:
    kind = _TYPES.get(entry.kind or "", _OTHER)
    fields = "".join(f",\n  {name} = {value}" for name, value in _fields(entry, kind) if value)
    return f"@{kind}{{{entry.key}{fields}\n}}\n\n"


def _fields(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    yield "title", _braced(_with_capitals(entry.title))
    names = [_name(name) for name in entry.authors] + (["others"] if entry.is_cut and entry.authors else [])
    yield "author", _braced(" and ".join(names))
    yield "booktitle" if kind in _IN_BOOKS else "journal", _braced(escaped(entry.venue))
    yield "volume", _braced(escaped(entry.volume))
    yield "number", _braced(escaped(entry.number))
    yield "pages", _braced(escaped(entry.pages))
    yield "publisher", _braced(escaped(entry.publisher))
    for name, number in zip(("year", "month", "day"), entry.date, strict=False):
        yield name, _MONTHS[number - 1] if name == "month" and 0 < number <= 12 else f"{{{number}}}"
    for scheme in ("doi", "isbn", "pmid", "pmcid"):
        yield scheme, _braced(_address(entry.value(scheme)))
    if arxiv := entry.value("arxiv"):
        yield "eprint", _braced(_address(arxiv))
        yield "archivePrefix", "{arXiv}"
        yield "primaryClass", _braced(entry.category or "")
    yield "url", _braced(_address(entry.url))
    yield "language", _braced(escaped(entry.language))
    mark = "; " if any(";" in word for word in entry.keywords) else ", "
    yield "keywords", _braced(mark.join(_part(word) for word in entry.keywords))
    yield "abstract", _braced(escaped(entry.abstract))


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def escaped(text: str | None) -> str:
    r"""Return a text on one line as LaTeX prints it.

    Example:
        >>> escaped("50 % of {x}_i"), escaped("a -- b")
        ('50 \\% of \\textbraceleft{}x\\textbraceright{}\\_i', 'a -{}- b')
    """
    return _signs(_line(text or ""))


def _line(text: str) -> str:
    return holdable(" ".join(text.split()))


def _signs(text: str) -> str:
    return _LIGATURE.sub("{}", text.translate(_TABLE))


def _with_capitals(title: str) -> str:
    """A title whose words with capitals inside stand in braces, so that no style writes them small.

    Example:
        >>> _with_capitals("On BERT and mRNA")
        'On {BERT} and {mRNA}'
    """
    line, parts, at = _line(title), list[str](), 0
    for word in _CAPITALS.finditer(line):
        parts += _signs(line[at : word.start()]), "{", _signs(word[0]), "}"
        at = word.end()
    return "".join(parts) + _signs(line[at:])


def _part(text: str) -> str:
    """One of several texts that a comma parts."""
    word = escaped(text)
    return f"{{{word}}}" if "," in word or ";" in word else word


def _name(name: Name) -> str:
    if name.is_collective:
        return f"{{{escaped(name.spoken)}}}"
    if name.family is not None and name.given is not None:
        return f"{_kept(name.family)}, {_kept(name.given)}"
    return _kept(name.spoken)


def _kept(text: str) -> str:
    """A part of a name in which no word parts names, and no comma parts family from given name."""
    return _APART.sub(r"{\1}", escaped(text)).replace(",", "{,}").replace(";", "{;}").replace("=", "{=}")


def _address(text: str | None) -> str:
    return (text or "").translate(_IN_ADDRESS)
