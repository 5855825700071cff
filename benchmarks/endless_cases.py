"""The table of files without end: for every format, what of it goes on for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from endless_files import Case
from endless_forms import FILLING, JSON, LINES, XML, Form

_RDF: Final = b'<http://a.org/w{n}> <http://purl.org/dc/terms/title> "T {n}" .\n'
_WORK: Final = (
    b'@prefix s: <http://schema.org/> .\n<http://a.org/w> a s:ScholarlyArticle ; s:name "T" ; s:author '
)
_OF_RDF: Final = (
    ("a", "ntriples", b"", _RDF),
    ("a", "turtle", b"@prefix s: <http://schema.org/> .\n",
     b'<http://a.org/w{n}> a s:ScholarlyArticle ; s:name "T {n}" ; s:author [ s:name "Ada {n}" ] .\n'),
    ("b", "ntriples", _RDF.replace(b"{n}", b"1") + b'<http://a.org/w> <http://purl.org/dc/terms/title> "', FILLING),
    ("b", "turtle-text", _WORK + b'"', FILLING),
    ("b", "turtle-long-text", _WORK + b'"""', FILLING + b"\n"),
    ("b", "turtle-iri", _WORK + b"<http://a.org/", FILLING),
    ("c", "ntriples-subject", (b"<http://a.org/w> <http://schema.org/name> \"T\" .\n"
     b"<http://a.org/w> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/ScholarlyArticle> .\n"),
     b'<http://a.org/w> <http://schema.org/author> <http://a.org/p{n}> .\n'),
    ("c", "turtle-collection", _WORK + b"(", b' "Ada {n}"'),
    ("c", "turtle-bracket", _WORK + b"[ s:name ", b'"Ada {n}", '),
    ("c", "turtle-objects", _WORK + b'"Ada"', b', "Ada {n}"'),
    ("c", "turtle-blank-nodes", _WORK + b'"Ada"', b', [ s:name "Ada {n}" ]'),
    ("d", "turtle-brackets", _WORK, b"[ s:name "),
    ("d", "turtle-collections", _WORK, b"("),
    ("d", "turtle-terms", _WORK, b"<< "),
    ("d", "jsonld", b'{"@context":{"s":"http://schema.org/"},"@id":"http://a.org/w","s:author":', b'{"s:author":'),
    ("d", "xml", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/">',
     b"<rdf:Description><s:author>"),
    ("c", "jsonld", b'{"@context":{"s":"http://schema.org/"},"@id":"http://a.org/w","s:author":["a"', b',"Ada {n}"'),
    ("c", "xml", (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/">'
     b'<rdf:Description rdf:about="http://a.org/w">'), b"<s:author>Ada {n}</s:author>\n"),
    ("e", "ntriples", _RDF.replace(b"{n}", b"1"), b"<http://a.org/w> <b>\n"),
    ("e", "turtle", _WORK + b'"a" .\n', b"<http://a.org/w> s:name .\n"),
    ("f", "turtle-comments", b"@prefix s: <http://schema.org/> .\n", b"# a comment {n}\n"),
    ("f", "turtle-prefixes", b"", b"@prefix s{n}: <http://schema.org/{n}/> .\n"),
    ("f", "ntriples-comments", _RDF.replace(b"{n}", b"1"), b"# a comment {n}\n"),
    ("f", "xml-comment", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><!--', FILLING),
    ("f", "jsonld-space", b'{"@context":{"s":"http://schema.org/"},', b" " * 999 + b"\n"),
)  # fmt: skip


def _xml(name: str, form: Form) -> Iterator[Case]:
    yield Case(name, "a", "good", form.head, form.record)
    yield Case(
        name, "b", "text", form.head + form.record + form.open + form.part.split(b">")[0] + b">", FILLING
    )
    yield Case(name, "b", "tag", form.head + form.record + form.open[:8] + b' a="', FILLING)
    yield Case(name, "c", "record", form.head + form.record + form.open, form.part)
    yield Case(name, "d", "elements", form.head + form.record + form.open, b"<b>")
    yield Case(name, "d", "records", form.head + form.record, form.open)
    yield Case(name, "e", "broken", form.head + form.record, form.broken)
    yield Case(name, "f", "comment", form.head + form.record + b"<!--", FILLING + b"\n")
    yield Case(name, "f", "doctype", b"<!DOCTYPE a [", b'<!ENTITY a{n} "x">\n')
    yield Case(name, "f", "between", form.head + form.record, b"<unknown>text {n}</unknown>\n")
    yield Case(name, "f", "space", form.head + form.record, b" " * 999 + b"\n")


def _json(name: str, form: Form) -> Iterator[Case]:
    start = form.head + form.record.replace(b"{n}", b"0")
    yield Case(name, "a", "good", form.head, form.record)
    yield Case(name, "b", "string", start + form.open + b',"', FILLING)
    yield Case(name, "b", "number", start + form.open + b",", b"1" * 1000)
    yield Case(name, "c", "record", start + form.open, form.part)
    yield Case(name, "d", "lists", start + form.open + b",", b"[")
    yield Case(name, "d", "objects", start + form.open + b",", b'{"a":')
    yield Case(name, "d", "at-the-top", b"", b"[")
    yield Case(name, "e", "broken", start, form.broken)
    yield Case(name, "f", "space", start, b" " * 999 + b"\n")
    yield Case(name, "f", "scalars", start, b",1")
    yield Case(name, "f", "junk-lines", b'{"a":1}\n', b"no json {n}\n")
    yield Case(name, "f", "answer", b'{"meta":{"a":0', b',"k{n}":{n}')


def _lines(name: str, form: Form) -> Iterator[Case]:
    start = form.head + form.record.replace(b"{n}", b"1")
    yield Case(name, "a", "good", form.head, form.record)
    yield Case(name, "b", "line", start + form.open, FILLING)
    yield Case(name, "b", "first-line", b"", FILLING)
    yield Case(name, "c", "record", start + form.open, form.part)
    yield Case(name, "c", "same-line", start + form.open, form.part.replace(b"\n", b" "))
    yield Case(name, "e", "broken", start, form.broken)
    yield Case(name, "f", "blank-lines", start, b"\n")
    yield Case(name, "f", "text", form.head, b"some text {n} of no meaning\n")
    yield Case(name, "f", "comments", form.head, b"% comment {n}\n# comment\n")


_MORE: Final = (
    Case("acl_anthology", "f", "contexts", b'<collection id="2022.acl">', b'<volume id="{n}"></volume>\n'),
    Case("acl_anthology", "d", "contexts", b'<collection id="2022.acl">', b'<volume id="{n}">\n'),
    Case("dblp_xml", "f", "names", b"<dblp>", b'<article key="a/{n}"><title>T</title><n{n}>x</n{n}></article>\n'),
    Case("rdf", "f", "jsonld-graph", b'{"@graph":[{"@id":"http://a.org/w"}', b',{"@id":"http://a.org/w{n}","http://a.b/c":"T"}'),
    Case("gexf", "a", "edges", b"<gexf><graph>" + b"".join(b'<node id="%d" label="A %d"/>' % (n, n) for n in range(99)),
         b'<edge source="1" target="2" weight="{n}"/>\n'),
    Case("gexf", "f", "attributes", b"<gexf><graph>", b'<attribute id="{n}" title="t{n}"/>\n'),
    Case("gexf", "f", "waiting", b"<gexf><graph>", b'<edge source="a{n}" target="b{n}"/>\n'),
    Case("gexf", "f", "kinds", b'<gexf><graph><node id="1" label="A"/><node id="2" label="B"/>',
         b'<node id="n{n}" label="A" k{n}="1"/>\n'),
    Case("graphml", "f", "keys", b"<graphml>", b'<key id="d{n}" attr.name="k{n}"/>\n'),
    Case("graphml", "f", "waiting", b"<graphml><graph>", b'<edge source="a{n}" target="b{n}"/>\n'),
    Case("gml", "d", "lists", b"graph [", b" a ["),
    Case("gml", "f", "waiting", b"graph [", b"edge [ source a{n} target b{n} ]\n"),
    Case("gml", "b", "text", b'graph [ node [ id 1 label "', FILLING + b"\n"),
    Case("pajek", "f", "papers", b"*Vertices 4 2\n1 \"Ada Lovelace\"\n2 \"Bob King\"\n"
         b"3 \"A title of five words here\"\n4 \"Another title of five words\"\n*Edges\n", b"1 3 1\n"),
    Case("pajek", "c", "matrix-row", b"*Vertices 3\n1 \"A\"\n2 \"B\"\n3 \"C\"\n*Matrix\n", b"1 "),
    Case("edge_list", "c", "pair", b"Source,Target,Weight\n", b"a,b,{n}\n"),
    Case("vosviewer", "f", "waiting", b'{"network":{"links":[{"source_id":1,"target_id":2}',
         b',{"source_id":{n},"target_id":1}'),
    Case("bibtex", "f", "macros", b"", b'@string{m{n} = "value {n}"}\n'),
    Case("bibtex", "f", "crossrefs", b"", b"@inproceedings{k{n},\n title={T}, author={A}, crossref = {p{n}}}\n"
         b"@proceedings{p{n}, title={P {n}}, year=2000}\n"),
    Case("bibtex", "d", "braces", b"@article{k, title = ", b"{"),
    Case("bibtex", "e", "comments", b"", b"@comment{ {n}\n"),
    Case("paper_table", "c", "quoted", b"title,authors,year\n\"T", b" and more {n}\n"),
    Case("scopus", "c", "quoted", LINES["scopus"].head + b'"Hao', b" and more {n}\n"),
    Case("arxiv_tsv", "c", "quoted", LINES["arxiv_tsv"].head + b'"0704.0001', b" and more {n}\n"),
    Case("paper_table", "c", "header", b"title,authors", b",c{n}"),
    Case("profile_page", "f", "header", b"Xingtai Lv\n", b"A line of the header {n}\n"),
    Case("ris", "c", "continued", b"TY  - JOUR\nAB  - x\n", b"a line that goes on {n}\n"),
    Case("nbib", "b", "utf16", b"\xff\xfe", b"x\0" * 500),
)  # fmt: skip

CASES: Final[tuple[Case, ...]] = tuple(
    sorted(
        (
            *(case for name, form in XML.items() for case in _xml(name, form)),
            *(case for name, form in JSON.items() for case in _json(name, form)),
            *(case for name, form in LINES.items() for case in _lines(name, form)),
            *(Case("rdf", *row) for row in _OF_RDF),
            *_MORE,
        ),
        key=lambda case: case.label,
    )
)
