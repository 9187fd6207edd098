"""Turns drawn calls into the text columns of an export, in an agency's own words."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


class ExportRows:
    """Drawn calls (or unit rows), read column by column as an agency writes them."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._rows = rows

    def plain(self, name: str) -> pa.Array:
        """The column as text, as it was drawn."""
        return self.words(name, {})

    def words(self, name: str, own_words: Mapping[str, str | None]) -> pa.Array:
        """The column in the agency's words; a word that the agency has no other word for stays."""
        values = self._rows[name].to_numpy(dtype=object)
        known = {
            word: own_words.get(word, word)
            for word in set(pd.unique(values))
            if isinstance(word, str)
        }
        return pa.array([known.get(value) for value in values], pa.string())

    def numbers(self, name: str, written_as: str = "{}") -> pa.Array:
        """Whole numbers in the agency's own pattern, such as P{:05d}; empty where there is none."""
        cells = [
            written_as.format(value) if isinstance(value, int) else None
            for value in self._rows[name]
        ]
        return pa.array(cells, pa.string())

    def yes_no(self, name: str, yes: str, no: str) -> pa.Array:
        """A drawn yes or no in the agency's words; empty where it was not drawn."""
        own_words = {True: yes, False: no}
        return pa.array([own_words.get(value) for value in self._rows[name]], pa.string())

    def times(self, name: str, written_as: str) -> pa.Array:
        """Times in the agency's format (as strftime has it); empty where not entered."""
        return write_times(self._rows[name].to_numpy(), written_as)

    def ids(self, prefix: str, digits: int, of_year: bool = True) -> pa.Array:
        """Running numbers with leading zeros, in each year from one where the id has the year."""
        years = self._rows["received_at"].dt.year.to_numpy()
        if not of_year:
            return pa.array([f"{prefix}{n:0{digits}d}" for n in range(1, len(years) + 1)])
        first = np.searchsorted(years, years)
        numbers = np.arange(len(years)) - first + 1
        return pa.array(
            [f"{prefix.format(year=y)}{n:0{digits}d}" for y, n in zip(years, numbers, strict=True)]
        )

    def __getitem__(self, name: str) -> np.ndarray:
        """The drawn values themselves, for columns that depend on several."""
        values: np.ndarray = self._rows[name].to_numpy()
        return values

    def __len__(self) -> int:
        return len(self._rows)


def write_times(times: np.ndarray, written_as: str) -> pa.Array:
    """Times as text in the given strftime format; empty for missing ones."""
    return pc.strftime(pa.array(times.astype("datetime64[s]")), format=written_as)


def where(test: np.ndarray, then: pa.Array | str, otherwise: pa.Array | str | None) -> pa.Array:
    """Text from one of two columns (or words) by a test."""
    empty = pa.scalar(None, pa.string())
    return pc.if_else(pa.array(test), then, empty if otherwise is None else otherwise)
