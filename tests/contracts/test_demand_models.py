"""What every demand model promises; a new one is tested by being listed in `DEMAND_MODELS`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simnet.demand import (
    DEMAND_MODELS,
    Clock,
    DemandModel,
    Entry,
    History,
    JobCards,
    Moments,
    Targets,
    make_blocks,
    parse_demand,
)
from simnet.demand.sizes import SizeLike
from simnet.units import MONTH
from tests.demand.tools import START, block, by_name, targets, years

HISTORY = History(
    part=["part0"] * 6 + ["part1"] * 4 + ["elsewhere"],
    when=["2020-01", "2020-02-29", "2020-02-03", "2020-05", "2020-12-31", "2021-03", "2020-01", "2020-01"]
    + ["2020-07", "2021-12", "2021-01"],
    quantity=["3", "1", "2", "7", "1", "30", "1", "2", "1", "4", "9"],
)
CARDS = JobCards(
    job=["7", "7", "8", "9", "9", "9", "10", "11"],
    when=["2020-01-03", "2020-01-03", "2020-01-03", "2020-04-30", "2020-04-30", "2020-04-30", "2021-02", "2021-12-01"],
    part=["part0", "part1", "part1", "part1", "part0", "elsewhere", "part0", "part1"],
    quantity=["1", "2", "1", "3", "1", "1", "4", "1"],
)
KINDS = [
    {"orders": "3 per month", "parts": {"part0": "1", "part1": "2"}},
    {"orders": "1 per month", "parts": ["part1", "part1"]},
]
GEOMETRIC = {"geometric": {"mean": "1.5"}}
SEASON = ["1", "1", "2", "2", "3", "3", "3", "2", "2", "1", "0", "0"]
CASES: dict[str, dict[str, Any]] = {
    "poisson": {"orders": "2 per month"},
    "poisson, few": {"orders": "1 per year", "size": GEOMETRIC},
    "poisson, shared": {"orders": "3/d", "split": "share", "size": "2"},
    "poisson, season": {"orders": "1/d", "season": SEASON, "trend": "5 %/y", "size": GEOMETRIC},
    "intermittent": {"chance": "12 %", "size": GEOMETRIC},
    "intermittent, weekly": {"chance": "90 %", "every": "1 w", "at_minute": "start"},
    "intermittent, season": {"chance": "30 %", "season": SEASON, "size": "2"},
    "replay, exact": {"orders": HISTORY},
    "replay, exact pieces": {"orders": HISTORY, "split": "pieces"},
    "replay, bootstrap": {"orders": HISTORY, "replay": "bootstrap"},
    "replay, fitted": {"orders": HISTORY, "replay": "fitted", "split": "pieces"},
    "jobs": {"jobs": KINDS},
    "jobs, shared": {"jobs": [*KINDS, {"orders": "1 per month", "parts": "part1", "name": "small"}], "split": "share"},
    "jobs, exact": {"jobs": CARDS},
    "jobs, bootstrap": {"jobs": CARDS, "replay": "bootstrap"},
}
CLOCK = years(3)


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def model(request: pytest.FixtureRequest) -> Entry:
    """One model of each kind and way of use."""
    return parse_demand(request.param)


def test_every_model_has_a_case() -> None:
    """A model in the list is one that the cases reach."""
    assert {type(parse_demand(case)) for case in CASES.values()} == set(DEMAND_MODELS)


def test_it_is_a_demand_model(model: Entry) -> None:
    """It offers the protocol and stays what it is when parsed again."""
    assert isinstance(model, DemandModel)
    assert parse_demand(model) is model


def test_lines_are_whole_and_inside(model: DemandModel) -> None:
    """Lines are integers, inside the horizon, of at least one piece, and of a stream that exists."""
    chosen = targets(2, 4)
    lines = block(model, chosen).draw(1, 0, CLOCK)
    assert lines.stream.dtype == lines.minute.dtype == lines.quantity.dtype == np.int64
    assert len(lines.stream) == len(lines.minute) == len(lines.quantity) > 0
    assert lines.minute.min() >= 0
    assert lines.minute.max() < CLOCK.horizon
    assert lines.quantity.min() >= 1
    assert lines.stream.min() >= 0
    assert lines.stream.max() < len(chosen)


def test_draws_are_reproducible(model: DemandModel) -> None:
    """The same seed and replication give the same lines."""
    chosen = targets(2, 3)
    first, again = (by_name(chosen, block(model, chosen).draw(5, 3, CLOCK)) for _ in range(2))
    assert first == again


def test_replications_differ(model: DemandModel) -> None:
    """Another replication, or another seed, gives other lines."""
    chosen = targets(2, 3)
    drawn = [by_name(chosen, block(model, chosen).draw(*key, CLOCK)) for key in ((1, 0), (1, 1), (2, 0))]
    if getattr(model, "at_minute", "") == "start" or drawn[0]:
        assert drawn[0] != drawn[1]
        assert drawn[0] != drawn[2]


def test_a_new_part_changes_no_other_stream(model: DemandModel) -> None:
    """With more parts, in another order, each part asks for the same."""
    few, many = targets(["part0", "part1"], 3), targets(["new", "part1", "newer", "part0"], 3)
    before = by_name(few, block(model, few).draw(1, 0, CLOCK))
    after = by_name(many, block(model, many).draw(1, 0, CLOCK))
    assert before == {names: rows for names, rows in after.items() if "new" not in names[0]}


def test_a_new_site_changes_no_other_stream(model: DemandModel) -> None:
    """With one more site each other site asks for the same, unless a total is divided over the sites."""
    few, many = targets(2, ["site0", "site1"]), targets(2, ["new", "site1", "site0"])
    before = by_name(few, block(model, few).draw(1, 0, CLOCK))
    after = by_name(many, block(model, many).draw(1, 0, CLOCK))
    if getattr(model, "split", "each") == "each":
        assert before == {names: rows for names, rows in after.items() if names[1] != "new"}


def test_a_chunk_of_the_parts_draws_the_same(model: DemandModel) -> None:
    """A block cut by part draws what the whole does: shards and workers see the same customers."""
    whole = targets(4, 3)
    half = whole.take(np.flatnonzero(whole.part >= 1))
    lines = by_name(whole, block(model, whole).draw(1, 0, CLOCK))
    cut = by_name(half, block(model, half).draw(1, 0, CLOCK))
    assert cut == {names: rows for names, rows in lines.items() if names[0] != "part0"}


def test_two_entries_for_one_stream_are_independent(model: DemandModel) -> None:
    """Where two entries ask for the same part at the same site, they do not ask together."""
    chosen = targets(2, 3)
    first, second = make_blocks([(model, chosen), (model, chosen)])
    alone = by_name(chosen, block(model, chosen).draw(1, 0, CLOCK))
    assert by_name(chosen, first.draw(1, 0, CLOCK)) == alone
    assert by_name(chosen, second.draw(1, 0, CLOCK)) != alone


def test_moments_are_complete(model: DemandModel) -> None:
    """Moments have an entry a stream, and a size distribution of that mean."""
    chosen = targets(2, 3)
    moments = block(model, chosen).moments()
    assert len(moments.rate) == len(moments.size_mean) == len(chosen)
    assert (moments.rate >= 0).all()
    for stream in range(len(chosen)):
        size = moments.size_of(stream)
        assert isinstance(size, SizeLike)
        assert size.mean == pytest.approx(moments.size_mean[stream])
    assert (moments.period is None) == (moments.chance is None)
    if moments.period is not None and moments.chance is not None:
        assert moments.rate == pytest.approx(moments.chance / moments.period)


def test_moments_agree_with_draws(model: DemandModel) -> None:
    """Two parts at two sites, 300 replications of 24 months: lines and pieces within 6 standard errors.

    The errors are taken from the spread between replications; a false alarm has a chance of 2e-9 a figure.
    A trend is left out, because moments are those at the start of the run.
    """
    if getattr(model, "trend", None):
        model = parse_demand({**CASES["poisson, season"], "trend": "0 %/y"})
    chosen, clock = targets(2, 2), years(2)
    whole = block(model, chosen)
    moments = whole.moments()
    drawn = [whole.draw(seed, 0, clock) for seed in range(300)]
    counts = np.array([[len(lines), lines.quantity.sum()] for lines in drawn], dtype=float)
    expected = _expected(moments, clock)
    error = 6 * counts.std(axis=0) / len(drawn) ** 0.5
    slack = 0.001 * expected
    if "exact" in str(getattr(model, "replay", "")) and getattr(model, "split", "") == "pieces":
        # The thinned geometric is a model of the fixed lines' sizes, not their law.
        slack[0] = 0.2 * expected[0]
    assert (np.abs(counts.mean(axis=0) - expected) <= error + slack).all(), (counts.mean(axis=0), expected)


def _expected(moments: Moments, clock: Clock) -> np.ndarray[Any, Any]:
    """Return the expected lines and pieces of a run of whole years; a period begun counts whole."""
    period = moments.period or 1
    minutes = float(-(-clock.horizon // period) * period)
    if period == MONTH:
        minutes = float(len(clock.month_of_year) * MONTH)
    return np.array([moments.rate.sum(), (moments.rate * moments.size_mean).sum()]) * minutes


class Daily:
    """A demand model of a user's own: each stream asks for one piece on each day, at a minute by chance."""

    def draw(self, streams: Any, clock: Clock) -> Any:
        """Return one line a day."""
        from simnet.demand import Lines
        from simnet.streams import mix_array, pick_array

        days = clock.horizon // 1440
        day = np.tile(np.arange(days), len(streams))
        stream = np.repeat(np.arange(len(streams)), days)
        minute = day * 1440 + pick_array(mix_array(streams.key[stream], day), 1440)
        return Lines(stream, minute, np.ones(len(day), dtype=np.int64))

    def moments(self, targets: Targets) -> Moments:
        """Return one line a day."""
        from simnet.demand.sizes import Fixed

        return Moments(np.full(len(targets), 1 / 1440), np.ones(len(targets)), Fixed())


def test_a_class_of_ones_own_is_a_demand_model() -> None:
    """Two methods are enough for the Python API, beside the built-in models."""
    assert isinstance(Daily(), DemandModel)
    chosen = targets(1, 2)
    lines = block(Daily(), chosen).draw(1, 0, Clock.of(START, 10 * 1440))
    assert np.bincount(lines.stream).tolist() == [10, 10]
    assert sorted(lines.minute[lines.stream == 0] // 1440) == list(range(10))


class Own(Entry):
    """A model of a user's own that the scenario reader can fill."""

    pieces: int = 1
    """Pieces on a line."""

    draw = Daily.draw
    moments = Daily.moments


class Point:
    """An entry point as `importlib.metadata` gives it."""

    def __init__(self, name: str, target: object) -> None:
        self.name, self.target = name, target

    def load(self) -> object:
        """Return what it names."""
        return self.target


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two installed entry points: one model that fits, one that does not."""
    installed = [Point("own", Own), Point("bare", Daily)]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: installed)


@pytest.mark.usefixtures("points")
def test_a_model_is_found_by_its_entry_point() -> None:
    """`model: NAME` takes the class of the entry point, with its own keys and the common ones."""
    entry = parse_demand({"model": "own", "part": "part0", "at": ["site0"], "pieces": "3"})
    assert isinstance(entry, Own)
    assert entry.pieces == 3
    assert entry.at == ("site0",)
    assert len(block(entry, targets()).draw(1, 0, CLOCK)) == CLOCK.horizon // 1440


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("owm", "did you mean 'own'?"),
        ("zzz", "use one of poisson, intermittent, replay, jobs, bare, own"),
        ("bare", "Entry"),
    ],
)
def test_an_unknown_model_is_told(name: str, message: str) -> None:
    """The message names what there is."""
    with pytest.raises(ValueError, match="demand model") as caught:
        parse_demand({"model": name})
    assert message in str(caught.value)


def test_targets_keep_their_rows() -> None:
    """Taking some targets takes their rows of the table along."""
    chosen = replace(targets(2, 2), row=np.arange(4))
    half = chosen.take(np.array([1, 3]))
    assert half.row is not None
    assert half.row.tolist() == [1, 3]
