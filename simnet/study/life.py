"""The life of a part: its sites, the lines that fared worst, and everything that happened between two days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from simnet.engine.records import NO_CAUSE, NOBODY
from simnet.ledger.tally import CAUSES
from simnet.study.sentences import Words
from simnet.study.story import Told, ended, known_site, site_name, waited, zone_of

if TYPE_CHECKING:
    from simnet.engine.trace import Event, Line
    from simnet.study.retold import Retold

LEVELS = ("listed", "delisted", "level")


class SiteRow(NamedTuple):
    """One site of a part, over the measured time."""

    site: str
    level: str
    on_hand: float
    """Mean pieces on the shelf."""
    lines: int
    """Customers' lines asked of it."""
    filled: int
    passed: int
    """Lines of which other sources gave at least a piece."""
    waited: int
    lost: int
    refills: int
    """Lines of other sites asked of it."""
    refilled: int
    """Of these, at once."""


class Miss(NamedTuple):
    """A customer's line that was not on the shelf."""

    number: int
    at: str
    site: str
    order_class: str
    pieces: int
    wait: str
    """`6 d 2 h`; `found 6 h` at another source; or how it was lost."""
    cause: str


class Life:
    """What there is to say of all lines of a part; `site` looks at one site, dates at part of the time."""

    def __init__(
        self, retold: Retold, site: str | None = None, first: date | None = None, last: date | None = None
    ) -> None:
        self.retold, self.trace, self.network = retold, retold.trace, retold.network
        self.site = None if site is None else known_site(retold, site)
        self.zone = zone_of(retold, self.site)
        self.words = Words(retold, self.zone)
        self.first, self.last = first, last

    def looks_at(self, point: int) -> bool:
        """Whether a point is told about."""
        return point != NOBODY and (self.site is None or site_name(self.retold, point) == self.site)

    def in_time(self, minute: int) -> bool:
        """Whether a minute is in the days that are told about."""
        day = self.words.moment(minute).date()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def concerns(self, event: Event) -> bool:
        """Whether an event is told: it is in the days, and at the site or of one of its lines."""
        if not self.in_time(event.minute):
            return False
        if self.site is None or self.looks_at(event.point):
            return True
        line = None if event.line == NOBODY else self.trace.lines[event.line]
        return line is not None and (self.looks_at(line.point) or self.looks_at(line.dest))

    def told(self) -> list[Told]:
        """Everything that happened, in the order of time."""
        events = (event for event in self.trace.events if self.concerns(event))
        return [Told(event.minute, self.words.sentence(event), event) for event in events]

    def lines(self) -> list[Line]:
        """Customers' lines of the days and sites, those of the warm-up left out unless days are named."""
        since = self.network.warm_up if self.first is None and self.last is None else 0
        own = (line for line in self.trace.customers if line.minute >= since and self.looks_at(line.point))
        return [line for line in own if self.in_time(line.minute)]

    def sites(self) -> list[SiteRow]:
        """The part's sites, the most upstream first."""
        lines, tally = self.lines(), self.trace.tally
        assert tally is not None
        found = []
        for point in self.trace.points:
            if not self.looks_at(point):
                continue
            own = [line for line in lines if line.point == point]
            found.append(
                SiteRow(
                    self.words.site(point),
                    self.level(point),
                    float(tally.point["on_hand_minutes"][point]) / tally.minutes,
                    len(own),
                    sum(not line.short for line in own),
                    sum(line.passed > 0 for line in own),
                    sum(line.waited > 0 for line in own),
                    sum(line.lost > 0 for line in own),
                    *self.refills(point),
                )
            )
        return found

    def refills(self, point: int) -> tuple[int, int]:
        """Lines of the days that other sites asked of a point, and those given at once."""
        since = self.network.warm_up if self.first is None and self.last is None else 0
        lines = [line for line in self.trace.lines if line.point == point and line.dest != NOBODY]
        own = [line for line in lines if line.minute >= since and self.in_time(line.minute)]
        return len(own), sum(not line.short for line in own)

    def level(self, point: int) -> str:
        """A point's level at the beginning, and at the end where it is another."""
        start = int(self.network.points["up_to"][point])
        changes = [event for event in self.trace.events if event.point == point and event.what in LEVELS]
        end = changes[-1].numbers["up_to"] if changes else start
        return str(start) if end == start else f"{start} -> {end}"

    def misses(self) -> list[Miss]:
        """Lines that were not on the shelf, those that took longest first."""
        lines = sorted((line for line in self.lines() if line.short), key=self.how_bad)
        return [self.miss(line) for line in lines]

    def how_bad(self, line: Line) -> tuple[int, int]:
        """The longest wait comes first, then who asked first."""
        return -waited(self.retold, line), line.number

    def miss(self, line: Line) -> Miss:
        """One line that was not on the shelf."""
        words, cause = self.words, line.missed if line.missed != NO_CAUSE else line.cause
        return Miss(
            line.number,
            words.when(line.minute)[4:],
            words.site(line.point),
            words.order_class(line),
            line.quantity,
            ended(line).removeprefix("waited ").replace("found in", "found"),
            CAUSES[cause] if line.missed != NO_CAUSE else f"({CAUSES[cause]})",
        )

    def plain(self) -> dict[str, Any]:
        """The whole of it as plain data."""
        return {
            "sites": [row._asdict() for row in self.sites()],
            "misses": [miss._asdict() for miss in self.misses()],
        }

    def days(self) -> str:
        """`2027-01-01 to 2028-12-31`: the days that are told about."""
        since = self.network.warm_up if self.first is None and self.last is None else 0
        first = self.words.moment(since).date() if self.first is None else self.first
        end = self.words.moment(self.network.horizon) - timedelta(minutes=1)
        return f"{first} to {end.date() if self.last is None else self.last}"
