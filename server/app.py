"""The web application: `create_app(settings)` puts routes, errors, headers and templates together."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from collegium.graph.errors import CollegiumError

from . import (
    api,
    api_jobs,
    assets,
    descriptions,
    elsewhere,
    health,
    pages,
    pages_compare,
    pages_entities,
    pages_explorer,
    pages_identity,
    pages_measures,
    pages_network,
    pages_queries,
    pages_search,
    pages_series,
    pages_source,
    sitemap,
    wsgi,
)
from .config import Settings
from .hooks import install
from .links import context, figure, web_only, with_code
from .problems import problem
from .served import BeingComputed, Dear
from .service import KnowledgeGraph, open_graph

_KINDS: Final = "any(author, paper, institution, category, source)"
_PLURALS: Final = "any(authors, papers, institutions, categories)"


def create_app(settings: Settings, kg: KnowledgeGraph | None = None) -> Flask:
    """Return the application over a knowledge graph; without one, over the store that `settings` name.

    A store that does not exist yet is made, empty.

    Raises:
        StoreTooNew, StoreDamaged: the store cannot be used.
    """
    folder = Path(__file__).parent
    app = Flask(__name__, static_folder=None, template_folder=str(folder / "templates"))
    app.config["MAX_CONTENT_LENGTH"] = settings.request_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.request_bytes
    app.jinja_env.trim_blocks = False
    app.jinja_env.filters["figure"] = figure
    app.jinja_env.filters["web_only"] = web_only
    app.jinja_env.filters["with_code"] = with_code
    app.context_processor(context)
    graph = kg or open_graph(settings.store, base=settings.base)
    install(app, graph, settings.cache_bytes, settings.license)
    wsgi.install(app, graph, settings)
    app.url_map.merge_slashes = False  # its redirect would go to whatever host the asker names
    app.register_error_handler(CollegiumError, problem)
    app.register_error_handler(HTTPException, problem)
    app.register_error_handler(BeingComputed, api_jobs.being_computed)
    app.register_error_handler(Dear, elsewhere.left_to_a_job)
    _page_routes(app)
    _network_routes(app)
    _data_routes(app)
    api.register(app, settings.at_most_rows)
    return app


def _page_routes(app: Flask) -> None:
    get = app.add_url_rule
    get("/", "home", pages.home)
    get("/search", "search", pages_search.search)
    get(f"/<{_PLURALS}:plural>", "listing", pages.listing)
    get("/sources", "sources", pages.sources)
    get("/about", "about", pages.about)
    get("/quality", "data_quality", pages.data_quality)
    get("/identity", "who_is_whom", pages_identity.who_is_whom)
    get("/measures", "measures", pages_measures.measures)
    get("/centrality", "centrality", pages.centrality)
    get("/centrality/series", "centrality_series", pages_series.centrality)
    get("/query", "query_page", pages_queries.query)
    get("/query/view", "query_view", pages_queries.view, methods=["GET", "POST"])
    get("/queries/<name>", "named_query", pages_queries.named_query)
    get("/scheme/<name>", "scheme", pages.back_to_list)
    get("/run/<name>", "run", pages.run)
    get("/run/<name>/<int:place>", "run_row", pages.run)
    get("/source/<id>/diff", "source_diff", pages_source.diff)
    get(f"/<{_KINDS}:kind>/<id>", "entity", pages_entities.entity)
    get(f"/<{_KINDS}:kind>/<id>/<path:rest>", "part_of_entity", pages_entities.part_of_entity)
    get("/static/<path:filename>", "static", assets.static)
    get("/assets/vis/<name>", "vis_asset", assets.vis_asset)


def _data_routes(app: Flask) -> None:
    get = app.add_url_rule
    get("/sparql", "sparql", wsgi.sparql, methods=wsgi.EVERY, strict_slashes=False)
    get("/graphs", "graphs", wsgi.graphs, methods=wsgi.EVERY, strict_slashes=False)
    get("/graphs/<path:name>", "graph", wsgi.graphs, methods=wsgi.EVERY)
    get("/ns", "namespace", descriptions.namespace)
    get("/.well-known/void", "well_known_void", descriptions.well_known_void)
    get("/dataset", "dataset", descriptions.well_known_void)
    get("/dataset/<path:rest>", "part_of_dataset", descriptions.part_of_dataset)
    get("/dump.nq.gz", "dump", wsgi.dump)
    get("/robots.txt", "robots", sitemap.robots)
    get("/sitemap.xml", "sitemap", sitemap.sitemap)
    get("/sitemap/<int:number>.xml", "sitemap_part", sitemap.part)
    get("/api/openapi.json", "openapi", descriptions.openapi)
    get("/api/docs", "api_docs", descriptions.api_docs)
    get("/problems/<slug>", "problem_page", descriptions.problem_page)
    get("/livez", "livez", health.livez)
    get("/readyz", "readyz", health.readyz)
    get("/metrics", "metrics", health.metrics)
    get("/favicon.ico", "favicon", _favicon)


def _network_routes(app: Flask) -> None:
    get = app.add_url_rule
    get("/network", "network", pages_network.network)
    get("/compare", "compare", pages_compare.compare)
    get("/network/explore", "network_explore", pages_explorer.explore)
    get("/network/ego/<id>", "network_ego", pages_network.ego)
    get("/network/series", "series", pages_series.series)
    get("/network/path", "network_path", pages_network.path)


def _favicon() -> Response:
    """Return where the icon is, for clients that look at the old address."""
    return Response(status=308, headers={"Location": "/static/favicon.svg"})
