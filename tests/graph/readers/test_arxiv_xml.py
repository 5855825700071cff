"""arXiv's Atom feeds and OAI-PMH answers: the samples by hand, errors saved as data, deleted records, oai_dc."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import arxiv_atom, arxiv_oai
from collegium.graph.records import Identifier, Paper, PartialDate, Problem, Record

ENTRY = """<entry><id>http://arxiv.org/abs/2301.00001v2</id><title>On  <i>x</i></title>
<published>2023-01-02T00:00:00Z</published><category term="cs.IR"/><category term="cs.DL"/>
<category term="H.3.3; I.2.6"/><category term="68T50"/><arxiv:primary_category term="cs.DL"/>
<author><name>A. B</name><arxiv:affiliation>X</arxiv:affiliation></author><author><name>:</name></author>
<author><name>The Y Collaboration</name></author><author><name>et al.</name></author></entry>"""
DC = """<record><header><identifier>oai:arXiv.org:cs/9809011</identifier></header><metadata><oai_dc:dc>
<dc:title>A title</dc:title><dc:creator>Lovelace, Ada</dc:creator><dc:creator>The X Collaboration</dc:creator>
<dc:subject>Computer Science - Digital Libraries</dc:subject><dc:subject>H.3.7</dc:subject>
<dc:subject>Condensed Matter - Materials Science</dc:subject><dc:description>Text</dc:description>
<dc:description>Comment: 12 pages</dc:description><dc:date>1998-09-04</dc:date><dc:date>1999-01-01</dc:date>
<dc:identifier>http://arxiv.org/abs/cs/9809011</dc:identifier><dc:identifier>J. Z 3 (1999)</dc:identifier>
<dc:identifier>doi:10.1000/ABC</dc:identifier></oai_dc:dc></metadata></record>"""
OWN = """<record><header><identifier>oai:arXiv.org:2301.00001</identifier></header><metadata><arXiv>
<id>2301.00001</id><created>2023-01-02</created><updated>2024-01-01</updated><authors>
<author><keyname>van der Tak</keyname><forenames>Floris</forenames><affiliation>SRON</affiliation></author>
<author><forenames/></author><author><keyname>Evans</keyname><forenames>N.</forenames><suffix>II</suffix></author>
</authors><title>Gr\\"obner</title><categories>math.AC cs.SC</categories><msc-class>13P10 (Primary)</msc-class>
<acm-class>I.1.2</acm-class><doi>10.1000/1</doi></arXiv></metadata></record>"""


def atom(inside: str) -> list[Record]:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{inside}</feed>'
    assert arxiv_atom.sniff(feed)
    return list(arxiv_atom.read(BytesIO(feed.encode()), "x"))


def oai(inside: str) -> list[Record]:
    answer = f"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:dc="urn:dc" xmlns:oai_dc="urn:oai">
<request verb="ListRecords">http://export.arxiv.org/oai2</request>{inside}</OAI-PMH>"""
    assert arxiv_oai.sniff(answer)
    return list(arxiv_oai.read(BytesIO(answer.encode()), "x"))


def problems(records: list[Record]) -> list[tuple[str, bool]]:
    return [(record.found, record.is_refused) for record in records if isinstance(record, Problem)]


def of_sample(folder: Path, name: str) -> list[Record]:
    (file,) = (folder / "arxiv").glob(name)
    content = file.read_bytes()
    reader = arxiv_atom if "atom" in file.name else arxiv_oai
    assert reader.sniff(content.decode()[:65536])
    return list(reader.read(BytesIO(content), "x"))


def test_an_answer_of_the_query_interface(shared_data: Path) -> None:
    """If it failed: authors or their affiliations would be lost from feeds."""
    (found,) = of_sample(shared_data, "id_astro-ph_0601001*")
    assert isinstance(found, Paper)
    assert [(a.name, a.affiliations) for a in found.authorships] == [
        ("Andrew Gould", ("Ohio State",)),
        ("Susan Dorsher", ("Ohio State",)),
        ("B. Scott Gaudi", ("CfA",)),
        ("Andrzej Udalski", ("Warsaw University Observatory",)),
    ]
    assert found.identifiers == (Identifier("arxiv", "astro-ph/0601001"),)
    assert found.issued == PartialDate("2006-01-02T14:57:58Z", 2006, 1, 2)
    assert found.abstract is not None
    assert "3–5 day periods" in found.abstract


def test_a_page_of_ten(shared_data: Path) -> None:
    """If it failed: entries of a page would be lost, or names that arXiv encoded twice pass unseen."""
    found = of_sample(shared_data, "q_testing*")
    assert sum(isinstance(record, Paper) for record in found) == 10
    said = [text for text, _ in problems(found)]
    assert "author 1: Aurora RamÃ\\xadrez" in said
    assert all(text.startswith("author ") for text in said)


def test_a_long_list(shared_data: Path) -> None:
    """If it failed: authors of a long list would be lost."""
    found = of_sample(shared_data, "id_1707.08567*")[0]
    assert isinstance(found, Paper)
    assert len(found.authorships) == 34
    assert found.authorships[-1].name == "Hirosuke Yamamoto"


def test_an_error_saved_as_data_and_an_empty_feed(shared_data: Path) -> None:
    """If it failed: "arXiv api core" would be the author of a paper called "Error"."""
    assert problems(of_sample(shared_data, "id_abc*")) == [
        ("an error of arXiv: incorrect id format for abc", True)
    ]
    assert problems(of_sample(shared_data, "id_0000*")) == [("a feed without entries", False)]


def test_an_answer_of_oai_pmh(shared_data: Path) -> None:
    """If it failed: the line of authors, or the date of the first version, would be read wrongly."""
    (found,) = of_sample(shared_data, "arxivraw*")
    assert isinstance(found, Paper)
    names = ["Raphael Chetrite", "Shamik Gupta", "Izaak Neri", "Édgar Roldán"]
    assert [author.name for author in found.authorships] == names
    assert found.issued == PartialDate("Mon, 22 Oct 2018 22:41:50 GMT", 2018, 10, 22)
    assert [i.value for i in found.identifiers] == ["1810.09584", "10.1209/0295-5075/124/60006"]
    assert found.category is not None
    assert [c.notation for c in (found.category, *found.categories)] == [
        "cond-mat.stat-mech",
        "physics.bio-ph",
        "physics.data-an",
    ]


def test_an_entry_with_traps() -> None:
    """If it failed: ":" or "et al." would be a person, or an ACM class a category of arXiv."""
    found = atom(ENTRY)
    assert isinstance(found[0], Paper)
    assert [(a.name, a.position, a.is_collective) for a in found[0].authorships] == [
        ("A. B", 1, False),
        ("The Y Collaboration", 3, True),
    ]
    assert found[0].is_truncated
    assert found[0].category is not None
    assert [(c.scheme, c.notation) for c in (found[0].category, *found[0].categories)] == [
        ("arxiv", "cs.DL"),
        ("arxiv", "cs.IR"),
        ("acm", "H.3.3"),
        ("acm", "I.2.6"),
        ("msc", "68T50"),
    ]
    assert found[0].title == "On x"
    assert problems(found) == [("author 2: :", False)]


def test_dublin_core() -> None:
    """If it failed: names would stay turned round, or categories in words not be known."""
    (found,) = oai(f"<ListRecords>{DC}</ListRecords>")
    assert isinstance(found, Paper)
    assert [(a.name, a.as_given, a.is_collective) for a in found.authorships] == [
        ("Ada Lovelace", "Lovelace, Ada", False),
        ("The X Collaboration", None, True),
    ]
    assert found.category is not None
    assert [c.notation for c in (found.category, *found.categories)] == [
        "cs.DL",
        "cond-mat.mtrl-sci",
        "H.3.7",
    ]
    assert [i.value for i in found.identifiers] == ["cs/9809011", "10.1000/abc"]
    assert found.published is not None
    assert (found.published.venue, found.abstract) == ("J. Z 3 (1999)", "Text")
    assert found.issued == PartialDate("1998-09-04", 1998, 9, 4)


def test_the_format_arxiv() -> None:
    """If it failed: parts of names would be lost, or an empty author move the others."""
    found = oai(f"<GetRecord>{OWN}</GetRecord>")
    assert isinstance(found[0], Paper)
    assert [(a.name, a.position, a.affiliations) for a in found[0].authorships] == [
        ("Floris van der Tak", 1, ("SRON",)),
        ("N. Evans II", 3, ()),
    ]
    assert found[0].title == "Gröbner"
    assert [c.notation for c in found[0].categories] == ["cs.SC", "13P10", "I.1.2"]
    assert found[0].issued == PartialDate("2023-01-02", 2023, 1, 2)
    assert problems(found) == [("author 2: no name", False)]


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<error code="idDoesNotExist">no such</error>', "an error of arXiv: idDoesNotExist no such"),
        (
            '<record><header status="deleted"><identifier>oai:arXiv.org:1</identifier></header></record>',
            "deleted record oai:arXiv.org:1",
        ),
        ("<record><metadata/></record>", "record without metadata"),
        ("<record><metadata><mods/></metadata></record>", "metadata mods of"),
        ("<record><metadata><arXiv/></metadata></record>", "a paper without title and identifier: nothing"),
    ],
)
def test_what_is_no_paper_is_refused(inside: str, said: str) -> None:
    """If it failed: an error or a deleted record would pass silently, or be a paper."""
    ((found, is_refused),) = problems(oai(inside))
    assert (found.strip(), is_refused) == (said, True)


def test_a_broken_record_is_refused_and_reading_goes_on() -> None:
    """If it failed: one broken entry would cost the feed."""
    found = atom(ENTRY + ENTRY.replace("</title>", "") + ENTRY)
    assert sum(isinstance(record, Paper) for record in found) == 2
    assert any(is_refused for _, is_refused in problems(found))


@given(st.text(alphabet="<>/entryauthornamid= \"':&;\n", max_size=80))
def test_any_text_ends_in_records_or_one_error(text: str) -> None:
    """If it failed: a file could end a load with a traceback."""
    for reader in (arxiv_atom, arxiv_oai):
        with suppress(UnreadableFile):
            list(reader.read(BytesIO(f"<feed>{text}".encode()), "x"))
