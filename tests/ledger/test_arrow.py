"""Columns made without pandas are those that Arrow makes itself."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pyarrow
import pytest

from simnet.ledger.arrow import as_table, known_numbers, numbers, texts, words


@pytest.mark.parametrize(
    "values",
    [
        np.array([], np.int64),
        np.array([1, -2, 3]),
        np.array([1, 200], np.uint8),
        np.arange(20)[::3],
        np.array([True, False, True] * 5),
        np.array([0.5, float("nan")]),
    ],
    ids=lambda values: f"{values.dtype}-{len(values)}",
)
def test_numbers(values: Any) -> None:
    """Of any type, also of none and of every third row."""
    found = numbers(values)
    found.validate(full=True)
    assert found.type == pyarrow.array(values).type
    np.testing.assert_array_equal(found.to_numpy(zero_copy_only=False), values)


@pytest.mark.parametrize("values", [[], [1.5], [None], [1.0, None, 2.0] * 5])
def test_what_is_not_known_is_null(values: list[float | None]) -> None:
    """And no zero."""
    found = known_numbers(values)
    found.validate(full=True)
    assert found.equals(pyarrow.array(values, pyarrow.float64()))


@pytest.mark.parametrize("values", [[], [""], ["a", "备件", "é\n", ""]])
def test_texts(values: list[str]) -> None:
    """In any script."""
    found = texts(values)
    found.validate(full=True)
    assert found.equals(pyarrow.array(values, pyarrow.string()))


def test_words_by_number() -> None:
    """Each by its place among the names."""
    found = as_table({"site": words(("a", "b"), np.array([1, 0, 1])), "pieces": np.array([1, 2, 3])})
    assert found.to_pydict() == {"site": ["b", "a", "b"], "pieces": [1, 2, 3]}


def test_a_run_does_not_load_pandas() -> None:
    """With its report and tables written: half a second of the start."""
    code = (
        "import sys, tempfile, simnet as sn\n"
        "from tests.cli.commands import TINY\n"
        "from pathlib import Path\n"
        "folder = Path(tempfile.mkdtemp())\n"
        "(folder / 'w.yaml').write_text(TINY)\n"
        "sn.load(folder / 'w.yaml').run(folder=folder / 'runs')\n"
        "assert list(folder.glob('runs/*/metrics.parquet'))\n"
        "assert 'pandas' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
