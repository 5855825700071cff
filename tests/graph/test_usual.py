"""What stands on most of somebody's papers."""

from __future__ import annotations

from collegium.graph.mirror import mirror
from collegium.graph.usual import usual_institutions
from networks import author, believed, written


def test_the_institution_on_most_papers_is_the_usual_one() -> None:
    """If it failed: a picture would be coloured by a place of one paper."""
    found = mirror(
        believed(
            written("p", ["a", "b"], institutions=["x", "y"]),
            written("q", ["a"], institutions=["y"]),
            written("r", ["c"]),
        )
    )
    names = usual_institutions(found)
    assert set(names) == {author("a"), author("b")}  # nobody says where c was
    y = found.institutions[1].name
    assert names[author("a")] == y
    assert names[author("b")] == found.institutions[0].name  # of equals the first by IRI
    only_a = [at for at, thing in enumerate(found.authors) if thing.iri == author("a")]
    assert usual_institutions(found, only_a) == {author("a"): y}
