"""What every page has to be: read as a browser and a screen reader read it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FIELDS = frozenset(("input", "select", "textarea"))


class Page(HTMLParser):
    """A parsed page: headings, ids, fields with their labels, and whatever a strict policy would stop."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.refused: list[str] = []
        self.links: list[str] = []
        self.title = ""
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if tag not in _VOID:
            self._open.append(tag)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "label":
            self.labelled.add(values.get("for") or "")
        if tag in _FIELDS and values.get("type") != "hidden":
            self.fields.append(values | {"inside": "label" if "label" in self._open else None})
        self._policy(tag, values)

    def _policy(self, tag: str, values: dict[str, str | None]) -> None:
        self.refused += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        for name in ("src", "href", "action"):
            address = values.get(name) or ""
            if address.strip().lower().startswith(("javascript:", "data:text")):
                self.refused.append(f"{tag} {name}={address}")
            if tag in ("script", "link", "img", "iframe") and "//" in address[:8]:
                self.refused.append(f"outside: {tag} {name}={address}")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        if tag == "style" or (tag == "script" and not values.get("src") and values.get("type") not in _DATA):
            self.refused.append(f"inline {tag}")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data

    def faults(self) -> list[str]:
        """Return what is wrong with the page, in words."""
        found = list(self.refused)
        if self.headings.count(1) != 1:
            found.append(f"{self.headings.count(1)} headings of the first level")
        for before, after in zip(self.headings, self.headings[1:], strict=False):
            if after > before + 1:
                found.append(f"heading {after} behind {before}")
        found += [f"id {name!r} twice" for name in sorted({x for x in self.ids if self.ids.count(x) > 1})]
        for field in self.fields:
            known = field.get("id") in self.labelled or field["inside"] or field.get("aria-label")
            if not known:
                found.append(f"field {field.get('id') or field.get('name')!r} without a label")
        found += [f"no {tag}" for tag in ("main", "header", "nav", "title") if tag not in self.tags]
        if not self.title.strip():
            found.append("no title")
        return found


_DATA = ("application/json", "application/ld+json")


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    """Return a page as a browser gets it."""
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (status, "text/html"), answer.text
    return answer.text


def shown(text: str) -> str:
    """Return a page without tags, as one line: what a reader sees."""
    spaced = re.sub(r"</(?:dt|dd|th|td|li|p|h[1-6])>", " ", without_data(text))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", spaced)).split())


def without_data(text: str) -> str:
    """Return a page without its JSON blocks."""
    return re.sub(r'<script type="application/(?:ld\+)?json"[^>]*>.*?</script>', "", text, flags=re.DOTALL)
