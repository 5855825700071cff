"""Answers as pandas DataFrames, for notebooks; pandas is asked for only when somebody wants one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .errors import LibraryMissing


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    """Return rows as a pandas DataFrame with these columns in this order, also where there is no row.

    Raises:
        LibraryMissing: pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise LibraryMissing("to_dataframe", "pandas") from None
    return pandas.DataFrame(list(rows), columns=list(columns))
