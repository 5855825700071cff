"""Columns come back from a file as they were; what is no such file, or is cut, is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph import flat_file
from collegium.graph.compact import compact
from collegium.graph.kept_columns import mirror_form, network_form
from collegium.graph.mirror import mirror
from collegium.graph.packed import Texts
from collegium.graph.projections import PROJECTIONS
from collegium.graph.shelf import Shelf
from networks import believed, written

PAPERS = (
    written("p", ["a", "b", "c"], institutions=["pku"], categories=["cs.CL"], issued="2021"),
    written("q", ["b", "c"], hidden=["d"], cut=None, inferred="2022", title="Ein Maß"),
    written("none"),
)


def put(path: Path, thing: Any) -> Path:
    """Write a thing to a file and return it."""
    with path.open("wb") as handle:
        flat_file.write(handle, thing)
    return path


def never() -> Any:
    raise AssertionError("it was made anew")


def test_a_tree_comes_back(tmp_path: Path) -> None:
    """If it failed: a saved network would be another one."""
    tree = {"a": np.arange(5, dtype=np.int32), "b": [np.zeros(0), {"c": "é", "d": None}], "e": [1, 0.1]}
    read = flat_file.read(put(tmp_path / "f", tree))
    assert read["a"].tolist() == [0, 1, 2, 3, 4] and read["a"].dtype == np.int32
    assert len(read["b"][0]) == 0 and read["b"][1] == {"c": "é", "d": None} and read["e"] == [1, 0.1]
    with pytest.raises(ValueError, match="read-only"):
        read["a"][0] = 7


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_texts_come_back(texts: list[str]) -> None:
    """If it failed: a name would be cut inside a letter."""
    packed = Texts.of(texts)
    assert packed == texts and packed.listed() == texts and packed[1:] == tuple(texts[1:])
    assert packed != [*texts, ""]


def test_the_mirror_and_its_networks_come_back(tmp_path: Path) -> None:
    """If it failed: a page would show other papers after a restart."""
    found = mirror(believed(*PAPERS))
    shelf = Shelf(tmp_path / "v000001.derived")
    made = shelf.keep_flat({"kind": "mirror"}, mirror_form(7), lambda: found)
    read = shelf.keep_flat({"kind": "mirror"}, mirror_form(7), never)
    assert made is found and read == found and read.version == 7
    assert [*read.papers] == [*found.papers] and read.authors[1:3] == found.authors[1:3]
    net = compact(found, "coauthors", weight="fractional")
    shelf.keep_flat({"kind": "network"}, network_form(found), lambda: net)
    again = shelf.keep_flat({"kind": "network"}, network_form(read), never)
    assert again.nodes.iris == net.nodes.iris and again.facts == {**net.facts, "version": 7}
    assert (again.weights == net.weights).all() and (again.links.ends == net.links.ends).all()


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_each_projection_comes_back_with_its_own_nodes(tmp_path: Path, projection: str) -> None:
    """If it failed: after a restart the numbers of some would stand beside the names of others."""
    tie = "<t> a ck:Tie ; ck:member <author/y>, <author/z> ; ck:weightAsGiven 2 ."
    people = [f'<author/{one}> a foaf:Person ; foaf:name "{one}" .' for one in "xyz"]
    found = mirror(believed(*PAPERS, *people, tie))
    net, shelf = compact(found, projection), Shelf(tmp_path / "v000001.derived")
    shelf.keep_flat({"kind": "network"}, network_form(found), lambda: net)
    again = shelf.keep_flat({"kind": "network"}, network_form(found), never)
    assert [again.nodes[at] for at in range(len(again))] == [net.nodes[at] for at in range(len(net))]
    if projection == "ties":
        assert [node.rpartition("/")[2] for node in again.nodes.iris] == ["y", "z"]


@pytest.mark.parametrize("keep", [0, 5, 30, -1])
def test_a_file_that_is_cut_is_made_anew(tmp_path: Path, keep: int) -> None:
    """If it failed: half a network would be measured."""
    path = put(tmp_path / "f", {"a": np.arange(100)})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(flat_file.NotFlat):
        flat_file.read(path)
    shelf, form = Shelf(tmp_path / "v000001.derived"), mirror_form(1)
    found = mirror(believed(written("p", ["a", "b"])))
    shelf.keep_flat({"kind": "mirror"}, form, lambda: found)
    (file,) = shelf.folder.glob("*.flat")
    file.write_bytes(file.read_bytes()[:keep])
    assert shelf.keep_flat({"kind": "mirror"}, form, lambda: found) is found
    assert shelf.keep_flat({"kind": "mirror"}, form, never) == found
