"""Vocabularies of others: where each says what is a paper, who wrote it, in which order, and what it is called.

A row a vocabulary, in the order in which they are asked; a thing of two vocabularies is described by both. Paths are
predicates joined by " / ". Filled by hand. Sources: semopenalex.org/resource/semopenalex:UniversalDataModel and the
ontology in the samples (older dumps: class/, property/); dblp.org/rdf/docu; sparontologies.github.io (fabio, pro,
datacite) and opencitations.net/model; wiki.lyrasis.org/display/VIVODOC (vivo, bibo); schema.org; dublincore.org.
"""

from __future__ import annotations

from typing import Final

from ..vocabulary import term
from .rdf_rows import Path, Vocabulary, Way, keyed, kinds, nodes, paths


def _semopenalex(classes: str, terms: str) -> Vocabulary:
    c, p = classes, terms

    def way(link: str) -> Way:
        return Way(
            link=term(f"{p}:{link}"),
            to=term(f"{p}:hasAuthor"),
            order="words",
            rank=term(f"{p}:position"),
            text=term(f"{p}:rawAffiliation"),
            institution=term(f"{p}:hasOrganization"),
        )

    return Vocabulary(
        name="SemOpenAlex",
        works={term(f"{c}:Work"): None},
        ways=(way("hasAuthorship"), way("hasAuthorPosition"), Way(term("dcterms:creator"))),
        persons=(term(f"{c}:Author"),),
        institutions=(term(f"{c}:Institution"),),
        title=paths("dcterms:title"),
        issued=paths("dcterms:date fabio:hasPublicationYear"),
        abstract=paths("dcterms:abstract"),
        names=paths(f"foaf:name {p}:alternativeName dbo:alternativeName"),
        identifiers=keyed(
            f"datacite:doi=doi {p}:doi=doi {p}:orcidId=orcid dbo:orcidId=orcid {p}:ror=ror {p}:grid=grid "
            f"dbo:grid=grid fabio:hasPubMedId=pmid fabio:hasPubMedCentralId=pmcid owl:sameAs="
        ),
        venue=paths(f"{p}:hasPrimaryLocation/{p}:hasSource/foaf:name"),
        volume=paths(f"{p}:hasVolume"),
        issue=paths(f"{p}:hasIssue"),
        page_ends=(paths("prism:startingPage")[0], paths("prism:endingPage")[0]),
        references=term("cito:cites"),
        reported=keyed(f"{p}:citedByCount=citations {p}:worksCount=papers bido:h-index=h_index"),
        employers=nodes("org:memberOf"),
        types=nodes(f"{p}:workType {p}:crossrefType"),
        subjects=keyed(f"{p}:hasTopic=openalex-topics {p}:hasConcept=openalex-concepts"),
    )


_SCHEMA_WORKS: Final = (
    "ScholarlyArticle=article Article=article TechArticle=article MedicalScholarlyArticle=article Book=book "
    "Chapter=chapter Dataset=dataset Thesis=thesis Report=report SoftwareSourceCode=software Review=review"
)
_SCHEMA_INSTITUTIONS: Final = (
    "Organization",
    "CollegeOrUniversity",
    "EducationalOrganization",
    "ResearchOrganization",
)


def _schema(prefix: str) -> Vocabulary:
    def own(text: str) -> tuple[Path, ...]:
        return paths(" ".join("/".join(f"{prefix}:{s}" for s in path.split("/")) for path in text.split()))

    return Vocabulary(
        name="schema.org",
        works=kinds(prefix, _SCHEMA_WORKS),
        ways=(
            Way(term(f"{prefix}:author"), order="list"),
            Way(term(f"{prefix}:author")),
            Way(term(f"{prefix}:creator"), order="list"),
            Way(term(f"{prefix}:creator")),
        ),
        persons=(term(f"{prefix}:Person"),),
        institutions=nodes(" ".join(f"{prefix}:{name}" for name in _SCHEMA_INSTITUTIONS)),
        title=own("headline name"),
        issued=own("datePublished dateCreated"),
        abstract=own("abstract description"),
        names=own("name alternateName"),
        parts=((own("givenName")[0], own("familyName")[0]),),
        identifiers={term(f"{prefix}:{name}"): "" for name in ("identifier", "sameAs", "url")},
        venue=own("isPartOf/name isPartOf/isPartOf/name isPartOf/isPartOf/isPartOf/name"),
        volume=own("volumeNumber isPartOf/volumeNumber isPartOf/isPartOf/volumeNumber"),
        issue=own("issueNumber isPartOf/issueNumber"),
        pages=own("pagination"),
        page_ends=(own("pageStart")[0], own("pageEnd")[0]),
        publisher=own("publisher/name"),
        keywords=own("keywords"),
        language=own("inLanguage"),
        employers=(term(f"{prefix}:affiliation"), term(f"{prefix}:worksFor")),
    )


_DBLP: Final = Vocabulary(
    name="dblp",
    works=kinds(
        "dblp",
        "Publication Article=article Inproceedings=conference-paper Incollection=chapter Book=book "
        "Editorship=proceedings Reference=other Data=dataset Informal=other Withdrawn=other",
    ),
    ways=(
        Way(
            link=term("dblp:hasSignature"),
            to=term("dblp:signatureCreator"),
            order="numbers",
            rank=term("dblp:signatureOrdinal"),
            only=(term("rdf:type"), term("dblp:AuthorSignature")),
            name=term("dblp:signatureDblpName"),
            orcid=term("dblp:signatureOrcid"),
        ),
        Way(term("dblp:authoredBy")),
    ),
    persons=nodes("dblp:Person dblp:Creator"),
    title=paths("dblp:title"),
    issued=paths("dblp:yearOfPublication"),
    names=paths("dblp:primaryCreatorName dblp:primaryFullCreatorName dblp:creatorName"),
    identifiers=keyed("dblp:doi=doi dblp:isbn=isbn dblp:orcid=orcid owl:sameAs="),
    venue=paths("dblp:publishedInJournal dblp:publishedInBook dblp:publishedIn dblp:publishedInSeries"),
    volume=paths("dblp:publishedInJournalVolume dblp:publishedInSeriesVolume"),
    issue=paths("dblp:publishedInJournalVolumeIssue"),
    pages=paths("dblp:pagination"),
    publisher=paths("dblp:publishedBy"),
    count=term("dblp:numberOfCreators"),
)

# Journals, their volumes and series are expressions too; they are where papers come out and no papers.
CONTAINERS: Final = frozenset(
    nodes(
        "fabio:Journal fabio:JournalIssue fabio:JournalVolume fabio:Series fabio:BookSeries fabio:BookSet "
        "bibo:Journal bibo:Issue bibo:Series bibo:Periodical bibo:Collection"
    )
)
_SPAR: Final = Vocabulary(
    name="SPAR",
    works=kinds(
        "fabio",
        "JournalArticle=article ConferencePaper=conference-paper ProceedingsPaper=conference-paper Book=book "
        "BookChapter=chapter Thesis=thesis DoctoralThesis=thesis MastersThesis=thesis ReportDocument=report "
        "Report=report DataFile=dataset Dataset=dataset ReferenceBook=book AcademicProceedings=proceedings "
        "ConferenceProceedings=proceedings SpecificationDocument=standard Standard=standard ReviewArticle=review "
        "Editorial=editorial JournalEditorial=editorial Letter=letter Preprint=preprint ComputerProgram=software "
        "ReferenceEntry=other WebContent=other Expression",
    ),
    ways=(
        Way(
            link=term("pro:isDocumentContextFor"),
            to=term("pro:isHeldBy"),
            order="chain",
            rank=term("oco:hasNext"),
            only=(term("pro:withRole"), term("pro:author")),
        ),
        Way(term("dcterms:creator"), order="list"),
        Way(term("dcterms:creator")),
    ),
    persons=nodes("foaf:Agent foaf:Person"),
    title=paths("dcterms:title"),
    issued=paths("prism:publicationDate dcterms:issued fabio:hasPublicationYear"),
    abstract=paths("dcterms:abstract"),
    names=paths("foaf:name"),
    parts=((paths("foaf:givenName")[0], paths("foaf:familyName")[0]),),
    identifiers=keyed("prism:doi=doi datacite:doi=doi datacite:orcid=orcid owl:sameAs="),
    venue=paths(
        "frbr:partOf/frbr:partOf/frbr:partOf/dcterms:title frbr:partOf/frbr:partOf/dcterms:title "
        "frbr:partOf/dcterms:title"
    ),
    volume=paths(
        "frbr:partOf/frbr:partOf/fabio:hasSequenceIdentifier frbr:partOf/fabio:hasSequenceIdentifier"
    ),
    page_ends=(
        paths("frbr:embodiment/prism:startingPage")[0],
        paths("frbr:embodiment/prism:endingPage")[0],
    ),
    references=term("cito:cites"),
)
_VIVO: Final = Vocabulary(
    name="VIVO and BIBO",
    works=kinds(
        "bibo",
        "AcademicArticle=article Article=article Book=book BookSection=chapter Chapter=chapter Thesis=thesis "
        "Report=report Proceedings=proceedings EditedBook=book Document AudioDocument=other AudioVisualDocument=other "
        "Letter=letter Manuscript=preprint Standard=standard Webpage=other Patent=other Film=other Slideshow=other",
    )
    | kinds(
        "vivo", "ConferencePaper=conference-paper Dataset=dataset EditorialArticle=editorial Review=review"
    ),
    ways=(
        Way(
            link=term("vivo:relatedBy"),
            to=term("vivo:relates"),
            order="numbers",
            rank=term("vivo:rank"),
            only=(term("rdf:type"), term("vivo:Authorship")),
        ),
        Way(term("bibo:authorList"), order="list"),
        Way(term("dcterms:creator"), order="list"),
        Way(term("dcterms:creator")),
        Way(term("dc:creator")),
    ),
    persons=nodes(
        "foaf:Person vivo:FacultyMember vivo:NonAcademic vivo:Postdoc vivo:Librarian vivo:Student vivo:EmeritusFaculty"
    ),
    title=paths("dcterms:title dc:title rdfs:label"),
    issued=paths("dcterms:issued dcterms:date dc:date"),
    dated=(term("vivo:dateTimeValue"), term("vivo:dateTime"), term("vivo:dateTimePrecision")),
    abstract=paths("bibo:abstract dcterms:abstract"),
    names=paths("foaf:name rdfs:label"),
    parts=(
        (paths("foaf:givenName")[0], paths("foaf:familyName")[0]),
        (paths("foaf:firstName")[0], paths("foaf:lastName")[0]),
        (
            paths("obo:ARG_2000028/vcard:hasName/vcard:givenName")[0],
            paths("obo:ARG_2000028/vcard:hasName/vcard:familyName")[0],
        ),
    ),
    identifiers=keyed(
        "bibo:doi=doi bibo:pmid=pmid bibo:isbn10=isbn bibo:isbn13=isbn bibo:isbn=isbn vivo:pmcid=pmcid "
        "vivo:orcidId=orcid vivo:researcherId=researcherid vivo:scopusId=scopus-author owl:sameAs="
    ),
    venue=paths(
        "vivo:hasPublicationVenue/rdfs:label dcterms:isPartOf/dcterms:title dcterms:isPartOf/rdfs:label"
    ),
    volume=paths("bibo:volume"),
    issue=paths("bibo:issue"),
    pages=paths("bibo:pages"),
    page_ends=(paths("bibo:pageStart")[0], paths("bibo:pageEnd")[0]),
    publisher=paths("vivo:publisher/rdfs:label dcterms:publisher/foaf:name"),
    references=term("bibo:cites"),
)
# Of things without a class: who has a title and a creator is a work.
_DUBLIN_CORE: Final = Vocabulary(
    name="Dublin Core",
    works={},
    ways=(
        Way(term("dcterms:creator"), order="list"),
        Way(term("dcterms:creator")),
        Way(term("dc:creator")),
        Way(term("foaf:maker")),
    ),
    title=paths("dcterms:title dc:title"),
    issued=paths("dcterms:issued dcterms:date dc:date"),
    abstract=paths("dcterms:abstract"),
    names=paths("foaf:name rdfs:label"),
    identifiers=keyed("dcterms:identifier= dc:identifier= owl:sameAs="),
    publisher=paths("dcterms:publisher dc:publisher"),
    keywords=paths("dcterms:subject dc:subject"),
    language=paths("dcterms:language dc:language"),
)

VOCABULARIES: Final = (
    _semopenalex("soa", "soa"),
    _semopenalex("soa-class", "soa-property"),
    _DBLP,
    _SPAR,
    _VIVO,
    _schema("schema"),
    _schema("schema-http"),
)
UNTYPED: Final = _DUBLIN_CORE
