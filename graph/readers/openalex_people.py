"""Authors and institutions of OpenAlex: those of a work, and records of their own.

Source: docs.openalex.org/api-entities/authors/author-object, …/institutions/institution-object and
…/works/work-object/authorship-object
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from ..records import Authorship, Identifier, Institution, Lines, Profile, Reported
from .json_values import objects, part, text, texts
from .printed_identifiers import distinct, identified
from .remarks import NO_NAME, Remarks

_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")
_FIGURES: Final = (("papers", "works_count"), ("citations", "cited_by_count"))


def authorship(entry: Any, position: int, names: Mapping[str, str], remarks: Remarks) -> Authorship | None:
    """Return one author of a work; None where no name stands there.

    The name is the one of the author's own record, `as_given` what the paper prints, where that is another; so too the
    ORCID is the one of the record, and where that has none what the paper prints.

    Args:
        names: id of an institution -> name, for those of which the entry has only the id.
    """
    author = part(entry, "author")
    printed = text(part(entry, "raw_author_name"))
    name = text(part(author, "display_name")) or printed
    if not name:
        remarks.add(f"no name at position {position}", NO_NAME)
        return None
    own = identified("openalex-author", part(author, "id"), remarks)
    if own is None and part(author, "id") is None:
        remarks.add(f"no id of {name}", "an author with an id of OpenAlex; kept by name")
    orcid = identified("orcid", part(author, "orcid"), remarks)
    printed_orcid = identified("orcid", part(entry, "raw_orcid") or None, remarks)
    if orcid and printed_orcid and orcid != printed_orcid:
        remarks.add(f"raw_orcid {printed_orcid.value}", f"the ORCID of {name}, {orcid.value}; it is left out")
    return Authorship(
        name,
        position,
        identifiers=distinct([own, orcid or printed_orcid]),
        institutions=_of_entry(entry, names, remarks),
        affiliations=tuple(dict.fromkeys(_affiliations(entry))),
        as_given=printed if printed and printed != name else None,
    )


def _affiliations(entry: Any) -> Iterator[str]:
    """The lines of affiliation as printed, wherever a schema has them."""
    yield from texts(part(entry, "raw_affiliation_strings"))
    yield from texts(part(entry, "raw_affiliation_string"))
    for one in objects(part(entry, "affiliations")):
        yield from texts(one.get("raw_affiliation_string"))


def _of_entry(entry: Any, names: Mapping[str, str], remarks: Remarks) -> tuple[Institution, ...]:
    """The institutions of an authorship; of those that `affiliations` only refers to, the name stands elsewhere."""
    listed = objects(part(entry, "institutions"))
    found = [institution(one, remarks) for one in listed]
    if not listed:
        for one in objects(part(entry, "affiliations")):
            ids = one.get("institution_ids")
            for own in ids if isinstance(ids, list) else ():
                found.append(institution({"id": own, "display_name": names.get(text(own))}, remarks))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def institution_names(work: Mapping[str, Any]) -> dict[str, str]:
    """Return id -> name of the institutions that a work lists."""
    found = {text(one.get("id")): text(one.get("display_name")) for one in objects(work.get("institutions"))}
    return {own: name for own, name in found.items() if own and name}


def institution(value: Mapping[str, Any], remarks: Remarks) -> Institution | None:
    """Return an institution that is named by the way; None without a name."""
    identifiers = _identifiers_of(value, remarks)
    name = text(value.get("display_name"))
    if not name:
        if identifiers:
            remarks.add(identifiers[0].value, "an institution with a name; it is left out")
        return None
    return Institution(name, identifiers, country=_country(value, remarks))


def _identifiers_of(value: Mapping[str, Any], remarks: Remarks) -> tuple[Identifier, ...]:
    ids = value.get("ids")
    return distinct(
        [
            identified("openalex-institution", value.get("id") or part(ids, "openalex"), remarks),
            identified("ror", value.get("ror") or part(ids, "ror"), remarks),
            identified("grid", part(ids, "grid"), remarks),
            identified("wikidata", part(ids, "wikidata"), remarks),
        ]
    )


def _country(value: Mapping[str, Any], remarks: Remarks) -> str | None:
    code = text(value.get("country_code")) or text(part(value.get("geo"), "country_code"))
    if not code or _COUNTRY.fullmatch(code):
        return code.upper() or None
    remarks.add(code, "a country code of two letters; it is left out")
    return None


def institution_record(entity: Mapping[str, Any], lines: Lines, remarks: Remarks) -> Institution | None:
    """Return an institution that has a record of its own; None without a name.

    `names` are its acronyms, its other names, and its names in other languages.
    """
    found = institution(entity, remarks)
    if found is None:
        return None
    abroad = part(part(entity, "international"), "display_name")
    names = [
        *texts(entity.get("display_name_acronyms")),
        *texts(entity.get("display_name_alternatives")),
        *(text(name) for name in (abroad.values() if isinstance(abroad, dict) else ())),
    ]
    others = tuple(name for name in dict.fromkeys(names) if name and name != found.name)
    return Institution(found.name, found.identifiers, others, found.country, lines)


def profile(entity: Mapping[str, Any], lines: Lines, remarks: Remarks) -> Profile | None:
    """Return what OpenAlex says of an author as a whole; None without a name.

    `institutions` are the last known, then those of earlier papers.
    """
    name = text(entity.get("display_name"))
    if not name:
        return None
    ids = entity.get("ids")
    scopus = part(ids, "scopus")
    listed = [
        *objects(entity.get("last_known_institutions") or entity.get("last_known_institution")),
        *(one for each in objects(entity.get("affiliations")) for one in objects(each.get("institution"))),
    ]
    institutions = [institution(one, remarks) for one in listed]
    others = [one for one in texts(entity.get("display_name_alternatives")) if one != name]
    return Profile(
        name,
        lines,
        reported=tuple(_reported(entity, remarks)),
        identifiers=distinct(
            [
                identified("openalex-author", entity.get("id") or part(ids, "openalex"), remarks),
                identified("orcid", entity.get("orcid") or part(ids, "orcid"), remarks),
                identified("scopus-author", scopus, remarks),
            ]
        ),
        names=tuple(dict.fromkeys(others)),
        institutions=tuple(dict.fromkeys(one for one in institutions if one is not None)),
    )


def _reported(entity: Mapping[str, Any], remarks: Remarks) -> Iterator[Reported]:
    """The h-index, and how many papers and citations there are, as far as they are said."""
    figures = [("h_index", part(entity.get("summary_stats"), "h_index"))]
    figures += [(measure, entity.get(key)) for measure, key in _FIGURES]
    for measure, value in figures:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            yield Reported(measure, Decimal(value), str(value))
        elif value is not None:
            remarks.add(value, f"a number ({measure}); it is left out")
