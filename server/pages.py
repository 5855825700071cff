"""Pages about the store as a whole: home, lists, sources, about, leaderboards, queries, the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Response, redirect, render_template, request, url_for

from collegium.graph.errors import JobStopped, Overloaded
from collegium.graph.figures import Figures
from collegium.graph.measures import MEASURES, measure_named
from collegium.graph.projections import PROJECTIONS
from collegium.queries.catalogue import CATALOGUE

from .api_centrality import ranking_table
from .directory import PLURALS, Directory, Ref, byline, directory_of
from .distribution import distribution
from .editions import Edition, Wanted
from .endpoints import Parameter, paging, read_parameters
from .hooks import edition, keep_not
from .linked_data import dataset_data
from .permalinks import citation
from .pictures import network_picture
from .quality import quality
from .served import BeingComputed
from .wanted import AROUND, FILTERS, PROJECTION, SAMPLE, WEIGHT, sample_by, wanted_by
from .whole_network import UNWALKED, figures_of

QUESTION: Final = Parameter("q", "string", "Words to look for.")
_MOST_NAMES: Final = 2_000  # suggested while typing
_ON_HOME: Final = ("betweenness", "papers")
_SMALL: Final = 1_000  # authors up to which home computes a path measure
_MOST_WALKED: Final = 5_000  # nodes up to which all figures stand below a leaderboard: about a second


def render(template: str, found: Edition, **context: Any) -> Response:
    """Return a page."""
    page = render_template(template, version=found.version, **context)
    return Response(page, content_type="text/html; charset=utf-8")


def home() -> Response:
    """Return the first page: what is in the store, search, who leads, the network at a glance."""
    from collegium.graph.columns import NO_YEAR

    read_parameters((), request.args)
    found = edition()
    mirror, info = found.mirror, found.info
    papers, columns = len(mirror.papers), mirror.columns
    truncated = int(columns.truncated.sum())
    counts = {
        "paper": papers,
        "author": len(mirror.authors),
        "institution": len(mirror.institutions),
        "category": len(set(columns.categories.ends.tolist())),
        "source": info.sources,
        "statement": info.belief_statements,
    }
    coverage = {
        "complete": papers - truncated,
        "truncated": truncated,
        "without_year": int((columns.years == NO_YEAR).sum()),
        "year_inferred": int(columns.year_inferred.sum()),
    }
    network = found.compact(Wanted()) if papers else None
    boards = _boards(found) if papers else []
    known = [board["rows"][0].name for board in boards if board["rows"]] or [
        each.name for each in mirror.authors[:1]
    ]
    return render(
        "home.html",
        found,
        counts=counts,
        coverage=coverage,
        boards=boards,
        picture=network_picture(found) if papers else None,
        nodes=len(network) if network is not None else 0,
        edges=network.size if network is not None else 0,
        examples=known[:1],
        linked_data=dataset_data(found),
    )


def _boards(found: Edition) -> list[dict[str, Any]]:
    """Return the tops of two leaderboards; on a large network only of what is cheap."""
    names = _ON_HOME if len(found.mirror.authors) <= _SMALL else ("degree", "papers")
    boards = []
    for name in names:
        row = measure_named(name)
        board = {"name": name, "title": row.title, "definition": row.definition}
        try:
            ranking = found.ranking(name, Wanted())
        except (BeingComputed, Overloaded, JobStopped):
            keep_not()
            boards.append(board | {"rows": (), "is_pending": True})
            continue
        bound = bool(ranking.facts.get("lower_bound"))
        boards.append(board | {"rows": ranking.top(8), "at_least": bound, "is_pending": False})
    return boards


def _byline_of(found: Edition) -> Callable[[Ref], str]:
    return lambda ref: byline(found.mirror, found.mirror.paper(ref.iri))


def listing(plural: str) -> Response:
    """Return all things of a kind, page by page."""
    values = read_parameters((QUESTION, *paging(100)), request.args)
    found = edition()
    kind = next(kind for kind, word in PLURALS.items() if word == plural)
    directory: Directory = directory_of(found)
    numbers = directory.numbers(kind, values["q"])
    limit, offset = values["limit"], values["offset"]
    refs = [directory.ref(kind, at) for at in numbers[offset : offset + limit]]
    return render(
        "listing.html",
        found,
        kind=kind,
        plural=plural,
        byline=_byline_of(found),
        question=values["q"],
        refs=refs,
        total=len(numbers),
        limit=limit,
        offset=offset,
    )


def sources() -> Response:
    """Return the list of sources."""
    read_parameters((), request.args)
    found = edition()
    from collegium.graph.sources import sources as listed

    return render("sources.html", found, sources=listed(found.store))


def data_quality() -> Response:
    """Return what is cut, missing, guessed or told apart by a name only."""
    read_parameters((), request.args)
    found = edition()
    return render("quality.html", found, known=quality(found))


def about() -> Response:
    """Return what is in the store and the definition of every number."""
    read_parameters((), request.args)
    found = edition()
    info = found.info
    years = f"{info.first_year}–{info.last_year}" if info.first_year else "none"
    figures = (
        ("Papers", f"{info.papers:,} ({info.cut_lists:,} with a cut author list)"),
        (
            "Papers that make no pairs",
            f"{info.papers_without_pairs:,} (more than {info.most_authors:,} authors)",
        ),
        ("Authors", f"{info.authors:,}"),
        ("Institutions", f"{info.institutions:,}"),
        ("Categories on papers", f"{info.categories:,}"),
        ("Authorships", f"{info.authorships:,} ({info.hidden_authorships:,} behind “et al.”)"),
        ("Years", f"{years} (papers without a year in the source: {info.papers_without_year:,})"),
        ("Sources", f"{info.sources:,}"),
        (
            "Statements",
            f"{info.belief_statements:,} held true; {info.statements:,} with claims and provenance",
        ),
        ("Version of the store", f"{info.version}"),
        ("Base of IRIs", info.base),
    )
    return render(
        "about.html",
        found,
        figures=figures,
        measures=MEASURES.values(),
        projections=PROJECTIONS.values(),
        queries=CATALOGUE,
        linked_data=dataset_data(found),
    )


def filter_choices(found: Edition) -> dict[str, list[str]]:
    """Return what the filter form suggests while typing."""
    mirror = found.mirror
    return {
        "categories": [category.notation for category in mirror.categories][:_MOST_NAMES],
        "institutions": [place.name for place in mirror.institutions][:_MOST_NAMES],
    }


def is_filtered(values: dict[str, Any]) -> bool:
    """Return whether a filter is set, so that the form shows it."""
    return any(values[parameter.name] != parameter.default for parameter in FILTERS)


def centrality() -> Response:
    """Return a leaderboard with its form."""
    measure = Parameter("measure", "string", "Which measure.", "")
    values = read_parameters(
        (measure, PROJECTION, WEIGHT, *FILTERS, *SAMPLE, AROUND, *paging(50)), request.args
    )
    found, wanted = edition(), wanted_by(values)
    row = measure_named(values["measure"] or _first_measure(found, wanted))
    ranking = found.ranking(row.name, wanted, sample_by(values))
    table = ranking_table(ranking, values["limit"], values["offset"])
    highest = max((value for value in ranking.values.values() if value), default=0)

    def api_link(**more: str) -> str:
        return url_for("api_centrality", measure=row.name, **{**_given(("measure",)), **more})

    return render(
        "centrality.html",
        found,
        measure=row,
        measures=MEASURES.values(),
        projections=PROJECTIONS.values(),
        values=values,
        is_filtered=is_filtered(values),
        facts=ranking.facts,
        lower_bound=ranking.facts.get("lower_bound", False),
        rows=ranking.rows[values["offset"] : values["offset"] + values["limit"]],
        total=table.total,
        limit=table.limit,
        offset=table.offset,
        highest=highest,
        spread=found.memory.get(
            ("spread", row.name, wanted, sample_by(values)), lambda: distribution(ranking, row.title)
        ),
        whole=_whole(found, wanted),
        figures_link=url_for("api_figures", **_given(("measure", "limit", "offset"))),
        kind="author",
        api_link=api_link,
        permalink=citation(request.script_root, wanted, ranking, table.limit, table.offset, None)[
            "permalink"
        ],
        **filter_choices(found),
    )


def _given(without: tuple[str, ...]) -> dict[str, Any]:
    """Return what this request gives, but for some names."""
    return {name: texts for name, texts in request.args.lists() if name not in without and any(texts)}


def _whole(found: Edition, wanted: Wanted) -> Figures:
    """Return the figures of the network below its leaderboard; of a large one those that take no walks."""
    is_small = len(found.compact(wanted)) <= _MOST_WALKED
    return figures_of(found, wanted, () if is_small else UNWALKED)


def _first_measure(found: Edition, wanted: Wanted) -> str:
    """Return what is shown where nobody asked for a measure: betweenness, where the network is not too large for it."""
    most = MEASURES["betweenness"].most_nodes
    return "degree" if most is not None and len(found.compact(wanted)) > most else "betweenness"


def back_to_list(name: str) -> Response:
    """Return the way from the IRI of a category scheme to the categories."""
    found = redirect(url_for("listing", plural="categories"), 303)
    return Response(found.get_data(), 303, found.headers)


def run(name: str, place: int = 1) -> Response:
    """Return the way from the IRI of a kept run, or of one of its rows, to what it holds."""
    found = redirect(url_for("api_run", name=name, offset=place - 1 if place > 1 else None), 303)
    return Response(found.get_data(), 303, found.headers)
