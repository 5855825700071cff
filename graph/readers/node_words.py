"""Words by which network files say things of a node, and what they are to us."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# What a network says of a node, by its name in lower case without blanks, "-" and "_" -> what that is to us. Filled by
# hand from what the programs write: VOSviewer, Gephi, igraph, networkx, Pajek, the co-author maps of OpenAlex.
REPORTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "citations": "citations",
        "citedbycount": "citations",
        "documents": "papers",
        "hindex": "h_index",
        "numberofpapers": "papers",
        "papers": "papers",
        "publications": "papers",
        "workscount": "papers",
    }
)
IDENTIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aclauthor": "acl-author",
        "dblp": "dblp-author",
        "dblpauthor": "dblp-author",
        "dblppid": "dblp-author",
        "openalex": "openalex-author",
        "openalexauthor": "openalex-author",
        "openalexid": "openalex-author",
        "orcid": "orcid",
        "orcidid": "orcid",
        "researcherid": "researcherid",
        "s2": "s2-author",
        "s2author": "s2-author",
        "scopusauthor": "scopus-author",
        "scopusid": "scopus-author",
    }
)
INSTITUTIONS: Final = frozenset({"affiliation", "institution", "organisation", "organization"})
# How a node is drawn and grouped, which is the program's doing and says nothing of the author.
DRAWING: Final = frozenset(
    "bbox bc betweennesscentrality closenesscentrality cluster color colour community component degree eccentricity "
    "fill fixed fontsize graphics height ic image modularityclass nodesize outline pagerank shape size weight width "
    "x xfact y yfact z".split()
)
