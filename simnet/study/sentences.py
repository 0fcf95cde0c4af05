"""What happened to a part in words: a sentence for every kind of event, dates as the clock on the wall shows them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from simnet.engine.records import (
    AFTER_CUT_OFF,
    GAVE_UP,
    IN_TRANSIT,
    NOBODY,
    NOT_STOCKED,
    OUT,
    RESERVED,
    SUPPLIER,
    SUPPLIER_LATE,
    UPSTREAM_OUT,
    WILL_FIT,
)
from simnet.errors import clean
from simnet.ledger.tally import CAUSES, KINDS
from simnet.study.words import count
from simnet.units import DAY, HOUR, show_money

if TYPE_CHECKING:
    from simnet.engine.trace import Event, Line
    from simnet.study.retold import Retold

BECAUSE = {
    NOT_STOCKED: "{site} does not stock this part",
    OUT: "{shelf}, and nothing is on order",
    IN_TRANSIT: "{shelf}; the next lot is on the road",
    UPSTREAM_OUT: "{shelf}, and what {site} has on order waits at {source}, which is out too",
    SUPPLIER_LATE: "{shelf}, and the supplier's lot is late",
    RESERVED: "what lies there is kept for better classes, or for those who wait",
}
"""Why a shelf does not cover a line, as it stands when it is asked."""
WAYS = {
    "review": ", at its review",
    "look": ", having given to another site's line",
    "push": ", offered by it",
    "plan": ", for its new level",
}


def pieces(number: int) -> str:
    """`1 piece`, `2 pieces`."""
    return count(number, "piece")


def verb(number: int) -> str:
    """`1 is`, `2 are`."""
    return "is" if number == 1 else "are"


def span(minutes: int) -> str:
    """A time that has passed, in its two largest units: `6 d 2 h`, `3 h 20 min`."""
    days, rest = divmod(minutes, DAY)
    hours, rest = divmod(rest, HOUR)
    parts = [(days, "d"), (hours, "h"), (rest if not days else 0, "min")]
    return " ".join(f"{number:,} {unit}" for number, unit in parts if number) or "0 min"


class Words:
    """Says what happened to one part; `own` is the line whose story is told, if it is that of one."""

    def __init__(self, retold: Retold, zone: str = "UTC", own: Line | None = None) -> None:
        self.retold, self.trace, self.network, self.own = retold, retold.trace, retold.network, own
        self.zone = ZoneInfo(zone)
        self.start = datetime.combine(self.network.start, time(), UTC)
        self.sites = [clean(name, 40) for name in self.network.site_names]

    def moment(self, minute: int) -> datetime:
        """The civil time of a minute of the run."""
        return (self.start + timedelta(minutes=minute)).astimezone(self.zone)

    def when(self, minute: int) -> str:
        """`Wed 2027-03-03 14:05`."""
        return f"{self.moment(minute):%a %Y-%m-%d %H:%M}"

    def site(self, point: int) -> str:
        """The name of a point's site."""
        return "the supplier" if point == SUPPLIER else self.sites[self.network.points["site"][point]]

    def who(self, line: Line) -> str:
        """A line as the story calls it."""
        if line is self.own:
            return "the line"
        if line.number:
            return f"line {line.number}"
        return "what was owed at minute 0" if line.dest == NOBODY else f"{self.site(line.dest)}'s order"

    def order_class(self, line: Line) -> str:
        """The name of a line's order class."""
        return clean(self.network.order_classes[line.order_class], 40)

    def sentence(self, event: Event) -> str:
        """An event in words; nothing where it says nothing to a reader."""
        said = getattr(self, event.what.replace(" ", "_"))
        text: str = said(event, self.trace.lines[event.line] if event.line != NOBODY else None)
        return self.cap(text)

    def cap(self, text: str) -> str:
        """A sentence begins with a capital letter, unless with the name of a site."""
        return text if text.startswith(tuple(self.sites)) else text[:1].upper() + text[1:]

    def asked(self, event: Event, line: Line) -> str:
        """A customer asks."""
        who = "a customer" if line is self.own else self.who(line)
        return f"{who} asks {self.site(event.point)} for {pieces(line.quantity)}, class {self.order_class(line)}."

    def shelf(self, event: Event, line: Line) -> str:
        """What is there."""
        whole = event.numbers["pieces"] == line.quantity
        what = "everything" if whole else pieces(event.numbers["pieces"])
        return f"{self.site(event.point)}'s shelf gives {self.who(line)} {what}."

    def short(self, event: Event, line: Line) -> str:
        """What is not there, and why."""
        missing = f"{pieces(event.numbers['pieces'])} of {self.who(line)}"
        if line.dest != NOBODY:
            return f"{missing} {verb(event.numbers['pieces'])} not there at {self.site(event.point)}."
        return f"{missing} {verb(event.numbers['pieces'])} not covered because {self.because(line)}."

    def because(self, line: Line) -> str:
        """Why the shelf did not cover a line."""
        here = line.shelves[0]
        source = int(self.network.points["source"][here.point])
        shelf = "the shelf is empty"
        if here.on_hand:
            shelf = f"only {here.on_hand} of {line.quantity} {verb(here.on_hand)} on hand"
        if here.waiting:
            shelf += f" and {count(here.waiting, 'line')} already {'waits' if here.waiting == 1 else 'wait'}"
        return BECAUSE[line.cause].format(site=self.site(here.point), shelf=shelf, source=self.site(source))

    def nothing(self, event: Event, line: Line) -> str:
        """A source that gives nothing."""
        numbers = event.numbers
        if numbers["on_hand"] == 0:
            why = "its shelf is empty"
        elif numbers["waiting"]:
            why = f"it has {numbers['on_hand']}, but {count(numbers['waiting'], 'line')} there come first"
        elif numbers["kept"]:
            why = f"it has {numbers['on_hand']} and keeps {numbers['kept']}"
        else:
            why = f"it has {numbers['on_hand']}, and the line ships whole or not at all"
        return f"{self.source(event)} has nothing for {self.who(line)}: {why}."

    def source(self, event: Event) -> str:
        """A place of the sourcing list: `gent (central)`."""
        kind = KINDS[event.numbers["kind"]]
        return self.site(event.point) if kind == "supplier" else f"{self.site(event.point)} ({kind})"

    def passed(self, event: Event, line: Line) -> str:
        """A source that gives."""
        late = "; it came after the cut-off of the day" if event.numbers["cut"] else ""
        start = f"{self.source(event)} sends {pieces(event.numbers['pieces'])} for {self.who(line)}"
        return f"{start}{self.stages(event.numbers)}, there {self.when(event.numbers['arrival'])}{late}."

    def stages(self, numbers: dict[str, int]) -> str:
        """When it is released and departs, where the source keeps hours."""
        if "departs" not in numbers:
            return ""
        told = f", released {self.when(numbers['released'])}"
        return told + (f", leaves {self.when(numbers['departs'])}" if numbers["departs"] > numbers["released"] else "")

    def waits(self, event: Event, line: Line) -> str:
        """A queue is joined."""
        ahead = event.numbers["ahead"]
        behind = f"behind {count(ahead, 'line')}" if ahead else "first in the queue"
        number = event.numbers["pieces"]
        wait = "waits" if number == 1 else "wait"
        return f"{pieces(number)} of {self.who(line)} {wait} at {self.site(event.point)}, {behind}."

    def served(self, event: Event, line: Line) -> str:
        """A line that waits is served."""
        numbers = event.numbers
        left = f"; {numbers['left']} more to come" if numbers["left"] else ""
        if "arrival" in numbers:
            there = f"{self.stages(numbers)}, there {self.when(numbers['arrival'])}"
            return f"{self.site(event.point)} sends {pieces(numbers['pieces'])} for {self.who(line)}{there}{left}."
        return f"{self.who(line)} gets {pieces(numbers['pieces'])} at {self.site(event.point)}{left}."

    def lost(self, event: Event, line: Line) -> str:
        """What never comes."""
        number, kind = event.numbers["pieces"], event.numbers["kind"]
        if kind == WILL_FIT:
            return f"{self.who(line)} takes another make for {pieces(number)}: the sale is lost."
        if kind == GAVE_UP:
            waited = span(event.minute - line.minute)
            return f"the patience of {self.who(line)} ends after {waited}: {pieces(number)} {verb(number)} lost."
        return f"{pieces(number)} of {self.who(line)} {verb(event.numbers['pieces'])} lost: its class does not wait."

    def done(self, event: Event, line: Line) -> str:
        """The last piece."""
        return f"the last piece of {self.who(line)} is there, {span(event.numbers['waited'])} after it was asked."

    def missed(self, event: Event, line: Line) -> str:
        """How it is counted."""
        cause = event.numbers["cause"]
        more = {AFTER_CUT_OFF: " (it was found, but too late in the day to leave)"}.get(cause, "")
        return f"{self.who(line)} counts as missed: {CAUSES[cause]}{more}."

    def open(self, event: Event, line: Line) -> str:
        """The end of the run."""
        waited = span(event.minute - line.minute)
        return f"the run ends; {pieces(event.numbers['pieces'])} of {self.who(line)} still to come after {waited}."

    def debt(self, event: Event, line: Line) -> str:
        """Minute 0."""
        return f"{self.site(event.point)} owes customers {pieces(event.numbers['pieces'])} from before."

    def ordered(self, event: Event, line: Line) -> str:
        """A point orders."""
        numbers = event.numbers
        level = f"its position is {numbers['position']}, it orders at {numbers['trigger']} up to {numbers['up_to']}"
        if numbers["up_to"] <= 0:
            level = "it keeps no stock: for what it owes"
        elif line.way == "push":
            level = f"its position is {numbers['position']} of {numbers['up_to']}"
        start = f"{self.site(event.point)} orders {pieces(line.quantity)} at {self.site(numbers['source'])}"
        return f"{start}{WAYS.get(line.way, '')} ({level})."

    def balanced(self, event: Event, line: Line) -> str:
        """A sister helps."""
        return (
            f"{self.site(event.point)} has nothing left; its sister {self.site(line.point)} sends "
            f"{pieces(line.quantity)} to balance."
        )

    def leaves(self, event: Event, line: Line | None) -> str:
        """A lot sets out."""
        lot = self.trace.lots[event.numbers["lot"]]
        late = f" after {span(lot.leaves - line.minute)}" if line and lot.leaves > line.minute else ""
        hours = self.stages(dict(zip(("released", "picked", "departs"), lot.stages, strict=False)))
        start = f"{self.site(lot.giver)} sends {pieces(lot.pieces)} to {self.site(lot.dest)}"
        return f"{start}{late}{hours}, there {self.when(lot.arrival)}."

    def arrives(self, event: Event, line: Line | None) -> str:
        """A lot is there."""
        lot = self.trace.lots[event.numbers["lot"]]
        late = lot.arrival - lot.due if lot.due != NOBODY else 0
        said = f", {span(abs(late))} {'later' if late > 0 else 'sooner'} than planned" if abs(late) >= HOUR else ""
        return f"{self.site(lot.dest)} receives {pieces(lot.pieces)} from {self.site(lot.giver)}{said}."

    def review(self, event: Event, line: Line | None) -> str:
        """A look at the position."""
        position, trigger = event.numbers["position"], event.numbers["trigger"]
        return f"{self.site(event.point)} reviews its position of {position} (it orders at {trigger})."

    def held(self, event: Event, line: Line | None) -> str:
        """An order that is not worth enough."""
        worth, least = (show_money(event.numbers[name], self.network.money) for name in ("value", "minimum"))
        number = event.numbers["pieces"]
        return (
            f"{self.site(event.point)}'s order for all parts comes to {worth}, less than the supplier's {least}: "
            f"{pieces(number)} of this part {verb(number)} held for the next."
        )

    def change(self, event: Event) -> str:
        """From one level to another."""
        return f"level {event.numbers['before']} -> {event.numbers['up_to']}"

    def listed(self, event: Event, line: Line | None) -> str:
        """A part comes on the list."""
        return f"{self.site(event.point)} puts the part on its list: {self.change(event)}."

    def delisted(self, event: Event, line: Line | None) -> str:
        """A part comes off it."""
        return f"{self.site(event.point)} takes the part off its list: {self.change(event)}."

    def level(self, event: Event, line: Line | None) -> str:
        """Another level."""
        return f"{self.site(event.point)} accepts a proposal: {self.change(event)}."

    def refused(self, event: Event, line: Line | None) -> str:
        """No other level."""
        return f"{self.site(event.point)} refuses a proposal: {self.change(event)}."

    def sent_back(self, event: Event, line: Line | None) -> str:
        """Buy-back."""
        back = f"back to {self.site(event.numbers['source'])}"
        return f"{self.site(event.point)} sends {pieces(event.numbers['pieces'])} {back}."

    def came_back(self, event: Event, line: Line | None) -> str:
        """Buy-back, received."""
        return (
            f"{self.site(event.point)} has {pieces(event.numbers['pieces'])} back that a site below it had too many of."
        )
