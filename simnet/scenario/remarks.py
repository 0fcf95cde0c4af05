"""What to know of a design before its figures: nothing wrong, but easily overlooked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simnet.demand import History, JobCards, Jobs, Replay
from simnet.demand.clock import ordinal_month
from simnet.errors import clean
from simnet.scenario.adopted import left_behind
from simnet.scenario.check_hours import hours_overlooked
from simnet.scenario.likeness import alike_names
from simnet.scenario.overlooked import orders_overlooked
from simnet.scenario.pointless import pointless
from simnet.scenario.unpriced import unpriced

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario


def remarks(scenario: Scenario) -> tuple[str, ...]:
    """Sentences for `show`, `run`, `compare` and the report."""
    return (
        *left_behind(scenario),
        *no_referrals(scenario),
        *alike_names(scenario),
        *short_histories(scenario),
        *hours_overlooked(scenario),
        *orders_overlooked(scenario),
        *pointless(scenario),
        *unpriced(scenario),
    )


def no_referrals(scenario: Scenario) -> Iterator[str]:
    """Removed warehouses to which others referred."""
    gone: dict[str, list[str]] = {}
    for who, whom in scenario.unreferred:
        gone.setdefault(whom, []).append(clean(who, 30))
    for whom, those in gone.items():
        more = f" and {len(those) - 3:,} more" if len(those) > 3 else ""
        refer = "refers" if len(those) == 1 else "refer"
        yield f"{', '.join(those[:3])}{more} {refer} to {clean(whom, 30)} no more: it is removed"


def short_histories(scenario: Scenario) -> Iterator[str]:
    """Histories that are replayed exactly and end before the run does: nobody asks from then on."""
    start = scenario.run.start
    end = scenario.run.length.add_to(scenario.run.warm_up.add_to(start))
    months = ordinal_month(end.date()) - ordinal_month(start) + (end.day > 1)
    for entry in scenario.demand:
        exact = replayed_exactly(entry)
        if exact is not None and exact.months < months:
            last = ordinal_month(start) + exact.months - 1
            until = f"{last // 12}-{last % 12 + 1:02d}"
            yield (
                f"a history of {exact.months} months is replayed exactly from {start:%Y-%m}, warm-up included: "
                f"nobody asks after {until}; a run as long as the history, or replay: bootstrap, would go on"
            )


def replayed_exactly(entry: Any) -> History | JobCards | None:
    """The history, or the job cards, that an entry of demand repeats date by date."""
    if isinstance(entry, Replay) and entry.replay == "exact":
        return entry.history
    return entry.cards if isinstance(entry, Jobs) and entry.replay != "bootstrap" else None
