"""Papers that nobody wrote: a network of any size in the shape of real ones, the same for the same seed.

Who writes: a new person with a fixed chance, else somebody drawn from all bylines of the community so far, so that
those who wrote much write more (Yule-Simon: the number of papers per author falls off as a power law).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase

from collegium.graph.categories import resolve
from collegium.graph.records import Authorship, Category, Lines, Paper, PartialDate

SEED = 20250731
YEARS = range(2000, 2025)
# Of 100 papers, how many have 1, 2 … 8 authors; chosen so that a paper makes about 29 statements.
AUTHORS_OF_100 = (30, 36, 19, 8, 4, 1, 1, 1)
INSTITUTIONS_OF_100 = (15, 40, 33, 12)  # 0, 1, 2, 3 institutions
NEW_AUTHOR, OUTSIDER = 0.30, 0.06
PAPERS_A_COMMUNITY = 500

_GIVEN = (
    "Ada Alan Amina Andrei Anna Aiko Bela Bruno Carla Chen Clara David Diego Dina Elena Emil Emmy Erik Farid Fatima "
    "Felix Femi Gina Grace Hana Hans Hugo Ines Ivan Jana Joana Jonas Julia Kai Kofi Lars Laura Leila Lina Luca Maria "
    "Marta Mei Milan Mina Nadia Nils Nora Olga Omar Paula Pavel Petra Priya Rosa Ravi Sara Sofia Tariq Tomas Uma Vera "
    "Viktor Wei Yara Yusuf Zoe"
).split()
_FAMILY = (
    "Abel Acosta Adeyemi Ahmed Almeida Andersen Baker Banerjee Bauer Becker Berg Bianchi Castro Cheng Cohen Costa Dahl "
    "Das Diaz Dubois Eriksen Evans Farkas Fischer Fontaine Garcia Gomez Gupta Haas Hansen Hashimoto Hoang Horvat Huang "
    "Ibrahim Ivanova Jansen Johansson Joshi Kato Keller Khan Kim Klein Kovacs Kumar Lang Larsen Lehmann Lima Lopez "
    "Maier Marino Martin Meyer Mishra Moreau Nagy Nakamura Nguyen Novak Okafor Olsen Ortiz Park Patel Petrov Pham Popa "
    "Qureshi Rahman Ramos Richter Rossi Ryan Sato Schmidt Schulz Sharma Silva Singh Smirnov Soto Suzuki Tanaka Torres "
    "Tran Varga Vogel Wagner Walker Weber Wolf Yamada Yilmaz Young Zhang Zhou Zimmer"
).split()
_PLACES = (
    "Aalborg Accra Bergen Bologna Brno Cairo Coimbra Cusco Davos Delft Dundee Essen Fez Gent Graz Hanoi Jena Kazan "
    "Kyoto Leiden Lima Lund Lyon Mainz Natal Oulu Padua Perth Pune Quito Riga Salta Split Tartu Turin Umea Vigo Yale"
).split()
_KINDS = ("University of {}", "{} Institute of Technology", "{} Research Centre", "Academy of {}")
_WORDS = (
    "adaptive analysis approximate attention bayesian bounds causal clustering coding compact composition compression "
    "consistency control convergence convex data deep dense design detection diffusion discrete distributed dynamics "
    "efficient embedding entropy estimation evaluation fast features fields flow forests games generative geometry "
    "graph guided hierarchical hybrid identification inference information invariant kernel language large latent "
    "learning limits linear local logic long low map matching measures memory methods minimal mixture model modular "
    "networks neural noise nonlinear online optimal order parallel patterns planning policy prediction principles "
    "probabilistic programs quantum random ranking rates reasoning recovery regression representation resource robust "
    "sampling scale search semantic sequence shared signals similarity simple simulation sparse spectral stable "
    "statistics stochastic structure supervised symmetry systems temporal tensor theory time topology transfer "
    "translation uncertain unified universal variational vision waves weak"
).split()
_CATEGORIES = (
    "cs.CL cs.LG cs.CV cs.AI cs.IR cs.DB cs.DS cs.SI stat.ML math.CO math.PR math.NA physics.soc-ph cond-mat.stat-mech "
    "q-bio.NC q-bio.PE econ.EM eess.SP hep-th gr-qc"
).split()


@dataclass(slots=True)
class _Community:
    """People who write with each other. Filled as papers are made: `bylines` holds an author once a paper."""

    categories: tuple[Category, ...]
    institutions: tuple[str, ...]
    bylines: list[str] = field(default_factory=list)


def papers(count: int, seed: int = SEED) -> Iterator[Paper]:
    """Yield `count` papers, in a stable order; no two have the same title."""
    chance = random.Random(seed)
    names = _names(chance)
    communities = [_community(chance) for _ in range(max(4, count // PAPERS_A_COMMUNITY))]
    sizes = [1 / (rank + 1) ** 0.7 for rank in range(len(communities))]
    drawn = chance.choices(communities, sizes, k=count)
    for number, community in enumerate(drawn, 1):
        other = chance.choice(communities)
        yield _paper(chance, number, community, _byline(chance, community, other, names))


def _names(chance: random.Random) -> Iterator[str]:
    """Yield names that are all different, in no order that shows."""
    pairs = [f"{given} {{}}{family}" for given in _GIVEN for family in _FAMILY]
    initials = [f"{letter}. " for letter in ascii_uppercase]
    for middle in ("", *initials, *(one + other for one in initials for other in initials)):
        chance.shuffle(pairs)
        yield from (pair.format(middle) for pair in pairs)
    raise ValueError("more authors than names; make longer lists of names")


def _community(chance: random.Random) -> _Community:
    notations = chance.sample(_CATEGORIES, 3)
    places = [chance.choice(_KINDS).format(chance.choice(_PLACES)) for _ in range(6)]
    return _Community(tuple(resolve(notation) for notation in notations), tuple(dict.fromkeys(places)))


def _byline(
    chance: random.Random, community: _Community, other: _Community, names: Iterator[str]
) -> list[str]:
    (size,) = chance.choices(range(1, 9), AUTHORS_OF_100)
    byline: dict[str, None] = {}
    while len(byline) < size:
        pool = other.bylines if byline and chance.random() < OUTSIDER else community.bylines
        is_new = not pool or len(pool) < 2 * size or chance.random() < NEW_AUTHOR
        byline[next(names) if is_new else chance.choice(pool)] = None
    community.bylines += byline
    return list(byline)


def _paper(chance: random.Random, number: int, community: _Community, byline: list[str]) -> Paper:
    (places,) = chance.choices(range(4), INSTITUTIONS_OF_100)
    # The number in other words: titles differ, and a title is no longer than those people write.
    title = " ".join(chance.choices(_WORDS, k=chance.randint(3, 7)))
    return Paper(
        title=f"{title} {_in_words(number)}".capitalize(),
        authorships=tuple(Authorship(name, position) for position, name in enumerate(byline, 1)),
        is_truncated=False,
        lines=Lines(number, number),
        issued=_date(chance),
        category=chance.choices(community.categories, (6, 3, 1))[0],
        institutions=tuple(chance.sample(community.institutions, min(places, len(community.institutions)))),
        abstract=f"We study {' '.join(chance.choices(_WORDS, k=24))}." if chance.random() < 0.4 else None,
        has_code=chance.random() < 0.3 if chance.random() < 0.5 else None,
    )


def _in_words(number: int) -> str:
    """The number, its digits written in words of the list: 1 to 3 words up to two million."""
    words = []
    while number:
        number, digit = divmod(number, len(_WORDS))
        words.append(_WORDS[digit])
    return " ".join(words)


def _date(chance: random.Random) -> PartialDate:
    """A day, or for one paper of ten a year alone; later years hold more papers."""
    (year,) = chance.choices(YEARS, [1.09**age for age in range(len(YEARS))])
    if chance.random() < 0.1:
        return PartialDate(str(year), year)
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    return PartialDate(f"{year}-{month:02}-{day:02}", year, month, day)
