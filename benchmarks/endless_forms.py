"""What a record of each format is, and the part of it that can go on for ever."""

from __future__ import annotations

from typing import Final, NamedTuple

FILLING: Final = b"x" * 1000


class Form(NamedTuple):
    """A format: what opens a file, a record, and a record that is open where its authors (or parts) come, one each."""

    head: bytes
    record: bytes
    open: bytes
    part: bytes
    broken: bytes


XML: Final = {
    "acl_anthology": Form(
        b'<?xml version="1.0"?>\n<collection id="2022.acl"><volume id="long" type="proceedings">'
        b"<meta><booktitle>Proc</booktitle><year>2022</year></meta>",
        b'<paper id="{n}"><title>Title {n}</title><author><first>Ada</first><last>Name {n}</last></author></paper>\n',
        b'<paper id="1"><title>T</title>',
        b"<author><first>Ada</first><last>Name {n}</last></author>\n",
        b'<paper id="{n}"><title>T</titel></paper>\n',
    ),
    "arxiv_atom": Form(
        b'<feed xmlns="http://www.w3.org/2005/Atom">',
        b"<entry><id>http://arxiv.org/abs/2301.{n}</id><title>T</title><author><name>A {n}</name></author></entry>\n",
        b"<entry><id>http://arxiv.org/abs/2301.00001</id><title>T</title>",
        b"<author><name>Ada {n}</name></author>\n",
        b"<entry><id>{n}</idd></entry>\n",
    ),
    "arxiv_oai": Form(
        b"<OAI-PMH><ListRecords>",
        b"<record><header><identifier>oai:arXiv.org:2301.{n}</identifier></header><metadata><arXiv><id>2301.{n}</id>"
        b"<authors><author><keyname>N{n}</keyname></author></authors><title>T</title></arXiv></metadata></record>\n",
        b"<record><metadata><arXiv><id>2301.00001</id><title>T</title><authors>",
        b"<author><keyname>Name {n}</keyname></author>\n",
        b"<record><id>{n}</idd></record>\n",
    ),
    "dblp_xml": Form(
        b"<dblp>\n",
        b'<article key="journals/a/B{n}"><author>Ada {n}</author><title>T {n}.</title><year>2001</year></article>\n',
        b'<article key="journals/a/B1"><title>T.</title>',
        b"<author>Ada {n}</author>\n",
        b'<article key="journals/a/B{n}"><title>T</titel></article>\n',
    ),
    "pubmed_xml": Form(
        b"<PubmedArticleSet>\n",
        b"<PubmedArticle><MedlineCitation><PMID>{n}</PMID><Article><ArticleTitle>T</ArticleTitle><AuthorList><Author>"
        b"<LastName>King {n}</LastName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>\n",
        b"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle><AuthorList>",
        b"<Author><LastName>King {n}</LastName></Author>\n",
        b"<PubmedArticle><PMID>{n}</PMIDD></PubmedArticle>\n",
    ),
    "gexf": Form(
        b"<gexf><graph><nodes>",
        b'<node id="{n}" label="Ada {n}"/>\n',
        b'<node id="1" label="Ada"><attvalues>',
        b'<attvalue for="{n}" value="v {n}"/>\n',
        b'<node id="{n}" label="Ada></node>\n',
    ),
    "graphml": Form(
        b"<graphml><graph>",
        b'<node id="{n}"><data key="label">Ada {n}</data></node>\n',
        b'<node id="1">',
        b'<data key="{n}">value {n}</data>\n',
        b'<node id="{n}"><data></node>\n',
    ),
}
JSON: Final = {
    "arxiv_jsonl": Form(
        b"",
        b'{"id":"0704.{n}","title":"T","authors":"A","categories":"cs.DL","authors_parsed":[["L","Ada {n}",""]]}\n',
        b'{"id":"0704.0001","title":"T","authors":"Ada","categories":"cs.DL","authors_parsed":[["L","Ada",""]',
        b',["Name {n}","Ada",""]',
        b'{"id":"0704.{n}","title":}\n',
    ),
    "crossref": Form(
        b'{"status":"ok","message-type":"work-list","message":{"items":[{"DOI":"10.1/0","title":["T"]}',
        b',{"DOI":"10.1/{n}","type":"journal-article","title":["T {n}"],"author":[{"family":"N {n}"}]}\n',
        b',{"DOI":"10.1/1","title":["T"],"author":[{"family":"N"}',
        b',{"family":"N {n}"}',
        b',{"DOI":"10.1/{n}","title":}\n',
    ),
    "csl_json": Form(
        b'[{"id":"a","type":"book","title":"T"}',
        b',{"id":"a{n}","type":"book","title":"T {n}","author":[{"family":"N {n}"}]}\n',
        b',{"id":"b","type":"book","title":"T","author":[{"family":"N"}',
        b',{"family":"N {n}"}',
        b',{"id":"b{n}","type":}\n',
    ),
    "datacite": Form(
        b'{"data":[{"id":"10.1/0","type":"dois","attributes":{"doi":"10.1/0","titles":[{"title":"T"}],"creators":[]}}',
        b',{"id":"10.1/{n}","type":"dois","attributes":{"doi":"10.1/{n}","titles":[],"creators":[{"name":"N"}]}}\n',
        b',{"id":"10.1/1","type":"dois","attributes":{"doi":"10.1/1","titles":[{"title":"T"}],"creators":[{"name":"N"}',
        b',{"name":"N {n}"}',
        b',{"id":"10.1/{n}","type":}\n',
    ),
    "openalex": Form(
        b'{"results":[{"id":"https://openalex.org/W1","title":"T"}',
        b',{"id":"https://openalex.org/W{n}","title":"T {n}","authorships":[{"author":{"display_name":"N {n}"}}]}\n',
        b',{"id":"https://openalex.org/W2","title":"T","authorships":[{"author":{"display_name":"N"}}',
        b',{"author":{"display_name":"N {n}"}}',
        b',{"id":"https://openalex.org/W{n}","title":}\n',
    ),
    "semantic_scholar": Form(
        b"",
        b'{"corpusid":{n},"title":"T {n}","authors":[{"authorId":"{n}","name":"N {n}"}]}\n',
        b'{"corpusid":1,"title":"T","authors":[{"authorId":"1","name":"N"}',
        b',{"authorId":"{n}","name":"N {n}"}',
        b'{"corpusid":{n},"title":}\n',
    ),
    "vosviewer": Form(
        b'{"network":{"items":[{"id":0,"label":"Ada"}',
        b',{"id":{n},"label":"Ada {n}","weights":{"Documents":{n}}}\n',
        b',{"id":1,"label":"Bob","weights":{"a":1',
        b',"k{n}":{n}',
        b',{"id":{n},"label":}\n',
    ),
}
# Formats of lines: what stands in `open` goes on by `part`.
LINES: Final = {
    "nbib": Form(
        b"",
        b"PMID- {n}\nTI  - Title {n}\nFAU - King, Ada {n}\n\n",
        b"PMID- 1\nTI  - Title\n",
        b"FAU - King, Ada {n}\n",
        b"PMID- {n}\nTI  - Title \xff\n\n",
    ),
    "ris": Form(
        b"",
        b"TY  - JOUR\nTI  - Title {n}\nAU  - King, Ada {n}\nER  - \n\n",
        b"TY  - JOUR\nTI  - Title\n",
        b"AU  - King, Ada {n}\n",
        b"TY  - JOUR\nER  - \n",
    ),
    "web_of_science": Form(
        b"FN Clarivate Analytics Web of Science\nVR 1.0\n",
        b"PT J\nAU Ding, N{n}\nTI Title {n}\nER\n\n",
        b"PT J\nTI Title\nAU Ding, N\n",
        b"   Ding, N{n}\n",
        b"PT J\nTI Title \xff\nER\n",
    ),
    "scopus": Form(
        b"Authors,Author full names,Author(s) ID,Title,Year,Source title,Cited by,DOI,EID\n",
        b'"Hao J.","Hao, Jie (5722{n})","5722{n}",A study {n},2023,E,12,10.1080/{n},2-s2.0-{n}\n',
        b'"Hao J.',
        b"; Hao N{n}",
        b'"Hao J.",A study\n',
    ),
    "paper_table": Form(
        b"paper_id;title;author;position\n",
        b"p{n};Title {n};Ada Lovelace;1\np{n};Title {n};Bob;2\n",
        b"",
        b"p1;Title;Ada {n};{n}\n",
        b"p{n};Title\n",
    ),
    "arxiv_tsv": Form(
        b"arxiv_id\tauthor_text\ttitle\tcategories\n",
        b"0704.{n}\tAda {n}, Bob {n}\tTitle {n}\tcs.DL\n",
        b"0704.0001\tAda",
        b", Ada {n}",
        b"0704.{n}\tAda\n",
    ),
    "profile_page": Form(
        b"Xingtai Lv\nCL\nh-index35\n17papers\n17 Papers\n",
        b"CLNov 20, 2023\nTitle of paper {n}\nNing Ding, Xingtai Lv\nAn abstract of some words {n}.\n",
        b"CLNov 20, 2023\nTitle\nNing Ding, Xingtai Lv\n",
        b"An abstract of some words {n}.\n",
        b"CLNov 20, 2023\n",
    ),
    "acl_names": Form(
        b"",
        b"- canonical: {first: Ada, last: Name{n}}\n  variants:\n  - {first: A., last: Name{n}}\n",
        b"- canonical: {first: Ada, last: Name}\n  variants:\n",
        b"  - {first: A., last: Name{n}}\n",
        b"- canonical: Ada {n}\n  strange: {n}\n",
    ),
    "bibtex": Form(
        b"",
        b"@article{k{n},\n  author = {Lovelace, Ada},\n  title = {Title {n}},\n  year = 1843\n}\n",
        b"@article{k,\n  title = {T},\n  author = {Lovelace, Ada",
        b" and\n Name {n}",
        b"@article{k{n},\n  author = {Lovelace, title = {T},\n",
    ),
    "edge_list": Form(b"Source,Target,Weight\n", b"a{n},b{n},3\n", b"", b"hub,b{n},1\n", b"x\n"),
    "gml": Form(
        b"graph [\n",
        b'node [ id {n} label "Ada {n}" ]\n',
        b"node [ id 1\n",
        b'k{n} "value {n}"\n',
        b"node [ id {n} id ]\n",
    ),
    "pajek": Form(
        b"*Vertices 999999999\n",
        b'{n} "Ada {n}"\n',
        b'1 "Ada"\n2 "Bob"\n*Edgeslist\n1 2',
        b" 2",
        b'x "Ada {n}"\n',
    ),
}
