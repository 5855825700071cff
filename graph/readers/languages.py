"""Names and codes of languages as sources print them → the tag of BCP 47."""

from __future__ import annotations

from typing import Final

# Tag, code of MEDLINE (nlm.nih.gov/bsd/language_table.html; ISO 639-2/B), name in English (Web of Science, Scopus).
_LANGUAGES: Final = """
af afr Afrikaans|ar ara Arabic|az aze Azerbaijani|bg bul Bulgarian|bs bos Bosnian|ca cat Catalan|cs cze Czech
cy wel Welsh|da dan Danish|de ger German|el gre Greek|en eng English|es spa Spanish|et est Estonian|eu baq Basque
fa per Persian|fi fin Finnish|fr fre French|gl glg Galician|he heb Hebrew|hi hin Hindi|hr hrv Croatian
hu hun Hungarian|hy arm Armenian|id ind Indonesian|is ice Icelandic|it ita Italian|ja jpn Japanese|ka geo Georgian
ko kor Korean|la lat Latin|lt lit Lithuanian|lv lav Latvian|mk mac Macedonian|ms may Malay|nl dut Dutch
no nor Norwegian|pl pol Polish|pt por Portuguese|ro rum Romanian|ru rus Russian|sk slo Slovak|sl slv Slovenian
sq alb Albanian|sr srp Serbian|sv swe Swedish|th tha Thai|tr tur Turkish|uk ukr Ukrainian|ur urd Urdu
vi vie Vietnamese|zh chi Chinese
"""
_TAGS: Final = {
    word.lower(): row.split()[0]
    for row in _LANGUAGES.strip().replace("\n", "|").split("|")
    for word in row.split()
}


def language_tag(printed: str) -> str | None:
    """Return the tag of a language's name or code; None where it is none of ours, or more than one.

    Example:
        >>> language_tag("eng"), language_tag("English"), language_tag("English; Chinese")
        ('en', 'en', None)
    """
    return _TAGS.get(printed.strip().lower())
