"""The author line of a Scholar Feed page: names, “et al.”, institutions; and a title glued before it.

    Ning Ding, Xingtai Lv, Qiaosen Wang et al. · tsinghua
    Lei Zhao, Yingyi Zhang, Chengzhi Zhang
    Sparse Low-rank Adaptation of ModelsNing Ding, Xingtai Lv, Qiaosen Wang et al. · tsinghua

The third form has no sign between title and names. It is split only where one single place makes every piece of the
rest a person's name; otherwise it is left to a human.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAIL = re.compile(r"\s[·•]\s(?P<institutions>[^·•]+)$")
_CUT = re.compile(r"[,\s]\s*et al\.?$")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    "al af bin da das de del della den der di do dos du el ibn la le ten ter van vom von y zu".split()
)
# A capital that begins a word right behind another character: the only places where a title can end and a name begin.
_BOUNDARY = re.compile(r"(?<=[^\s\-'’.(])(?=[^\W\d_a-z][a-zà-ÿ'’.])")
_NAME_WORD = re.compile(
    r"(?:Mc|Mac|De|Di|Du|La|Le|Van|O['’]|D['’])?[^\W\d_a-z][^\W\d_A-Z]*|(?:[^\W\d_a-z]\.)+"
)
_LONGEST_NAME_WORDS = 5
_LONGEST_NAME = 100
_LONGEST_ABBREVIATION = 3  # "W.", "Jr."


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """What an author line says. `is_marked`: it bears “et al.” or institutions, so that it surely is one."""

    names: tuple[str, ...]
    is_truncated: bool
    institutions: tuple[str, ...]
    is_marked: bool


def parse(line: str) -> AuthorLine:
    """Return the parts of an author line; any text parses, see `could_be_authors` for whether it is one."""
    rest = line.strip()
    institutions: tuple[str, ...] = ()
    if tail := _TAIL.search(rest):
        institutions = tuple(i.strip() for i in tail["institutions"].split(",") if i.strip())
        rest = rest[: tail.start()].rstrip()
    cut = _CUT.search(rest)
    if cut:
        rest = rest[: cut.start()]
    return AuthorLine(_names(rest), cut is not None, institutions, bool(cut or tail))


def _names(text: str) -> tuple[str, ...]:
    names: list[str] = []
    for piece in (p.strip() for p in text.split(",")):
        if names and piece.lower() in _SUFFIXES:
            names[-1] += f", {piece}"
        elif piece:
            names.append(piece)
    return tuple(names)


def could_be_authors(line: str) -> bool:
    """Return whether a line that stands where authors are expected can be one: marked, or only names."""
    parsed = parse(line)
    if parsed.is_marked:
        return True
    return bool(parsed.names) and all(_is_short_name(name) for name in parsed.names)


def _is_short_name(name: str) -> bool:
    """Loose: for a line of its own, where the place already says that these are names, however odd."""
    words = name.split()
    if len(name) > _LONGEST_NAME or len(words) > _LONGEST_NAME_WORDS + 1:
        return False
    ends_a_sentence = name.endswith((".", "?", "!", ":")) and len(words[-1]) > _LONGEST_ABBREVIATION
    return not ends_a_sentence


def _is_person(name: str) -> bool:
    """Strict: two to five words, each a capitalised word, an initial or a particle."""
    words = name.replace(",", " ").split()
    if not 2 <= len(words) <= _LONGEST_NAME_WORDS:
        return False
    *before, last = (w for w in words if w.lower() not in _SUFFIXES)
    shaped = all(w in _PARTICLES or _is_name_word(w) for w in before)
    return shaped and _is_name_word(last)


def _is_name_word(word: str) -> bool:
    return all(_NAME_WORD.fullmatch(part) for part in re.split(r"[-‐‑]", word) if part) and word.strip("-") != ""


@dataclass(frozen=True, slots=True)
class Glued:
    """A line that holds title and authors: `splits` are all the ways to read it, best none or one."""

    splits: tuple[tuple[str, AuthorLine], ...]
    is_marked: bool


def split_glued(line: str) -> Glued:
    """Return each way to split a line into a title and a list of persons, in the order of the line."""
    splits = []
    for boundary in _BOUNDARY.finditer(line):
        authors = parse(line[boundary.start() :])
        if authors.names and all(_is_person(name) for name in authors.names):
            splits.append((line[: boundary.start()].strip(), authors))
    return Glued(tuple(splits), parse(line).is_marked)
