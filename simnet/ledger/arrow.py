"""Columns of Arrow from NumPy arrays and texts, without pandas: `pyarrow.array` loads it first, half a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow
    from numpy.typing import NDArray


def numbers(values: NDArray[Any]) -> pyarrow.Array[Any]:
    """A column of numbers, or of yes and no, of the array's own type; it shares the memory of numbers."""
    import pyarrow

    kind = pyarrow.from_numpy_dtype(values.dtype)
    held = np.packbits(values, bitorder="little") if values.dtype == bool else np.ascontiguousarray(values)
    return pyarrow.Array.from_buffers(kind, len(values), [None, pyarrow.py_buffer(held)])


def known_numbers(values: Sequence[float | None]) -> pyarrow.Array[Any]:
    """A column of floats, some of which are not known."""
    import pyarrow

    known = np.packbits(np.array([value is not None for value in values], bool), bitorder="little")
    held = np.array([0.0 if value is None else value for value in values], np.float64)
    buffers = [pyarrow.py_buffer(known), pyarrow.py_buffer(held)]
    return pyarrow.Array.from_buffers(pyarrow.float64(), len(values), buffers)


def texts(values: Sequence[str]) -> pyarrow.Array[Any]:
    """A column of texts."""
    import pyarrow

    held = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, held)], dtype=np.int32)
    buffers = [None, pyarrow.py_buffer(ends), pyarrow.py_buffer(b"".join(held))]
    return pyarrow.Array.from_buffers(pyarrow.string(), len(held), buffers)


def words(names: Sequence[str], codes: NDArray[Any]) -> pyarrow.Array[Any]:
    """A column of few words, each by its number among `names`."""
    return coded(texts(names), codes)


def coded(known: pyarrow.Array[Any], codes: NDArray[Any]) -> pyarrow.Array[Any]:
    """A column of few words, each by its number among those that are known."""
    import pyarrow

    return pyarrow.DictionaryArray.from_arrays(numbers(codes.astype(np.int32, copy=False)), known)


def as_table(columns: Mapping[str, Any], whole: bool = False) -> pyarrow.Table:
    """A table of such columns by name; arrays of numbers become columns.

    `whole` says that no value is missing, in this table or any like it: twice as fast to write.
    """
    import pyarrow

    made = {name: numbers(each) if isinstance(each, np.ndarray) else each for name, each in columns.items()}
    kinds = pyarrow.schema([pyarrow.field(name, each.type, nullable=not whole) for name, each in made.items()])
    return pyarrow.Table.from_arrays(list(made.values()), schema=kinds)
