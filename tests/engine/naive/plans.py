"""Stock that is planned inside the run, and what goes back for it (law 7)."""

from __future__ import annotations

from typing import Any

from simnet.streams import mix_int, world_key
from tests.engine.naive.road import column
from tests.engine.naive.things import CUSTOMER, LONG_AGO, Line, Point


class Planner:
    """What the planning of one point knows besides its sales, which are in the world's lines."""

    def __init__(self, row: Any) -> None:
        for name in row.dtype.names:
            setattr(self, name, int(row[name]))
        self.listed = bool(row["starts"])
        self.quiet = 0
        """Periods without a line."""
        self.answers: list[bool] = []
        self.last: int | None = None
        """The up-to that was proposed last."""

    def __getattr__(self, name: str) -> int:  # the columns of the network's table
        raise AttributeError(name)


class Planning:
    """What happens to planned points at the end of a period, and to what they send back."""

    network: Any
    points: list[Point]
    lines: list[Line]

    def sales(self, here: Point, periods: int, now: int) -> list[int]:
        """Pieces of the customers' lines asked of a point in the last periods."""
        first = now - periods * self.planners[here.plan].period  # type: ignore[attr-defined]
        return [
            line.quantity
            for line in self.lines
            if line.source == here.row and line.dest is CUSTOMER and first <= line.asked < now and line.asked > LONG_AGO
        ]

    def ought_to_be_listed(self, here: Point, now: int) -> bool:
        """In after so many lines asked, out after so many periods without any."""
        own = self.planners[here.plan]  # type: ignore[attr-defined]
        own.quiet = 0 if self.sales(here, 1, now) else own.quiet + 1
        if own.listed:
            return not own.idle or own.quiet < own.idle
        return own.hits > 0 and len(self.sales(here, own.within, now)) >= own.hits

    def plan(self, here: Point, now: int) -> None:
        """A list and a level are proposed, accepted or not; what is too much goes back."""
        own = self.planners[here.plan]  # type: ignore[attr-defined]
        listed = self.ought_to_be_listed(here, now)
        trigger, up_to = (own.trigger, own.up_to) if listed else (-1, 0)
        if listed and own.levels >= 0:
            level = self.level(own, sum(self.sales(here, own.window, now)) + self.before(own, now))
            trigger, up_to = (level - 1, level + up_to - trigger - 1) if level > 0 else (level - 1, 0)
        changed = False
        if up_to == here.up_to:
            own.listed, own.last = listed, up_to
        elif up_to != own.last:
            own.last = up_to
            own.answers.append(self.accepted(own))
            if own.answers[-1]:
                own.listed, here.trigger, here.up_to = listed, trigger, up_to
                changed = True
        if own.buy_back and any(own.answers):
            self.return_the_rest(here, now)
        if changed:
            self.look_soon(here, now)  # type: ignore[attr-defined]

    def level(self, own: Any, sold: int) -> int:
        """The level for so many pieces sold: from the table, and beyond its end at its slope."""
        table = self.network.timetable
        size = int(table[own.levels])
        levels, slope = column(table, own.levels, 0), int(table[own.levels + 1 + size])
        return levels[sold] if sold < size else levels[-1] - (-(sold - size + 1) * slope // 4096)

    def before(self, own: Any, now: int) -> int:
        """Pieces taken as sold before minute 0 that the window still sees: evenly spread over it, to whole pieces."""
        left = own.window - now // own.period
        return own.sold * left // own.window if left > 0 else 0

    def accepted(self, own: Any) -> bool:
        """Whether the dealer takes this proposal: each is asked once."""
        stream = mix_int(own.key, world_key(self.seed, self.replication)) >> 1  # type: ignore[attr-defined]
        return mix_int(stream, len(own.answers)) >> 52 < own.accept

    def return_the_rest(self, here: Point, now: int) -> None:
        """What is more than an order could have brought goes back to the source."""
        step = max(here.lot, here.minimum)
        most = here.up_to + step - 1 if here.up_to > 0 and step > 1 else here.up_to
        pieces = here.hand.now - here.owes - most
        if pieces <= 0:
            return
        here.hand.change(-pieces, now)
        here.returned.append((now, pieces))
        if here.source >= 0:
            self.points[here.source].back.change(pieces, now)
            self.homeward.append((now + here.lead, self.tick(), here.source, pieces))  # type: ignore[attr-defined]

    def take_back(self, where: int, pieces: int, now: int) -> None:
        """What came back serves those who wait, or lies on the shelf."""
        here = self.points[where]
        here.back.change(-pieces, now)
        here.taken_back.append((now, pieces))
        here.hand.change(pieces, now)
        self.serve(here, now)  # type: ignore[attr-defined]
