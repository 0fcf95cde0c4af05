"""Simulated against actual: how long customers waited in the history, and how long in the run of its very lines.

Both sides count calendar days from the day of the order to the day of the delivery (0: the same day), because that
is what order histories know. What is still owed when the run ends has waited longer than any window.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from simnet.errors import Problem, SimnetError
from simnet.units import DAY

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from simnet.demand.history import History
    from simnet.network.network import Network
    from simnet.report.against import Against
    from simnet.scenario import Scenario
    from simnet.study.result import Result
    from simnet.study.study import Study

WITHIN = (0, 1, 2, 7)
"""Days within which shares are told; 0 is the same day."""
PERCENTILES = (50, 90, 95)
OPEN = np.iinfo(np.int64).max
"""The wait of a line that is not delivered."""
BY = ("site", "part_class")
ALL = "all"


@dataclass(frozen=True)
class Waits:
    """Waits of lines in whole days, told."""

    lines: int
    within: tuple[float, ...]
    """Shares of the lines, by WITHIN."""
    percentile: tuple[float | None, ...]
    """Days, by PERCENTILES; None where that line is not delivered."""

    @classmethod
    def of(cls, days: NDArray[Any]) -> Waits:
        """The waits of some lines, at least one; OPEN is longer than any."""
        ordered = np.sort(days)
        at = [ordered[max(int(np.ceil(len(ordered) * p / 100)) - 1, 0)] for p in PERCENTILES]
        shares = tuple(float((days <= limit).mean()) for limit in WITHIN)
        return cls(len(days), shares, tuple(None if day == OPEN else float(day) for day in at))

    def figures(self) -> Iterator[tuple[str, str, float | None]]:
        """Name, unit and value of each figure."""
        yield from ((within_told(limit), "share", share) for limit, share in zip(WITHIN, self.within, strict=True))
        for p, day in zip(PERCENTILES, self.percentile, strict=True):
            yield f"wait, {'median' if p == 50 else f'{p}th pct'}", "d", day


def within_told(days: int) -> str:
    """`the same day`, `within 2 d`."""
    return f"within {days} d" if days else "the same day"


def words_of(days: NDArray[Any]) -> str:
    """`61.2 % the same day, 80.0 % within 2 d; wait median 0 d, 90 % 4 d, 95 % 9 d`."""
    found = Waits.of(days)
    shares = [f"{100 * share:.1f} % {within_told(limit)}" for limit, share in zip(WITHIN, found.within, strict=True)]
    known = zip(PERCENTILES, found.percentile, strict=True)
    waits = [f"{'median' if p == 50 else f'{p} %'} {day:.0f} d" for p, day in known if day is not None]
    return f"{', '.join(shares)}; wait {', '.join(waits)}"


def as_it_was(study: Study, design: str) -> Study:
    """The study with its history replayed line by line; `SimnetError` where the history has no deliveries."""
    replays = [entry for entry in study.design(design).demand if getattr(entry, "history", None) is not None]
    if not any(cast(Any, entry).history.delivered is not None for entry in replays):
        remedy = "a history with deliveries has a column 'delivered' beside 'date'; simnet import writes it"
        raise SimnetError(Problem("no history of this scenario says when lines were delivered", remedy=remedy))
    if all(cast(Any, entry).replay == "exact" for entry in replays):
        return study
    if len(study.design(design).demand) > 1:
        remedy = "write replay: exact in the entries with a history"
        raise SimnetError(Problem("what is compared with the history must replay it line by line", remedy=remedy))
    return study.set("demand.replay", "exact")


def against_actual(result: Result, by: str | None = None, design: str | None = None) -> pd.DataFrame:
    """A row a group and figure: `actual` of the history, `simulated` with its `half_width` over the replications.

    Shares, and days. Compared are the lines ordered in the measured time, of which the history knows the delivery.
    The result must hold its lines (`lines=True`) and replay the history exactly (`as_it_was`).
    """
    import pandas as pd

    from simnet.metrics.intervals import estimate

    number = result.designs.index(design or result.designs[0])
    check_lines(result, number)
    study, name = result.asked[number]
    network = study.network(name)
    actual = {group: Waits.of(days) for group, days in actual_waits(study.design(name), network, by).items()}
    runs = [simulated_waits(network, run.lines, by) for run in result.runs[number]]
    rows: list[tuple[Any, ...]] = []
    for group, waits in actual.items():
        here = [Waits.of(run[group]) for run in runs if group in run]
        rows.append((group, "lines", "lines", waits.lines, *_mean([each.lines for each in here])))
        told = [{figure: value for figure, _, value in each.figures()} for each in here]
        for figure, unit, value in waits.figures():
            found = estimate([each[figure] for each in told], unit)
            rows.append((group, figure, unit, value, found.mean, found.half_width))
    head = ["group", "figure", "unit", "actual", "simulated", "half_width"]
    return pd.DataFrame(rows, columns=head)


TOO_LARGE = "this network is too large to be held whole, so its waits are not set beside the history's"


def check_whole(study: Study, design: str) -> None:
    """`SimnetError` where a design is run in slices, which keep their lines on disk only: before anything is run."""
    from simnet.study.ready import slicer_of

    if slicer_of(study.design(design), study.own) is not None:
        remedy = "import the orders of fewer parts or dealers; or take its lines from lines-*.parquet (--ledger)"
        raise SimnetError(Problem(TOO_LARGE, remedy=remedy))


def check_lines(result: Result, number: int) -> None:
    """`SimnetError` where the lines of a design are not at hand: not kept, or on disk only as it was run in slices."""
    if result.runs[number] and isinstance(result.runs[number][0].lines, bytes):
        where = "lines-*.parquet" if result.folder is None else str(result.folder / "lines-*.parquet")
        remedy = f"its lines are in {where}; or import the orders of fewer parts or dealers"
        raise SimnetError(Problem(TOO_LARGE, remedy=remedy))


def against(result: Result, by: str | None = None, design: str | None = None) -> Against:
    """The same as the report and the terminal tell it."""
    from simnet.report.against import Against

    rows = against_actual(result, by, design).to_dict("records")
    return Against.of(design or result.designs[0], by, [{str(key): each for key, each in row.items()} for row in rows])


def told(result: Result) -> Iterator[Against]:
    """What a report tells: of each design that kept its lines and replays a history with deliveries line by line, all
    lines, then part classes and sites."""
    for label, (study, name), runs in zip(result.designs, result.asked, result.runs, strict=True):
        scenario = study.design(name)
        if not runs or not len(runs[0].lines) or not is_exact(scenario):
            continue
        with suppress(SimnetError):  # no line of the history is in the measured time
            yield against(result, None, label)
            yield from (found for by in reversed(BY) if len(groups(found := against(result, by, label))) > 1)


def groups(found: Against) -> set[str]:
    """The groups that are told apart."""
    return {each.group for each in found.figures}


def is_exact(scenario: Scenario) -> bool:
    """Whether all histories are replayed line by line, and any knows deliveries."""
    replays = [entry for entry in scenario.demand if getattr(entry, "history", None) is not None]
    return any(histories(scenario)) and all(cast(Any, entry).replay == "exact" for entry in replays)


def _mean(values: list[int]) -> tuple[float | None, None]:
    return (sum(values) / len(values) if values else None), None


def actual_waits(scenario: Scenario, network: Network, by: str | None) -> dict[str, NDArray[Any]]:
    """Days that the lines of the measured time waited, by group; lines of which the delivery is not known left out."""
    groups: dict[str, list[NDArray[Any]]] = {}
    for history in histories(scenario):
        asked = laid_out(history, scenario)
        assert history.delivered is not None
        measured = (asked >= _ordinal(network, network.warm_up)) & (asked < _ordinal(network, network.horizon))
        kept = np.flatnonzero(measured & (history.delivered > 0) & (history.day > 0))
        waits = history.delivered[kept] - own_days(history)[kept]
        for group, rows in _grouped(_names(history, network, by, kept)):
            groups.setdefault(group, []).append(waits[rows])
    if not groups:
        raise SimnetError("no line of the history is ordered and delivered in the measured time of the run")
    return {group: np.concatenate(parts) for group, parts in sorted(groups.items())}


def histories(scenario: Scenario) -> Iterator[History]:
    """The histories that know deliveries."""
    for entry in scenario.demand:
        history = getattr(entry, "history", None)
        if history is not None and history.delivered is not None:
            yield history


def own_days(history: History) -> NDArray[Any]:
    """The day of each row as the history dates it, counted from year 1."""
    return _ordinals(history.first_month + history.month, history.day)


def laid_out(history: History, scenario: Scenario) -> NDArray[Any]:
    """The day of each row as an exact replay lays it on the run."""
    start = scenario.run.start
    return _ordinals(start.year * 12 + start.month - 1 + history.month, history.day)


def _ordinals(month: NDArray[Any], day: NDArray[Any]) -> NDArray[Any]:
    first = (np.datetime64("1970-01", "M") + (month - 1970 * 12)).astype("datetime64[D]")
    last = (np.datetime64("1970-01", "M") + (month + 1 - 1970 * 12)).astype("datetime64[D]")
    cut = np.minimum(np.maximum(day, 1), (last - first).astype(np.int64))
    return np.asarray(first.astype(np.int64) + cut - 1 + _EPOCH)


_EPOCH = 719163
"""1970-01-01, counted from year 1."""


def _ordinal(network: Network, minute: int) -> int:
    return (network.start + timedelta(minutes=minute)).toordinal()


def _names(history: History, network: Network, by: str | None, rows: NDArray[Any]) -> NDArray[Any]:
    """The group of each row."""
    if by == "site":
        sites = np.array(history.site_names or ("customers",), dtype=object)
        return np.asarray(sites[history.site[rows]])
    if by == "part_class":
        classes = dict(zip(network.part_names, network.part_class.tolist(), strict=True))
        of_part = [network.class_names[classes[part]] if part in classes else "" for part in history.part_names]
        return np.asarray(np.array(of_part, dtype=object)[history.part[rows]])
    return np.full(len(rows), ALL, dtype=object)


def simulated_waits(network: Network, lines: Any, by: str | None) -> Mapping[str, NDArray[Any]]:
    """Days that customers' lines of the measured time waited in one replication, by group."""
    rows = np.flatnonzero((lines["dest"] < 0) & (lines["minute"] >= network.warm_up))
    asked, done = lines["minute"][rows].astype(np.int64), lines["done"][rows].astype(np.int64)
    waits = np.where((done < 0) | (lines["lost"][rows] > 0), OPEN, done // DAY - asked // DAY)
    point = np.maximum(lines["point"][rows], 0)
    names = np.full(len(rows), ALL, dtype=object)
    if by == "site":
        names = np.array(network.site_names, dtype=object)[network.points["site"][point]]
    elif by == "part_class":
        names = np.array(network.class_names, dtype=object)[network.part_class[network.points["part"][point]]]
    return {group: waits[chosen] for group, chosen in _grouped(names)}


def _grouped(names: NDArray[Any]) -> Iterator[tuple[str, NDArray[Any]]]:
    if len(names):
        different, place = np.unique(names.astype(str), return_inverse=True)
        for number, name in enumerate(different):
            yield str(name), np.flatnonzero(place == number)
