"""Markup → plain text: what is markup goes, what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.markup import plain_text

TWICE = (
    "<alternatives><tex-math><![CDATA[x^2]]></tex-math><mml:math><mml:mi>x</mml:mi></mml:math></alternatives>"
)

CASES = [
    ("", ""),
    ("  a\n\t b\u00a0c ", "a b c"),
    ("In <i>E. coli</i>", "In E. coli"),
    ("<p>One.</p><p>Two.</p>", "One. Two."),
    ("a<br/>b<br>c", "a b c"),
    ("H<sub>2</sub>O, <jats:italic>n</jats:italic>", "H2O, n"),
    ('May 2012 <emph type="ital">Newsletter</emph>', "May 2012 Newsletter"),
    ("<ns4:p>Other prefix</ns4:p>", "Other prefix"),
    ("The <fixed-case>BERT</fixed-case> model", "The BERT model"),
    ("<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math>", "x=1"),
    (f"where {TWICE}!", "where x!"),
    ("<tex-math>x^2</tex-math> alone", "x^2 alone"),
    ('On <formula formulatype="inline"><tex Notation="TeX">$k$</tex></formula>-cores', "On $k$-cores"),
    ("<annotation>a formula said again</annotation>b", "b"),
    ("<annotation>without an end", "without an end"),
    ("a <!-- not text --> b", "a b"),
    ("p < 0.05 and q > 3", "p < 0.05 and q > 3"),
    ("x<y and z>w", "x<y and z>w"),
    ("std::vector<int> and <Actinopterygii>", "std::vector<int> and <Actinopterygii>"),
    ("AT&T, R&D; &copy stays", "AT&T, R&D; &copy stays"),
    ("Smith &amp; Sons &#233;&#x41;", "Smith & Sons éA"),
    ("&amp;amp; once", "&amp; once"),
    ("&unknown; &lt;", "&unknown; <"),
    ("&lt;i&gt;E. coli&lt;/i&gt; again", "E. coli again"),
    ("The &lt;b&gt; element", "The <b> element"),
]


@pytest.mark.parametrize(("printed", "expected"), CASES)
def test_markup_becomes_text(printed: str, expected: str) -> None:
    """If it failed: a title would show tags, or lose words."""
    assert plain_text(printed) == expected


@given(st.text(alphabet="<>&/ab;i!-[]\"'= ", max_size=60))
def test_any_text_is_taken(printed: str) -> None:
    """If it failed: a broken abstract would stop a whole file."""
    plain = plain_text(printed)
    assert plain == " ".join(plain.split())


@given(st.text().filter(lambda text: "<" not in text and "&" not in text))
def test_text_without_markup_keeps_its_words(printed: str) -> None:
    """If it failed: words would vanish that are no markup."""
    assert plain_text(printed).split() == printed.split()


@pytest.mark.parametrize("piece", ["<", "<a ", '<a b="', "<annotation>", "<!--", "&", "&lt;i>"])
def test_hostile_text_is_read_in_one_go(piece: str) -> None:
    """If it failed: one line of a file could hold a load up for hours (the test would not end)."""
    assert isinstance(plain_text(piece * 200_000), str)
