"""The story of a line, from what lay behind it to its last piece; and what there is to say of all lines of a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simnet.engine.records import GAVE_UP, NO_CAUSE, NOBODY, NOT_STOCKED, SUPPLIER, WILL_FIT
from simnet.errors import Problem, SimnetError, clean, did_you_mean
from simnet.ledger.tally import CAUSES
from simnet.study.sentences import Words, pieces, span
from simnet.study.words import listed

if TYPE_CHECKING:
    from simnet.engine.trace import Event, Line, Lot, Shelf
    from simnet.study.retold import Retold

MOST_ORDERS = 4
"""Orders on the way that a story names one by one."""
MOST_LOTS = 3
"""Lots whose way a story follows."""
PLANNED = ("listed", "delisted", "level", "refused")


class Told(NamedTuple):
    """A sentence of a story."""

    minute: int
    text: str
    event: Event | None = None


def zone_of(retold: Retold, site: str | None) -> str:
    """The time zone in which a story is told: that of the site, or of all sites if it is one."""
    scenario = retold.origin.scenario
    sites = {**scenario.warehouses, **scenario.dealers}
    if site is not None:
        return str(sites[site].time_zone)
    zones = {each.time_zone for each in sites.values()}
    return zones.pop() if len(zones) == 1 else "UTC"


def known_site(retold: Retold, site: str) -> str:
    """A site's name; `SimnetError` where there is no such site, or the part is not known there."""
    points = retold.trace.points
    names = [retold.network.site_names[number] for number in retold.network.points["site"][points.start : points.stop]]
    if site in names:
        return site
    where = "no site" if site not in retold.network.site_names else "no stock or customers of this part at a site"
    remedy = did_you_mean(site, names) or f"it is known at {listed(names)}"
    raise SimnetError(Problem(f"there is {where} '{site[:60]}'", remedy=remedy))


def line_of(retold: Retold, number: int) -> Line:
    """A customer's line by its number; `SimnetError` where there is none."""
    lines = retold.trace.customers
    if not 1 <= number <= len(lines):
        remedy = f"lines are 1 to {len(lines):,}" if lines else "nobody asked for this part"
        raise SimnetError(Problem(f"there is no line {number} of '{retold.part}'", remedy=remedy))
    return lines[number - 1]


def site_name(retold: Retold, point: int) -> str:
    """The name of a point's site as the scenario writes it."""
    return str(retold.network.site_names[retold.network.points["site"][point]])


class LineStory:
    """One line of a customer."""

    def __init__(self, retold: Retold, number: int) -> None:
        self.retold, self.trace = retold, retold.trace
        self.line = line_of(retold, number)
        self.zone = zone_of(retold, site_name(retold, self.line.point))
        self.words = Words(retold, self.zone, self.line)
        self.of_line: dict[int, list[int]] = defaultdict(list)
        for at, event in enumerate(self.trace.events):
            if event.line != NOBODY:
                self.of_line[event.line].append(at)

    def told(self) -> list[Told]:
        """The story in the order of time."""
        own = self.of_line[self.line.index]
        kept = set(own)
        if self.line.short:
            for lot in self.lots():
                kept |= self.behind(lot)
            kept |= self.planned()
        found = []
        for at in sorted(kept):
            event = self.trace.events[at]
            found.append(Told(event.minute, self.words.sentence(event), event))
            if at == own[0]:
                found += [Told(event.minute, text) for text in self.stood()]
        return found

    def lots(self) -> list[int]:
        """The lots that served the line; where none did, the one that it might have had."""
        events = (self.trace.events[at] for at in self.of_line[self.line.index])
        lots = [event.numbers["lot"] for event in events if event.what == "served" and event.numbers["lot"] != NOBODY]
        if not lots:
            orders = {line.index for line in self.on_order()}
            lots = [number for number, lot in enumerate(self.trace.lots) if self.next_one(lot, orders)]
            return sorted(lots, key=lambda number: self.trace.lots[number].arrival)[:1]
        return lots[: MOST_LOTS - 1] + lots[-1:] if len(lots) > MOST_LOTS else lots

    def next_one(self, lot: Lot, orders: set[int]) -> bool:
        """Whether a lot comes to the site that was asked, after the line."""
        ours = lot.line in orders or (lot.line == NOBODY and lot.leaves <= self.line.minute)
        return ours and lot.dest == self.line.point and lot.arrival >= self.line.minute

    def on_order(self) -> list[Line]:
        """What the site that was asked had on order, the oldest first."""
        own, there = self.line, defaultdict[int, int](int)
        for lot in self.trace.lots:
            if lot.arrival <= own.minute:
                there[lot.line] += lot.pieces
        lines = self.trace.lines[: own.index]
        return [line for line in lines if line.dest == own.point and there[line.index] < line.quantity]

    def behind(self, number: int) -> set[int]:
        """The events of a lot and its order; if that had to wait, of the lot that ended the waiting, and so on up."""
        found: set[int] = set()
        while number != NOBODY:
            lot = self.trace.lots[number]
            events = self.of_line[lot.line] if lot.line != NOBODY else []
            found |= {at for at in events if self.trace.events[at].numbers.get("lot", number) == number}
            number = NOBODY
            if lot.line != NOBODY and lot.leaves > self.trace.lines[lot.line].minute:
                number = self.arrived(lot.giver, lot.leaves)
                found |= self.came_back(lot.giver, lot.leaves) if number == NOBODY else set()
        return found

    def came_back(self, point: int, minute: int) -> set[int]:
        """What was sent back to a point and ended the waiting there."""
        events = enumerate(self.trace.events)
        return {at for at, each in events if each[:3] == (minute, "came back", point)}

    def arrived(self, point: int, minute: int) -> int:
        """A lot that came to a point in a minute, or NOBODY."""
        same = (number for number, lot in enumerate(self.trace.lots) if lot.dest == point and lot.arrival == minute)
        return next(same, NOBODY)

    def planned(self) -> set[int]:
        """The last decision on the list or level of the point that was asked."""
        first = self.of_line[self.line.index][0]
        events = ((at, self.trace.events[at]) for at in range(first - 1, -1, -1))
        return {next((at for at, each in events if each.point == self.line.point and each.what in PLANNED), first)}

    def stood(self) -> Iterator[str]:
        """How things stood when the line was asked."""
        words, line = self.words, self.line
        yield from self.job()
        if not line.short or line.cause == NOT_STOCKED:
            return
        for shelf in line.shelves[:1] if not self.is_up() else line.shelves:
            yield self.standing(shelf)
        orders = self.on_order()
        for order in orders[:MOST_ORDERS]:
            yield f"On order: {pieces(order.quantity)} since {words.when(order.minute)}, {self.state(order)}."
        if len(orders) > MOST_ORDERS:
            yield f"And {len(orders) - MOST_ORDERS} more orders."

    def standing(self, shelf: Shelf) -> str:
        """A point as it stood."""
        words, source = self.words, int(self.trace.network.points["source"][shelf.point])
        owed = shelf.on_order - shelf.in_transit
        parts = [f"{shelf.on_hand} on hand"]
        parts += [f"{shelf.in_transit} on the road"] if shelf.in_transit or not owed else []
        parts += [f"{owed} still to come from {words.site(source)}"] if owed and source != SUPPLIER else []
        level = f"it orders at {shelf.trigger} up to {shelf.up_to}" if shelf.up_to > 0 else "it keeps no stock"
        owes = f"; it owes {pieces(shelf.owed)}" if shelf.owed else ""
        return f"{words.site(shelf.point)} has {', '.join(parts)}{owes}; {level}."

    def is_up(self) -> bool:
        """Whether what the site has on order is short at its source too."""
        shelf = self.line.shelves[0]
        return shelf.on_order > shelf.in_transit

    def state(self, order: Line) -> str:
        """Where an order was when the line was asked."""
        lots = [lot for lot in self.trace.lots if lot.line == order.index and lot.leaves <= self.line.minute]
        left = sum(lot.pieces for lot in lots)
        if not left:
            return f"waiting at {self.words.site(order.point)}"
        coming = [lot for lot in lots if lot.arrival > self.line.minute]
        there = f"there {self.words.when(max(lot.arrival for lot in coming))}" if coming else "part of it received"
        rest = f", {order.quantity - left} still waiting at {self.words.site(order.point)}"
        return (f"on the road, {there}" if coming else there) + (rest if left < order.quantity else "")

    def job(self) -> Iterator[str]:
        """The other lines of a job."""
        tape, network = self.retold.tape, self.retold.network
        if not len(tape.job) or self.line.row == NOBODY or tape.job[self.line.row] < 0:
            return
        rows = [int(row) for row in np.flatnonzero(tape.job == tape.job[self.line.row]) if row != self.line.row]
        names = [clean(network.part_names[network.points["part"][tape.point[row]]], 30) for row in rows]
        asked = [f"{tape.quantity[row]} of {name}" for row, name in zip(rows, names, strict=True)]
        if asked:
            yield f"It is one line of a job that also asks {listed(asked, 6)}."

    def verdict(self) -> str:
        """The line in one sentence."""
        line = self.line
        if not line.short:
            return "Everything was on the shelf."
        cause = CAUSES[line.missed if line.missed != NO_CAUSE else line.cause]
        kept = "" if line.missed != NO_CAUSE else ", but in the time that its class is promised"
        return f"{self.words.cap(ended(line))}: {cause}{kept}."


def ended(line: Line) -> str:
    """How a line ended, in a few words: `waited 6 d 2 h`, `found in 1 d`, `lost`."""
    if not line.short:
        return "off the shelf"
    if line.lost:
        return {GAVE_UP: f"gave up, {span(line.gone - line.minute)}", WILL_FIT: "will-fit"}.get(line.kind, "lost")
    word = "waited" if line.waited else "found in"
    return "still open" if line.done == NOBODY else f"{word} {span(line.done - line.minute)}"


def waited(retold: Retold, line: Line) -> int:
    """Minutes until the last piece, the loss of the line, or the end of the run."""
    if line.done != NOBODY:
        return line.done - line.minute
    if line.lost:
        return line.gone - line.minute
    return retold.network.horizon - line.minute


def plain(told: list[Told], words: Words) -> list[dict[str, Any]]:
    """A story as plain data."""
    return [
        {
            "at": words.moment(each.minute).isoformat(timespec="minutes"),
            "minute": each.minute,
            "what": None if each.event is None else each.event.what,
            "text": each.text,
            **({} if each.event is None else {"numbers": each.event.numbers}),
        }
        for each in told
    ]
