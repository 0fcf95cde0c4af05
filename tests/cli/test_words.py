"""What show and explain say."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.metrics import METRICS
from simnet.scenario.explain import explain, known_paths
from tests.cli.commands import simnet, tiny

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = [
    "minimal.yaml",
    "demo/demo.yaml",
    "ladder/ladder.yaml",
    "managed-dealers/managed-dealers.yaml",
    "volvo-like/volvo-like.yaml",
]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_are_shown(name: str) -> None:
    """Every section is there, within 80 columns."""
    done = simnet("show", str(SCENARIOS / name))
    assert done.exit_code == 0
    for label in ("Time", "Money", "Sites", "Lanes", "Parts", "Demand", "Stocking", "Levels", "Designs", "Work"):
        assert f"\n{label} " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_show_marks_defaults(place: Path) -> None:
    """What the file does not hold has a star, and the star is explained."""
    shown = simnet("show", "tiny.yaml").stdout
    assert "2026-01-01 *" in shown
    assert "3 replications, seed 7\n" in shown
    assert shown.rstrip().endswith("* not in the file: the default")


def test_show_tells_changes_old_to_new(place: Path) -> None:
    """Each design's changes, and those of --set, are listed."""
    assert "stocking.default.target: 90 % → 99 %" in simnet("show", "tiny.yaml").stdout
    changed = simnet("show", "tiny.yaml", "--set", "run.seed=8").stdout
    assert "run.seed: 7 → 8" in changed
    assert "seed 8" in changed


def test_show_a_design(place: Path) -> None:
    """A design's own lead times and levels."""
    assert "20 d cv 0.5" in simnet("show", "tiny.yaml").stdout
    shown = simnet("show", "tiny.yaml", "--design", "slower").stdout
    assert "60 d cv 0.5" in shown and "a design of tiny" in shown


def test_show_says_which_clock_and_why(place: Path) -> None:
    """A small run takes the SimPy clock; the file may say otherwise."""
    assert "SimPy clock: a small run" in simnet("show", "tiny.yaml").stdout
    asked = simnet("show", "tiny.yaml", "--set", "run.engine=compiled").stdout
    assert "compiled clock: run.engine says compiled" in asked


def test_show_folds_what_many_have_in_common(place: Path) -> None:
    """The same change of several names is one line."""
    tiny(place, **{"designs:": "designs:\n  far: {dealers.lyon.lead_time: 9 d, dealers.turin.lead_time: 9 d}"})
    shown = simnet("show", "tiny.yaml").stdout
    assert "dealers.lyon.lead_time: 2 d → 9 d" in shown


@pytest.mark.parametrize("path", known_paths())
def test_every_key_is_explained(path: str) -> None:
    """Each path of the language has a meaning."""
    found = explain(path)
    assert found
    assert all(each.meaning for each in found)


@pytest.mark.parametrize("key", [metric.key for metric in METRICS])
def test_every_figure_is_explained(key: str) -> None:
    """Each figure's definition is what the metric says."""
    done = simnet("explain", key)
    assert done.exit_code == 0
    definition = next(metric.definition for metric in METRICS if metric.key == key)
    assert " ".join(definition.split()) in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("stocking.default.target", "95 %"),
        ("stocking.tiers.dealer.review", "a time: min, h, d, w, mo, y"),
        ("warehouses.gent.tier", "default  warehouse"),
        ("warehouses.gent.refilled_by", "none: it must be written"),
        ("dealers.lyon.lead_time", "{uniform: {from: 5 d, to: 9 d}}"),
        ("dealers.lyon.lead_time.cv", "standard deviation over the mean"),
        ("run.engine", "one of auto, simpy, compiled"),
        ("run.start", "2026-01-01"),
        ("demand.orders", "2 per month"),
        ("demand.0.orders", "2 per month"),
        ("demand.size", "default  1"),
        ("designs.x.run.seed", "run.seed"),
        ("lanes.gent.lyon.crossing", "default  true"),
        ("base-stock", "Keep the position at `up_to`"),
        ("poisson", "compound Poisson"),
        ("target", "stocking.default.target"),
        ("fill.dealer.line", "dealer fill"),
        ("within.36h", "done within 36h"),
        ("fill.system.line.vor", "system fill, vor"),
        ("fill.system.line", "needs    an order class with a sourcing list"),
        ("why.upstream-out.days", "upstream out, days"),
        ("fill.line", "--by tier, site, month, part_class, order_class"),
        ("wait", "wait.p95"),
        ("expect", "simnet test"),
    ],
)
def test_explanations(key: str, told: str) -> None:
    """Meaning, unit, default or example of a key."""
    done = simnet("explain", key)
    assert done.exit_code == 0, done.stderr
    assert told in done.stdout or told in " ".join(done.stdout.split())
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("key", ["", ".", "a" * 5000, "\x1b[31m", "stocking." * 50, "__class__", "designs.x"])
def test_odd_keys_do_no_harm(key: str) -> None:
    """Anything may be asked; control codes do not come back."""
    done = simnet("explain", key)
    assert done.exit_code in (0, 2)
    assert "\x1b" not in done.output


def test_explain_lists_what_there_is() -> None:
    """Without a key: keys, policies, figures."""
    shown = simnet("explain").stdout
    assert "stocking" in shown and "min-max" in shown and "fill.TIER.line" in shown
