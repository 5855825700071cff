"""The forms of a drawing: nothing from data is code, links lead where they should, files are written whole."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from collegium.graph.errors import ParameterError
from collegium.server.drawings import Drawing, draw_network, vis_folder
from drawing_pages import rows_of
from pictures_to_draw import BASE, HOSTILE, hostile, papers_of, star, who


class Elements(HTMLParser):
    """Collects what a page holds: (tag, attributes) of each element, and the text of script blocks by id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self._block: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._block = dict(attrs).get("id") if tag == "script" else None

    def handle_data(self, data: str) -> None:
        if self._block:
            self.blocks[self._block] = self.blocks.get(self._block, "") + data


@pytest.fixture
def drawing() -> Drawing:
    """Prevents: each test builds its own star."""
    return draw_network(star(), title="Who writes with whom", papers=papers_of(star()))


def test_a_served_page_has_no_inline_code_or_style(drawing: Drawing) -> None:
    """If it failed: the strict policy of the service would stop the page."""
    for tag, attributes in Elements(drawing.page()).found:
        assert tag != "style" and "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag == "script":
            assert attributes.get("src") or attributes.get("type") == "application/json"


def test_a_served_page_asks_our_addresses_only(drawing: Drawing) -> None:
    """If it failed: a page would not load with the network off."""
    page = drawing.page(
        asset_root="/a", vis_root="/v", home="/h/", stylesheets=["/a/site.css"], scripts=["/a/site.js"]
    )
    addresses = {
        a.get("src") or a.get("href") for t, a in Elements(page).found if t in {"script", "link", "a"}
    }
    outside = {
        address
        for address in addresses
        if address and not address.startswith(("/a/", "/v/", "/h/", "#", "data:"))
    }
    assert not outside
    assert {
        "/v/vis-network.min.js",
        "/a/drawing.js",
        "/a/site.css",
        "/a/site.js",
        "/h/author/ann",
    } <= addresses
    assert "http:" not in re.sub(r'"iri":"[^"]*"', "", page)


def test_files_may_have_addresses_of_their_own(drawing: Drawing) -> None:
    """If it failed: a browser would keep yesterday's script."""
    assert 'src="/static/drawing.js?v=1"' in drawing.page(address_of=lambda name: f"/static/{name}?v=1")


def test_a_masthead_is_escaped_unless_it_is_markup(drawing: Drawing) -> None:
    """If it failed: a string could become part of the page's structure."""
    from markupsafe import Markup

    assert "&lt;b&gt;top&lt;/b&gt;" in drawing.page(masthead="<b>top</b>")
    assert "<b>top</b>" in drawing.page(masthead=Markup("<b>top</b>"))


def test_hostile_names_are_text_in_every_form() -> None:
    """If it failed: the name of an author could run as script."""
    graph = hostile()
    papers = {iri: {"title": HOSTILE[n], "year": None, "id": "x"} for n, iri in enumerate(papers_of(graph))}
    drawing = draw_network(
        graph, title=HOSTILE[1], papers=papers, institutions=dict.fromkeys(graph, HOSTILE[2])
    )
    plain = draw_network(star(), title="x", institutions={})
    for page, quiet in ((drawing.page(), plain.page()), (drawing.html(), plain.html())):
        tags = [tag for tag, _ in Elements(page).found]
        assert tags.count("script") == [tag for tag, _ in Elements(quiet).found].count("script")
        assert "img" not in tags and "49" not in Elements(page).blocks["facts"]
        names = [node["name"] for node in rows_of(Elements(page).blocks["nodes"])]
        assert set(HOSTILE[:8]) <= set(names)


def test_the_offline_file_allows_its_own_blocks_only(drawing: Drawing) -> None:
    """If it failed: code that came in with data would run in a file that was passed on."""
    page = drawing.html()
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    assert (
        policy.startswith("default-src 'none'") and policy.count("'sha256-") == 2 and "unsafe" not in policy
    )
    assert not any(a.get("src") for tag, a in Elements(page).found if tag == "script")


def test_a_file_that_is_passed_on_does_not_point_at_this_machine(drawing: Drawing) -> None:
    """If it failed: a reader elsewhere would click and find nothing, or something else on their own machine."""
    assert BASE + "author" not in re.sub(r'"iri":"[^"]*"', "", drawing.html())
    assert 'href="https://example.org/author/ann"' in drawing.html(home="https://example.org/")


def test_things_with_a_public_address_are_linked_in_the_file() -> None:
    """If it failed: a published data set would have no links in its pictures."""
    import networkx

    graph = networkx.relabel_nodes(
        star(), lambda iri: iri.replace("http://localhost:8000", "https://example.org")
    )
    graph.add_node("javascript:alert(1)", kind="author", id="j", name="J", papers=1)
    graph.add_node("http://[broken", kind="author", id="k", name="K", papers=1)
    page = draw_network(graph, title="x").html()
    assert 'href="https://example.org/author/ann"' in page
    hrefs = [a["href"] or "" for tag, a in Elements(page).found if "href" in a]
    assert not any(address.startswith(("javascript", "http://")) for address in hrefs)


def test_ids_stay_one_segment_of_an_address() -> None:
    """If it failed: an ID could leave the folder of authors or start a query."""
    graph = star()
    graph.nodes[who("ann")]["id"] = "../x?y#z"
    assert 'href="/author/..%2Fx%3Fy%23z"' in draw_network(graph, title="x").page()


def test_saving_replaces_a_file_whole(drawing: Drawing, tmp_path: Path) -> None:
    """If it failed: a crash would leave half a picture; a strange locale would break names."""
    target = tmp_path / "net.html"
    target.write_text("old")
    assert drawing.save(target) == target
    assert target.read_bytes().decode("utf-8") == drawing.html()
    assert [path.name for path in tmp_path.iterdir()] == ["net.html"]
    assert target.stat().st_mode & 0o400


def test_saving_where_nothing_can_be_written_is_an_error_of_ours(drawing: Drawing, tmp_path: Path) -> None:
    """If it failed: the command line would show a traceback."""
    with pytest.raises(ParameterError, match="path"):
        drawing.save(tmp_path / "missing" / "net.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ParameterError, match="path"):
        drawing.save(tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_notebook_gets_a_frame(drawing: Drawing) -> None:
    """If it failed: a drawing could reach into the notebook that shows it."""
    (tag, attributes), *rest = Elements(drawing._repr_html_()).found
    assert tag == "iframe" and not rest
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
    assert attributes["srcdoc"] == drawing.html()


def test_the_same_drawing_gives_the_same_bytes(drawing: Drawing) -> None:
    """If it failed: caches would never hit."""
    again = draw_network(star(), title="Who writes with whom", papers=papers_of(star()))
    assert again.page() == drawing.page() and again.html() == drawing.html()


def test_vis_network_lies_where_it_is_served_from() -> None:
    """If it failed: the page would load without its picture."""
    assert (vis_folder() / "vis-network.min.js").is_file()


def test_pyvis_writes_our_page_as_utf8(tmp_path: Path) -> None:
    """If it failed: pyvis's own write and show would still use its template and the locale."""
    from collegium.server.drawings.safe_network import SafeNetwork

    drawing = draw_network(hostile(), title="محمد")
    context = {"title": "x"}
    network = SafeNetwork([{"id": 1}], [], heading="محمد", template="file.html", context=context)
    assert network.num_nodes() == 1 and network.get_node(1) == {"id": 1}
    network.generate_html = drawing.html  # type: ignore[method-assign]
    network.write_html(str(tmp_path / "x.html"))
    assert "محمد" in (tmp_path / "x.html").read_text("utf-8")
