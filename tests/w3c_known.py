"""Cases of the W3C that we answer otherwise over HTTP, by reason; in full: docs/reference/sparql-conformance.md."""

from __future__ import annotations

from typing import Final

_BY_REASON: Final = {
    "SERVICE is refused": """
        service#service1 service#service2 service#service3 service#service4a service#service5 service#service6
        service#service7 syntax-fed#test_1 syntax-fed#test_2 syntax-fed#test_3
    """,
    "LOAD is refused": """
        syntax-update-1#test_1 syntax-update-1#test_2 syntax-update-1#test_3 syntax-update-1#test_4
        syntax-update-1#test_37 syntax-update-1#test_41 syntax-update-1#test_47 syntax-update-1#test_48
        syntax-update-1#test_49 update-silent#load-silent update-silent#load-into-silent
    """,
    "values are kept in one form": """
        distinct#distinct-1 distinct#distinct-9 expr-builtin#dawg-str-1 expr-builtin#dawg-str-2
        expr-builtin#sameTerm-simple expr-builtin#sameTerm-eq expr-builtin#sameTerm-not-eq
        expr-equals#eq-graph-1 expr-equals#eq-graph-2 open-world#open-eq-01
    """,
    "a test of older rules": """
        basic#term-6 basic#term-7 syntax-sparql1#syntax-lit-08 distinct#distinct-2 expr-builtin#dawg-datatype-2
        functions#strdt03 functions#strlang03 aggregates#agg-empty-group
    """,
    "FROM names graphs of the store": "dataset#dawg-dataset-09 dataset#dawg-dataset-10 dataset#dawg-dataset-12",
    "the engine differs": """
        functions#bnode01 open-world#date-2 optional-filter#dawg-optional-filter-005-simplified
        syntax-sparql2#syntax-esc-04 syntax-sparql2#syntax-esc-05 syntax-sparql3#syn-bad-26
        csv-tsv-res#csv01 csv-tsv-res#csv02 csv-tsv-res#csv03
    """,
}
KNOWN: Final[dict[str, str]] = {name: why for why, names in _BY_REASON.items() for name in names.split()}
