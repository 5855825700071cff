"""Titles and abstracts with markup (HTML, JATS, MathML) → plain text: markup removed, entities undone once.

Only elements of these languages are markup: `vector<int>`, `p < 0.05` and `<Actinopterygii>` are text and stay.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

# Elements that part words (a space takes their place) and those inside a word ("H<sub>2</sub>O").
# Sources: html.spec.whatwg.org section 4, jats.nlm.nih.gov/archiving/tag-library, w3.org/TR/MathML3 chapters 3 and 5,
# github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc; `emph`, `ns4:p` … as found in records of Crossref.
_PARTING: Final = frozenset(
    "abstract article blockquote br caption center dd def-item def-list disp-formula disp-formula-group disp-quote "
    "div dl dt fig h1 h2 h3 h4 h5 h6 hr label li list list-item ol p para pre section sec sectiontitle simplepara "
    "table table-wrap tbody td th thead title tr ul verse-group verse-line "
    "mtable mtd mtr".split()
)
_INSIDE: Final = frozenset(
    "a abbr acronym alternatives annotation annotation-xml b big bold break cite code del dfn em email emph emphasis "
    "ext-link fixed-case font formula i img inf inline-formula inline-graphic ins italic italics kbd mark monospace "
    "named-content nobr overline q roman s samp sans-serif sc scp small span strike strong styled-content sub "
    "subscript sup superscript svg tex tex-math tt u underline uri url var xref "
    "maction math menclose merror mfenced mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtext munder munderover none semantics".split()
)
_SAID_AGAIN: Final = frozenset(
    {"annotation", "annotation-xml", "script", "style"}
)  # not text, or a second time

# Possessive (`++`): a text of many "<" is read in one go.
_TAG: Final = re.compile(
    r"<(/?+)(?:[A-Za-z][\w.-]*+:)?+([A-Za-z][\w.-]*+)"
    r"(?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'<>=]++))*+\s*+(/?+)>"
    r"|<!--|-->|<!\[CDATA\[|\]\]>"
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED_PAIR: Final = re.compile(
    r"<(i|b|em|strong|sub|sup|italic|bold|u|sc|scp|tt)>([^<>]*+)</\1>", re.IGNORECASE
)


def plain_text(printed: str) -> str:
    """Return text without markup, its white space collapsed; "" where nothing is left.

    A formula that stands there twice (`alternatives` of TeX and MathML, an `annotation`) is kept once. Markup that the
    source escaped once too often ("&lt;i&gt;E. coli&lt;/i&gt;", frequent at Crossref) is markup where its tags pair.

    Cost: O(length); without "<" and "&" only the white space is looked at.

    Example:
        >>> plain_text("<jats:title>Abstract</jats:title><jats:p>H<jats:sub>2</jats:sub>O &amp; p &lt; 0.05</jats:p>")
        'Abstract H2O & p < 0.05'
        >>> plain_text("Why  vector<int> is not &amp;amp;")
        'Why vector<int> is not &amp;'
    """
    text = printed
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
        if "</" in text and "&lt;" in printed:
            text = _ESCAPED_PAIR.sub(r"\2", text)
    return " ".join(text.split())


def _without_tags(text: str) -> str:
    """Return the text between the tags; what an end tag is missing for is kept."""
    left_out = _SAID_AGAIN
    if "alternatives>" in text and "math>" in text.replace("tex-math>", ""):
        left_out = left_out | {"tex-math"}
    kept, whole = _between_tags(text, left_out)
    return kept if whole else _between_tags(text, frozenset())[0]


def _between_tags(text: str, left_out: frozenset[str]) -> tuple[str, bool]:
    """Return the text between the tags but for that inside `left_out`, and whether each of these had its end."""
    parts: list[str] = []
    start, inside = 0, ""  # `inside`: the element or comment that is being left out
    for tag in _TAG.finditer(text):
        mark = tag[0]
        name = tag[2].lower() if tag[2] else mark
        if inside:
            if (name == inside and tag[1]) or (mark == "-->" and inside == "<!--"):
                start, inside = tag.end(), ""
            continue
        parting = name in _PARTING
        is_left_out = not tag[1] and not tag[3] and (name in left_out or (mark == "<!--" and bool(left_out)))
        if not (parting or is_left_out or name in _INSIDE or mark == "<![CDATA[" or mark == "]]>"):
            continue
        parts.append(text[start : tag.start()])
        if parting:
            parts.append(" ")
        start = tag.end()
        if is_left_out:
            inside = name
    if inside:
        return "", False
    parts.append(text[start:])
    return "".join(parts), True
