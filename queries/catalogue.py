"""The named queries: one `.rq` file each, read on first use, also from an installed wheel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Final

from collegium.graph.errors import ParameterError, QueryError, UnknownName

from . import frontmatter
from .binding import Value, form_of, variables_of
from .parameters import Parameter, Resolve


@dataclass(frozen=True)
class NamedQuery:
    """One query of the catalogue. `text` is the whole file, head included: standard SPARQL 1.1 as it stands.

    Parameters are variables of the text, bound from outside. `example` holds a value for each required one.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    text: str
    form: str

    @property
    def body(self) -> str:
        """The query without its head, as it is shown to people."""
        return self.text.partition("\n# ---\n")[2].lstrip("\n")

    def bind(self, given: Mapping[str, object], resolve: Resolve) -> dict[str, Value]:
        """Return the term for each parameter that is given or has a default.

        None and empty text mean "not given", as an empty field of a form does.

        Args:
            resolve: (kind, text) -> IRI, for authors, papers, institutions, categories and sources.

        Raises:
            ParameterError: unknown, missing, not of its type, or out of range.
            NotFound, AmbiguousName: the store holds no such thing, or several.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                listed = ", ".join(known) or "no parameter at all"
                raise ParameterError(name, given[name], f"a parameter of {self.name}: {listed}")
        terms: dict[str, Value] = {}
        for parameter in self.parameters:
            text = _text(given.get(parameter.name)) or parameter.default
            if text is not None:
                terms[parameter.name] = parameter.read(text, resolve)
            elif parameter.required:
                raise ParameterError(
                    parameter.name, "nothing", f"{_kind(parameter)}: {parameter.description}"
                )
        return terms


class Catalogue(Mapping[str, NamedQuery]):
    """All named queries, by name in alphabetical order; nothing is read before it is first looked into."""

    def __getitem__(self, name: str) -> NamedQuery:
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def named(self, name: str) -> NamedQuery:
        """Return the query of that name.

        Raises:
            UnknownName: there is none; names the nearest.
        """
        if name not in self:
            raise UnknownName("query", name, self)
        return self[name]

    @cached_property
    def _queries(self) -> dict[str, NamedQuery]:
        folder = resources.files(__package__)
        files = sorted((file for file in folder.iterdir() if file.name.endswith(".rq")), key=lambda f: f.name)
        return {
            query.name: query
            for query in (read(file.name, file.read_text(encoding="utf-8")) for file in files)
        }


def read(file_name: str, text: str) -> NamedQuery:
    """Return the named query of one file.

    Raises:
        QueryError: names the file and line: the head is wrong, no query follows it, or the query does not name
            one of its parameters.
    """
    head = frontmatter.read(file_name, text)
    form, variables = form_of(text), variables_of(text)
    if not form:
        raise QueryError(f"{file_name}: expected SELECT, ASK, CONSTRUCT or DESCRIBE after the head")
    for parameter in head.parameters:
        if parameter.name not in variables:
            raise QueryError(f"{file_name}: parameter {parameter.name} is no variable of the query")
    name = file_name.removesuffix(".rq")
    return NamedQuery(name, head.title, head.description, head.parameters, head.example, text, form)


def _text(given: object) -> str | None:
    """Return what a caller gave as text: None and "" are nothing given; true and false as SPARQL spells them."""
    if given is None or given == "":
        return None
    return str(given).lower() if isinstance(given, bool) else str(given)


def _kind(parameter: Parameter) -> str:
    article = "an" if parameter.type[0] in "aeiou" else "a"
    return f"{article} {parameter.type}"


CATALOGUE: Final = Catalogue()
