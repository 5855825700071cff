"""Whatever a reader yields becomes statements: no text, name, address or identifier stops a load."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import IO

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.dates import Taken
from collegium.graph.origin import Source
from collegium.graph.readers.sound_text import sound_reader
from collegium.graph.records import Paper, Record
from collegium.graph.triples import Teller
from hostile_records import records

SOURCE = Source(
    "http://localhost/",
    "x.json",
    "0" * 64,
    1,
    "x",
    Taken(date(2024, 1, 1), True),
    datetime(2024, 1, 1, tzinfo=UTC),
)


@settings(max_examples=300)
@given(st.lists(records(), max_size=3))
def test_any_record_of_a_reader_becomes_statements_that_the_store_takes(given_records: list[Record]) -> None:
    """If it failed: one strange record would end a load with a traceback, and cost the whole file."""

    def reader(stream: IO[bytes], path: str) -> Iterator[Record]:
        yield from given_records

    teller, store = Teller(SOURCE), ox.Store()
    for record in sound_reader(reader)(BytesIO(), "x"):
        if isinstance(record, Paper):
            teller.twin(record)
        for triple in (*teller.claims(record), *teller.places(record)):
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    for triple in teller.last_claims():
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    dumped = store.dump(format=ox.RdfFormat.N_QUADS)
    assert dumped is not None
    again = ox.Store()
    again.load(dumped, format=ox.RdfFormat.N_QUADS)
    assert len(again) == len(store)
