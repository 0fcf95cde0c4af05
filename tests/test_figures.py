"""The figures in the README are those of the stored benchmark results."""

from __future__ import annotations

from benchmarks.figures import README, results, written


def test_the_readme_shows_the_stored_results() -> None:
    """Nobody typed a figure: writing them again changes nothing."""
    readme = README.read_text(encoding="utf-8")
    assert written(readme) == readme


def test_the_stored_results_meet_the_targets_as_ratios() -> None:
    """The compiled clock is a hundred times the hand-written model; the SimPy clock, once two and a half times, is
    twice since it carries the order flow (docs/decisions.md)."""
    ratio = results("speed")["ratio_to_hand_written_simpy"]
    assert ratio["compiled clock"] >= 100
    assert ratio["SimPy clock"] >= 2.0
    assert all(row["within"] for row in results("exact")["rows"])
    assert results("growth")["rows"][-1]["memory_over_base_mb"] <= 300
    assert results("order_flow")["ratio_to_plain"]["and sources"] >= 0.5
    assert results("order_flow")["ratio_to_plain"]["and hours"] >= 0.5
