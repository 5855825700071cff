"""BibTeX text → entries: grammar, macros, what is broken and how far it reaches, lines, encodings, hostile bytes."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.bibtex_blocks import blocks
from collegium.graph.readers.bibtex_entries import Entry, entries
from collegium.graph.readers.record_limits import LARGEST_ENTRY_BYTES
from collegium.graph.records import Problem


def parsed(text: str | bytes) -> list[Entry | Problem]:
    """Return what stands in a file of this text."""
    return list(entries(blocks(BytesIO(text.encode() if isinstance(text, str) else text))))


def whole(text: str | bytes) -> list[Entry]:
    """Return the entries of a file in which nothing is wrong."""
    found = [entry for entry in parsed(text) if isinstance(entry, Entry)]
    assert found == parsed(text)
    assert all(not entry.remarks for entry in found)
    return found


def one(text: str) -> dict[str, str]:
    """Return the fields of the only entry."""
    (entry,) = whole(text)
    return entry.fields


def outcomes(text: str | bytes) -> list[tuple[str, int, int]]:
    """Return for each entry or problem: key, or "refused" or "remark"; first and last line."""
    return [
        (
            e.key if isinstance(e, Entry) else "refused" if e.is_refused else "remark",
            e.lines.first,
            e.lines.last,
        )
        for e in parsed(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@article{a, title = {X}}", {"title": "X"}),
        (
            '@ARTICLE (a, TITLE = "X (1)" # { and } # "Y", Year=2000)',
            {"title": "X (1) and Y", "year": "2000"},
        ),
        ('@misc{a, title = "A {"}quoted{"} {w{o{r{d}}}}",}', {"title": 'A {"}quoted{"} {w{o{r{d}}}}'}),
        ("@misc{a,title={a {b {c {d {e}}}}}}", {"title": "a {b {c {d {e}}}}"}),
        ("@misc{a,\n title\n =\n {X\nY}\n,\n}", {"title": "X\nY"}),
        ("@misc{a, pages = 10-20, month = jan # {~10}}", {"pages": "10-20", "month": "jan~10"}),
        ('@string{j = "J. " # {Phys}}\n@String(k = j # ".")\n@misc{a, journal = K}', {"journal": "J. Phys."}),
        (
            "@misc{a, title = {X}, % a comment for biber\n % note = {Y},\n year = 1 % here too\n}",
            {"title": "X", "year": "1"},
        ),
        ("@misc{a, crédit = {X}, author+an = {1=x}}", {"crédit": "X", "author+an": "1=x"}),
        ('@misc{a, title = {}, note = ""}', {"title": "", "note": ""}),
        ("@misc{a, title={X}, url={u}, url={v}}", {"title": "X", "url": "u"}),
    ],
)
def test_an_entry_is_read_in_all_forms_of_the_grammar(text: str, expected: dict[str, str]) -> None:
    """If it failed: fields of correct files would be lost or wrong."""
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@article{DBLP:conf/x/Y-1:2+3, title={X}}", "DBLP:conf/x/Y-1:2+3"),
        ("@article{ ISI:000263918900029,\n title={X}}", "ISI:000263918900029"),
        ("@article{Smith 2020, title={X}}", "Smith 2020"),
        ("@article{, title={X}}", ""),
        ("@article{\n title={X}}", ""),
        ("@article{k\n title={X}}", "k"),
        ("@article{k}", "k"),
        ("@article{Müller, title={X}}", "Müller"),
    ],
)
def test_keys_are_read_as_people_write_them(text: str, key: str) -> None:
    """If it failed: an entry would be lost for its key, or its first field taken for one."""
    (entry,) = whole(text)
    assert entry.key == key


def test_lines_are_those_of_the_file() -> None:
    """If it failed: nobody would find the entry a problem speaks of."""
    text = "% text\n\n@article{a,\n title={X}\n}\n\nmore\n  @book{b, title={Y}} @book{c,\n title={Z}}\n"
    expected = [("a", 3, 5), ("b", 8, 8), ("c", 8, 9)]
    assert outcomes(text) == expected
    assert outcomes(text.replace("\n", "\r\n")) == expected
    assert outcomes(b"\xef\xbb\xbf" + text.encode()) == expected


def test_text_comments_and_preambles_are_no_entries() -> None:
    """If it failed: JabRef's settings, or mail addresses, would become papers."""
    text = (
        "Written by me@home.org {really}\n@comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n}\n"
        '@preamble{"\\newcommand{\\noopsort}[1]{}"}\n@comment nothing\n@misc{a, title={X}}'
    )
    assert [entry.key for entry in whole(text)] == ["a"]


def test_entries_in_a_comment_are_said() -> None:
    """If it failed: papers would be lost silently, or those that somebody took out would come back."""
    text = "@comment{\n@misc{a, title={X}}\n@misc{b, title={Y}}\n}\n@misc{c, title={Z}}\n%@misc{d, title={Z}}"
    assert outcomes(text) == [("remark", 1, 3), ("c", 5, 5), ("remark", 6, 6)]


def test_braces_behind_a_comment_are_text() -> None:
    """If it failed: a brace in the text between entries would hide those that follow."""
    assert outcomes("@comment{x}\ntext {\n@misc{a, title={X}}\n}\n@misc{b, title={Y}}") == [
        ("a", 3, 3),
        ("b", 5, 5),
    ]
    text = "@preamble{open\n@misc{a, title={X}}\n@preamble(x)\n@comment(x)\n@misc{b, title={Y}}"
    assert outcomes(text) == [("remark", 1, 1), ("a", 2, 2), ("b", 5, 5)]


def test_a_comment_that_does_not_end_hides_nothing() -> None:
    """If it failed: one brace would swallow the file."""
    text = "@comment{ open {\n" + "@misc{a, title={X}}\n" * 5000
    assert outcomes(text) == [("remark", 1, 1), *(("a", line, line) for line in range(2, 5002))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@misc{a, title={X}, author={Y}\n\n", "ends without a closing brace"),
        ("@misc{a, title={X}, author={Y}\n year=2000\n}\n", "no comma behind author"),
        ("@misc{a, author={Y}, title={X}},\n year=2000\n}\n", "} before the end"),
        (
            "@misc{a, title={X}, author={Y},\n note={open {brace},\n year=2000\n}\n",
            "note with a brace that is not closed",
        ),
        (
            "@misc{a, title={X}, author={Y},\n note={one} too many},\n year=2000\n}\n",
            "behind the value of note",
        ),
        ('@misc{a, title={X}, author={Y},\n note="a "b" c",\n year=2000\n}\n', "behind the value of note"),
        ("@misc{a, title={X}, author={Y}, journal=unknown, year=2000}\n", "journal = unknown"),
        ("@misc{a, title={X}, author={Y}, title={Z}}\n", "a second title"),
        ("@misc{a, title={X}, author={Y},\n note {Z},\n year=2000\n}\n", "note {Z}"),
    ],
)
def test_what_is_broken_costs_only_itself(text: str, found: str) -> None:
    """If it failed: a paper, or the next one, would be lost for a comma, or a part of it silently."""
    entry, following = parsed(text + "@misc{b, title={Y}}")
    assert isinstance(entry, Entry) and isinstance(following, Entry)
    assert (entry.key, entry.fields["title"], entry.fields["author"]) == ("a", "X", "Y")
    assert entry.fields.get("year", "2000") == "2000"
    assert ("year" in entry.fields) == ("year" in text)
    (remark,) = entry.remarks
    assert found in remark.found and not remark.is_refused
    assert following.key == "b"


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={X {Y},\n author={A},\n year=2000\n}\n",
        "@misc{a, title={X},\n author={A and B\n",
        '@misc{a, title="X "Y" Z",\n author={A}\n}\n',
        "@misc{a, title={X}, author=nobody}\n",
        "@misc{a, author={A\n",
        "@misc{a, title={X},\n",
        "@misc{a\n",
    ],
)
def test_a_broken_author_or_title_refuses_the_entry_and_no_other(text: str) -> None:
    """If it failed: a paper would stand there with half its title, or without its authors."""
    problem, following = parsed(text + "@misc{b, title={Y}}")
    assert isinstance(problem, Problem) and problem.is_refused
    assert problem.lines.first == 1 and problem.found and problem.expected
    assert isinstance(following, Entry) and following.key == "b"


def test_bytes_that_are_not_utf_8_cost_their_field() -> None:
    """If it failed: names would come out as other letters, or a whole file be lost for one note."""
    text = "@misc{a, title={X}, author={A}, note={Müller}}\n@misc{b, title={Müller}}\n".encode("latin-1")
    entry, problem = parsed(text)
    assert isinstance(entry, Entry) and set(entry.fields) == {"title", "author"}
    assert [remark.found for remark in entry.remarks] == ["byte 0xfc in note"]
    assert isinstance(problem, Problem) and problem.is_refused and problem.found == "byte 0xfc in title"
    assert "% Encoding: GBK" in problem.expected


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Müller"), ("gbk", "靳鲲鹏"), ("iso8859_2", "Łódź")]
)
def test_a_declared_encoding_is_believed(encoding: str, name: str) -> None:
    """If it failed: files of older versions of JabRef, correct by their own word, would be refused."""
    text = f"% Encoding: {encoding}\n\n@misc{{a, title={{{name}}}}}\n"
    assert whole(text.encode(encoding))[0].fields == {"title": name}
    assert whole(text.encode())[0].fields == {"title": name}  # saved as UTF-8 since


def test_macros_do_not_explode() -> None:
    """If it failed: a kilobyte of @string would fill the memory."""
    text = (
        "@string{a = {0123456789}}\n"
        + "@string{a = a # a}\n" * 200
        + "@misc{a, title={X}, author={A}, note=a}"
    )
    *remarks, entry = parsed(text)
    assert isinstance(entry, Entry) and len(entry.fields["note"]) < 100_000
    assert all(isinstance(remark, Problem) and not remark.is_refused for remark in remarks)


def test_an_entry_without_end_is_refused_and_the_next_is_read() -> None:
    """If it failed: a binary file in one line would be held in memory, or hide what follows."""
    text = b"@misc{a, title={" + b"x" * (3 * LARGEST_ENTRY_BYTES) + b"\n\n@misc{b, title={Y}}"
    assert outcomes(text) == [("refused", 1, 1), ("b", 3, 3)]


def test_a_nul_byte_refuses_its_entry() -> None:
    """If it failed: a NUL would reach the store."""
    assert outcomes(b"@misc{a, title={X\0}}\n@misc{b, title={Y}}") == [("refused", 1, 2), ("b", 2, 2)]


def test_deep_braces_are_read() -> None:
    """If it failed: a nested value would end in a traceback."""
    value = "{" * 100_000 + "}" * 100_000
    assert one("@misc{a, title={" + value + "}}") == {"title": value}


@given(
    st.lists(
        st.sampled_from(
            ["@misc", "@string", "@comment", "{", "}", '"', "=", ",", "#", "\n", "a", " ", "(", ")", "%"]
        )
    )
)
def test_any_sequence_of_marks_is_read(pieces: list[str]) -> None:
    """If it failed: some broken file would end in a traceback."""
    for found in parsed("".join(pieces)):
        assert 1 <= found.lines.first <= found.lines.last


@given(st.binary(max_size=200))
def test_any_bytes_are_read(content: bytes) -> None:
    """If it failed: some file would end in a traceback."""
    parsed(b"@misc{a, title = {" + content + b"}}\n@misc{" + content)
