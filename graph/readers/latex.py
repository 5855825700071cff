r"""LaTeX in names, titles and abstracts → Unicode text: accents, letters, braces, ties and dashes; math as printed.

Only what stands for text is undone. `$…$` and `\(…\)` stay as printed, and so does a command that no table below
knows: what it would print cannot be told. Times grow with the length of the text only, whatever stands in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

# Source of the commands: LaTeX2e reference manual (latexref.xyz), sections Accents, Additional Latin letters, Text
# symbols, Font styles.
_ACCENTS: Final = {
    command: unicodedata.lookup(f"COMBINING {name}")
    for command, name in {
        "`": "GRAVE ACCENT",
        "'": "ACUTE ACCENT",
        "^": "CIRCUMFLEX ACCENT",
        "~": "TILDE",
        "=": "MACRON",
        "u": "BREVE",
        ".": "DOT ABOVE",
        '"': "DIAERESIS",
        "h": "HOOK ABOVE",
        "r": "RING ABOVE",
        "H": "DOUBLE ACUTE ACCENT",
        "v": "CARON",
        "d": "DOT BELOW",
        "c": "CEDILLA",
        "k": "OGONEK",
        "b": "MACRON BELOW",
        "t": "DOUBLE INVERTED BREVE",
    }.items()
}
_DOTTED: Final = {
    "ı": "i",
    "ȷ": "j",
}  # an accent takes the place of the dot: Unicode composes with the dotted letter
_MOST_ACCENTS: Final = 3  # on one letter; Vietnamese has two

_LETTERS: Final = dict(
    pair.split("=")
    for pair in (
        "aa=å AA=Å ae=æ AE=Æ oe=œ OE=Œ o=ø O=Ø l=ł L=Ł ss=ß SS=SS i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ dj=đ DJ=Đ ng=ŋ NG=Ŋ "
        "TeX=TeX LaTeX=LaTeX BibTeX=BibTeX LaTeXe=LaTeX2e dots=… ldots=… textellipsis=… copyright=© pounds=£ "
        "S=§ P=¶ dag=† ddag=‡ textendash=– textemdash=— textbackslash=\\ textasciitilde=~ textasciicircum=^ "
        "textbraceleft={ textbraceright=} "
        "textunderscore=_ textquotesingle=' textquoteleft=‘ textquoteright=’ textquotedblleft=“ textquotedblright=” "
        "textregistered=® texttrademark=™ textdegree=° textmu=µ texteuro=€ textbar=| textless=< textgreater=> "
        "textbullet=• guillemotleft=« guillemotright=» quotesinglbase=‚ quotedblbase=„ lq=‘ rq=’ slash=/ hyphen=- "
        "sim=∼ times=× pm=± mp=∓ to=→ rightarrow=→ leftarrow=← leftrightarrow=↔ infty=∞ le=≤ leq=≤ ge=≥ geq=≥ ne=≠ "
        "neq=≠ approx=≈ equiv=≡ cdot=· circ=∘ degree=° ell=ℓ odot=⊙ partial=∂ ast=∗ prime=′ in=∈ "
        "varepsilon=ε varphi=φ vartheta=ϑ"
    ).split()
)
_GREEK: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split()


def _greek(name: str) -> str:
    """The letter that a command names; Unicode spells one of them "lamda"."""
    size = "SMALL" if name.islower() else "CAPITAL"
    return unicodedata.lookup(f"GREEK {size} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")


_SPACES: Final = ("quad", "qquad", "par", "newline", "linebreak", "item", "space", "enspace", "thinspace")
# Commands that change how text looks, not what it says.
_STYLES: Final = (
    "emph em it bf rm sc sl tt sf cal itshape bfseries scshape slshape upshape mdseries rmfamily ttfamily sffamily "
    "textit textbf textrm textsc textsl texttt textsf textup textmd textnormal text mbox hbox fbox ensuremath "
    "textsuperscript textsubscript underline uline uppercase lowercase MakeUppercase MakeLowercase tiny scriptsize "
    "footnotesize small normalsize large Large LARGE huge Huge relax protect noindent centering autocap boldmath "
    "bibinfo mkbibemph mkbibitalic nocase"
).split()
_WORDS: Final = {
    **_LETTERS,
    **{name: _greek(name) for name in _GREEK},
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_STYLES, ""),
}
_QUOTED: Final = {
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
}  # what stands before and behind the argument
_SYMBOLS: Final = {
    **{symbol: symbol for symbol in "&%$#_{}"},
    **dict.fromkeys("\\,;: \n\t", " "),
    **dict.fromkeys("/-!@", ""),
}
_PLAIN: Final = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}

_MARK: Final = re.compile(r"[\\{}~]|--|``|''")  # where none of these stands, there is nothing to do
_TOKEN: Final = re.compile(
    r"\\(?:href|color|textcolor|hspace|vspace|label|noopsort|begin|end)\*?\s*\{[^{}]*\}"  # says no text
    r"|\\url\s*\{(?P<address>[^{}]*)\}"
    r"|\\(?P<word>[A-Za-z]+)\*?\s*(?P<open>\{)?"
    r"|\\(?P<symbol>.)"
    r"|(?P<math>\$\$(?:[^$\\]|\\.)++\$\$|\$(?:[^$\\]|\\.)++\$)"
    r"|(?P<brace>[{}])"
    r"|(?P<plain>~|---?|``|'')",
    re.DOTALL,
)


def without_latex(text: str) -> str:
    r"""Return `text` as Unicode, its white space collapsed; text without LaTeX comes back in a microsecond.

    Example:
        >>> without_latex(r"Erd{\H o}s, P\'al and \O ystein~{\L}ukasiewicz")
        'Erdős, Pál and Øystein Łukasiewicz'
        >>> without_latex(r"\emph{Decays} of {$\Lambda_b$} --- ``new'' \& old")
        'Decays of $\\Lambda_b$ — “new” & old'
    """
    if _MARK.search(text) is None:
        return " ".join(text.split())
    writer = _Writer()
    last = 0
    for token in _TOKEN.finditer(text):
        if token.start() > last:
            writer.put(text[last : token.start()])
        last = token.end()
        if writer.is_math and token["symbol"] not in (")", "]"):
            writer.parts.append(token[0])
        else:
            _HANDLERS[token.lastgroup or ""](writer, token)
    writer.put(text[last:])
    writer.settle()
    return " ".join("".join(writer.parts).split())


class _Writer:
    """The text so far; `marks` are accents that wait for their letter, `closers` what each open brace ends with."""

    __slots__ = ("closers", "is_math", "marks", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.closers: list[str] = []
        self.marks = ""
        self.is_math = False

    def put(self, text: str) -> None:
        """Append text; its first letter takes the accents that wait."""
        if self.marks and not self.is_math:
            text = text.lstrip()
            if not text:
                return
            letter = _DOTTED.get(text[0], text[0])
            text = unicodedata.normalize("NFC", letter + self.marks) + text[1:]
            self.marks = ""
        self.parts.append(text)

    def accent(self, mark: str) -> None:
        if len(self.marks) == _MOST_ACCENTS:
            self.settle()
        self.marks = mark + self.marks  # the inner accent, read last, is nearest to the letter

    def settle(self) -> None:
        r"""Print accents that found no letter by themselves: `\~{}` is a tilde."""
        for mark in self.marks:
            self.parts.append(_ALONE[mark])
        self.marks = ""


def _word(writer: _Writer, token: re.Match[str]) -> None:
    name, is_open = token["word"], token["open"] is not None
    before, behind = "", ""
    if name in _ACCENTS:
        writer.accent(_ACCENTS[name])
    elif name in _WORDS:
        before = _WORDS[name]
    elif name in _QUOTED and is_open:
        before, behind = _QUOTED[name]
    else:
        before, behind = token[0], "}"
    if before:
        writer.put(before)
    if is_open:
        writer.closers.append(behind)


def _symbol(writer: _Writer, token: re.Match[str]) -> None:
    symbol = token["symbol"]
    if symbol in _ACCENTS:
        writer.accent(_ACCENTS[symbol])
    elif symbol in ("(", "[", ")", "]"):
        writer.put(token[0])
        writer.is_math = symbol in ("(", "[")
    else:
        writer.put(_SYMBOLS.get(symbol, token[0]))


def _brace(writer: _Writer, token: re.Match[str]) -> None:
    if token["brace"] == "{":
        writer.closers.append("")
    else:
        writer.settle()
        if writer.closers and (closer := writer.closers.pop()):
            writer.put(closer)


_HANDLERS: Final[Mapping[str, Callable[[_Writer, re.Match[str]], None]]] = {
    "": lambda writer, token: None,
    "address": lambda writer, token: writer.put(token["address"]),
    "word": _word,
    "open": _word,
    "symbol": _symbol,
    "math": lambda writer, token: writer.put(token["math"]),
    "brace": _brace,
    "plain": lambda writer, token: writer.put(_PLAIN[token["plain"]]),
}
_ALONE: Final = {mark: symbol if not symbol.isalpha() else "" for symbol, mark in _ACCENTS.items()}
