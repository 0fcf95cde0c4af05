"""The figures in the README and on the page of performance are those of the stored benchmark results."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import page, tables
from benchmarks.figures import README, results, written
from benchmarks.targets import BY_HAND, CIMBA, TARGETS, THAT_HOUR, Target, of, row_of


def test_the_readme_shows_the_stored_results() -> None:
    """Nobody typed a figure: writing them again changes nothing."""
    readme = README.read_text(encoding="utf-8")
    assert written(readme) == readme


def test_the_stored_results_meet_the_targets_as_ratios() -> None:
    """The compiled clock is a hundred times the hand-written model, the SimPy clock two and a half times."""
    ratio = results("speed")["ratio_to_hand_written_simpy"]
    assert ratio["compiled clock"] >= 100
    assert ratio["SimPy clock"] >= 2.5
    assert all(row["within"] for row in results("exact")["rows"])
    assert results("growth")["rows"][-1]["memory_over_base_mb"] <= 300
    assert results("order_flow")["ratio_to_plain"]["and sources"] >= 0.5
    assert results("order_flow")["ratio_to_plain"]["and hours"] >= 0.5


def test_the_page_is_what_its_generator_makes_of_the_stored_results() -> None:
    """docs/performance.md was not edited by hand, and is as new as the results."""
    assert page.PAGE.read_text(encoding="utf-8") == page.page()


def test_every_stored_result_has_its_place_on_the_page_and_says_where_it_was_measured() -> None:
    """No result is left out, and none lacks its date, machine and versions."""
    stored = {path.stem: json.loads(path.read_text("utf-8")) for path in (page.HERE / "results").glob("*.json")}
    assert stored.keys() <= page.SECTIONS.keys()
    for name, found in stored.items():
        assert found["benchmark"] == name
        assert {"date", "processor", "cores", "memory_gb", "python", "numpy", "numba", "simpy"} <= found["on"].keys()


def test_every_section_is_a_benchmark_that_describes_itself() -> None:
    """The page's sentences and commands are those of modules that are there."""
    assert all(page.about(name) for name in page.SECTIONS)


def stored(name: str) -> dict[str, Any]:
    """Results of two invented benchmarks."""
    return {
        "speed": {"lines": {"fast": 3_400_000, "slow": 12}, "lines_per_cpu_second": {"hand-written SimPy": 20_000}},
        "scale": {"rows": [{"parts": 10, "clock": "compiled 1", "cpu": 91.26}]},
        "peers": {"rows": [
            {"simulator": "cimba 0.9.5", "lines_per_cpu_second": 65_500},  # half of there
            {"simulator": "SimPy by hand", "lines_per_cpu_second": 16_000},  # slower than in the run of `speed`
        ]},
    }[name]


@pytest.mark.parametrize(
    ("target", "row"),
    [
        (Target("a", 3_500_000, of("speed", "lines", "fast")),
         ["a", "at least 3,500,000", "3,400,000", "", "**missed**"]),
        (Target("b", 12, of("speed", "lines", "slow"), unit="x"), ["b", "at least 12x", "12x", "", "met"]),
        (Target("c", 90, row_of("scale", "cpu", parts=10), False, " s"),
         ["c", "at most 90 s", "91.3 s", "", "**missed**"]),
        (Target("g", 90, row_of("scale", "cpu", parts=10), False, " s", CIMBA),
         ["g", "at most 90 s", "91.3 s", "45.6 s", "**missed**, met"]),
        (Target("h", 9_000_000, of("speed", "lines", "fast"), yardstick=CIMBA),
         ["h", "at least 9,000,000", "3,400,000", "6,800,000", "**missed**"]),
        (Target("i", 6_000_000, of("speed", "lines", "fast"), yardstick=CIMBA),
         ["i", "at least 6,000,000", "3,400,000", "6,800,000", "**missed**, met"]),
        (Target("j", 3_000_000, of("speed", "lines", "fast"), yardstick=CIMBA),
         ["j", "at least 3,000,000", "3,400,000", "6,800,000", "met"]),
        (Target("k", 5_000_000, of("speed", "lines", "fast"), yardstick=THAT_HOUR),
         ["k", "at least 5,000,000", "3,400,000", "5,440,000", "**missed**, met"]),
        (Target("l", 18, of("speed", "lines", "slow"), yardstick=BY_HAND),
         ["l", "at least 18", "12", "19.2", "**missed**, met"]),
        (Target("d", 92, row_of("scale", "cpu", clock="compiled"), False), ["d", "at most 92", "91.3", "", "met"]),
        (Target("e", 1, row_of("scale", "cpu", parts=11)), ["e", "at least 1", "not measured yet", "", "-"]),
        (Target("f", 1, of("nothing", "here")), ["f", "at least 1", "not measured yet", "", "-"]),
    ],
)  # fmt: skip
def test_a_target_says_plainly_whether_it_is_met(target: Target, row: list[str]) -> None:
    """A bound is kept from its own side, a miss is in bold, and what was not measured is not called met."""
    assert target.row(stored) == row


def test_a_figure_is_told_where_its_yardstick_was_not_measured() -> None:
    """What was measured is there, and whether it is met here; how it would be elsewhere is left open."""
    target = Target("a", 90, row_of("scale", "cpu", parts=10), False, " s", CIMBA)
    row = target.row(lambda name: {"rows": []} if name == "peers" else stored(name))
    assert row == ["a", "at most 90 s", "91.3 s", "", "**missed**"]


def test_no_target_is_told_twice() -> None:
    """Each line of the page's first table stands for itself, and says so where nothing was measured."""
    assert {target.row(lambda name: {"rows": []})[-1] for target in TARGETS} == {"-"}
    assert len({target.what for target in TARGETS}) == len(TARGETS)


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "-"), (True, "yes"), (1234567, "1,234,567"), (12.345, "12.3"), (1.5, "1.50"), (0.03, "0.03"),
     (-0.0002, "-0.0002"), ([52, 5, 2], "52 / 5 / 2"), ("W", "W"), (12345.6, "12,346")],
)  # fmt: skip
def test_a_figure_is_told_with_as_many_digits_as_it_is_worth(value: object, told: str) -> None:
    """Tables of benchmarks keep to three digits of a fraction."""
    assert tables.cell(value) == told


def test_a_table_has_a_column_for_each_figure_told_by_name() -> None:
    """Figures by name stand side by side, with a dash where one has none; those alone stand below."""
    figures = {"benchmark": "x", "rounds": 3, "cpu": {"a": 1, "b": 2}, "ratio": {"a": 1.0}, "on": {"python": "3"}}
    assert tables.table(figures) == [["", "cpu", "ratio"], ["a", "1", "1.00"], ["b", "2", "-"]]
    assert tables.alone(figures) == {"rounds": "3"}
