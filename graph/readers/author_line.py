"""The author line of a Scholar Feed page: names, “et al.”, institutions; and a title glued before it.

    Ning Ding, Xingtai Lv, Qiaosen Wang et al. · tsinghua
    Lei Zhao, Yingyi Zhang, Chengzhi Zhang
    Sparse Low-rank Adaptation of ModelsNing Ding, Xingtai Lv, Qiaosen Wang et al. · tsinghua

The third form has no sign between title and names. It is split only where one single place makes every piece of the
rest a person's name; otherwise it is left to a human.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining

from ..names import name_key

_ET_AL = r"et\.? al(?: ?\.)?,?"
_TIGHT = re.compile(rf"\b({_ET_AL}) ?[·•] ?", re.IGNORECASE)  # only here may spaces beside the dot be missing
_DOT = re.compile(r" [·•](?: |$)")  # between names and institutions; "a·b" is part of a name
_CUT = re.compile(
    rf"(?:(?:^|[, ]) ?(?:{_ET_AL}|and (?:\d+ )?(?:others|more))| ?\+ ?\d{{1,6}} (?:others|more)|(?P<dots>…|\.\.\.)),?$",
    re.IGNORECASE,
)
_AND = re.compile(r" (?:and|&) ")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    "al af bin da das de del della den der di do dos du el ibn la le ten ter van vom von y zu".split()
)
_PREFIX = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|O['’]|D['’])(?=[^\W\d_a-z])")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.)+")
_APOSTROPHES = "'’ʼ"
_NEVER_BEFORE_A_NAME = "-(." + _APOSTROPHES
_LONGEST_NAME_WORDS = 5
_LONGEST_NAME = 100
_LONGEST_ABBREVIATION = 3  # "W.", "Jr."
_LONGEST_PLACE_WORDS = 12
_LONGEST_GLUED = (
    4000  # characters; splitting costs the square of it, and no title with its authors is that long
)


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """What an author line says. `is_marked`: it bears “et al.” or institutions, so that it surely is one."""

    names: tuple[str, ...]
    is_truncated: bool
    institutions: tuple[str, ...]
    is_marked: bool


@lru_cache(maxsize=16)  # the reader asks for the same few lines of a paper again and again
def parse(line: str) -> AuthorLine:
    """Return the parts of an author line; any text parses, see `could_be_authors` for whether it is one."""
    names, *tails = _DOT.split(_TIGHT.sub(r"\1 · ", " ".join(line.split())))
    institutions = tuple(i.strip() for tail in tails for i in tail.split(",") if i.strip())
    names = names.strip()
    cut = _CUT.search(names)
    if cut and cut["dots"] and not all(map(_is_side, _names(names[: cut.start()]))):
        cut = None  # a sentence that trails off
    if cut:
        names = names[: cut.start()]
    return AuthorLine(_names(names), cut is not None, institutions, bool(cut or institutions))


def _names(text: str) -> tuple[str, ...]:
    names: list[str] = []
    for piece in (p.strip() for p in text.split(",")):
        if names and piece.lower() in _SUFFIXES:
            names[-1] += f", {piece}"
        elif piece:
            sides = _AND.split(f" {piece}" if names else piece)
            persons = [side.strip() for side in sides if side.strip()]
            names.extend(persons if len(sides) > 1 and all(map(_is_side, persons)) else [piece])
    return tuple(names)


def _is_side(name: str) -> bool:
    """Whether what stands on one side of “and” is a person: by its form, or in a script without capitals."""
    return _is_person(name) or (name.isalpha() and name.upper() == name.lower())


def could_be_authors(line: str) -> bool:
    """Return whether a line that stands where authors are expected can be one: short names, short institutions."""
    parsed = parse(line)
    if not (parsed.names or parsed.is_truncated):
        return False
    longest = _LONGEST_NAME_WORDS + (5 if parsed.is_marked else 1)
    return all(_is_short_name(n, longest) for n in parsed.names) and all(
        map(_is_short_place, parsed.institutions)
    )


def _is_short_name(name: str, longest_words: int) -> bool:
    """Loose: for a line of its own, where the place already says that these are names, however odd."""
    words = name.split()
    if len(name) > _LONGEST_NAME or len(words) > longest_words:
        return False
    ends_a_sentence = name.endswith((".", "?", "!", ":")) and len(words[-1]) > _LONGEST_ABBREVIATION
    return not ends_a_sentence


def _is_short_place(place: str) -> bool:
    words = place.split()
    return len(words) <= _LONGEST_PLACE_WORDS and not (place.endswith((".", "?", "!")) and len(words) > 3)


def _is_person(name: str) -> bool:
    """Strict: two to five words, each a capitalised word, an initial or a particle."""
    words = name.replace(",", " ").split()
    if not 2 <= len(words) <= _LONGEST_NAME_WORDS:
        return False
    shaped = [w for w in words if w.lower() not in _SUFFIXES]
    return (
        bool(shaped)
        and all(w in _PARTICLES or _is_name_word(w) for w in shaped)
        and _is_name_word(shaped[-1])
    )


def _is_name_word(word: str) -> bool:
    parts = [part for part in re.split(r"[-‐‑]", word) if part]
    return bool(parts) and all(_is_name_part(part) for part in parts)


def _is_name_part(part: str) -> bool:
    """One capital (or a letter of a script without capitals) at the beginning, none behind it."""
    if _INITIALS.fullmatch(part):
        return True
    rest = _PREFIX.sub("", part, count=1)
    lettered = all(c.isalpha() or combining(c) or c in _APOSTROPHES for c in rest)
    return lettered and not rest[0].islower() and not any(c.isupper() for c in rest[1:])


@dataclass(frozen=True, slots=True)
class Glued:
    """A line that holds title and authors: `splits` are all the ways to read it, best none or one."""

    splits: tuple[tuple[str, AuthorLine], ...]
    is_marked: bool


def split_glued(line: str) -> Glued:
    """Return each way to split a line into a title and a list of persons, in the order of the line."""
    if len(line) > _LONGEST_GLUED:
        return Glued((), parse(line).is_marked)
    splits = []
    for at in _boundaries(line):
        word = line[at : at + _LONGEST_NAME].split(maxsplit=1)[0].rstrip(",")
        if not _is_name_word(word):  # the word that is glued to the title: saves parsing the whole rest
            continue
        authors = parse(line[at:])
        persons = bool(authors.names) and all(_is_person(name) for name in authors.names)
        if persons and all(map(_is_short_place, authors.institutions)):
            splits.append((line[:at].strip(), authors))
    return Glued(tuple(splits), parse(line).is_marked)


def _boundaries(line: str) -> Iterator[int]:
    """Where a capital begins a word right behind another character: the only places where a title can end."""
    for at in range(1, len(line) - 1):
        before, letter, after = line[at - 1], line[at], line[at + 1]
        begins = after.islower() or after in ". " + _APOSTROPHES or combining(after)
        if letter.isupper() and begins and not before.isspace() and before not in _NEVER_BEFORE_A_NAME:
            yield at


@dataclass(frozen=True, slots=True)
class Placed:
    """Title and authors of a paper, and how many of the lines below its heading they fill."""

    title: str
    authors: AuthorLine
    lines: int


def owned(authors: AuthorLine, owner: str | None) -> bool:
    """Return whether the page's owner is among the authors."""
    return owner is not None and name_key(owner) in map(name_key, authors.names)


def place(texts: Sequence[str], owner: str | None) -> Placed | None:
    """Return title and authors at the top of the lines below a heading; None when that would be a guess."""
    if not texts:
        return None
    at = 2 if _is_wrapped(texts, owner) else 1
    if at == 1 and not _has_author_line(texts, owner):
        return _unglued(texts[0], owner)
    if at == 1 and texts[0].endswith(",") and split_glued(texts[0]).splits:
        return None  # a compact line whose authors go on, or a title that ends with a comma
    line, end = texts[at], at + 1
    while _goes_on(line):
        if end == len(texts) or not _is_more(texts[end]):
            return None
        line, end = f"{line} {texts[end]}", end + 1
    return Placed(" ".join(texts[:at]), parse(line), end)


def _is_more(line: str) -> bool:
    """Whether a line goes on with the list above it: strict, for a short sentence may stand there too."""
    more = parse(line)
    return bool(more.names or more.is_marked) and could_be_authors(line) and all(map(_is_side, more.names))


def _goes_on(line: str) -> bool:
    return line.endswith(",") and not parse(line).is_marked


def _is_wrapped(texts: Sequence[str], owner: str | None) -> bool:
    """Whether the title fills two lines: the third is the authors for sure, and the second cannot be."""
    if len(texts) < 3 or _goes_on(texts[1]):
        return False
    second = parse(texts[1])
    if second.is_marked or owned(second, owner) or not could_be_authors(texts[2]):
        return False
    if not _is_surely_authors(texts[2], owner) or _is_surely_authors(texts[0], owner):
        return False
    return not _unglues(texts[0], owner)


def _is_surely_authors(line: str, owner: str | None) -> bool:
    return parse(line).is_truncated or owned(parse(line), owner)


def _unglues(line: str, owner: str | None) -> bool:
    """Whether title and authors surely share this line."""
    return any(authors.is_marked or owned(authors, owner) for _, authors in split_glued(line).splits)


def _has_author_line(texts: Sequence[str], owner: str | None) -> bool:
    """Whether the second line is the authors: not when the first line ends in them already (a compact page)."""
    if len(texts) < 2:
        return False
    first, second = texts[0], texts[1]
    if owned(parse(second), owner):
        return True
    if not could_be_authors(second):
        return False
    return parse(second).is_truncated or not (parse(first).is_truncated or _unglues(first, owner))


def _unglued(line: str, owner: str | None) -> Placed | None:
    """The one way to read a line without an author line below it; None when that would be a guess.

    A line that bears “et al.” or institutions holds authors for sure. Without such a mark, the authors are whole and
    therefore include the page's owner. A line with no such list and no trace of one is a title alone.
    """
    glued = split_glued(line)
    splits = glued.splits if glued.is_marked else tuple(s for s in glued.splits if owned(s[1], owner))
    if glued.is_marked or splits:
        return Placed(*splits[0], 1) if len(splits) == 1 else None
    has_trace = glued.splits or (owner is not None and name_key(owner) in name_key(line))
    return None if has_trace else Placed(line, AuthorLine((), True, (), False), 1)
