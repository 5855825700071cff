"""Cards: what is known of a thing, with ambiguous codes, printed names and provenance as they are."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph.errors import NotFound
from collegium.graph.sources import sources
from collegium.graph.store import Store
from collegium.server.author_cards import author_card, coauthors
from collegium.server.cards import paper_card, place_card, reference, source_card
from collegium.server.directory import directory_of
from collegium.server.editions import Edition
from collegium.server.service import KnowledgeGraph
from pages import entry, loaded, page, put

SMALL = Path(__file__).parents[1] / "queries" / "data" / "small.trig"


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return the hand-made data. Prevents: cards that are right only on the bundled page, where much is missing."""
    store = Store.memory()
    with store.write() as writer:
        writer.engine.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
        writer.changed = True
    return KnowledgeGraph(store).edition()


def test_everything_has_a_card(edition: Edition) -> None:
    """If it failed: a page of something in the store would end in an error."""
    mirror = edition.mirror
    for author in mirror.authors:
        assert author_card(edition, author.id).name == author.name
    for paper in mirror.papers:
        assert paper_card(edition, paper.id).paper.title == paper.name
    for place in mirror.institutions:
        assert place_card(edition, "institution", place.id, 10, 0).name == place.name
    for category in mirror.categories:
        assert place_card(edition, "category", category.id, 10, 0).name == category.name


def test_coauthors_are_symmetric(edition: Edition) -> None:
    """If it failed: A would have written with B, and B not with A."""
    directory = directory_of(edition)
    pairs = {
        (author.id, other.id): (other.joint_papers, other.fractional_weight, other.first_year)
        for at, author in enumerate(edition.mirror.authors)
        for other in coauthors(directory, at)
    }
    assert pairs
    assert all(pairs[b, a] == facts for (a, b), facts in pairs.items())


def test_coauthors_agree_with_the_network(service: KnowledgeGraph) -> None:
    """If it failed: the table beside the picture would tell another story."""
    edition = service.edition()
    graph = service.network()
    number = directory_of(edition).number("author", "xingtai-lv")
    for other in coauthors(directory_of(edition), number):
        link = graph.edges[edition.base + "author/xingtai-lv", other.iri]
        assert (other.joint_papers, other.first_year, other.last_year) == (
            len(link["papers"]),
            link["from_year"],
            link["to_year"],
        )


def test_places_come_in_pages(service: KnowledgeGraph) -> None:
    """If it failed: the page of a large category would read thousands of papers."""
    first = place_card(service.edition(), "institution", "tsinghua", 5, 0)
    last = place_card(service.edition(), "institution", "tsinghua", 5, 10)
    assert (len(first.papers), len(last.papers), first.papers_total) == (5, 2, 12)


def test_a_source_tells_its_lines(service: KnowledgeGraph) -> None:
    """If it failed: provenance would not reach the page."""
    card = source_card(service.edition(), service.sources()[0].id)
    assert (len(card.records), card.records[0].first_line, card.records[0].describes[0].name) == (
        18,
        1,
        "Xingtai Lv",
    )
    assert card.topic is not None and card.topic.id == "xingtai-lv"
    assert card.claims > 500 and card.sha256 and card.size_bytes


def test_what_is_no_source_is_not_found(service: KnowledgeGraph) -> None:
    """If it failed: a page about nothing."""
    with pytest.raises(NotFound):
        source_card(service.edition(), "none")


def test_references_are_to_things_of_ours(service: KnowledgeGraph) -> None:
    """If it failed: IRIs of other houses would get pages here."""
    edition = service.edition()
    assert reference(edition, "http://example.org/author/x") is None
    assert reference(edition, edition.base + "author/nobody") is None
    assert reference(edition, edition.base + "derived") is None
    found = reference(edition, edition.base + "author/ning-ding")
    assert found is not None and found.name == "Ning Ding"


def test_a_strangers_statements_are_on_no_card(tmp_path: Path) -> None:
    """If it failed: a file could give a source of others another title, or a paper a line where it never stood."""
    store = Store.memory()
    loaded(store, put(tmp_path, "ada.txt", page(entry())))
    before = KnowledgeGraph(store.refreshed()).edition()
    (source,) = sources(store.refreshed())
    paper = before.mirror.papers[0]
    told = f"""@prefix ck: <https://w3id.org/collegium/ns#> . @prefix prov: <http://www.w3.org/ns/prov#> .
    <{source.iri}> ck:fileName "mine" ; ck:loadedAt "1999" ; ck:statementsKept 99 .
    <x:record> a ck:Record ; ck:describes <{paper.iri}> ; prov:wasDerivedFrom <{source.iri}> ;
      ck:firstLine 7 ; ck:lastLine 7 ."""
    loaded(store, put(tmp_path, "evil.ttl", told))
    after = KnowledgeGraph(store.refreshed()).edition()
    assert source_card(after, source.id) == source_card(before, source.id)
    assert paper_card(after, paper.id).mentions == paper_card(before, paper.id).mentions
    (other,) = (one for one in sources(store.refreshed()) if one.id != source.id)
    assert source_card(after, other.id).kept_as_given == 8
