"""What a picture shows, as plain frozen data: nodes, links, papers, colourings and what has to be said beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

PAPERS_TIE = ("joint paper", "joint papers")
CENTRE_HUE = "centre"
REST_HUE = "9"
_LABEL_MOST = 28  # characters under a dot; the whole name stands in the panel and in the list
# Characters that turn the direction of the text after them: one name must not disturb its neighbours.
_TURNING = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True)
class PaperShown:
    """A paper behind a link. `id` is None when only its IRI is known; `year` is None when no year is.

    `is_cut` says whether its author list is cut; None when that is not known.
    """

    iri: str
    id: str | None
    title: str
    year: int | None
    year_inferred: bool = False
    is_cut: bool | None = None

    @property
    def year_text(self) -> str:
        """The year for reading; one that no source prints says so."""
        if self.year is None:
            return "no year"
        return f"{self.year}, inferred" if self.year_inferred else str(self.year)


@dataclass(frozen=True)
class NodeShown:
    """A dot. `values` and `radii` have one entry per `SizeBy`, `groups` one per `Colouring`, in their order."""

    iri: str
    kind: str
    id: str
    name: str
    x: float
    y: float
    values: tuple[float, ...]
    radii: tuple[float, ...]
    groups: tuple[int, ...]

    @property
    def label(self) -> str:
        """The name, one line, at most 28 characters."""
        return short_label(self.name)


@dataclass(frozen=True)
class LinkShown:
    """A line between the nodes numbered a < b; `papers` are numbers into `Picture.papers`.

    `strength` is what its width shows: joint papers, or their weight by `weighing`. `what` says what the link is, where
    that is more than joint papers. In a picture with another `tie` than papers, `joint_papers` counts that.
    """

    a: int
    b: int
    joint_papers: int
    papers: tuple[int, ...]
    from_year: int | None
    to_year: int | None
    strength: float
    what: str = ""


@dataclass(frozen=True)
class Group:
    """One row of a legend; `hue` is "0" … "8", "9" for the grey rest, or "centre"."""

    name: str
    size: int
    hue: str


@dataclass(frozen=True)
class Colouring:
    """One way to colour the nodes."""

    name: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class SizeBy:
    """One way to size the nodes."""

    name: str
    title: str


@dataclass(frozen=True)
class Picture:
    """All of it. `form` is "network", "ego" or "path"; `centre` is a node's number; `notes` are whole sentences.

    `tie` is what a link counts, one and many. `weighing` is the name of a weight that is not joint papers.
    """

    form: str
    nodes: tuple[NodeShown, ...]
    links: tuple[LinkShown, ...]
    papers: tuple[PaperShown, ...]
    colourings: tuple[Colouring, ...]
    sizes: tuple[SizeBy, ...]
    centre: int | None = None
    selected: int | None = None
    least_joint_papers: int = 1
    weighing: str = ""
    notes: tuple[str, ...] = ()
    tie: tuple[str, str] = PAPERS_TIE

    @property
    def most_joint_papers(self) -> int:
        """The largest number of joint papers on a link; 1 when there is no link."""
        return max((link.joint_papers for link in self.links), default=1)

    @property
    def has_papers(self) -> bool:
        """Whether links stand for joint papers."""
        return self.tie == PAPERS_TIE

    @cached_property
    def strengths(self) -> tuple[float, float]:
        """The least and the most that the width of a line shows; (1, 1) when there is no link."""
        found = [link.strength for link in self.links] or [1.0]
        return (min(found) if self.weighing else float(self.least_joint_papers), max(found))

    @property
    def thickness(self) -> tuple[tuple[str, float], ...]:
        """Strengths for the legend, each with the width of its line: the least, one between, the most."""
        least, most = self.strengths
        between = (least + most) / 2 if self.weighing else float((least + most) // 2)
        return tuple((f"{step:,.3g}", self.width_of(step)) for step in sorted({least, between, most}))

    def width_of(self, strength: float) -> float:
        """The width of a line in pixels."""
        least, most = self.strengths
        unit = least if self.weighing else 1.0
        return width(strength / unit, most / unit)

    @property
    def noun(self) -> tuple[str, str]:
        """What one node is called, and many."""
        return noun_of(node.kind for node in self.nodes)

    @property
    def counts(self) -> str:
        """How many nodes and links are drawn, as a sentence."""
        return f"{counted(len(self.nodes), *self.noun)}, {counted(len(self.links), 'link', 'links')}."


def noun_of(kinds: Iterable[str]) -> tuple[str, str]:
    """Return what things of these kinds are called, one and many; "node" when the kinds differ.

    Example:
        >>> noun_of(["category", "category"]), noun_of(["author", "category"])
        (('category', 'categories'), ('node', 'nodes'))
    """
    found = set(kinds)
    one = found.pop() if len(found) == 1 else "node"
    return (one, one[:-1] + "ies" if one.endswith("y") else one + "s")


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun.

    Example:
        >>> counted(1, "link", "links"), counted(1200, "link", "links")
        ('1 link', '1,200 links')
    """
    return f"{number:,} {one if number == 1 else many}"


def clean(text: str) -> str:
    """Return the text on one line, without what turns its surroundings or cannot be written as UTF-8."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(whole.translate(_TURNING).replace("\0", " ").split())


def short_label(name: str, most: int = _LABEL_MOST) -> str:
    """Return the name, at most `most` characters, with an ellipsis when it was cut.

    Example:
        >>> short_label("Maria Theresia von und zu Habsburg-Lothringen", 12)
        'Maria Ther…'
    """
    line = clean(name)
    return line if len(line) <= most else line[: most - 2].rstrip() + "…"


def radius(value: float, top: float) -> float:
    """Return the radius of a dot in pixels, 6 to 22, so that its area grows with the value (0 … top)."""
    share = min(max(value / top, 0.0), 1.0) if top > 0 else 0.0
    return round(6 + 16 * sqrt(share), 1)


def width(strength: float, most: float) -> float:
    """Return the width of a line in pixels, 1.3 to 8, growing with the square root of its strength (1 … most)."""
    step = min(1.7, 6.7 / max(sqrt(most) - 1, 1e-9))
    return round(1.3 + step * (sqrt(max(strength, 1)) - 1), 2)
