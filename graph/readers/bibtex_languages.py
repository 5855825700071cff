"""Languages as BibTeX files name them (`language`, `langid`) → tags of BCP 47.

Sources: biblatex manual section 2.2.2 (langid) and table 2 (supported languages), the IANA language subtag registry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    dict(
        pair.split("=")
        for pair in (
            "arabic=ar basque=eu bulgarian=bg catalan=ca chinese=zh croatian=hr czech=cs danish=da "
            "dutch=nl estonian=et english=en american=en-US usenglish=en-US british=en-GB ukenglish=en-GB "
            "canadian=en-CA australian=en-AU newzealand=en-NZ finnish=fi french=fr acadian=fr-CA "
            "canadien=fr-CA francais=fr galician=gl german=de ngerman=de austrian=de-AT naustrian=de-AT "
            "swissgerman=de-CH nswissgerman=de-CH greek=el hebrew=he hindi=hi hungarian=hu magyar=hu "
            "icelandic=is indonesian=id italian=it japanese=ja korean=ko latin=la latvian=lv "
            "lithuanian=lt marathi=mr norsk=nb norwegian=no nynorsk=nn persian=fa polish=pl "
            "portuguese=pt portuges=pt brazilian=pt-BR brazil=pt-BR romanian=ro russian=ru serbian=sr "
            "slovak=sk slovene=sl slovenian=sl spanish=es swedish=sv turkish=tr ukrainian=uk "
            "vietnamese=vi eng=en ger=de deu=de fre=fr fra=fr spa=es ita=it por=pt rus=ru chi=zh zho=zh "
            "jpn=ja kor=ko pol=pl nld=nl dut=nl"
        ).split()
    )
)
_TAG: Final = re.compile(r"([a-z]{2})(?:[-_]([A-Za-z]{2}))?")


def language(printed: str) -> str | None:
    """Return the tag of a language; None for several, and for names we do not know.

    Example:
        >>> language("English"), language("langgerman"), language("pt_BR"), language("latin and german")
        ('en', 'de', 'pt-BR', None)
    """
    name = printed.strip().strip("{}").lower().removeprefix("lang")
    if name in _NAMES:
        return _NAMES[name]
    found = _TAG.fullmatch(name)
    if found is None:
        return None
    return f"{found[1]}-{found[2].upper()}" if found[2] else found[1]
