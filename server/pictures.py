"""Small still pictures of networks for pages: SVG written on the server from the layout of the interactive view."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import Final

from markupsafe import Markup

from .drawings import Drawing
from .drawings.picture import Picture, short_label
from .editions import Edition, Wanted
from .views import OF_CIRCLE, ego_view, network_view

_WIDE, _HIGH, _EDGE = 480.0, 340.0, 34.0
_LABELS: Final = 6  # the largest nodes that are named
_MOST_AUTHORS: Final = 3_000  # beyond, a page does not wait for a layout


def network_picture(edition: Edition) -> Markup | None:
    """Return the co-author network as a small SVG; None when there is nothing to draw, or too much."""

    if not 2 <= len(edition.mirror.authors) <= _MOST_AUTHORS:
        return None
    return edition.made("small network", lambda: _svg(network_view(edition, Wanted())))


def ego_picture(edition: Edition, author: str) -> Markup | None:
    """Return an author and their co-authors as a small SVG."""

    def make() -> Markup | None:
        return _svg(ego_view(edition, author, Wanted()))

    return edition.made(("small ego", author), make, OF_CIRCLE)


def _svg(drawing: Drawing) -> Markup | None:
    picture = drawing.picture
    if len(picture.nodes) < 2:
        return None
    place = _fitted(picture)
    lines = "".join(
        f'<line x1="{place[a][0]:.1f}" y1="{place[a][1]:.1f}" x2="{place[b][0]:.1f}" y2="{place[b][1]:.1f}" '
        f'stroke-width="{min(0.6 + 0.5 * (joint - 1), 4):.1f}"/>'
        for a, b, joint in ((link.a, link.b, link.joint_papers) for link in picture.links)
    )
    groups = picture.colourings[drawing.colour_by].groups if picture.colourings else ()
    largest = max(node.radii[drawing.size_by] for node in picture.nodes)
    dots: list[str] = []
    names: list[str] = []
    ordered = sorted(range(len(picture.nodes)), key=lambda at: -picture.nodes[at].radii[drawing.size_by])
    for number in ordered:
        node, (x, y) = picture.nodes[number], place[number]
        hue = groups[node.groups[drawing.colour_by]].hue if groups else "9"
        radius = 3 + 7 * node.radii[drawing.size_by] / largest
        dots.append(f'<circle class="hue-{escape(hue)}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
        if len(names) < _LABELS:
            label = escape(short_label(node.name, 22))
            names.append(f'<text x="{x:.1f}" y="{y - radius - 5:.1f}">{label}</text>')
    what = escape(f"{drawing.title}: {picture.counts}")
    return Markup(  # noqa: S704  names are escaped above, everything else is ours
        f'<svg viewBox="0 0 {_WIDE:g} {_HIGH:g}" role="img" aria-label="{what}"><g>{lines}</g>'
        f"<g>{''.join(dots)}</g><g>{''.join(names)}</g></svg>"
    )


def _fitted(picture: Picture) -> list[tuple[float, float]]:
    """Return the nodes' places, moved and scaled into the frame; one scale for both directions."""
    xs = [node.x for node in picture.nodes if isfinite(node.x)]
    ys = [node.y for node in picture.nodes if isfinite(node.y)]
    wide, high = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    scale = min((_WIDE - 2 * _EDGE) / wide, (_HIGH - 2 * _EDGE) / high)
    left, top = (_WIDE - scale * wide) / 2, (_HIGH - scale * high) / 2
    return [(left + scale * (node.x - min(xs)), top + scale * (node.y - min(ys))) for node in picture.nodes]
