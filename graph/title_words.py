"""The words of titles as columns: what a group's papers are about, without the words that every title has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .rows import Rows
from .snapshot import Mirror
from .words import folded

# Words that say nothing of a subject, English and German, folded as `words.folded` does.
COMMON_WORDS: Final = frozenset(
    """
    a about above across after against all along also am among an and another any are as at based be because been
    before being below between beyond both but by can case do does during each et first for from further get has have
    he her here his how i if ii iii in into is it its itself just less like made make many may more most much must
    near new no nor not of off on once one only onto or other our out over own per same several she should since so
    some such than that the their them then there these they this those three through to together too toward towards
    two under until up upon us use used using very via was way we well were what when where which while who whose why
    will with within without would yet you your
    aber als am an auch auf aus bei beim bis das dass dem den denn der des die durch ein eine einem einen einer eines
    er es fur gegen hat im ins ist kann mehr mit nach nicht noch nur ob oder ohne sich sie sind sowie uber um und uns
    unter vom von vor war was wenn werden wie wird zu zum zur zwischen zwei
    """.split()
)
_LEAST_LETTERS: Final = 2


@dataclass(frozen=True, eq=False)
class TitleWords:
    """The words of all titles: `words` sorted, and `rows` the places of those in each paper's title, each once."""

    words: tuple[str, ...]
    rows: Rows


def title_words(mirror: Mirror) -> TitleWords:
    """Return the words of the titles of a mirror's papers, folded; common words, numbers and single letters left out.

    Words of one paper only stay: of a small group they may be all there is.

    Cost: O(letters of the titles).
    """
    kept = [_words(title) for title in mirror.papers.titles.listed()]
    words = sorted({word for title in kept for word in title})
    place = {word: at for at, word in enumerate(words)}
    return TitleWords(tuple(words), Rows.of([sorted(place[word] for word in title) for title in kept]))


def _words(title: str) -> set[str]:
    return {
        word
        for word in folded(title).split()
        if len(word) >= _LEAST_LETTERS and word not in COMMON_WORDS and not word.isnumeric()
    }
