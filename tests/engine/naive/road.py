"""How long things take: gates, working hours, weather, two ways in a row (laws 3 and 8), off the tables one by one."""

from __future__ import annotations

from typing import Any

from simnet.streams import mix_int, world_key
from tests.engine.naive.things import Gift, Line, Point

SECOND_WAY = 2**50
SPLIT = 2**40


def column(table: Any, at: int, number: int) -> list[int]:
    """The `number`-th column of the table at an address: its length, then its columns."""
    length = int(table[at])
    return [int(value) for value in table[at + 1 + number * length : at + 1 + (number + 1) * length]]


def through_gate(table: Any, address: int, now: int) -> int:
    """When what comes to a gate at `now` leaves it: with the first cut-off that is not over (law 8.6)."""
    if address < 0:
        return now
    doors = zip(column(table, address, 0), column(table, address, 1), strict=True)
    return next((max(now, at) for by, at in doors if by >= now), now)


def too_late(table: Any, address: int, now: int) -> bool:
    """Whether the last cut-off before `now` was on the same local day (law 8.6)."""
    if address < 0:
        return False
    over = [till for by, till in zip(column(table, address, 0), column(table, address, 2), strict=True) if by < now]
    return bool(over) and now < over[-1]


def worked(table: Any, address: int, now: int, minutes: int) -> int:
    """The earliest minute by which `minutes` working minutes lie in the time from `now` on (law 8.5)."""
    if address < 0:
        return now + minutes
    left = minutes
    for first, last in zip(column(table, address, 0), column(table, address, 1), strict=True):
        begin = max(first, now)
        if last > begin:
            if left <= last - begin:
                return begin + left
            left -= last - begin
    return now + minutes


class Road:
    """Lots and their arrivals."""

    network: Any
    points: list[Point]
    sent: dict[int, int]
    """Lots so far by place of a sourcing list."""
    arrivals: dict[int, int]
    """Last arrival by place of a sourcing list."""

    def minutes_on_the_way(self, lane: Any, key: int, number: int) -> int:
        """The lead time of one lot: a function of seed, replication, lane and number."""
        shape, lead = int(lane["shape"]), int(lane["lead"])
        if shape < 0:
            return lead
        stream = mix_int(key, world_key(self.seed, self.replication)) >> 1  # type: ignore[attr-defined]
        weather = mix_int(stream, number) >> 52
        return (lead * int(self.network.shapes[shape][weather]) + 2**23) // 2**24

    def journey(self, way: Any, transit: int, now: int) -> int:
        """Release, picking, departure, transit, receiving (law 8)."""
        table = self.network.timetable
        released = through_gate(table, int(way["release"]), now)
        picked = worked(table, int(way["hours"]), released, int(way["picking"]))
        departed = through_gate(table, int(way["departures"]), picked)
        return worked(table, int(way["reception"]), departed + transit, int(way["receiving"]))

    def arrival_on_lane(self, to: Point, number: int, lot: int, now: int) -> int:
        """When a lot of a point's own lane is there."""
        lane = self.network.points[to.row]
        transit = self.minutes_on_the_way(lane, to.lane, number + lot * SPLIT)
        arrival = now + transit if to.way < 0 else self.journey(self.network.ways[to.way], transit, now)
        to.promised = arrival - transit + to.lead
        if to.orderly:
            arrival = to.last_arrival = max(arrival, to.last_arrival)
        return arrival

    def arrival_by_list(self, place: int, pieces: int, line: Line, now: int) -> int:
        """When a lot from a place of a sourcing list is there."""
        source = self.network.sources[place]
        number = self.sent[place] = self.sent.get(place, -1) + 1
        way, at = int(source["way"]), now
        for leg in range(2):
            if way >= 0:
                row = self.network.ways[way]
                transit = self.minutes_on_the_way(row, int(source["lane"]), number + leg * SECOND_WAY)
                at = self.journey(row, transit, at)
                self.freight.append((now, way, pieces, line.part))  # type: ignore[attr-defined]
                way = int(row["via"]) if leg == 0 else -1
        if self.network.ways[int(source["way"])]["orderly"]:
            at = self.arrivals[place] = max(at, self.arrivals.get(place, 0))
        return at

    def put_on_the_road(self, dest: int, pieces: int, arrival: int, now: int) -> None:
        """A lot is on its way to a point."""
        to = self.points[dest]
        to.lots.append(now)
        to.road.change(pieces, now)
        self.road.append((arrival, self.tick(), dest, pieces))  # type: ignore[attr-defined]

    def send(self, line: Line, pieces: int, giver: int | None, place: int, queued: bool, now: int) -> None:
        """Pieces leave a source: over the counter, on a point's own lane, or by a place of the sourcing list."""
        arrival, kind = now, 0
        if place >= 0:
            arrival = self.arrival_by_list(place, pieces, line, now)
            kind = int(self.network.ways[int(self.network.sources[place]["way"])]["kind"])
            if giver is not None and giver == line.source:  # one that was moved, not passed on
                kind = 0
            released = self.network.ways["release"][self.network.sources[place]["way"]]
            if not queued and arrival >= max((gift.arrival for gift in line.gifts), default=now):
                line.cut = too_late(self.network.timetable, int(released), now)
        elif line.dest is not None:
            arrival = self.arrival_on_lane(self.points[line.dest], line.number, line.lots, now)
            line.lots += 1
        line.gifts.append(Gift(now, pieces, arrival, giver, kind, queued))
        if line.dest is not None:
            self.put_on_the_road(line.dest, pieces, arrival, now)
