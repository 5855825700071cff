"""The words that records use for kinds of papers and for reported figures, and the terms they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

from .vocabulary import term

# What kind of paper a record may be: its key -> class. Source: https://sparontologies.github.io/fabio/current/fabio.html
PAPER_KINDS: Final[Mapping[str, NamedNode]] = MappingProxyType(
    {
        "article": term("fabio:JournalArticle"),
        "book": term("fabio:Book"),
        "chapter": term("fabio:BookChapter"),
        "conference-paper": term("fabio:ConferencePaper"),
        "dataset": term("fabio:Dataset"),
        "editorial": term("fabio:Editorial"),
        "letter": term("fabio:Letter"),
        "other": term("fabio:Expression"),
        "preprint": term("fabio:Preprint"),
        "proceedings": term("fabio:ConferenceProceedings"),
        "report": term("fabio:Report"),
        "review": term("fabio:ReviewArticle"),
        "software": term("fabio:ComputerProgram"),
        "standard": term("fabio:Standard"),
        "thesis": term("fabio:Thesis"),
    }
)

# What a source may report, by the word that records use. One measure, one IRI.
REPORTED_MEASURES: Final[Mapping[str, NamedNode]] = MappingProxyType(
    {
        "h_index": term("bido:h-index"),
        "papers": term("ck:paperCount"),
        "citations": term("ck:citationCount"),
        "novelty_percent": term("ck:noveltyPercent"),
        "ai_score": term("ck:aiScore"),
        "page_score": term("ck:pageScore"),
    }
)
