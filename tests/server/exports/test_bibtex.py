"""BibTeX and CSL-JSON of a selection: known answers, keys, cut lists, and what another parser makes of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import collegium
from collegium.graph.records import Authorship, Identifier, Lines, Paper, PartialDate, Published
from collegium.server.editions import Edition
from exported import edition_of, exported
from network_files import read_as

LOVELACE = Paper(
    title="On the ENIAC & {its} 5% of $x_1$",
    authorships=(
        Authorship("Ada Lovelace", 1, as_given="Lovelace, Ada"),
        Authorship("Charles Babbage", 2),
        Authorship("ATLAS Collaboration", 3, is_collective=True),
    ),
    is_truncated=True,
    lines=Lines(1, 1),
    issued=PartialDate("1843-05-02", 1843, 5, 2),
    identifiers=(Identifier("doi", "10.1000/a_b"), Identifier("arxiv", "2301.00001")),
    kind="article",
    published=Published("J. of Engines", "12", "3", "1-22", "Taylor"),
    keywords=("engines", "x_1"),
)


def test_a_paper_as_bibtex() -> None:
    """If it failed: a bibliography would not compile, or say something else than the source."""
    assert exported(edition_of([LOVELACE]), "bibtex").decode() == (
        "@article{doi-10.1000/a-b-2a7e5cbb,\n"
        r"  title = {On the {ENIAC} \& \textbraceleft{}its\textbraceright{} 5\% of \$x\_1\$},"
        "\n"
        "  author = {Lovelace, Ada and Charles Babbage and {ATLAS Collaboration} and others},\n"
        "  journal = {J. of Engines},\n  volume = {12},\n  number = {3},\n  pages = {1-22},\n"
        "  publisher = {Taylor},\n  year = {1843},\n  month = may,\n  day = {2},\n"
        "  doi = {10.1000/a_b},\n  eprint = {2301.00001},\n  archivePrefix = {arXiv},\n"
        "  url = {https://doi.org/10.1000/a_b},\n  keywords = {engines, x\\_1}\n}\n\n"
    ).replace("doi-10.1000/a-b-2a7e5cbb", key_of(edition_of([LOVELACE])))


def key_of(edition: Edition) -> str:
    """Return the key of the only paper."""
    return str(json.loads(exported(edition, "csl-json"))[0]["id"])


def test_a_paper_as_csl_json() -> None:
    """If it failed: pandoc would print another reference."""
    (item,) = json.loads(exported(edition_of([LOVELACE]), "csl-json"))
    assert item["author"] == [
        {"family": "Lovelace", "given": "Ada"},
        {"literal": "Charles Babbage"},
        {"literal": "ATLAS Collaboration"},
        {"literal": "others"},
    ]
    assert item["issued"] == {"date-parts": [[1843, 5, 2]]}
    assert (item["type"], item["DOI"], item["page"]) == ("article-journal", "10.1000/a_b", "1-22")
    assert (item["archive"], item["archive_location"]) == ("arXiv", "2301.00001")
    assert item["title"] == LOVELACE.title and item["container-title"] == "J. of Engines"


def test_the_list_of_the_source_that_has_it_whole_is_written() -> None:
    """If it failed: an author whom two sources spell in two ways would stand there twice."""
    whole = Paper(
        "T", (Authorship("Ada K. Lovelace", 1), Authorship("C. Babbage", 2)), False, Lines(1, 1),
        identifiers=(Identifier("doi", "10.1000/1"),),
    )  # fmt: skip
    cut = Paper(
        "T",
        (Authorship("Ada Lovelace", 1),),
        True,
        Lines(1, 1),
        identifiers=(Identifier("doi", "10.1000/1"),),
    )
    edition = edition_of([cut], [whole])
    assert b"author = {Ada K. Lovelace and C. Babbage},\n" in exported(edition, "bibtex")


def test_a_group_of_any_source_stands_in_braces() -> None:
    """If it failed: a collaboration would come back as a person, by the words of a list that tells no groups."""
    names = ("Department of Physics, University of Oslo", "The ATLAS Collaboration", "Ada Lovelace")
    doi = (Identifier("doi", "10.1000/1"),)
    plain, telling = (
        Paper(
            "T",
            tuple(Authorship(n, at, is_collective=told and at < 3) for at, n in enumerate(names[:size], 1)),
            size < len(names),
            Lines(1, 1),
            identifiers=doi,
        )
        for size, told in ((3, False), (2, True))
    )
    written = exported(edition_of([plain], [telling]), "bibtex")
    groups = b"{Department of Physics, University of Oslo} and {The ATLAS Collaboration}"
    assert b"author = {" + groups + b" and Ada Lovelace},\n" in written
    (back,) = read_as("bibtex", written).papers
    assert [(a.name, a.is_collective) for a in back.authorships] == [
        *((n, True) for n in names[:2]),
        (names[2], False),
    ]


def test_keys_are_unique_and_stay_the_same_in_a_selection() -> None:
    """If it failed: a text would cite another paper once the selection changes."""
    graph = collegium.open()
    graph.load(Path(__file__).resolve().parents[3] / "seeds")
    edition = graph.edition()
    keys = re.findall(rb"^@\w+\{([^,]+),$", exported(edition, "bibtex"), re.MULTILINE)
    assert len(set(keys)) == len(keys) == 17
    one = re.findall(rb"^@\w+\{([^,]+),$", exported(edition, "bibtex", authors={"Li Sheng"}), re.MULTILINE)
    assert 0 < len(one) < 17 and set(one) < set(keys)
    assert exported(edition, "bibtex").count(b" and others}") == 17


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_another_parser_reads_it(shared_data: Path) -> None:
    """If it failed: what we write would be BibTeX for ourselves alone."""
    bibtexparser = pytest.importorskip("bibtexparser")
    graph = collegium.open()
    graph.load(shared_data / "bibtex" / "biblatex-examples.bib", shared_data / "csljson")
    edition = graph.edition()
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    found = bibtexparser.loads(exported(edition, "bibtex").decode(), parser).entries
    assert len(found) == len(edition.mirror.papers) == len({entry["ID"] for entry in found})
    items = json.loads(exported(edition, "csl-json"))
    assert {item["id"] for item in items} == {entry["ID"] for entry in found}
    by_key = {entry["ID"]: entry for entry in found}
    for item in items:
        named = [a for a in item.get("author", ()) if a != {"literal": "others"}]
        assert len(re.split(r"\s+and\s+(?!others)", by_key[item["id"]].get("author", ""))) == max(
            len(named), 1
        )
