"""Every IRI of the product, once: namespaces, classes, properties, and the names of our own entities.

Standard vocabularies first; own terms (`ck:`) only where none exists. `own_terms.py` says what each means; the
service publishes that table at `/ns`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

DEFAULT_BASE: Final = "http://localhost:8000/"
SVG_NAMESPACE: Final = "http://www.w3.org/2000/svg"

# Prefix -> namespace. Queries may use these without declaring them; Turtle is written with them.
PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ck": "https://w3id.org/collegium/ns#",
        "bido": "http://purl.org/spar/bido/",
        "cito": "http://purl.org/spar/cito/",
        "datacite": "http://purl.org/spar/datacite/",
        "dblp": "https://dblp.org/rdf/schema#",
        "dcterms": "http://purl.org/dc/terms/",
        "dqv": "http://www.w3.org/ns/dqv#",
        "fabio": "http://purl.org/spar/fabio/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prism": "http://prismstandard.org/namespaces/basic/2.0/",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "soa": "https://semopenalex.org/ontology/",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

# Those of files of others that we read and never write; queries have to declare them.
PREFIXES_OF_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bibo": "http://purl.org/ontology/bibo/",
        "dbo": "https://dbpedia.org/ontology/",
        "dbp": "https://dbpedia.org/property/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "frbr": "http://purl.org/vocab/frbr/core#",
        "literal": "http://purl.org/spar/literal/",
        "literal2010": "http://www.essepuntato.it/2010/06/literalreification/",
        "obo": "http://purl.obolibrary.org/obo/",
        "oco": "https://w3id.org/oc/ontology/",
        "pro": "http://purl.org/spar/pro/",
        "schema-http": "http://schema.org/",
        "soa-class": "https://semopenalex.org/class/",
        "soa-property": "https://semopenalex.org/property/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "vivo": "http://vivoweb.org/ontology/core#",
    }
)


def term(curie: str) -> NamedNode:
    """Return the node of a prefixed name.

    Example:
        >>> term("foaf:name").value
        'http://xmlns.com/foaf/0.1/name'
    """
    prefix, _, local = curie.partition(":")
    return NamedNode((PREFIXES.get(prefix) or PREFIXES_OF_OTHERS[prefix]) + local)


# Datatypes in VoID. Source: http://ldf.fi/void-ext
VOID_EXT: Final = "http://ldf.fi/void-ext#"
VOID_EXT_DATATYPE_PARTITION: Final = NamedNode(VOID_EXT + "datatypePartition")
VOID_EXT_DATATYPE: Final = NamedNode(VOID_EXT + "datatype")

# Parts of a long answer. Source: https://www.hydra-cg.com/spec/latest/core/#collections
HYDRA_HAS_VIEW: Final = NamedNode("http://www.w3.org/ns/hydra/core#view")
HYDRA_VIEW: Final = NamedNode("http://www.w3.org/ns/hydra/core#PartialCollectionView")
HYDRA_NEXT: Final = NamedNode("http://www.w3.org/ns/hydra/core#next")
HYDRA_PREVIOUS: Final = NamedNode("http://www.w3.org/ns/hydra/core#previous")
RESULT_SET: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"  # tables as statements
W3C_FORMATS: Final = "http://www.w3.org/ns/formats/"  # names of formats, for the service description


def shortened(iri: str) -> str:
    """Return the prefixed name of an IRI; the IRI itself where none of our prefixes fits, or what follows is no name.

    Example:
        >>> shortened("http://xmlns.com/foaf/0.1/name"), shortened("https://schema.org/a/b")
        ('foaf:name', 'https://schema.org/a/b')
    """
    for prefix, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri


RDF_TYPE: Final = term("rdf:type")

SCHEMA_ARTICLE: Final = term("schema:ScholarlyArticle")
SOA_WORK: Final = term("soa:Work")
DCTERMS_TITLE: Final = term("dcterms:title")
DCTERMS_ABSTRACT: Final = term("dcterms:abstract")
DCTERMS_ISSUED: Final = term("dcterms:issued")
DCTERMS_CREATOR: Final = term("dcterms:creator")
DCTERMS_SUBJECT: Final = term("dcterms:subject")
DBLP_NUMBER_OF_CREATORS: Final = term("dblp:numberOfCreators")
FABIO_PRIMARY_SUBJECT: Final = term("fabio:hasPrimarySubjectTerm")
SCHEMA_SOURCE_ORGANIZATION: Final = term("schema:sourceOrganization")
SCHEMA_CODE_REPOSITORY: Final = term("schema:codeRepository")
CK_HAS_CODE: Final = term("ck:hasCode")
CK_TRUNCATED: Final = term("ck:authorListTruncated")
CK_DATE_AS_GIVEN: Final = term("ck:dateAsGiven")
CK_ISSUED_PARTIAL: Final = term("ck:issuedPartial")
CK_ISSUED_INFERRED: Final = term("ck:issuedInferred")
CK_INFERENCE_REASON: Final = term("ck:inferenceReason")
CK_CATEGORY_AS_GIVEN: Final = term("ck:categoryAsGiven")
CK_COUNT_AS_GIVEN: Final = term("ck:authorCountAsGiven")
CITO_CITES: Final = term("cito:cites")
SCHEMA_KEYWORDS: Final = term("schema:keywords")
DCTERMS_LANGUAGE: Final = term("dcterms:language")
DCTERMS_PUBLISHER: Final = term("dcterms:publisher")
PRISM_NAME: Final = term("prism:publicationName")
PRISM_VOLUME: Final = term("prism:volume")
PRISM_NUMBER: Final = term("prism:number")
PRISM_PAGES: Final = term("prism:pageRange")
# The address of a thing where the scheme of one of its identifiers shows it; `identifiers.address`.
OWL_SAME_AS: Final = term("owl:sameAs")

# authorships
SOA_AUTHORSHIP: Final = term("soa:Authorship")
SOA_HAS_AUTHORSHIP: Final = term("soa:hasAuthorship")
SOA_HAS_AUTHOR: Final = term("soa:hasAuthor")
SOA_POSITION: Final = term("soa:position")
CK_NAME_AS_GIVEN: Final = term("ck:nameAsGiven")
CK_BASIS: Final = term("ck:basis")
CK_PROFILE_OWNER: Final = term("ck:ProfileOwner")
SOA_HAS_ORGANIZATION: Final = term("soa:hasOrganization")
CK_AFFILIATION_AS_GIVEN: Final = term("ck:affiliationAsGiven")

# authors, institutions, categories
FOAF_PERSON: Final = term("foaf:Person")
FOAF_NAME: Final = term("foaf:name")
FOAF_GROUP: Final = term("foaf:Group")
DCTERMS_CONTRIBUTOR: Final = term("dcterms:contributor")
ORG_MEMBER_OF: Final = term("org:memberOf")
SCHEMA_COUNTRY: Final = term("schema:addressCountry")
CK_IDENTIFIED_BY: Final = term("ck:identifiedBy")
CK_NORMALISED_NAME: Final = term("ck:NormalisedName")
CK_IDENTIFIER: Final = term("ck:Identifier")
CK_PRIMARY_CATEGORY: Final = term("ck:primaryCategory")
ORG_ORGANIZATION: Final = term("org:Organization")
SKOS_CONCEPT: Final = term("skos:Concept")
SKOS_CONCEPT_SCHEME: Final = term("skos:ConceptScheme")
FABIO_SUBJECT_TERM: Final = term("fabio:SubjectTerm")
SKOS_PREF_LABEL: Final = term("skos:prefLabel")
SKOS_ALT_LABEL: Final = term("skos:altLabel")
SKOS_NOTATION: Final = term("skos:notation")
SKOS_IN_SCHEME: Final = term("skos:inScheme")
SKOS_BROADER: Final = term("skos:broader")
SKOS_TOP_CONCEPT_OF: Final = term("skos:topConceptOf")
CK_POSSIBLY_MEANS: Final = term("ck:possiblyMeans")

# reported metrics
BIDO_HOLDS: Final = term("bido:holdsBibliometricDataInTime")
BIDO_DATA_IN_TIME: Final = term("bido:BibliometricDataInTime")
BIDO_ACCORDING_TO: Final = term("bido:accordingTo")
BIDO_WITH_DATA: Final = term("bido:withBibliometricData")
BIDO_NUMERIC_DATA: Final = term("bido:NumericBibliometricData")
BIDO_HAS_MEASURE: Final = term("bido:hasMeasure")
BIDO_NUMERIC_VALUE: Final = term("bido:hasNumericValue")
CK_VALUE_AS_GIVEN: Final = term("ck:valueAsGiven")

# sources and provenance
PROV_ENTITY: Final = term("prov:Entity")
PROV_AGENT: Final = term("prov:Agent")
PROV_GENERATED_AT: Final = term("prov:generatedAtTime")
PROV_DERIVED_FROM: Final = term("prov:wasDerivedFrom")
FOAF_PRIMARY_TOPIC: Final = term("foaf:primaryTopic")
CK_SOURCE: Final = term("ck:Source")
CK_FILE_NAME: Final = term("ck:fileName")
CK_READER: Final = term("ck:reader")
CK_SHA256: Final = term("ck:sha256")
CK_SIZE_BYTES: Final = term("ck:sizeBytes")
CK_LOADED_AT: Final = term("ck:loadedAt")
CK_DATE_BASIS: Final = term("ck:dateBasis")
CK_DATE_GIVEN: Final = term("ck:DateGiven")
CK_DATE_OF_LOAD: Final = term("ck:DateOfLoad")
CK_RECORD: Final = term("ck:Record")
CK_DESCRIBES: Final = term("ck:describes")
CK_PROBLEM: Final = term("ck:Problem")
CK_FIRST_LINE: Final = term("ck:firstLine")
CK_LAST_LINE: Final = term("ck:lastLine")
CK_FIRST_RECORD: Final = term("ck:firstRecord")
CK_LAST_RECORD: Final = term("ck:lastRecord")
CK_FOUND: Final = term("ck:found")
CK_EXPECTED: Final = term("ck:expected")
CK_IS_REFUSED: Final = term("ck:isRefused")

# who is whom: decisions, and what they leave of an IRI that is not used any more
OWL_DIFFERENT_FROM: Final = term("owl:differentFrom")
DCTERMS_IS_REPLACED_BY: Final = term("dcterms:isReplacedBy")
CK_MERGE: Final = term("ck:Merge")
CK_SPLIT: Final = term("ck:Split")
CK_RULE: Final = term("ck:rule")
CK_REASON: Final = term("ck:reason")
CK_EVIDENCE: Final = term("ck:evidence")
CK_RECOGNISED_BY: Final = term("ck:recognisedBy")
CK_POLICY: Final = term("ck:policy")
CK_UNDONE_AT: Final = term("ck:undoneAt")

# network files, and derived pairs
CK_TIE: Final = term("ck:Tie")
CK_NODE: Final = term("ck:NetworkNode")
CK_WEIGHT_AS_GIVEN: Final = term("ck:weightAsGiven")
DBLP_COAUTHOR_WITH: Final = term("dblp:coAuthorWith")
CK_COAUTHORSHIP: Final = term("ck:Coauthorship")
CK_MEMBER: Final = term("ck:member")
CK_JOINT_PAPERS: Final = term("ck:jointPapers")
CK_FRACTIONAL_WEIGHT: Final = term("ck:fractionalWeight")
CK_FIRST_YEAR: Final = term("ck:firstYear")
CK_LAST_YEAR: Final = term("ck:lastYear")
CK_MATCHES: Final = term("ck:matches")  # in queries only

XSD_INTEGER: Final = term("xsd:integer")
XSD_DECIMAL: Final = term("xsd:decimal")
XSD_BOOLEAN: Final = term("xsd:boolean")
XSD_DATE: Final = term("xsd:date")
XSD_DATE_TIME: Final = term("xsd:dateTime")
XSD_YEAR: Final = term("xsd:gYear")
XSD_YEAR_MONTH: Final = term("xsd:gYearMonth")
XSD_MONTH: Final = term("xsd:gMonth")
XSD_MONTH_DAY: Final = term("xsd:gMonthDay")

# The kinds of things that have a page; the word is the first part of their path.
KINDS: Final = ("paper", "author", "institution", "category", "source")


def entity(base: str, kind: str, identifier: str) -> NamedNode:
    """Return the node of a thing: `{base}{kind}/{identifier}`."""
    return NamedNode(f"{base}{kind}/{identifier}")


def scheme(base: str, name: str) -> NamedNode:
    """Return the node of a category scheme, e.g. `{base}scheme/arxiv`."""
    return NamedNode(f"{base}scheme/{name}")


def provenance_graph(source: NamedNode) -> NamedNode:
    """Return the name of the graph that holds a source's records and problems."""
    return NamedNode(source.value + "/provenance")


def as_given_graph(source: NamedNode) -> NamedNode:
    """Return the name of the graph of what a source says and we make nothing of."""
    return NamedNode(source.value + "/as-given")


def identity_graph(base: str) -> NamedNode:
    """Return the name of the graph of decisions on who is whom."""
    return NamedNode(base + "identity")


def derived_graph(base: str) -> NamedNode:
    """Return the name of the graph of coauthor pairs."""
    return NamedNode(base + "derived")


def void_graph(base: str) -> NamedNode:
    """Return the name of the graph that describes the data set."""
    return NamedNode(base + "void")


def dataset(base: str) -> NamedNode:
    """Return the node of the data set as a whole."""
    return NamedNode(base + "dataset")


def dump(base: str) -> NamedNode:
    """Return the address of all statements in one file."""
    return NamedNode(base + "dump.nq.gz")


def named_query(base: str, name: str) -> NamedNode:
    """Return the node of a query of the catalogue, which is its page."""
    return NamedNode(f"{base}queries/{name}")


def is_claims_graph(base: str, graph: str) -> bool:
    """Return whether `graph` is the claims graph of a source: `{base}source/ID`, nothing behind."""
    return graph.startswith(f"{base}source/") and "/" not in graph.removeprefix(f"{base}source/")
