"""Tidy tables of one KPI."""

from __future__ import annotations

import pytest

from simnet.errors import SimnetError
from simnet.metrics import compare, frame
from tests.metrics import tiny

A = tiny.design("a", (0, 2, 4))
B = tiny.design("b", (5, 5, 5))


def values(key: str, by: list[str], *designs: tiny.DesignResult) -> dict[tuple[str, ...], float | None]:
    """The value at each place."""
    table = frame(designs or [A], key, by)
    return {tuple(str(row[name]) for name in by): row["value"] for _, row in table.iterrows()}


def test_by_design() -> None:
    """A row a design, with the interval over replications."""
    table = frame(compare([A, B]), "fill.line", by=["design"])
    assert list(table.columns) == ["design", "metric", "unit", "value", "half_width"]
    assert list(table["design"]) == ["a", "b"]
    assert list(table["value"]) == pytest.approx([68 / 131, 71 / 131])
    assert table["half_width"][1] == 0


def test_by_replication() -> None:
    """A row a replication, without interval."""
    table = frame([A], "fill.line", by=["design", "replication"])
    assert list(table["value"]) == pytest.approx([66 / 131, 68 / 131, 70 / 131])
    assert "half_width" not in table


@pytest.mark.parametrize(
    ("key", "by", "expected"),
    [
        ("fill.line", ["site"], {("gent",): None, ("lyon",): 68 / 91, ("turin",): 0.0}),
        ("fill.line", ["tier"], {("central",): None, ("dealer",): 68 / 131}),
        ("fill.line", ["part_class"], {("wear",): 62 / 120, ("repair",): 6 / 11}),
        ("fill.dealer.line", ["site"], {("lyon",): 68 / 91, ("turin",): 0.0}),
        ("stock.on_hand.value", ["tier"], {("central",): 680.0, ("dealer",): 120.0}),
        (
            "stock.on_hand.units",
            ["tier", "part_class"],
            {
                ("central", "wear"): 8,
                ("central", "repair"): 3,
                ("dealer", "wear"): 2,
                ("dealer", "repair"): 0.5,
            },
        ),
        ("wait.p50", ["site"], {("gent",): None, ("lyon",): 0.0, ("turin",): 2.5}),
    ],
)
def test_by_place(key: str, by: list[str], expected: dict[tuple[str, ...], float | None]) -> None:
    """Places are told apart; a place that nobody asked has no value."""
    found = values(key, by)
    assert set(found) == set(expected)
    for place, value in expected.items():
        assert found[place] == pytest.approx(float("nan") if value is None else value, nan_ok=True)


def test_by_month() -> None:
    """Fill of the month, mean pieces on hand, value at its end; the warm-up is not shown."""
    assert list(values("fill.line", ["month"]).values())[:2] == [0.75, 0.5]
    on_hand = values("stock.on_hand.units", ["month"])
    assert len(on_hand) == 12
    assert on_hand[("2026-02",)] == pytest.approx(4 - 1)  # 4 at first, and the changes take an area of 1
    assert on_hand[("2026-03",)] == 2.0
    assert values("stock.on_hand.value", ["month"])[("2026-02",)] == 20.0
    assert values("fill.value", ["month", "part_class"])[("2026-03", "repair")] == 0.75


@pytest.mark.parametrize(
    ("key", "by", "said"),
    [
        ("turns", ["month"], "by month"),
        ("wait.p95", ["part_class"], "part class"),
        ("fill.line", ["sites"], "did you mean 'site'"),
    ],
)
def test_what_cannot_be_told_apart_is_said(key: str, by: list[str], said: str) -> None:
    """An axis that a KPI does not have is an error, not a table of nothing."""
    with pytest.raises(SimnetError) as raised:
        frame([A], key, by)
    assert said in str(raised.value)
