"""Parts of a person's name, or a printed "Family, Given" → the name in the order of speech; nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

# What stands behind a name. Between two commas, or after the second, all of these; after the only one, those that
# cannot be initials: "Ivanov, IV" and "Smith, JR" are I. V. Ivanov and J. R. Smith.
_SUFFIX: Final = re.compile(
    r"(?:jr|sr|jnr|snr|junior|senior|filho|neto|i|ii|iii|iv|v|vi|vii|viii|[1-9](?:st|nd|rd|th))\.?",
    re.IGNORECASE,
)
_SURE_SUFFIX: Final = re.compile(r"[JS]n?r\.?|[js]n?r\.|III|[2-9](?:nd|rd|th)")
_OTHERS: Final = re.compile(
    r"(?:(?:and|&|y|und|et) )?(?:others|et(?:\.? |\.)al(?:ii|ia|iae)?|al)\.?", re.IGNORECASE
)
_AND_OTHERS: Final = re.compile(
    r"[,;]?(?<=\S) (?:et(?:\.? |\.)al(?:ii|ia|iae)?|and others)\.?\Z", re.IGNORECASE
)
# What stands where a name should, in lower case, marks taken for blanks: cataloguers' "N.N." and "[s.n.]", and what
# exports write for it. "NN" is one too, "SN" is somebody's initials.
_NOBODY: Final = re.compile(
    r"anon(?:ym(?:ous|us)?)?|unknown(?: authors?)?|authors? unknown|unbekannt|n n|nn|s n|nomen nescio|"
    r"no authors?(?: names?)?(?: (?:available|listed|given))?"
)
# Codes of DataCite's schema for a value that is not there, also with words behind. Source: appendix 3 of schema 4.6.
_CODE: Final = re.compile(
    r"\(:[a-z]{3,5}\).*|\(?:(?:unac|unal|unap|unas|unav|unkn|none|null|tba|etal)\b.*", re.IGNORECASE
)
_MARKS: Final = re.compile(r"[\W_]+")
_LONGEST_NOBODY: Final = 60
_FIRST_OF_NOBODY: Final = frozenset("ANUSanus:([{<\"'“‘*-?_. ")  # looked at first, for names are many
# Ideographs, Hangul and Kana, and the marks between them.
_EAST_ASIAN: Final = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)
_IDEOGRAPH_OR_HANGUL: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def spoken(
    given: str | None,
    family: str | None,
    particle: str | None = None,
    suffix: str | None = None,
    *,
    is_family_first: bool = False,
) -> str:
    """Return the parts of a name in the order of speech, white space collapsed; "" where there are none.

    Names in Chinese, Japanese or Korean writing are spoken, and written, with the family first and without a space;
    `is_family_first` is for others of whom the source says so ("Mao Zedong").

    Example:
        >>> spoken("Ludwig", "Beethoven", particle="van"), spoken("Martin Luther", "King", suffix="Jr.")
        ('Ludwig van Beethoven', 'Martin Luther King Jr.')
        >>> spoken("硕", "陈"), spoken(None, "Plato")
        ('陈硕', 'Plato')
    """
    if given and family and not family.isascii() and _is_east_asian(given.strip(), family.strip()):
        return family.strip() + given.strip()
    parts = (particle, family, given, suffix) if is_family_first else (given, particle, family, suffix)
    return " ".join(" ".join(filter(None, parts)).split())


def turned(printed: str) -> str:
    """Return a person's name printed "Family, Given" in the order of speech; any other as it stands.

    "Family, Given, Jr." and "Family, Jr., Given" come to the same. With more commas, or a second one that parts no
    suffix off, it cannot be told what is what: the name stays as printed. Not for groups ("Physics, Institute of").

    Example:
        >>> turned("Lovelace, Ada"), turned("King, Martin Luther, Jr."), turned("King, Jr., Martin Luther")
        ('Ada Lovelace', 'Martin Luther King Jr.', 'Martin Luther King Jr.')
        >>> turned("Ada  Lovelace"), turned("Sammy Davis, Jr."), turned("Ivanov, IV"), turned("a, b, c")
        ('Ada Lovelace', 'Sammy Davis Jr.', 'IV Ivanov', 'a, b, c')
    """
    if "," not in printed and "，" not in printed:
        return " ".join(printed.split())
    parts = [part for piece in printed.replace("，", ",").split(",") if (part := " ".join(piece.split()))]
    form = _SUFFIX if len(parts) > 2 else _SURE_SUFFIX
    suffixes = [part for part in parts[1:] if form.fullmatch(part)]
    names = [part for part in parts if part not in suffixes]
    if len(suffixes) > 1 or not 0 < len(names) <= 2:
        return " ".join(printed.split())
    return spoken(names[1] if len(names) == 2 else None, names[0], suffix=suffixes[0] if suffixes else None)


def cut(name: str) -> tuple[str, bool]:
    """Return a name without “et al.” or “and others” behind it, and whether that stood there.

    Example:
        >>> cut("Ada Lovelace et al."), cut("Ada Lovelace, and others"), cut("Al Gore")
        (('Ada Lovelace', True), ('Ada Lovelace', True), ('Al Gore', False))
    """
    found = _AND_OTHERS.search(name)
    return (name[: found.start()], True) if found else (name, False)


def laid_over(short: Sequence[str], whole: Sequence[str]) -> list[int | None]:
    """Return for each name of a longer list the place of the same person in a shorter one, None for who is not there.

    The same family name and initial, in the same order, is the same person. Where somebody of the shorter list is not
    found so, or could be one of two, it cannot be told who is whom, and all are None. Cost: O(names).

    Example:
        >>> laid_over(["Ding, N", "Qin, YJ", "Wei, FR"], ["Ding, Ning", "Wei, Furu"]), laid_over(["Hao J."], [])
        ([0, None, 1], [None])
        >>> laid_over(["Ding, N", "Qin, YJ"], ["Someone, Else"])
        [None, None]
    """
    keys, known = list(map(_family_and_initial, short)), list(map(_family_and_initial, whole))
    counts, found = Counter(known), list[int | None]()
    place = 0
    for key in keys:
        is_here = place < len(known) and known[place] == key
        found.append(place if is_here else None)
        place += is_here
    is_certain = all(counts[key] in (0, count) for key, count in Counter(keys).items())
    return found if is_certain and place == len(known) else [None] * len(short)


def _family_and_initial(name: str) -> tuple[str, str]:
    family, mark, given = name.partition(",") if "," in name else name.strip().rpartition(" ")
    if not mark:
        family, given = name, ""
    return " ".join(family.casefold().replace(".", " ").split()), given.strip()[:1].casefold()


def stands_for_others(name: str) -> bool:
    """Return whether this is no name but says that there are more ("et al.", "others"): the list is cut.

    Example:
        >>> stands_for_others("et al."), stands_for_others("and others"), stands_for_others("Al Gore")
        (True, True, False)
    """
    return len(name) < 20 and _OTHERS.fullmatch(name.strip(" ,;()[]…")) is not None


def is_nobody(name: str) -> bool:
    """Return whether this is no name but says that none is known ("Anonymous", "N.N.", "(:unkn) Unknown").

    Case and marks do not count. Who has more of a name is somebody.

    Example:
        >>> [is_nobody(name) for name in ("[Anonymous]", "Anon.", "N. N.", "[s.n.]", "No author", "(:unkn) Unknown")]
        [True, True, True, True, True, True]
        >>> is_nobody("John Anonymous"), is_nobody("Anonymous Collective"), is_nobody("An On")
        (False, False, False)
    """
    if len(name) > _LONGEST_NOBODY or name[:1] not in _FIRST_OF_NOBODY:
        return False
    return _CODE.fullmatch(name) is not None or (
        _NOBODY.fullmatch(_MARKS.sub(" ", name).strip().lower()) is not None
    )


def _is_east_asian(given: str, family: str) -> bool:
    return bool(
        _EAST_ASIAN.fullmatch(given) and _EAST_ASIAN.fullmatch(family) and _IDEOGRAPH_OR_HANGUL.search(family)
    )
