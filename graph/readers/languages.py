"""Names and codes of languages as sources print them → the tag of BCP 47."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

# The tag, then the codes of ISO 639-2 and of MARC (PubMed, dblp, the Anthology), then names in English and in itself.
# Sources: iana.org/assignments/language-subtag-registry, loc.gov/marc/languages, nlm.nih.gov/bsd/language_table.html
_LANGUAGES: Final = """
af afr afrikaans|sq alb sqi albanian|ar ara arabic|hy arm hye armenian|az aze azerbaijani|eu baq eus basque
be bel belarusian|bn ben bengali|bs bos bosnian|bg bul bulgarian|ca cat catalan|zh chi zho chinese|cs cze ces czech
da dan danish dansk|nl dut nld dutch nederlands|en eng english|eo epo esperanto|et est estonian|fi fin finnish suomi
fr fre fra french français francais|ka geo kat georgian|de ger deu german deutsch ngerman|gl glg galician
ga gle irish|el gre ell greek|he heb hebrew|hi hin hindi|hr hrv scr croatian|hu hun hungarian magyar
is ice isl icelandic|id ind indonesian|it ita italian italiano|ja jpn japanese|kk kaz kazakh|rw kin kinyarwanda
ko kor korean|la lat latin|lv lav latvian|lt lit lithuanian|mk mac mkd macedonian|ml mal malayalam|mi mao mri maori
mr mar marathi|ms may msa malay|no nor norwegian norsk|nb nob|nn nno nynorsk|fa per fas persian|pl pol polish polski
pt por portuguese português portugues portuges|ps pus pashto|ro rum ron romanian|ru rus russian|sa san sanskrit
sr scc srp serbian|sk slo slk slovak|sl slv slovenian slovene|es spa spanish español espanol|sw swa swahili
sv swe swedish svenska|th tha thai|tr tur turkish|uk ukr ukrainian|ur urd urdu|vi vie vietnamese|cy wel cym welsh
en-US american usenglish|en-GB british ukenglish|en-CA canadian|en-AU australian|en-NZ newzealand|fr-CA acadian canadien
de-AT austrian naustrian|de-CH swissgerman nswissgerman|pt-BR brazilian brazil
"""
_TAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: row.split()[0]
        for row in _LANGUAGES.strip().replace("\n", "|").split("|")
        for word in row.lower().split()
    }
)
# Said of what is not in one language: undetermined, multiple, no linguistic content, uncoded, not applicable.
_NO_LANGUAGE: Final = frozenset({"und", "mul", "zxx", "mis", "n/a", "none"})
_TAG: Final = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_BABEL: Final = re.compile(r"\{?(?:lang)?(\w+)\}?")  # macros of biblatex: {langgerman}


def language_tag(printed: str) -> str | None:
    """Return the tag of a language's name, code or tag; None where it is none of ours, or more than one.

    Example:
        >>> language_tag("eng"), language_tag("English"), language_tag("English; Chinese"), language_tag("pt_br")
        ('en', 'en', None, 'pt-BR')
    """
    text = printed.strip()
    whole = _BABEL.fullmatch(text)
    known = _TAGS.get(text.lower()) or (_TAGS.get(whole[1].lower()) if whole else None)
    if known is not None or not _TAG.fullmatch(text) or text.lower() in _NO_LANGUAGE:
        return known
    first, *others = text.replace("_", "-").lower().split("-")
    parts = [_TAGS.get(first, first)]
    parts += [each.upper() if len(each) == 2 else each.title() if len(each) == 4 else each for each in others]
    return "-".join(parts)


def language_of(printed: Any, remark: Callable[[str, str], None]) -> str | None:
    """Return the tag of the language that a field names; a remark where what stands there is not one language."""
    text = " ".join(str(printed).split()) if isinstance(printed, (str, int)) else ""
    tag = language_tag(text)
    if tag is None and (text or printed) and text.lower() not in _NO_LANGUAGE:
        remark(text or repr(printed)[:80], "one language, by its name or tag; it is left out")
    return tag
