"""Identifiers: every form that a scheme is printed in comes to one plain form, and what is none to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from collegium.graph import names
from collegium.graph.identifiers import SCHEMES, address, by_address, by_form, identifier, in_own_scheme
from collegium.graph.paper_facts import same_as
from collegium.graph.records import Authorship, Identifier, Institution, Lines, Paper

SHA = "0123456789abcdef0123456789abcdef01234567"
# scheme, its plain form, what is printed for it.
FORMS = [
    ("doi", "10.1000/182", "10.1000/182 doi:10.1000/182 DOI:10.1000/182 info:doi/10.1000/182 urn:doi:10.1000/182"),
    ("doi", "10.1000/182", "https://doi.org/10.1000/182 http://dx.doi.org/10.1000/182 www.doi.org/10.1000/182"),
    ("doi", "10.1145/1.2", "http://doi.acm.org/10.1145/1.2 https://dl.acm.org/doi/abs/10.1145/1.2"),
    ("doi", "10.1109/x", "http://doi.ieeecomputersociety.org/10.1109/X http://doi.wiley.com/10.1109/x"),
    ("doi", "10.1000/182", "10.1000/182. 10.1000/182, 10.1000/182; 10.1000/182). 10.1000/182> 10.1000/182\u200b"),
    ("doi", "10.1016/s0(97)1", "10.1016/S0(97)1 10.1016/S0(97)1) https://doi.org/10.1016/s0%2897%291"),
    ("doi", "10.1002/(sici)1<3::aid>3.0.co;2-p", "10.1002/(SICI)1<3::AID>3.0.CO;2-P."),
    ("doi", "10.1000/a(1)", "10.1000/a(1) 10.1000/a(1)."),
    ("arxiv", "2301.00001", "2301.00001 arXiv:2301.00001v2 https://arxiv.org/abs/2301.00001v1 abs/2301.00001"),
    ("arxiv", "2301.00001", "http://www.arxiv.org/pdf/2301.00001v2.pdf oai:arXiv.org:2301.00001"),
    ("arxiv", "2301.00001", "10.48550/arXiv.2301.00001 https://doi.org/10.48550/ARXIV.2301.00001"),
    ("arxiv", "1412.0001", "1412.0001 arxiv.org/abs/1412.0001"),
    ("arxiv", "math/0309136", "math/0309136 math.GT/0309136v1 arXiv:math.GT/0309136"),
    ("arxiv", "cond-mat/9901001", "cond-mat/9901001 cond-mat.stat-mech/9901001"),
    ("acl", "P18-1001", "P18-1001 p18-1001 https://www.aclweb.org/anthology/P/P18/P18-1001.pdf"),
    ("acl", "2022.acl-long.1", "2022.acl-long.1 https://aclanthology.org/2022.acl-long.1/ 2022.ACL-long.1"),
    ("openalex", "W1", "W1 w1 https://openalex.org/W1 https://api.openalex.org/works/W1 https://semopenalex.org/work/W1"),
    ("pmid", "123", "123 00123 PMID:123 https://pubmed.ncbi.nlm.nih.gov/123/ https://europepmc.org/article/MED/123"),
    ("pmcid", "PMC3706072", "PMC3706072 PMC3706072.1 pmc3706072 3706072 PMCID:PMC3706072"),
    ("pmcid", "PMC3706072", "https://www.ncbi.nlm.nih.gov/pmc/articles/3706072 pmc.ncbi.nlm.nih.gov/articles/3706072/"),
    ("pmcid", "PMC3706072", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3706072.2/ https://europepmc.org/articles/PMC3706072"),
    ("s2", SHA, f"{SHA} {SHA.upper()} https://www.semanticscholar.org/paper/On-Engines/{SHA}"),
    ("s2-corpus", "7", "7 CorpusID:7 https://api.semanticscholar.org/CorpusID:7 S2CID:7"),
    ("dblp", "conf/acl/X20", "conf/acl/X20 DBLP:conf/acl/X20 https://dblp.org/rec/conf/acl/X20.html"),
    ("dblp", "conf/acl/X20", "http://dblp.uni-trier.de/rec/bib/conf/acl/X20 dblp.org/rec/bib2/conf/acl/X20.bib"),
    ("dblp", "phd/Turing38", "phd/Turing38 DBLP:phd/Turing38 https://dblp.org/rec/phd/Turing38"),
    ("isbn", "9780201038019", "0-201-03801-3 0201038013 978-0-201-03801-9 urn:isbn:9780201038019 9780201038019"),
    ("isbn", "9780226355115", "022635511X 0-226-35511-x"),
    ("wos", "WOS:000123", "WOS:000123 ISI:000123 isi:000123 https://www.webofscience.com/wos/woscc/full-record/WOS:000123"),
    ("scopus", "2-s2.0-85", "2-s2.0-85 https://www.scopus.com/inward/record.uri?eid=2-s2.0-85&partnerID=40&md5=a"),
    ("mag", "7", "7 mag:7"),
    ("wikidata-paper", "Q42", "Q42 http://www.wikidata.org/entity/Q42 https://www.wikidata.org/wiki/Q42"),
    ("wikidata-author", "Q42", "Q42 https://wikidata.org/entity/Q42 wd:Q42"),
    ("wikidata", "Q42", "Q42 https://www.wikidata.org/entity/Q42"),
    ("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097 0000000218250097 https://orcid.org/0000-0002-1825-0097/"),
    ("orcid", "0000-0002-1694-233X", "0000-0002-1694-233x 0000‐0002‐1694‐233X ORCID:0000-0002-1694-233X"),
    ("openalex-author", "A5", "A5 https://openalex.org/A5 https://openalex.org/authors/a5"),
    ("s2-author", "1", "1 https://www.semanticscholar.org/author/Ada-Lovelace/1 semanticscholar.org/author/1"),
    ("dblp-author", "65/9612", "65/9612 homepages/65/9612 https://dblp.org/pid/65/9612.html"),
    ("acl-author", "ada-lovelace", "ada-lovelace https://aclanthology.org/people/ada-lovelace/"),
    ("researcherid", "A-1009-2008", "A-1009-2008 a-1009-2008 http://www.researcherid.com/rid/A-1009-2008"),
    ("scopus-author", "7004212771", "7004212771 http://www.scopus.com/inward/authorDetails.url?authorID=7004212771&partnerID=MN"),
    ("ror", "02mhbdp94", "02mhbdp94 https://ror.org/02mhbdp94 ror.org/02MHBDP94"),
    ("openalex-institution", "I1", "I1 https://openalex.org/I1 https://semopenalex.org/institution/I1"),
    ("grid", "grid.1.2a", "grid.1.2a https://www.grid.ac/institutes/grid.1.2a"),
    ("isni", "0000000121032683", "0000000121032683 https://isni.org/isni/0000000121032683"),
]  # fmt: skip
PRINTED = [(scheme, plain, printed) for scheme, plain, all_of in FORMS for printed in all_of.split(" ")]
PRINTED += [
    ("doi", "10.1000/182", " doi: 10.1000/182\n"),
    ("arxiv", "1706.03762", "arXiv:1706.03762 [cs.CL]"),
    ("isbn", "9780201038019", "ISBN 0 201 03801 3 (pbk.)"),
    ("isbn", "9780201038019", "978‑0‑201‑03801‑9"),
    ("isni", "0000000121032683", "0000 0001 2103 2683"),
    ("dblp-name", "Jun Zhang 0001", "Jun Zhang 0001"),
]
NONE = [
    ("doi", ["", "10.1000/", "10.1000/.", "10.10/182", "https://doi-org.proxy.example.edu/10.1000/182", "10.1000/a b"]),
    ("doi", ["https://doi.org.proxy.example.edu/10.1000/1", "10.1000/a\0b", "10.1000/\ud800", "10.1000/" + "a" * 9000]),
    ("arxiv", ["1412.00001", "1501.0001", "1713.00001", "0700.0001", "0703.0001", "math/0313136", "math/0704001"]),
    ("acl", ["P18-101", "2022.acl-long"]),
    ("pmid", ["0", "123456789", "x", "١٢٣"]),
    ("pmcid", ["PMC", "PMC0", "PMC1.x"]),
    ("s2", [SHA[:-1]]),
    ("s2-corpus", ["x", SHA]),
    ("dblp", ["conf", "conf/", "homepages/z/JunZhang", "conf/acl/a b"]),
    ("isbn", ["0-201-03801-4", "978-0-201-03801-8", "9990201038019", "0201038", "97802010380190"]),
    ("wos", ["000123", "CCC:000123"]),
    ("wikidata", ["P31", "Q"]),
    ("orcid", ["0000-0002-1825-0098", "0000-0002-1825-009"]),
    ("isni", ["0000000121032684"]),
    ("ror", ["02mhbdp9l", "https://ror.org/"]),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "plain", "printed"), PRINTED)
def test_every_printed_form_comes_to_one(scheme: str, plain: str, printed: str) -> None:
    """If it failed: one paper or person would be two, for each came from a source that prints it in its own way."""
    assert identifier(scheme, printed) == Identifier(scheme, plain)
    assert identifier(scheme, address(Identifier(scheme, plain))) == Identifier(scheme, plain)


@pytest.mark.parametrize(("scheme", "printed"), [(scheme, text) for scheme, texts in NONE for text in texts])
def test_what_is_none_of_a_scheme_is_nothing(scheme: str, printed: str) -> None:
    """If it failed: a slip of the pen would stand as an identifier, and join what has nothing to do with it."""
    assert identifier(scheme, printed) is None


def test_every_scheme_is_in_the_table() -> None:
    """If it failed: a scheme would have no known answer."""
    assert {scheme for scheme, _, _ in PRINTED} == set(SCHEMES)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_can_name_its_thing(scheme: str) -> None:
    """If it failed: a thing known only by this identifier would be called by its title or name."""
    known = (Identifier(scheme, next(plain for name, plain, _ in PRINTED if name == scheme)),)
    named = {
        "paper": names.paper_id(Paper("T", (), False, Lines(1, 1), identifiers=known)),
        "author": names.author_id(Authorship("N", 1, known)),
        "institution": names.institution_id(Institution("N", known)),
    }
    assert named[SCHEMES[scheme].of].startswith(f"{scheme}-")


@pytest.mark.parametrize(
    ("printed", "of", "scheme"),
    [
        ("https://doi.org/10.1000/182", "paper", "doi"),
        ("doi:10.1000/182", "paper", "doi"),
        ("10.1000/182", "paper", None),
        ("https://arxiv.org/abs/2301.00001", "paper", "arxiv"),
        ("https://doi.org/10.48550/arXiv.2301.00001", "paper", "doi"),
        ("https://www.wikidata.org/entity/Q1", "paper", "wikidata-paper"),
        ("https://www.wikidata.org/entity/Q1", "author", "wikidata-author"),
        ("https://openalex.org/A1", "author", "openalex-author"),
        ("https://openalex.org/A1", "paper", None),
        ("https://example.org/10.1000/182", "paper", None),
        ("Ada Lovelace", "author", None),
        ("123", "paper", None),
        ("", "paper", None),
    ],
)  # fmt: skip
def test_an_address_tells_its_scheme(printed: str, of: str, scheme: str | None) -> None:
    """If it failed: a link to a paper would not be known as its identifier, or any text be taken for one."""
    found = by_address(printed, of)
    assert (found.scheme if found else None) == scheme


@pytest.mark.parametrize(
    ("printed", "scheme"),
    [
        ("10.1000/182", "doi"),
        ("WOS:000123", "wos"),
        ("https://doi.org/10.1000/182", "doi"),
        ("123", None),
        ("Q1", None),
        ("0201038013", None),
        ("and/or", None),
    ],
)
def test_a_form_that_no_other_text_has_tells_its_scheme(printed: str, scheme: str | None) -> None:
    """If it failed: a number or word in a network would be taken for a paper."""
    found = by_form(printed, "paper")
    assert (found.scheme if found else None) == scheme


def test_a_doi_of_arxiv_is_its_number() -> None:
    """If it failed: a preprint would be two papers, one from a source with the DOI and one with the number."""
    doi, number = Identifier("doi", "10.48550/arxiv.2301.00001"), Identifier("arxiv", "2301.00001")
    one, other = (Paper("", (), False, Lines(1, 1), identifiers=(known,)) for known in (doi, number))
    assert in_own_scheme(doi) == in_own_scheme(number) == number
    assert names.paper_id(one) == names.paper_id(other) == "arxiv-2301.00001"
    addresses = [str(triple.object.value) for triple in same_as(NamedNode("urn:x"), [doi])]  # type: ignore[union-attr]
    assert addresses == [address(doi), address(number)]
    journal = Identifier("doi", "10.1000/182")
    assert in_own_scheme(journal) == journal


@given(st.sampled_from(sorted(SCHEMES)), st.text() | st.from_regex(r"(10\.1000/|conf/|doi:|Q|[0-9]{4}\.).*"))
def test_any_text_is_an_identifier_with_an_address_or_none(scheme: str, printed: str) -> None:
    """If it failed: a strange text in a field would end in a traceback, here or where the address is made."""
    found = identifier(scheme, printed)
    if found is not None:
        NamedNode(address(found))
        assert identifier(scheme, found.value) == found
