"""One sample or more for every reader: real files, and small ones of formats that no real file is given of."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path
from types import MappingProxyType

# Format -> real files below the folder of shared data.
REAL = MappingProxyType(
    {
        "acl_anthology": ("acl/2023.nejlt.xml", "acl/2023.acl.xml.xz"),
        "acl_names": ("acl/name_variants.yaml.xz",),
        "arxiv_atom": ("arxiv/q_testing_s0_m10_bc5a6c384fe9.atom.xml",),
        "arxiv_jsonl": ("arxiv/arxiv-metadata-oai-snapshot.200.jsonl",),
        "arxiv_oai": ("arxiv/arxivraw_1810.09584.xml",),
        "arxiv_tsv": ("arxiv/cs.DL.tsv.xz",),
        "bibtex": ("bibtex/testjabref.bib", "bibtex/biblatex-examples.bib", "bibtex/gbk_test.bib"),
        "crossref": ("crossref/crossref_api_works.json", "crossref/crossref-2025.jsonl.gz"),
        "csl_json": ("csljson/manubot_input_bibliography.json",),
        "datacite": ("datacite/datacite_api.json", "datacite/invenio_v4.5_full_example.json"),
        "dblp_xml": ("dblp/fatcat_example_dblp.xml", "dblp/shenka123_dblp.xml"),
        "edge_list": ("graphs/ca-GrQc.txt",),
        "gml": ("graphs/netscience_newman.gml",),
        "nbib": ("nbib/single.nbib", "nbib/pubmed-balloongui-set.nbib"),
        "openalex": ("openalex/W2741809807.json", "openalex/A5023888391.json", "openalex/works_part_test.gz"),
        "pajek": ("graphs/netsience.net",),
        "profile_page": ("seed/xingtai-lv.txt", "seed/scholarfeed_115062.txt"),
        "pubmed_xml": ("pubmed/pubmedsample_2019.xml.xz",),
        "rdf": ("dblp/dblp-l338.ttl", "rdf/sample-data.n3", "rdf/semopenalex-data-sample.trig.xz"),
        "ris": ("ris/rispy_example_full.ris", "ris/litstudy_example.ris"),
        "semantic_scholar": ("s2/Author.json",),
        "vosviewer": ("graphs/Dimensions_scientometrics_researcher_co-authorship_network.json",),
    }
)
SMALL = MappingProxyType(
    {
        "gexf": b"""<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph>
<attributes class="node"><attribute id="0" title="ORCID"/></attributes>
<nodes><node id="a" label="Lovelace, Ada"><attvalues><attvalue for="0" value="0000-0002-1825-0097"/></attvalues></node>
<node id="b" label="Charles Babbage"/></nodes><edges><edge id="0" source="a" target="b" weight="2.5"/></edges>
</graph></gexf>""",
        "graphml": b"""<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="name"/><key id="d1" for="edge" attr.name="weight"/>
<graph><node id="n0"><data key="d0">Lovelace, A.</data></node><node id="n1"/>
<edge source="n0" target="n1"><data key="d1">2.50</data></edge></graph></graphml>""",
        "node_list": b"""iri,kind,name,id,papers,fractional_papers,from_year,to_year
http://localhost:8000/author/ada-lovelace,author,Ada Lovelace,ada-lovelace,2,1.5,1843,1843
http://localhost:8000/author/orcid-0000-0002-1825-0097,author,"Babbage, C.",orcid-0000-0002-1825-0097,1,0.5,,
""",
        "paper_table": b"""title,authors,year,doi
Notes,Lovelace; Menabrea,1843,10.1000/ABC
Other,Babbage,1832,
""",
        "scopus": b"""Authors,Author full names,Author(s) ID,Title,Year,Source title,Cited by,DOI,Affiliations,EID
"Hao J.; Siu K.-C.","Hao, Jie (57221302630); Siu, Ka-Chun (57192938181)","57221302630; 57192938181",A study,2023,\
Ergonomics,12,10.1080/1,"Dept A, Univ B, United States",2-s2.0-85136000000
""",
        "web_of_science": b"""FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Ding, N
   Qin, YJ
AF Ding, Ning
   Qin, Yujia
TI Parameter-efficient fine-tuning of large-scale
   language models
SO NATURE MACHINE INTELLIGENCE
PD MAR 15
PY 2023
UT WOS:000943427300001
ER

EF
""",
    }
)
FORMATS = tuple(sorted((*REAL, *SMALL)))


def content_of(path: Path) -> bytes:
    """Return the content of a file, unpacked."""
    raw = path.read_bytes()
    if path.suffix == ".xz":
        return lzma.decompress(raw)
    return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw


def samples_of(format: str, shared_data: Path, most_bytes: int) -> list[bytes]:
    """Return the beginnings of the samples of a format."""
    if format in SMALL:
        return [SMALL[format]]
    return [content_of(shared_data / name)[:most_bytes] for name in REAL[format]]
