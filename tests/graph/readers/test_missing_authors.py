"""Authors of whom a list shows that they are there, and not who they are: it counts as cut, in every format."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from collegium.graph.readers import reader_named
from collegium.graph.records import Paper, Problem

ADA = {"given": "Ada", "family": "Lovelace"}
NAMELESS: dict[str, Any] = {"sequence": "additional", "affiliation": []}
PAPER = {"title": "T", "paperId": "a" * 40}
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2301.00001v1</id><title>T</title>'
    "<author><name>A B</name></author><author><name></name></author></entry></feed>"
)
OAI = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><record><header><identifier>oai:arXiv.org:2301.00001'
    "</identifier></header><metadata><arXiv><id>2301.00001</id><title>T</title><authors><author><keyname>B</keyname>"
    "<forenames>A</forenames></author><author><keyname></keyname></author></authors></arXiv></metadata></record>"
    "</OAI-PMH>"
)
PUBMED = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle>"
    '<AuthorList CompleteYN="Y"><Author><LastName>B</LastName></Author><Author><Identifier Source="ORCID"/></Author>'
    "</AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
RDF = (
    "@prefix s: <https://schema.org/> . <http://e.org/p> a s:ScholarlyArticle ; s:name 'T' ; "
    "s:author <http://e.org/a>, <http://e.org/b> . <http://e.org/b> a s:Person ; s:name 'A B' ."
)
DBLP = (
    '<dblp><article key="journals/x/A"><author>A B</author><author></author><title>T</title></article></dblp>'
)
ACL = (
    '<collection id="2022.acl"><volume id="long"><paper id="1"><title>T</title><author/>'
    "<author><first>A</first><last>B</last></author></paper></volume></collection>"
)
JSONL = {"id": "2301.00001", "title": "T", "authors": "A B", "authors_parsed": [["B", "A", ""], ["", "", ""]]}
CASES = [
    ("crossref", {"title": ["T"], "DOI": "10.1/a", "author": [ADA, NAMELESS]}),
    ("crossref", {"title": ["T"], "DOI": "10.1/a", "author": ADA}),
    ("csl_json", {"title": "T", "type": "article-journal", "author": [ADA, {}]}),
    ("openalex", {"id": "https://openalex.org/W1", "title": "T", "authorships": [{"author": None}]}),
    ("openalex", {"id": "https://openalex.org/W1", "title": "T", "authorships": [{"author": {"id": None}}]}),
    ("openalex", {"id": "https://openalex.org/W1", "title": "T", "authorships": "A B; C D"}),
    ("semantic_scholar", {**PAPER, "authors": [{"authorId": "1", "name": None}]}),
    ("semantic_scholar", {**PAPER, "authors": "A B"}),
    ("datacite", {"doi": "10.1/a", "titles": [{"title": "T"}], "creators": [{"name": ":unav"}]}),
    ("datacite", {"doi": "10.1/a", "titles": [{"title": "T"}], "creators": "A B"}),
    ("arxiv_jsonl", JSONL),
    ("arxiv_atom", ATOM),
    ("arxiv_oai", OAI),
    ("pubmed_xml", PUBMED),
    ("rdf", RDF),
    ("dblp_xml", DBLP),
    ("acl_anthology", ACL),
    ("paper_table", "paper_id,title,author\n1,T,A B\n1,T,\n"),
    ("ris", "TY  - JOUR\nTI  - T\nAU  - B, A\nAU  - \nER  - \n"),
]


def read(name: str, content: str | dict[str, Any]) -> tuple[list[Paper], list[Problem]]:
    """Return the papers of a text, or of a value as JSON, and what is said of them."""
    text = content if isinstance(content, str) else json.dumps(content)
    found = list(reader_named(name).read(BytesIO(text.encode()), "file"))
    return [r for r in found if isinstance(r, Paper)], [r for r in found if isinstance(r, Problem)]


@pytest.mark.parametrize(("name", "content"), CASES)
def test_an_author_who_is_not_known_cuts_the_list(name: str, content: str | dict[str, Any]) -> None:
    """If it failed: a paper would count as one by fewer authors than its source shows that it has."""
    (paper,), problems = read(name, content)
    assert paper.is_truncated
    assert any("counts as cut" in problem.expected and not problem.is_refused for problem in problems)


def test_a_mark_that_was_parted_off_is_nobody() -> None:
    """If it failed: the ":" behind a collaboration would count as an author who is not known."""
    parsed = [[":", "", ""], ["B", "A", ""]]
    (paper,), _ = read("arxiv_jsonl", {**JSONL, "authors_parsed": parsed})
    assert not paper.is_truncated and len(paper.authorships) == 1
    (paper,), _ = read("arxiv_atom", ATOM.replace("<name></name>", "<name>:</name>"))
    assert not paper.is_truncated and len(paper.authorships) == 1


def test_a_missing_name_is_no_list_that_breaks_off() -> None:
    """If it failed: somebody would load the work alone to find a name that OpenAlex does not have."""
    content = {"id": "https://openalex.org/W1", "title": "T", "authorships": [{"author": None}]}
    assert not any("load the work alone" in problem.expected for problem in read("openalex", content)[1])
