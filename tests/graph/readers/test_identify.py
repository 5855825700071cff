"""Which reader takes which file, by content alone: all files of the shared data, looked at by hand."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

from collegium.graph.errors import UnknownFormat, UnreadableFile
from collegium.graph.readers import READERS, SNIFFED_BYTES, identify
from reader_samples import FORMATS, SMALL, content_of

# Pattern of paths -> format, "" where no reader may take it. Each file is of one row.
EXPECTED = {
    "README.md": "",
    "acl/*.xml*": "acl_anthology",
    "acl/name_variants.yaml.xz": "acl_names",
    "acl/schema.rnc": "",
    "and/*.bib": "bibtex",
    "and/*.json": "",  # mentions and clusters of a tool for telling authors apart
    "and/soulbeaters_mentions.jsonl.xz": "",
    "arxiv/*.atom.xml": "arxiv_atom",
    "arxiv/arxiv-metadata-oai-snapshot.200.jsonl": "arxiv_jsonl",
    "arxiv/arxivraw_1810.09584.xml": "arxiv_oai",
    "arxiv/cs.DL.tsv.xz": "arxiv_tsv",
    "bibtex/*.bib": "bibtex",
    "crossref/*": "crossref",
    "csljson/*.json": "csl_json",
    "datacite/*.json": "datacite",
    "dblp/README_dblp_licence_2011.txt": "",
    "dblp/*.bib.xz": "bibtex",
    "dblp/*.dtd": "",
    "dblp/*.ttl": "rdf",
    "dblp/*.xml*": "dblp_xml",
    "graphs/Dimensions_*.json": "vosviewer",
    "graphs/ca-GrQc.txt": "edge_list",
    "graphs/netscience_newman.gml": "gml",
    "graphs/netsience.net": "pajek",
    "nbib/*.nbib": "nbib",
    "openalex/[AIW][0-9]*.json": "openalex",
    "openalex/coauthor_map/LICENSE": "",
    "openalex/coauthor_map/openalex-*.json": "openalex",
    "openalex/coauthor_map/orcid-expanded-search-pages.json": "",
    "openalex/coauthor_map/researchmap-published-papers.json": "rdf",  # JSON-LD by its @context; see below
    "openalex/openalexPro_json_chunk_1_results_page_1.json": "openalex",
    "openalex/works_part_test.gz": "openalex",
    "pubmed/*.xml.xz": "pubmed_xml",
    "rdf/*": "rdf",
    "ris/*.ris": "ris",
    "ror/*": "",  # institutions alone: a table of its own (docs/how-to)
    "s2/Author.json": "semantic_scholar",
    "s2/test_get_paper_authors.yaml": "",  # a recorded HTTP exchange
    "seed/*.txt": "profile_page",
    "seed/seed_truth.json": "",
    "taxonomy/arxiv_taxonomy.json": "",
    "truth/*.json": "",
}


def test_every_file_goes_to_its_reader_or_to_none(shared_data: Path) -> None:
    """If it failed: a file would be read as what it is not, or not at all."""
    found, expected = {}, {}
    for path in sorted(p for p in shared_data.rglob("*") if p.is_file()):
        name = path.relative_to(shared_data).as_posix()
        [expected[name]] = {format for pattern, format in EXPECTED.items() if fnmatch(name, pattern)}
        try:
            found[name] = identify(content_of(path)[:SNIFFED_BYTES], name).name
        except UnknownFormat:
            found[name] = ""
    assert found == expected


def test_no_file_is_claimed_by_two(shared_data: Path) -> None:
    """If it failed: which reader takes a file would hang on the order of the table."""
    for path in sorted(p for p in shared_data.rglob("*") if p.is_file()):
        head = content_of(path)[:SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        assert len([reader.name for reader in READERS.values() if reader.sniff(head)]) <= 1, path.name


@pytest.mark.parametrize("format", [format for format in FORMATS if format in SMALL])
def test_small_files_go_to_their_readers(format: str) -> None:
    """If it failed: formats without a real file here would not be known."""
    assert identify(SMALL[format], "x").name == format


def test_json_ld_whose_context_lies_elsewhere_is_refused_with_the_reason(shared_data: Path) -> None:
    """If it failed: 25 papers of researchmap would load as nothing without a word, or an address be opened."""
    path = shared_data / "openalex" / "coauthor_map" / "researchmap-published-papers.json"
    with path.open("rb") as stream, pytest.raises(UnreadableFile, match="no address is opened"):
        list(READERS["rdf"].read(stream, path.name))
