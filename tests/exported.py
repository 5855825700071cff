"""What an export writes, as bytes; and networks and papers to be exported."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from hypothesis import strategies as st
from pyoxigraph import Quad

from collegium.graph.dates import Taken
from collegium.graph.identifiers import identifier
from collegium.graph.names import name_key
from collegium.graph.origin import Source
from collegium.graph.person_names import stands_for_others, turned
from collegium.graph.quads import BELIEF
from collegium.graph.readers.latex import without_latex
from collegium.graph.readers.markup import plain_text
from collegium.graph.records import Authorship, Identifier, Lines, Paper, PartialDate, Published
from collegium.graph.selection import Filter
from collegium.graph.store import Store
from collegium.graph.triples import claims
from collegium.queries.xml_text import holdable
from collegium.server.editions import Edition, Wanted
from collegium.server.exports import export_named
from collegium.server.exports.entries import Papers
from collegium.server.files import Output
from pages import NOON, TODAY
from strategies import REAL_NAMES


def exported(edition: Edition, name: str, wanted: Wanted | None = None, **where: Any) -> bytes:
    """Return what an export writes of one version."""
    row, file = export_named(name), BytesIO()
    asked = wanted or Wanted(where=Filter(**where))
    material: Any = edition.store
    if row.made_of == "network":
        material = edition.network(asked)
    elif row.made_of == "papers":
        material = Papers(edition.store, edition.mirror, asked.where)
    row.put(material, Output(file))
    return file.getvalue()


def edition_of(*sources: list[Paper]) -> Edition:
    """Return a store of sources with these papers."""
    store = Store.memory()
    for number, found in enumerate(sources):
        source = Source(store.base, f"made{number}.bib", "0" * 64, 1, "bibtex", Taken(TODAY, True), NOON)
        for s, p, o in claims(found, source):
            store.engine.add(Quad(s, p, o, source.iri))
            store.engine.add(Quad(s, p, o, BELIEF))
    return Edition(store)


def _is_name(text: str) -> bool:
    """Whether readers take a text for the name of one person, and nothing else."""
    return (
        turned(text) == text
        and any(c.isalpha() for c in text)
        and holdable(text) == text
        and not stands_for_others(text)
        and not text.lower().endswith(("others", "et al", "et al."))
        and not text[-1].isdigit()
        and not text[0].isdigit()
    )


# Names in the order of speech with all that is special to some form: braces, quotes, commas, `and`, entities.
names = st.sampled_from(
    [
        *(turned(name) for name in REAL_NAMES),
        *(
            "Barnes and Noble",
            "{Braced} Name",
            "Back\\slash N",
            "A & B",
            "R_2 D_2 X",
            "100% Cotton",
            "T$ Eliot",
            "C# Sharp",
        ),
        *(
            "Tilde~Name",
            "Caret^Name",
            "Jean--Luc Dash",
            "O''Neil Quote",
            "Semi; Colon",
            "E=mc Squared",
            "<b>Bold</b> Face",
        ),
        *('Say "Hi" There', "&amp; Entity", "\u202eevil\u202c Name", "{Open Brace", "Close} Brace"),
    ]
) | st.text(st.characters(categories=("L", "M", "P", "S", "Zs")), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
).filter(lambda text: bool(text) and "," not in text and "，" not in text and _is_name(text))


def _is_text(text: str) -> bool:
    """Whether a text says the same with and without the markup that readers take out of titles."""
    return (
        bool(text)
        and plain_text(text) == text
        and holdable(text) == text
        and without_latex("{}" + text) != ""
    )


titles = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(
        lambda text: _is_text(text) and "<" not in text and "&" not in text and any(map(str.isalnum, text))
    )
) | st.sampled_from(
    [
        "BERT: Pre-training {of} mRNA",
        "$\\Lambda_b$ decays --- a study",
        "50% of C# code_base ~ x^2",
        "“Quotes” ``and'' dashes–",
    ]
)
identifiers = st.sampled_from(
    [
        identifier(scheme, value)
        for scheme, value in (
            ("doi", "10.1000/182"),
            ("doi", "10.1002/(sici)1097_4571<1::aid>3.0.co;2-w"),
            ("doi", "10.1000/{a}%b#c"),
            ("arxiv", "2301.00001"),
            ("arxiv", "hep-th/9901001"),
            ("acl", "2022.acl-long.1"),
            ("pmid", "12345"),
            ("pmcid", "PMC123"),
            ("openalex", "W123"),
            ("s2", "a" * 40),
            ("dblp", "conf/acl/X22"),
        )
    ]
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """A paper with what a bibliography holds of it; its names are no markup, which CSL-JSON has in all its texts."""
    unmarked = names.filter(lambda name: plain_text(name) == name)
    shown = draw(st.lists(unmarked, unique_by=name_key, max_size=4))
    known = draw(st.lists(identifiers, unique_by=lambda one: one.scheme if one else "", max_size=2))
    year = draw(st.none() | st.integers(1900, 2099))
    month = None if year is None else draw(st.none() | st.integers(1, 12))
    day = None if month is None else draw(st.none() | st.integers(1, 28))
    places = st.sampled_from((None, "Nature & Science", "J. of {X}_1", "Proc. 5% — A--B"))
    numbers = st.sampled_from((None, "12", "1-22", "e12–e14", "S_1"))
    published = Published(draw(places), draw(numbers), None, draw(numbers), draw(places))
    return Paper(
        title=draw(titles),
        authorships=tuple(Authorship(name, at) for at, name in enumerate(shown, 1)),
        is_truncated=bool(shown) and draw(st.booleans()),
        lines=Lines(1, 1),
        issued=None if year is None else PartialDate(str(year), year, month, day),
        identifiers=tuple(one for one in known if isinstance(one, Identifier)),
        kind=draw(
            st.sampled_from((None, "article", "book", "chapter", "conference-paper", "preprint", "thesis"))
        ),
        published=None if published == Published() else published,
        keywords=tuple(sorted(draw(st.sets(st.sampled_from(("a_b", "C++", "x, y", "50%", "p; q")))))),
    )
