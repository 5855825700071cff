"""Figures that can be cited: an address that asks for the same again, and says whether the answer is the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from collegium.graph.errors import ParameterError
from collegium.graph.measures import Ranking, Sample
from collegium.graph.measures.ranking import digest_of

from .editions import Wanted
from .endpoints import Parameter
from .wanted import ranking_parameters

_DIGEST: Final = re.compile(r"[0-9a-f]{16}")

CITED: Final = (
    Parameter(
        "version",
        "integer",
        "Version of the store that the figures were of that are compared; with `digest`, as `permalink` has both.",
        minimum=0,
        maximum=10**12,
    ),
    Parameter("digest", "string", "Digest of the figures that are compared.", example="9c2b7d61a84e350f"),
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What somebody had in hand: rows of a version, by their digest."""

    version: int
    digest: str


def cited_by(values: Mapping[str, Any], newest: int) -> Cited | None:
    """Return what a request compares its answer with. Raises: ParameterError."""
    version, digest = values["version"], values["digest"]
    if version is None and digest is None:
        return None
    if version is None or version > newest:
        raise ParameterError("version", version, f"a version of this store, which is at {newest}")
    if digest is None or not _DIGEST.fullmatch(digest):
        raise ParameterError("digest", digest, "16 hexadecimal digits, as `permalink` has them")
    return Cited(version, digest)


def citation(
    root: str, wanted: Wanted, ranking: Ranking, limit: int, offset: int, cited: Cited | None
) -> dict[str, Any]:
    """Return what an answer says of how to cite it: `permalink`; and `unchanged`, compared with what was cited.

    Args:
        root: what addresses of this service begin with, without the slash.
    """
    facts: Any = ranking.facts
    weight = facts["parameters"]["weight"]
    # What the answer took, not what was left open: the default may be another one day.
    used = Wanted(wanted.projection, weight, wanted.where, wanted.around)
    sample = Sample(facts["sample"], facts["seed"]) if "sample" in facts else None
    digest = digest_of(ranking.rows[offset : offset + limit])
    asked = {
        **ranking_parameters(used, sample),
        "limit": str(limit),
        "offset": str(offset),
        "version": str(facts["version"]),
        "digest": digest,
    }
    address = f"{root}/api/centrality/{facts['measure']}?{urlencode(sorted(asked.items()))}"
    told: dict[str, Any] = {"permalink": address, "digest": digest}
    if cited is not None:
        told["unchanged"] = cited.digest == digest
        told["cited"] = {"version": cited.version, "digest": cited.digest}
    return told
