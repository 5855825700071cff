"""How often a name finds its organisation of ROR, and what it costs: on affiliations that people labelled with RORs.

Reads `ror_compact.tsv.gz` (ROR as columns) and Crossref's labelled affiliations, both in the folder `ror` of the shared
data. Prints one line a figure; CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from collegium.graph.ror import Named, RorTable

NAMES = 10_000


def organisations(path: Path) -> Iterator[Named]:
    """Yield the active organisations of the columns."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["status"] == "active":
                others = tuple(filter(None, row["aliases_labels"].split("|")))
                short = tuple(filter(None, row["acronyms"].split("|")))
                yield Named(
                    row["ror_id"], row["country"], row["lat"], row["lng"], (row["name"], *others), short
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder that holds ror/")
    folder = parser.parse_args().data / "ror"
    began = time.process_time()
    made = RorTable.of(organisations(folder / "ror_compact.tsv.gz"))
    with TemporaryDirectory() as aside:
        path = Path(aside) / "ror.gz"
        made.write(path)
        print(
            f"made: {len(made):,} organisations, {made.names:,} names, {time.process_time() - began:.2f} s",
            end=", ",
        )
        print(f"{path.stat().st_size:,} bytes")
        began = time.process_time()
        table = RorTable.open(path)
        print(f"opened: {time.process_time() - began:.2f} s")
    labelled = json.loads((folder / "dataset_affiliations_crossref_2024_02_19.json").read_text("utf-8"))
    texts = [one["affiliation"] for one in labelled]
    began = time.process_time()
    for at in range(NAMES):
        table.match(texts[at % len(texts)])
    print(f"{NAMES:,} names: {time.process_time() - began:.2f} s")
    found = [(one, known) for one in labelled if (known := table.match(one["affiliation"]))]
    right = [one for one, known in found if f"https://ror.org/{known.ror}" in one["ror_ids"]]
    with_label = [one for one in labelled if one["ror_ids"]]
    print(
        f"{len(labelled):,} affiliations, {len(with_label):,} labelled: {len(right)} right of {len(found)} found"
    )
    for one, known in found:
        if one not in right:
            print(
                f"  {one['affiliation']}: {known.name} ({known.country}), labelled {one['ror_ids'] or 'none'}"
            )


if __name__ == "__main__":
    main()
