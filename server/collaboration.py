"""Paths, distances, links and communities of one edition, made once and remembered, for every face."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from collegium.graph.communities import Communities, Stability, Way, stability
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.paths import CollaborationPath, CollaborationPaths, shortest_path, shortest_paths

from .directory import directory_of
from .editions import Edition, Wanted

if TYPE_CHECKING:
    from collegium.graph.community_bridges import Bridges
    from collegium.graph.community_history import History, Slice
    from collegium.graph.community_topics import GroupTopics
    from collegium.graph.evidence import Evidence
    from collegium.graph.network import Network
    from collegium.graph.pair_links import PairLink
    from collegium.graph.reach import Reach
    from collegium.graph.title_words import TitleWords

_OF_STEPS: Final = 0.05  # what it costs to walk from one author, counting the network being 1
_FEW_AUTHORS: Final = 20_000  # among which a misspelt name is looked for letter by letter


def author_of(edition: Edition, text: str) -> str:
    """Return the IRI of an author by ID, IRI or name.

    Raises: NotFound (its hint names authors alike), AmbiguousName.
    """
    try:
        return edition.find("author", text)
    except NotFound as error:
        near = _alike(edition, text)
        raise NotFound("author", text, f"alike are: {'; '.join(near)}" if near else error.hint) from None


def _alike(edition: Edition, text: str) -> list[str]:
    directory, wanted = directory_of(edition), text.replace("-", " ")
    words = wanted.split()
    near = [ref.name for ref in directory.search("author", wanted)[:3]] if words else []
    if near:
        return near
    if len(directory.mirror.authors) <= _FEW_AUTHORS:
        names = [author.name for author in directory.mirror.authors]
    else:  # who shares a word, rare words first
        found = sorted((directory.search("author", word) for word in words[:5]), key=len)
        names = [ref.name for refs in found for ref in refs][:_FEW_AUTHORS]
    return list(dict.fromkeys(get_close_matches(wanted, names, n=3)))


def two_authors(edition: Edition, one: str, other: str) -> tuple[str, str]:
    """Return the IRIs of two authors, who may be one. Raises: NotFound, AmbiguousName."""
    return author_of(edition, one), author_of(edition, other)


def as_of(wanted: Wanted, year: int | None) -> Wanted:
    """Return the network of the papers up to a year. Raises: ParameterError beside years that contradict it."""
    if year is None:
        return wanted
    if wanted.where.to_year is not None:
        raise ParameterError("as_of", year, "no last year beside it: both say where the papers end")
    if wanted.where.from_year is not None and wanted.where.from_year > year:
        raise ParameterError("as_of", year, f"a year not before the first, which is {wanted.where.from_year}")
    return replace(wanted, where=replace(wanted.where, to_year=year))


def evidence_of(edition: Edition, wanted: Wanted) -> Evidence:
    """Return the papers behind a network."""
    from collegium.graph.evidence import Evidence

    def make() -> Evidence:
        return Evidence.of(edition.mirror, edition.compact(wanted), wanted.where)

    return edition.made(("evidence", wanted.projection, wanted.where), make, 2)


def path_of(edition: Edition, start: str, end: str, wanted: Wanted, by: str = "steps") -> CollaborationPath:
    """Return a shortest path between two IRIs. Raises: NotFound."""
    _both_in(edition.compact(wanted), start, end)
    proves = evidence_of(edition, wanted).proof
    return shortest_path(edition.compact(wanted), start, end, by=by, proves=proves)


def paths_of(
    edition: Edition, start: str, end: str, wanted: Wanted, by: str = "steps", most: int = 100
) -> CollaborationPaths:
    """Return all shortest paths between two IRIs, at most `most` of them. Raises: NotFound, ParameterError."""
    _both_in(edition.compact(wanted), start, end)
    proves = evidence_of(edition, wanted).proof
    return shortest_paths(edition.compact(wanted), start, end, by=by, most=most, proves=proves)


def _both_in(net: Network, *iris: str) -> None:
    for iri in iris:
        number_in(net, iri)


def number_in(net: Network, iri: str) -> int:
    """Return the number of an author in a network. Raises: NotFound when the filters leave them out."""
    number = net.nodes.number_of(iri)
    if number is None:
        name = iri.rpartition("/")[2]
        raise NotFound("author in this network", name, "the filters leave them out")
    return number


def reach_of(edition: Edition, author: str, wanted: Wanted) -> Reach:
    """Return how far everybody is from an author (IRI). Raises: NotFound."""
    from collegium.graph.reach import reach

    net = edition.compact(wanted)
    number = number_in(net, author)
    return edition.made(("reach", author, wanted), lambda: reach(net, number), _OF_STEPS)


def link_of(edition: Edition, one: str, other: str, wanted: Wanted) -> PairLink:
    """Return what links two authors (IRIs). Raises: ParameterError, NotFound."""
    from collegium.graph.items import index_of
    from collegium.graph.pair_links import pair_link

    mirror = edition.mirror
    ids = [index_of("author", mirror.authors, iri) for iri in (one, other)]
    return pair_link(mirror, ids[0], ids[1], wanted.where)


def topics_of(edition: Edition, wanted: Wanted, way: Way) -> GroupTopics:
    """Return what the communities of a projection are about."""
    from collegium.graph.community_topics import GroupTopics

    def make() -> GroupTopics:
        groups = edition.communities(wanted, way=way).groups
        return GroupTopics.of(groups, evidence_of(edition, wanted), words_of(edition))

    return edition.made(("topics", wanted, way), make, 5)


def slice_topics_of(edition: Edition, wanted: Wanted, way: Way, part: Slice) -> GroupTopics:
    """Return what the communities of a slice of `history_of` are about."""
    from collegium.graph.community_topics import GroupTopics
    from collegium.graph.evidence import Evidence

    def make() -> GroupTopics:
        evidence = Evidence.of(edition.mirror, part.net, part.where)
        return GroupTopics.of(part.found.groups, evidence, words_of(edition))

    return edition.made(("slice topics", replace(wanted, where=part.where), way), make, 5)


def words_of(edition: Edition) -> TitleWords:
    """Return the words of all titles."""
    from collegium.graph.title_words import title_words

    return edition.made("title words", lambda: title_words(edition.mirror), 10)


def stability_of(edition: Edition, wanted: Wanted, way: Way, more: int) -> Stability | None:
    """Return how firm communities are over so many further seeds. Raises: ParameterError."""
    found: Communities = edition.communities(wanted, way=way)
    if type(more) is int and more == 0:
        return None
    return edition.made(
        ("stability", wanted, way, repr(more)),
        lambda: stability(edition.compact(wanted), found, more),
        10.0 * more if isinstance(more, int) else 1,
    )


def history_of(
    edition: Edition, wanted: Wanted, slices: str, way: Way, threshold: float, least_size: int
) -> History:
    """Return the communities of slices of years and their succession. Raises: ParameterError, NotFound."""
    from collegium.graph.community_history import history

    def make() -> History:
        return history(
            edition.mirror,
            wanted.projection,
            slices=slices,
            weight=wanted.drawn_weight,
            where=wanted.where,
            way=way,
            threshold=threshold,
            least_size=least_size,
        )

    key = ("history", wanted, slices, way, repr(threshold), repr(least_size))
    return edition.made(key, make, 20)


def bridges_of(edition: Edition, wanted: Wanted, way: Way, one: int, other: int) -> Bridges:
    """Return what bridges two communities, by number. Raises: NotFound, ParameterError."""
    from collegium.graph.community_bridges import bridges

    found = edition.communities(wanted, way=way)
    net = edition.compact(wanted)
    return edition.made(("bridges", wanted, way, one, other), lambda: bridges(net, found, one, other), 5)
