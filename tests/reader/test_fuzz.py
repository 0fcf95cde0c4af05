# ruff: noqa: E501 - lists of words
"""The reader answers everything with a scenario or with a message, never with a traceback."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reader import fuzz
from tests.reader.samples import BASE, with_dealers, with_orders, with_parts

LONG = float(os.environ.get("SIMNET_FUZZ_MINUTES", "0"))
"""Minutes of the long form; none if not set."""

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
words = st.sampled_from(fuzz.NASTY + fuzz.KEYS) | st.text(max_size=8)
values = st.recursive(words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4), max_leaves=8)
scenarios = st.dictionaries(st.sampled_from(fuzz.KEYS[:17]), values, max_size=8)


def answered(text: str | bytes, **tables: bytes) -> None:
    """Assert that the reader answers these files; `parts_csv` is the table parts.csv."""
    files = {"network.yaml": text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")}
    with tempfile.TemporaryDirectory() as folder:
        fuzz.answer({**files, **{name.replace("_", "."): data for name, data in tables.items()}}, Path(folder))


@few
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Random bytes are no scenario."""
    answered(data)


@few
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Random text is no scenario."""
    answered(text)


@few
@given(scenarios)
def test_any_tree(tree: dict[str, object]) -> None:
    """Known keys with values of any kind under them."""
    answered(yaml.safe_dump({"simnet": 1, **tree}, allow_unicode=True))


@few
@given(values, st.sampled_from(["run", "suppliers", "warehouses", "dealers", "lanes", "parts", "demand", "stocking", "opening", "order_classes", "costs", "designs", "expect"]))  # fmt: skip
def test_any_section(value: object, section: str) -> None:
    """A right scenario with one section of any kind."""
    tree = yaml.load(BASE, yaml.BaseLoader)
    answered(yaml.safe_dump({**tree, section: value}, allow_unicode=True))


@few
@given(st.binary(max_size=300))
def test_any_table(data: bytes) -> None:
    """Random bytes are no table."""
    answered(with_parts(), parts_csv=data)
    answered(with_dealers(), dealers_csv=data)
    answered(with_orders(), orders_csv=data)
    answered(with_parts("parts.csv.gz"), parts_csv_gz=data)
    answered(with_parts("parts.xlsx"), parts_xlsx=data)


cells = st.lists(st.lists(words.filter(lambda word: "\x00" not in word), min_size=3, max_size=3), max_size=6)


@few
@given(cells, st.sampled_from([",", ";", "\t"]))
def test_any_cells(rows: list[list[str]], delimiter: str) -> None:
    """Tables with the right columns and cells of any kind."""
    def table(*header: str) -> bytes:
        quoted = ([f'"{cell}"'.replace("\n", " ") for cell in row] for row in rows)
        return "\n".join(delimiter.join(row) for row in [list(header), *quoted]).encode("utf-8", "surrogatepass")

    answered(with_parts(), parts_csv=table("part", "cost", "lead_time"))
    answered(with_dealers(), dealers_csv=table("dealer", "served_by", "lead_time"))
    answered(with_orders(), orders_csv=table("part", "date", "quantity"))
    answered(with_orders(), orders_csv=table("part", "2025-01", "2025-02"))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 2**48))
def test_broken_scenarios(seed: int) -> None:
    """Right scenarios with a few things broken at random."""
    with tempfile.TemporaryDirectory() as folder:
        fuzz.answer(fuzz.make(seed), Path(folder))


@pytest.mark.long
def test_broken_scenarios_for_long() -> None:
    """The same for as many minutes as SIMNET_FUZZ_MINUTES says, a tenth of one if it does not."""
    assert fuzz.main(["--minutes", str(LONG or 0.1), "--start", "1000000"]) == 0
