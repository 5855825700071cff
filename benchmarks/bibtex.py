"""How fast BibTeX is read: entries a second of our reader against bibtexparser 1, on one file, in turn.

Our reader does more (names, dates, identifiers, crossref, LaTeX); bibtexparser is measured twice: as it comes (fields
as texts), and with its own functions for names and LaTeX. Each round runs in a process of its own and counts CPU time
without imports, so that a busy machine slows no side more. Without a file, entries are made from `papers.py`.
"""

from __future__ import annotations

import argparse
import lzma
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from papers import papers

# Each side prints how many entries it found and the seconds it took.
_OURS = """
import io, sys, time
from collegium.graph.readers.bibtex import read
from collegium.graph.records import Paper
content = open(sys.argv[1], "rb").read()
began = time.process_time()
found = sum(isinstance(record, Paper) for record in read(io.BytesIO(content), sys.argv[1]))
print(found, time.process_time() - began)
"""
_RIVAL = """
import sys, time
import bibtexparser
from bibtexparser.bparser import BibTexParser
from bibtexparser.customization import author, convert_to_unicode
text = open(sys.argv[1], encoding="utf-8").read()
parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
if {is_full}:
    parser.customization = lambda record: author(convert_to_unicode(record))
began = time.process_time()
found = len(bibtexparser.loads(text, parser).entries)
print(found, time.process_time() - began)
"""
SIDES = {
    "collegium": _OURS,
    "bibtexparser": _RIVAL.format(is_full=False),
    "bibtexparser, names and LaTeX": _RIVAL.format(is_full=True),
}


def made(count: int) -> str:
    """Return that many entries in the form that dblp gives them."""
    pieces = []
    for number, paper in enumerate(papers(count), 1):
        names = " and\n               ".join(author.name for author in paper.authorships)
        year = paper.issued.year if paper.issued else 2000
        pieces.append(
            f"@article{{journals/made/{number},\n  author    = {{{names}}},\n  title     = {{{paper.title}}},\n"
            f"  journal   = {{Journal of Made Papers}},\n  volume    = {{{number % 90}}},\n  number    = {{1}},\n"
            f"  pages     = {{{number}--{number + 9}}},\n  year      = {{{year}}},\n"
            f"  doi       = {{10.1000/made.{number}}}\n}}\n"
        )
    return "\n".join(pieces)


def measured(python: str, side: str, path: Path) -> tuple[int, float]:
    """Return the entries a side found in a file and the CPU seconds it took."""
    command = [python, "-c", SIDES[side], str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(output[-2]), float(output[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="a .bib or .bib.xz")
    parser.add_argument("--entries", type=int, default=2000, help="made, where no file is given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--rivals", type=Path, help="environment with bibtexparser 1; by default the one that runs this"
    )
    asked = parser.parse_args()
    rival = str(asked.rivals / "bin" / "python") if asked.rivals else sys.executable
    times: dict[str, list[float]] = {side: [] for side in SIDES}
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entries.bib"
        if asked.file is None:
            path.write_text(made(asked.entries), "utf-8")
        else:
            content = asked.file.read_bytes()
            path.write_bytes(lzma.decompress(content) if asked.file.suffix == ".xz" else content)
        for _ in range(asked.rounds):
            for side in SIDES:
                counts[side], took = measured(sys.executable if side == "collegium" else rival, side, path)
                times[side].append(took)
    print(
        f"| median of {asked.rounds} in turn | entries | µs of CPU an entry | ratio (to reach: 10) |\n|---|---|---|---|"
    )
    for side, found in times.items():
        ratio = statistics.median(other / own for other, own in zip(found, times["collegium"], strict=True))
        cost = statistics.median(found) * 1e6 / max(counts[side], 1)
        print(f"| {side} | {counts[side]:,} | {cost:.1f} | {ratio:.1f} |")


if __name__ == "__main__":
    main()
