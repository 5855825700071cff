"""Hypothesis strategies: names, records, whole author pages with what they say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from collegium.graph.categories import resolve
from collegium.graph.names import name_key, title_key
from collegium.graph.records import Authorship, Lines, Paper, PartialDate, Profile, Reported

REAL_NAMES = (
    "Xingtai Lv|Ning Ding|Li Sheng|José García-Márquez|Jürgen Müller|Łukasz Kaiser|Ngô Bảo Châu|王小明|Éva Székely|"
    "D'Arcy O’Neil|J. R. R. Tolkien|Martin Luther King, Jr.|Ludwig van Beethoven|Şule Năstase|Øystein Ågren|"
    "Björk|Александр Пушкин|محمد بن موسى|Ada Lovelace|Kathleen McKeown|Jean-Paul Sartre|Marie Curie|A. Turing"
).split("|")
HOSTILE_NAMES = (
    "<img src=x onerror=alert(1)>",
    'Robert"); DROP GRAPH <x>',
    "} UNION { ?s ?p ?o }",
    "{{7*7}} ${x}",
    "[red]Bold[/red] Name",
    "Back\\slash \\u0041",
    "a/../b?c#d%41",
    "' OR '1'='1",
)
CODES = ("CL", "LG", "AI", "CV", "IT", "cs.CL", "hep-th", "math.CV", "stat.ML", "cond-mat.mtrl-sci", "XX")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

any_text = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
names = st.sampled_from([*REAL_NAMES, *HOSTILE_NAMES])
reported = st.builds(
    lambda measure, number: Reported(measure, number, str(number)),
    st.sampled_from(("h_index", "papers", "citations", "novelty_percent", "ai_score")),
    st.decimals(min_value=0, max_value=10**9, places=2).map(lambda d: d.normalize() + Decimal(0)),
)
categories = st.sampled_from(CODES).map(resolve)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Dates as precise as a source may be; days that every month has."""
    year = draw(st.none() | st.integers(1900, 2099))
    month = draw(st.integers(1, 12) if year is None else st.none() | st.integers(1, 12))
    day = None if month is None else draw(st.none() | st.integers(1, 28))
    return PartialDate(draw(any_text), year, month, day)


@st.composite
def papers(draw: st.DrawFn, first_line: int = 1, owner: str = "Ada Lovelace") -> Paper:
    """A paper with any text as title, names and abstract; its owner hidden where the list is cut."""
    bylines = st.lists(names | any_text, unique_by=name_key, max_size=4)
    shown = [name for name in draw(bylines) if name_key(name) != name_key(owner)]
    authorships = [Authorship(name, position) for position, name in enumerate(shown, 1)]
    is_truncated = draw(st.booleans())
    if is_truncated:
        authorships.append(Authorship(owner, None))
    links = st.lists(st.sampled_from(("https://github.com/a/b", "https://gitlab.com/c")), unique=True)
    return Paper(
        title=draw(any_text),
        authorships=tuple(authorships),
        is_truncated=is_truncated,
        lines=Lines(first_line, first_line + draw(st.integers(0, 9))),
        issued=draw(st.none() | partial_dates()),
        category=draw(st.none() | categories),
        institutions=tuple(draw(st.lists(any_text, unique_by=name_key, max_size=3))),
        abstract=draw(st.none() | any_text),
        has_code=draw(st.none() | st.booleans()),
        code_links=tuple(draw(links)),
        reported=tuple(draw(st.lists(reported, unique_by=lambda r: r.measure, max_size=1))),
    )


@st.composite
def pages_of_records(draw: st.DrawFn) -> tuple[Profile, list[Paper]]:
    """The records of one page: the owner's profile, then papers with titles of their own."""
    figures = draw(st.lists(reported, unique_by=lambda r: r.measure))
    owner = draw(names)
    profile = Profile(owner, Lines(1, 10), draw(st.none() | categories), tuple(figures))
    count = draw(st.integers(0, 4))
    found = [draw(papers(first_line=20 * (at + 1), owner=owner)) for at in range(count)]
    return profile, list({title_key(paper.title): paper for paper in found}.values())


@dataclass(frozen=True)
class Entry:
    """A paper of a page in the making; what the reader has to find again."""

    code: str
    date: str
    has_code: bool
    score: str
    title: str
    shown: tuple[str, ...]
    is_cut: bool
    institutions: tuple[str, ...]
    abstract: str

    def text(self, *, compact: bool = False) -> str:
        """Return the paper as the site prints it; compact: title and authors on one line, no blank lines."""
        heading = f"{self.score}{self.code}{self.date}{'Code' if self.has_code else ''}"
        authors = ", ".join(self.shown) + (" et al." if self.is_cut else "")
        authors += f" · {', '.join(self.institutions)}" if self.institutions else ""
        if compact:
            return f"{heading}\n{self.title}{authors}\n{self.abstract}\n"
        return f"{heading}\n{self.title}\n\n{authors}\n\n{self.abstract}\n"


_WORDS = "deep models of graphs for learning and reasoning with sparse experts beyond text code".split()
_PERSONS = tuple(
    n for n in REAL_NAMES if 2 <= len(n.replace(",", "").split()) <= 4 and "McK" not in n and "محمد" not in n
)


@st.composite
def entries(draw: st.DrawFn, owner: str) -> Entry:
    """A paper as it may stand on a page of `owner`, whole lists with the owner in them."""
    is_cut = draw(st.booleans())
    shown = draw(st.lists(st.sampled_from(_PERSONS), min_size=1, max_size=4, unique=True))
    if not is_cut and owner not in shown:
        shown.insert(draw(st.integers(0, len(shown))), owner)
    title = " ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=8))).capitalize()
    day, year = draw(st.integers(1, 28)), draw(st.sampled_from((None, 2019, 2024, 2025)))
    month = draw(st.sampled_from(MONTHS))
    return Entry(
        code=draw(st.sampled_from(CODES)),
        date=f"{month} {day}" + (f", {year}" if year else ""),
        has_code=draw(st.booleans()),
        score=draw(st.sampled_from(("", "", "87", "4.5"))),
        title=title,
        shown=tuple(shown),
        is_cut=is_cut,
        institutions=tuple(
            draw(st.lists(st.sampled_from(("tsinghua", "pku", "eth")), unique=True, max_size=2))
        ),
        abstract=" ".join(["We", *draw(st.lists(st.sampled_from(_WORDS), min_size=9, max_size=12))]) + ".",
    )


@st.composite
def pages(draw: st.DrawFn, compact: bool = False) -> tuple[str, tuple[Entry, ...], str]:
    """A page: its owner, its papers and its text."""
    owner = draw(st.sampled_from(_PERSONS[:6]))
    found = tuple(draw(st.lists(entries(owner), min_size=1, max_size=5, unique_by=lambda e: e.title)))
    header = f"{owner}\n\nCL\nh-index35\n17papers\n1,150citations\n\n{len(found)} Papers\n\n"
    return owner, found, header + "\n".join(e.text(compact=compact) for e in found)
