"""Files that were not fetched to their end: what stands before the break is loaded, and the break is told."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from collegium.graph.errors import shorten
from collegium.graph.load import load
from collegium.graph.store import Store
from pages import put

WORDS = [f"{random.Random(n).getrandbits(64):x}" for n in range(60)]  # which no packer makes much smaller

WHOLE = {
    "works.bib": "".join(
        f"@article{{k{n}, title = {{On {word}}}, author = {{Lovelace, Ada}}, crossref = {{k{(n + 7) % 60}}}}}\n"
        for n, word in enumerate(WORDS)
    ),
    "2020.acl.xml": "<?xml version='1.0'?>\n<collection id='2020.acl'><volume id='main'>\n"
    + "".join(
        f"<paper id='{n}'><title>On {word}</title><author><first>Ada</first><last>Lovelace</last></author></paper>\n"
        for n, word in enumerate(WORDS, 1)
    )
    + "</volume></collection>\n",
    "works.nt": "".join(
        f'<https://doi.org/10.1000/{word}> <http://purl.org/dc/terms/title> "On {word}" .\n'
        f"<https://doi.org/10.1000/{word}> a <http://purl.org/ontology/bibo/Article> .\n".replace(
            " a <", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <"
        )
        for word in WORDS
    ),
    "works.ris": "".join(f"TY  - JOUR\nTI  - On {word}\nAU  - Lovelace, Ada\nER  - \n\n" for word in WORDS),
    "works.json": "[" + ",\n".join(
        f'{{"id": "{word}", "type": "article", "title": "On {word}", "author": [{{"family": "Lo", "given": "A"}}]}}'
        for word in WORDS
    ) + "]",
}  # fmt: skip


@pytest.mark.parametrize("share", [0.4, 0.9])
@pytest.mark.parametrize("name", WHOLE)
def test_what_stands_before_the_break_is_loaded(name: str, share: float, tmp_path: Path) -> None:
    """If it failed: a download that broke off would give nothing, or pass for the whole."""
    packed = gzip.compress(WHOLE[name].encode())
    cut = put(tmp_path, f"{name}.gz", packed[: int(len(packed) * share)])
    report = load(Store.memory(), [cut])
    (file,) = report.files
    papers = file.counts["papers"].new
    assert share * 60 - 20 < papers < 60
    assert any(
        shorten("found the end of the file in the middle", 30)[6:29] in one.found for one in file.problems
    )
