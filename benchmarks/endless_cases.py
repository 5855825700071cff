"""The table of files without end: for every format what a record is, and what of it goes on for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from endless_files import Case

_X: Final = b"x" * 1000


class _Form(NamedTuple):
    """A format: what opens a file, a record, and a record that is open where its authors (or parts) come, one each."""

    head: bytes
    record: bytes
    open: bytes
    part: bytes
    broken: bytes


_XML: Final = {
    "acl_anthology": _Form(
        b'<?xml version="1.0"?>\n<collection id="2022.acl"><volume id="long" type="proceedings">'
        b"<meta><booktitle>Proc</booktitle><year>2022</year></meta>",
        b'<paper id="{n}"><title>Title {n}</title><author><first>Ada</first><last>Name {n}</last></author></paper>\n',
        b'<paper id="1"><title>T</title>',
        b"<author><first>Ada</first><last>Name {n}</last></author>\n",
        b'<paper id="{n}"><title>T</titel></paper>\n',
    ),
    "arxiv_atom": _Form(
        b'<feed xmlns="http://www.w3.org/2005/Atom">',
        b"<entry><id>http://arxiv.org/abs/2301.{n}</id><title>T {n}</title><author><name>A {n}</name></author></entry>\n",
        b"<entry><id>http://arxiv.org/abs/2301.00001</id><title>T</title>",
        b"<author><name>Ada {n}</name></author>\n",
        b"<entry><id>{n}</idd></entry>\n",
    ),
    "arxiv_oai": _Form(
        b"<OAI-PMH><ListRecords>",
        b"<record><header><identifier>oai:arXiv.org:2301.{n}</identifier></header><metadata><arXiv><id>2301.{n}</id>"
        b"<authors><author><keyname>N{n}</keyname></author></authors><title>T {n}</title></arXiv></metadata></record>\n",
        b"<record><metadata><arXiv><id>2301.00001</id><title>T</title><authors>",
        b"<author><keyname>Name {n}</keyname></author>\n",
        b"<record><id>{n}</idd></record>\n",
    ),
    "dblp_xml": _Form(
        b"<dblp>\n",
        b'<article key="journals/a/B{n}"><author>Ada {n}</author><title>T {n}.</title><year>2001</year></article>\n',
        b'<article key="journals/a/B1"><title>T.</title>',
        b"<author>Ada {n}</author>\n",
        b'<article key="journals/a/B{n}"><title>T</titel></article>\n',
    ),
    "pubmed_xml": _Form(
        b"<PubmedArticleSet>\n",
        b"<PubmedArticle><MedlineCitation><PMID>{n}</PMID><Article><ArticleTitle>T {n}</ArticleTitle><AuthorList><Author>"
        b"<LastName>King {n}</LastName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>\n",
        b"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle><AuthorList>",
        b"<Author><LastName>King {n}</LastName></Author>\n",
        b"<PubmedArticle><PMID>{n}</PMIDD></PubmedArticle>\n",
    ),
    "gexf": _Form(
        b"<gexf><graph><nodes>",
        b'<node id="{n}" label="Ada {n}"/>\n',
        b'<node id="1" label="Ada"><attvalues>',
        b'<attvalue for="{n}" value="v {n}"/>\n',
        b'<node id="{n}" label="Ada></node>\n',
    ),
    "graphml": _Form(
        b"<graphml><graph>",
        b'<node id="{n}"><data key="label">Ada {n}</data></node>\n',
        b'<node id="1">',
        b'<data key="{n}">value {n}</data>\n',
        b'<node id="{n}"><data></node>\n',
    ),
}
_JSON: Final = {
    "arxiv_jsonl": _Form(
        b"",
        b'{"id":"0704.{n}","title":"T {n}","authors":"Ada {n}","categories":"cs.DL","authors_parsed":[["L","Ada {n}",""]]}\n',
        b'{"id":"0704.0001","title":"T","authors":"Ada","categories":"cs.DL","authors_parsed":[["L","Ada",""]',
        b',["Name {n}","Ada",""]',
        b'{"id":"0704.{n}","title":}\n',
    ),
    "crossref": _Form(
        b'{"status":"ok","message-type":"work-list","message":{"items":[{"DOI":"10.1/0","title":["T"]}',
        b',{"DOI":"10.1/{n}","type":"journal-article","title":["T {n}"],"author":[{"family":"N {n}"}]}\n',
        b',{"DOI":"10.1/1","title":["T"],"author":[{"family":"N"}',
        b',{"family":"N {n}"}',
        b',{"DOI":"10.1/{n}","title":}\n',
    ),
    "csl_json": _Form(
        b'[{"id":"a","type":"book","title":"T"}',
        b',{"id":"a{n}","type":"book","title":"T {n}","author":[{"family":"N {n}"}]}\n',
        b',{"id":"b","type":"book","title":"T","author":[{"family":"N"}',
        b',{"family":"N {n}"}',
        b',{"id":"b{n}","type":}\n',
    ),
    "datacite": _Form(
        b'{"data":[{"id":"10.1/0","type":"dois","attributes":{"doi":"10.1/0","titles":[{"title":"T"}],"creators":[]}}',
        b',{"id":"10.1/{n}","type":"dois","attributes":{"doi":"10.1/{n}","titles":[{"title":"T"}],"creators":[{"name":"N {n}"}]}}\n',
        b',{"id":"10.1/1","type":"dois","attributes":{"doi":"10.1/1","titles":[{"title":"T"}],"creators":[{"name":"N"}',
        b',{"name":"N {n}"}',
        b',{"id":"10.1/{n}","type":}\n',
    ),
    "openalex": _Form(
        b'{"results":[{"id":"https://openalex.org/W1","title":"T"}',
        b',{"id":"https://openalex.org/W{n}","title":"T {n}","authorships":[{"author":{"display_name":"N {n}"}}]}\n',
        b',{"id":"https://openalex.org/W2","title":"T","authorships":[{"author":{"display_name":"N"}}',
        b',{"author":{"display_name":"N {n}"}}',
        b',{"id":"https://openalex.org/W{n}","title":}\n',
    ),
    "semantic_scholar": _Form(
        b"",
        b'{"corpusid":{n},"title":"T {n}","authors":[{"authorId":"{n}","name":"N {n}"}]}\n',
        b'{"corpusid":1,"title":"T","authors":[{"authorId":"1","name":"N"}',
        b',{"authorId":"{n}","name":"N {n}"}',
        b'{"corpusid":{n},"title":}\n',
    ),
    "vosviewer": _Form(
        b'{"network":{"items":[{"id":0,"label":"Ada"}',
        b',{"id":{n},"label":"Ada {n}","weights":{"Documents":{n}}}\n',
        b',{"id":1,"label":"Bob","weights":{"a":1',
        b',"k{n}":{n}',
        b',{"id":{n},"label":}\n',
    ),
}
# Formats of lines: what stands in `open` goes on by `part`.
_LINES: Final = {
    "nbib": _Form(
        b"",
        b"PMID- {n}\nTI  - Title {n}\nFAU - King, Ada {n}\n\n",
        b"PMID- 1\nTI  - Title\n",
        b"FAU - King, Ada {n}\n",
        b"PMID- {n}\nTI  - Title \xff\n\n",
    ),
    "ris": _Form(
        b"",
        b"TY  - JOUR\nTI  - Title {n}\nAU  - King, Ada {n}\nER  - \n\n",
        b"TY  - JOUR\nTI  - Title\n",
        b"AU  - King, Ada {n}\n",
        b"TY  - JOUR\nER  - \n",
    ),
    "web_of_science": _Form(
        b"FN Clarivate Analytics Web of Science\nVR 1.0\n",
        b"PT J\nAU Ding, N{n}\nTI Title {n}\nER\n\n",
        b"PT J\nTI Title\nAU Ding, N\n",
        b"   Ding, N{n}\n",
        b"PT J\nTI Title \xff\nER\n",
    ),
    "scopus": _Form(
        b"Authors,Author full names,Author(s) ID,Title,Year,Source title,Cited by,DOI,EID\n",
        b'"Hao J.","Hao, Jie (5722{n})","5722{n}",A study {n},2023,E,12,10.1080/{n},2-s2.0-{n}\n',
        b'"Hao J.',
        b"; Hao N{n}",
        b'"Hao J.",A study\n',
    ),
    "paper_table": _Form(
        b"paper_id;title;author;position\n",
        b"p{n};Title {n};Ada Lovelace;1\np{n};Title {n};Bob;2\n",
        b"",
        b"p1;Title;Ada {n};{n}\n",
        b"p{n};Title\n",
    ),
    "arxiv_tsv": _Form(
        b"arxiv_id\tauthor_text\ttitle\tcategories\n",
        b"0704.{n}\tAda {n}, Bob {n}\tTitle {n}\tcs.DL\n",
        b"0704.0001\tAda",
        b", Ada {n}",
        b"0704.{n}\tAda\n",
    ),
    "profile_page": _Form(
        b"Xingtai Lv\nCL\nh-index35\n17papers\n17 Papers\n",
        b"CLNov 20, 2023\nTitle of paper {n}\nNing Ding, Xingtai Lv\nAn abstract of some words {n}.\n",
        b"CLNov 20, 2023\nTitle\nNing Ding, Xingtai Lv\n",
        b"An abstract of some words {n}.\n",
        b"CLNov 20, 2023\n",
    ),
    "acl_names": _Form(
        b"",
        b"- canonical: {first: Ada, last: Name{n}}\n  variants:\n  - {first: A., last: Name{n}}\n",
        b"- canonical: {first: Ada, last: Name}\n  variants:\n",
        b"  - {first: A., last: Name{n}}\n",
        b"- canonical: Ada {n}\n  strange: {n}\n",
    ),
    "bibtex": _Form(
        b"",
        b"@article{k{n},\n  author = {Lovelace, Ada},\n  title = {Title {n}},\n  year = 1843\n}\n",
        b"@article{k,\n  title = {T},\n  author = {Lovelace, Ada",
        b" and\n Name {n}",
        b"@article{k{n},\n  author = {Lovelace, title = {T},\n",
    ),
    "edge_list": _Form(b"Source,Target,Weight\n", b"a{n},b{n},3\n", b"", b"hub,b{n},1\n", b"x\n"),
    "gml": _Form(
        b"graph [\n",
        b'node [ id {n} label "Ada {n}" ]\n',
        b"node [ id 1\n",
        b'k{n} "value {n}"\n',
        b"node [ id {n} id ]\n",
    ),
    "pajek": _Form(
        b"*Vertices 999999999\n",
        b'{n} "Ada {n}"\n',
        b'1 "Ada"\n2 "Bob"\n*Edgeslist\n1 2',
        b" 2",
        b'x "Ada {n}"\n',
    ),
}
_RDF: Final = b'<http://a.org/w{n}> <http://purl.org/dc/terms/title> "T {n}" .\n'
_WORK: Final = (
    b'@prefix s: <http://schema.org/> .\n<http://a.org/w> a s:ScholarlyArticle ; s:name "T" ; s:author '
)
_OF_RDF: Final = (
    ("a", "ntriples", b"", _RDF),
    ("a", "turtle", b"@prefix s: <http://schema.org/> .\n",
     b'<http://a.org/w{n}> a s:ScholarlyArticle ; s:name "T {n}" ; s:author [ s:name "Ada {n}" ] .\n'),
    ("b", "ntriples", _RDF + b'<http://a.org/w> <http://purl.org/dc/terms/title> "', _X),
    ("b", "turtle-text", _WORK + b'"', _X),
    ("b", "turtle-long-text", _WORK + b'"""', _X + b"\n"),
    ("b", "turtle-iri", _WORK + b"<http://a.org/", _X),
    ("c", "ntriples-subject", b"<http://a.org/w> <http://schema.org/name> \"T\" .\n"
     b"<http://a.org/w> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/ScholarlyArticle> .\n",
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
    ("c", "xml", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/">'
     b'<rdf:Description rdf:about="http://a.org/w">', b"<s:author>Ada {n}</s:author>\n"),
    ("e", "ntriples", _RDF, b"<http://a.org/w> <b>\n"),
    ("e", "turtle", _WORK + b'"a" .\n', b"<http://a.org/w> s:name .\n"),
    ("f", "turtle-comments", b"@prefix s: <http://schema.org/> .\n", b"# a comment {n}\n"),
    ("f", "turtle-prefixes", b"", b"@prefix s{n}: <http://schema.org/{n}/> .\n"),
    ("f", "ntriples-comments", _RDF, b"# a comment {n}\n"),
    ("f", "xml-comment", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><!--', _X),
    ("f", "jsonld-space", b'{"@context":{"s":"http://schema.org/"},', b" " * 999 + b"\n"),
)  # fmt: skip


def _xml(name: str, form: _Form) -> Iterator[Case]:
    yield Case(name, "a", "good", form.head, form.record)
    yield Case(name, "b", "text", form.head + form.record + form.open + form.part.split(b">")[0] + b">", _X)
    yield Case(name, "b", "tag", form.head + form.record + form.open[:8] + b' a="', _X)
    yield Case(name, "c", "record", form.head + form.record + form.open, form.part)
    yield Case(name, "d", "elements", form.head + form.record + form.open, b"<b>")
    yield Case(name, "d", "records", form.head + form.record, form.open)
    yield Case(name, "e", "broken", form.head + form.record, form.broken)
    yield Case(name, "f", "comment", form.head + form.record + b"<!--", _X + b"\n")
    yield Case(name, "f", "doctype", b"<!DOCTYPE a [", b'<!ENTITY a{n} "x">\n')
    yield Case(name, "f", "between", form.head + form.record, b"<unknown>text {n}</unknown>\n")
    yield Case(name, "f", "space", form.head + form.record, b" " * 999 + b"\n")


def _json(name: str, form: _Form) -> Iterator[Case]:
    start = form.head + form.record.replace(b"{n}", b"0")
    yield Case(name, "a", "good", form.head, form.record)
    yield Case(name, "b", "string", start + form.open + b',"', _X)
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


def _lines(name: str, form: _Form) -> Iterator[Case]:
    start = form.head + form.record.replace(b"{n}", b"1")
    yield Case(name, "a", "good", form.head, form.record)
    yield Case(name, "b", "line", start + form.open, _X)
    yield Case(name, "b", "first-line", b"", _X)
    yield Case(name, "c", "record", start + form.open, form.part)
    yield Case(name, "c", "same-line", start + form.open, form.part.replace(b"\n", b" "))
    yield Case(name, "e", "broken", start, form.broken)
    yield Case(name, "f", "blank-lines", start, b"\n")
    yield Case(name, "f", "text", form.head, b"some text {n} of no meaning\n")
    yield Case(name, "f", "comments", form.head, b"% comment {n}\n# comment\n")


_MORE: Final = (
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
    Case("gml", "b", "text", b'graph [ node [ id 1 label "', _X + b"\n"),
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
    Case("scopus", "c", "quoted", _LINES["scopus"].head + b'"Hao', b" and more {n}\n"),
    Case("arxiv_tsv", "c", "quoted", _LINES["arxiv_tsv"].head + b'"0704.0001', b" and more {n}\n"),
    Case("paper_table", "c", "header", b"title,authors", b",c{n}"),
    Case("profile_page", "f", "header", b"Xingtai Lv\n", b"A line of the header {n}\n"),
    Case("ris", "c", "continued", b"TY  - JOUR\nAB  - x\n", b"a line that goes on {n}\n"),
    Case("nbib", "b", "utf16", b"\xff\xfe", b"x\0" * 500),
)  # fmt: skip

CASES: Final[tuple[Case, ...]] = tuple(
    sorted(
        (
            *(case for name, form in _XML.items() for case in _xml(name, form)),
            *(case for name, form in _JSON.items() for case in _json(name, form)),
            *(case for name, form in _LINES.items() for case in _lines(name, form)),
            *(Case("rdf", *row) for row in _OF_RDF),
            *_MORE,
        ),
        key=lambda case: case.label,
    )
)
