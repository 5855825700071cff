"""A network as the JSON of VOSviewer: map and network in one file.

Source: https://app.vosviewer.com/docs/file-types/json-file-type/. VOSviewer Online takes the columns of all items from
the first one, so that each item has the same; it computes the layout, since none is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.communities import communities
from collegium.graph.names import identifier_of
from collegium.queries.xml_text import holdable

from ..files import Output
from .networks import schemes_of

if TYPE_CHECKING:
    import networkx

# What VOSviewer calls items and links, by projection; others are "Item" and "Link".
_WORDS: Final = {
    "coauthors": ("Author", "Co-authorship", "Papers together"),
    "coinstitutions": ("Institution", "Co-institution", "Papers together"),
    "author-category": ("Author or category", "Paper", "Papers"),
    "ties": ("Author", "Tie", "Weight"),
    "category-cooccurrence": ("Category", "Co-occurrence", "Papers with both"),
}
_SCORES: Final = (("First year", "from_year"), ("Last year", "to_year"))


def write_vosviewer(network: networkx.Graph, output: Output) -> None:
    """Write items with papers as weight, years as scores (where all have them) and communities as clusters."""
    output.file.writelines(line.encode() for line in _lines(network))


def _lines(network: networkx.Graph) -> Iterator[str]:
    found = communities(network)
    cluster = {member: group.number for group in found for member in group.members}
    item, link, strength = _WORDS.get(network.graph["projection"], ("Item", "Link", "Strength"))
    words = {"item": item, "items": f"{item}s", "link": f"{link} link", "links": f"{link} links"}
    words |= {"link_strength": strength, "total_link_strength": f"Total: {strength.lower()}"}
    yield f'{{"config": {_json({"terminology": words})},\n"network": {{\n"items": [\n'
    yield from _listed(_items(network, cluster))
    yield '],\n"links": [\n'
    yield from _listed(
        {"source_id": one, "target_id": other, "strength": size}
        for one, other, size in network.edges(data="weight")
    )
    yield '],\n"clusters": [\n'
    yield from _listed({"cluster": group.number, "label": holdable(group.name)} for group in found)
    yield "]}}\n"


def _items(network: networkx.Graph, cluster: dict[str, int]) -> Iterator[dict[str, Any]]:
    scores = [
        (title, name)
        for title, name in _SCORES
        if all(year is not None for _, year in network.nodes(data=name))
    ]
    schemes = schemes_of(network)
    for node, facts in network.nodes(data=True):
        known = identifier_of(facts["id"])
        item = {
            "id": node,
            "label": holdable(facts["name"]),
            **{s: known.value if known and known.scheme == s else "" for s in schemes},
            "url": node,
            "cluster": cluster[node],
            "weights": {"Papers": facts["papers"]},
        }
        if scores:
            item["scores"] = {title: facts[name] for title, name in scores}
        yield item


def _listed(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield f"{',' if number else ''}{_json(value)}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
