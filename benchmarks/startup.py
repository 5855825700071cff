"""How long `collegium load` of the seed takes as a whole process, against importing what it stands on.

Both are run in turn, so that a busy machine slows both; the ratio of the medians is the figure.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = Path(__file__).resolve().parents[1] / "seeds" / "xingtai-lv.txt"
IMPORTS = [sys.executable, "-c", "import rdflib, networkx, flask, pyoxigraph"]
LOAD = [str(Path(sys.executable).with_name("collegium")), "load", str(SEED)]


def time_of(command: list[str]) -> float:
    """Return the seconds a process takes from start to end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    imports, loads = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(-1, rounds):
            store = f"{folder}/{number}"
            pair = time_of(IMPORTS), time_of([*LOAD, "--store", store])
            if number >= 0:  # the first pair warms the disk cache
                imports.append(pair[0])
                loads.append(pair[1])
    base, load = statistics.median(imports), statistics.median(loads)
    print(f"| whole process, median of {rounds} in turn | ms |\n|---|---|")
    print(f"| `python -c 'import rdflib, networkx, flask, pyoxigraph'` | {base * 1000:.0f} |")
    print(f"| `collegium load seeds/xingtai-lv.txt` into a new store | {load * 1000:.0f} |")
    print(f"| ratio (to reach: under 3) | {load / base:.2f} |")


if __name__ == "__main__":
    main()
