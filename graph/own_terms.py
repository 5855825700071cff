"""What our own terms (`ck:`) mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Our own terms: local name -> (kind, what it means). `/ns` is written from this table.
OWN_TERMS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Source": ("class", "One loaded file or page; its claims stand in the named graph of the same IRI."),
        "Record": ("class", "A piece of a source that describes one thing, with its first and last line."),
        "Problem": ("class", "A piece of a source that was not understood, with what was expected there."),
        "Coauthorship": ("class", "Two authors with joint papers (derived, rebuilt after each load)."),
        "ProfileOwner": ("individual", "Basis: the paper stands on the author's own page, its list is cut."),
        "NormalisedName": ("individual", "The author is known by a normalised full name only."),
        "DateGiven": ("individual", "The date of the source was given at loading."),
        "DateOfLoad": (
            "individual",
            "No date of the source was given: the time of loading stands in for it.",
        ),
        "Identifier": (
            "individual",
            "The author is known by an identifier: ORCID, or one of the source's own.",
        ),
        "Tie": ("class", "Two authors whom a network file links, with the weight that it gives."),
        "weightAsGiven": ("property", "The weight of a tie as the file gives it."),
        "authorCountAsGiven": ("property", "How many authors a paper has by its source's own word."),
        "affiliationAsGiven": ("property", "A line of text about where an author works, as printed."),
        "authorListTruncated": ("property", "Whether the source cuts the paper's author list (“et al.”)."),
        "basis": ("property", "Why an authorship without a position is held."),
        "nameAsGiven": ("property", "The author's name as the source prints it."),
        "identifiedBy": ("property", "What makes the author one person: an identifier or only a name."),
        "primaryCategory": ("property", "The field that a profile gives as its author's main one."),
        "hasCode": ("property", "Whether the source marks the paper as having code."),
        "dateAsGiven": ("property", "The date as the source prints it."),
        "issuedPartial": ("property", "A date whose year the source leaves out."),
        "issuedInferred": ("property", "A date completed by us; never what the source says."),
        "inferenceReason": ("property", "Why `issuedInferred` has its year."),
        "categoryAsGiven": ("property", "The category code as the source prints it."),
        "possiblyMeans": ("property", "A category that an ambiguous code may stand for."),
        "valueAsGiven": ("property", "A reported value as the source prints it."),
        "paperCount": ("measure", "Papers, as reported by a source."),
        "citationCount": ("measure", "Citations, as reported by a source."),
        "noveltyPercent": ("measure", "Novelty in percent, as reported by a source."),
        "aiScore": ("measure", "AI score, as reported by a source."),
        "pageScore": ("measure", "The number a page prints before a paper's category, as reported."),
        "fileName": ("property", "The file's name when it was loaded."),
        "reader": ("property", "The reader that read the source."),
        "sha256": ("property", "SHA-256 of the bytes read, in hexadecimal."),
        "sizeBytes": ("property", "How many bytes were read."),
        "loadedAt": ("property", "When the source was loaded."),
        "dateBasis": ("property", "Where the date of the source comes from."),
        "describes": ("property", "The thing that a record describes."),
        "firstLine": ("property", "First line of a record or problem, counted from 1."),
        "lastLine": ("property", "Last line of a record or problem, counted from 1."),
        "firstRecord": ("property", "First record of a piece of a file without lines, counted from 1."),
        "lastRecord": ("property", "Last record of a piece of a file without lines, counted from 1."),
        "found": ("property", "What stood there."),
        "expected": ("property", "What was expected there."),
        "Merge": ("class", "A decision that two IRIs name one thing; undone when it has `undoneAt`."),
        "Split": ("class", "A decision that two IRIs name two things, whatever a rule finds."),
        "NameInSource": ("class", "An author of no more than a name, as one source has them."),
        "rule": ("property", "What made a decision: a scheme of identifiers, title, name …, or a user."),
        "reason": ("property", "Why a decision was made, in words."),
        "evidence": ("property", "What a decision rests on: an identifier, a paper, an author."),
        "recognisedBy": ("property", "What both things of a merge have: an address, or the key of a text."),
        "policy": ("property", "Under which policy of joining names a decision was made."),
        "undoneAt": ("property", "When a decision was undone; from then on it counts for nothing."),
        "sharesNameWith": (
            "property",
            "An author of no more than a name, and one of that name who may or may not be the same.",
        ),
        "member": ("property", "One of the two of a coauthorship, a tie or a decision."),
        "jointPapers": ("property", "Papers that the two wrote together."),
        "fractionalWeight": ("property", "Sum of 1/(k-1) over joint papers with k known authors."),
        "firstYear": ("property", "Year of the first joint paper."),
        "lastYear": ("property", "Year of the last joint paper."),
        "centrality": ("function", "A node's value of a measure in a network of the mirror."),
        "rank": ("function", "A node's rank by a measure in a network of the mirror; the first is 1."),
        "distance": ("function", "Steps on a shortest path between two authors who are linked by papers."),
        "community": ("function", "The number of the community that a node belongs to in a network."),
        "matches": (
            "property",
            "Of a thing, in queries: its names or texts fit these words. Read from the index of words, never stated.",
        ),
    }
)
