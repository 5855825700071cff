"""How large a record may be: far above what is real, far below what fills the memory; above it one line refuses it.

What is real: the combined measurement of the Higgs mass has 5,154 authors, with their addresses some 3 MiB in a table
and 10 MB in PubMed's XML. A record above a limit is left out and named, and those around it are kept; nothing is cut in
silence. Memory for a file is bounded by one record, whatever its length.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

MOST_AUTHORS: Final = 50_000  # of one record
MOST_REMARKS: Final = 1_000  # on one record; the rest is counted
LONGEST_LINE_BYTES: Final = 1 << 20  # of text, where a record has several lines
LONGEST_ROW_BYTES: Final = 16 << 20  # of a table: 3,000 authors with their addresses are some 3 MiB
MOST_NAMES: Final = 10_000  # of one person in a list of names
LONGEST_PAGE_BLOCK: Final = 1 << 20  # characters of the header or a paper of an author page
MOST_ROW_LINES: Final = 500  # of one row with a cell in quotes
MOST_TAGGED_LINES: Final = 200_000  # of one record in tagged lines
LONGEST_TAGGED_CHARACTERS: Final = 16 << 20
LARGEST_ENTRY_BYTES: Final = 4 << 20  # of BibTeX
LARGEST_JSON_BYTES: Final = 32 << 20
MOST_JSON_VALUES: Final = 2_000_000  # of one record, by its commas
MOST_JSON_BRACKETS: Final = 500_000  # of one record; each takes 60 to 200 bytes when it is parsed
LARGEST_XML_BYTES: Final = (
    16 << 20
)  # an article of 15,000 authors with affiliations has about 6 MiB in PubMed
MOST_XML_TAGS: Final = 500_000  # of one record; each takes some 100 bytes when it is parsed
LARGEST_JSON_LD_BYTES: Final = 256 << 20  # of one object at the top; the parser takes 7 times that
LONGEST_TERM_BYTES: Final = 8 << 20  # of RDF: a text, address, tag or comment; a line of N-Triples
MOST_STATEMENTS_OF_ONE: Final = 100_000  # of RDF, about one thing
LONGEST_NAME: Final = 1_000  # characters of the name or id of a node of a network
MOST_NETWORK_KEYS: Final = 10_000  # names of attributes that a network file declares

# What docs/reference/formats.md says of them.
TOLD: Final = MappingProxyType(
    {
        "authors of one record, in any format": f"{MOST_AUTHORS:,}",
        "a line of text": f"{LONGEST_LINE_BYTES >> 20} MiB",
        "a row of a table": f"{LONGEST_ROW_BYTES >> 20} MiB, or {MOST_ROW_LINES} lines where a cell stands in quotes",
        "a record of tagged lines (RIS, MEDLINE, Web of Science)": f"{MOST_TAGGED_LINES:,} lines or "
        f"{LONGEST_TAGGED_CHARACTERS >> 20} MiB",
        "names of one person in a list of names": f"{MOST_NAMES:,}",
        "a paper or the header of an author page": f"{LONGEST_PAGE_BLOCK >> 20} MiB",
        "an entry of BibTeX": f"{LARGEST_ENTRY_BYTES >> 20} MiB",
        "a record of JSON": f"{LARGEST_JSON_BYTES >> 20} MiB, {MOST_JSON_VALUES:,} commas or "
        f"{MOST_JSON_BRACKETS:,} lists and objects",
        "a record of XML": f"{LARGEST_XML_BYTES >> 20} MiB or {MOST_XML_TAGS:,} tags",
        "a text or address of RDF, or a line of N-Triples": f"{LONGEST_TERM_BYTES >> 20} MiB",
        "an object of JSON-LD that stands in no list (also one with a @graph)": f"{LARGEST_JSON_LD_BYTES >> 20} MiB",
        "statements of RDF about one thing": f"{MOST_STATEMENTS_OF_ONE:,}",
        "a name or id in a network": f"{LONGEST_NAME:,} characters",
        "attributes that a network declares": f"{MOST_NETWORK_KEYS:,}",
    }
)
