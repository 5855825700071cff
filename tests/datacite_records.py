"""A record of DataCite to change, and the keys that such records have."""

from __future__ import annotations

from typing import Any

from collegium.graph.readers.datacite import read
from json_files import Found, found_in

BARE: dict[str, Any] = {
    "doi": "10.5438/A",
    "creators": [
        {"name": "Lovelace, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Lovelace"}
    ],
    "titles": [{"title": "A title"}],
    "publicationYear": 2019,
    "types": {"resourceTypeGeneral": "Dataset"},
}
_MORE = (
    "id attributes name givenName nameType nameIdentifiers affiliation nameIdentifier "
    "nameIdentifierScheme title titleType lang dates date dateType subjects subject subjectScheme "
    "relatedIdentifiers relatedIdentifier relatedIdentifierType relationType container publisher "
    "descriptions language identifiers citationCount relatedItems"
).split()
KEYS: tuple[str, ...] = (*BARE, *_MORE)


def one(**changes: Any) -> Found:
    """Return what is found in a record that differs from `BARE` so."""
    return found_in(read, {**BARE, **changes})
