"""Tiny worlds: a network from a few lines of YAML through the real reader, and tapes written by hand."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simnet.engine.simulate import Run, simulate
from simnet.ledger.audit import audit
from simnet.ledger.tally import CAUSES, KINDS
from simnet.network.build import build
from simnet.network.network import Network, Tape
from simnet.scenario import load

DAY = 1440
Asked = tuple[int, str, str, int] | tuple[int, str, str, int, str]
"""Minute, site, part, pieces and, unless it is `day`, the order class."""

HEAD = """
simnet: 1
name: tiny
money: EUR
run: {start: 2026-01-01, length: 30 d}
suppliers: {factory: {lead_time: 10 d}}
"""
ONE = "dealers: {lyon: {served_by: factory}}\n"
"""One dealer, refilled by the factory in ten days."""
TWO = """
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}, turin: {served_by: gent, lead_time: 3 d}}
"""
"""A warehouse ten days from its factory, two dealers two and three days below it."""
PART = "parts: {filter: {cost: 10 EUR, price: 25 EUR}}\ndemand: {part: filter, orders: 1 per year}\n"


def network(text: str, head: str = HEAD, **files: str) -> Network:
    """The network of a scenario: YAML after the usual `head`; `files` are tables by stem (`opening=...`)."""
    with tempfile.TemporaryDirectory() as folder:
        for name, table in files.items():
            (Path(folder) / f"{name}.csv").write_text(table, "utf-8")
        path = Path(folder) / "tiny.yaml"
        path.write_text(head + text, "utf-8")
        return build(load(path))


def tape(of: Network, lines: list[Asked]) -> Tape:
    """The demand lines of all parts, in the order of minutes, ties as written."""
    at = {(of.part_names[p["part"]], of.site_names[p["site"]]): row for row, p in enumerate(of.points)}
    rows = []
    for number, (minute, site, part, pieces, *order_class) in enumerate(lines):
        code = of.order_classes.index(order_class[0] if order_class else "day")
        rows.append((of.part_names.index(part), minute, number, at[part, site], pieces, code))
    rows.sort()
    columns = [(point, pieces, code, minute) for _, minute, _, point, pieces, code in rows]
    table = np.ascontiguousarray(np.array(columns, np.int64).reshape(-1, 4).T)
    count = np.bincount([row[0] for row in rows], minlength=of.parts)
    return Tape(*table, start=np.concatenate([[0], np.cumsum(count)]).astype(np.int64))


@dataclass(frozen=True)
class Story:
    """A tiny world that has been run: its counters by the names of site and part."""

    network: Network
    run: Run

    def row(self, site: str, part: str = "filter") -> int:
        """The row of a stocking point."""
        of = self.network
        pair = (of.site_names.index(site), of.part_names.index(part))
        points = zip(of.points["site"].tolist(), of.points["part"].tolist(), strict=True)
        return list(points).index(pair)

    def point(self, site: str, *fields: str, part: str = "filter") -> Any:
        """Counters of a stocking point."""
        row = self.run.tally.point[self.row(site, part)]
        found = tuple(int(row[name]) for name in fields)
        return found[0] if len(fields) == 1 else found

    def flow(self, site: str, *fields: str, order_class: str = "day", part: str = "filter") -> Any:
        """Counters of what one order class asked of a stocking point."""
        classes = self.network.order_classes
        row = self.run.tally.flow[self.row(site, part) * len(classes) + classes.index(order_class)]
        found = tuple(int(row[name]) for name in fields)
        return found[0] if len(fields) == 1 else found

    def month(self, site: str, field: str) -> list[int]:
        """A counter of a site in every period, all part classes together."""
        months = self.run.tally.month.reshape(self.network.months, self.network.sites, -1)
        return months[field].sum(axis=2)[:, self.network.site_names.index(site)].tolist()  # type: ignore[no-any-return]

    def missed(self, site: str, order_class: str = "day") -> dict[str, tuple[int, int]]:
        """Lines and pieces of a class asked of a site that were not on its shelf, by where they were found."""
        return {name: (row[0], row[1]) for name, row in self._told(self.run.tally.miss, KINDS, site, order_class)}

    def why(self, site: str, order_class: str = "day") -> dict[str, int]:
        """Missed lines by their cause."""
        return {name: row[0] for name, row in self._told(self.run.tally.why, CAUSES, site, order_class)}

    def _told(self, rows: Any, names: tuple[str, ...], site: str, order_class: str) -> list[tuple[str, Any]]:
        """The rows that are not empty, all part classes together."""
        of = self.network
        table = rows.view(np.int64).reshape(of.sites, -1, len(of.order_classes), len(names), len(rows.dtype))
        cell = table[of.site_names.index(site), :, of.order_classes.index(order_class)].sum(axis=0).tolist()
        return [(name, row) for name, row in zip(names, cell, strict=True) if any(row)]

    def waits(self, site: str, order_class: str = "day") -> dict[int, tuple[int, int]]:
        """Delayed lines and units by the upper edge of their bin."""
        of = self.network
        lines, units = self.run.tally.wait[of.site_names.index(site), of.order_classes.index(order_class)].tolist()
        edges = of.wait_edges.tolist()
        return {edge: (a, b) for edge, a, b in zip(edges, lines, units, strict=True) if a or b}

    def lines(self) -> list[tuple[int, str, str, int, int, int, int]]:
        """The ledger: minute, source, for whom, pieces, at once, lost, done."""
        of = self.network
        fields = ("minute", "point", "dest", "quantity", "at_once", "lost", "done")

        def name(point: int, none: str) -> str:
            return none if point < 0 else of.site_names[of.points["site"][point]]

        return [
            (minute, name(point, "supplier"), name(dest, "customer"), quantity, at_once, lost, done)
            for minute, point, dest, quantity, at_once, lost, done in self.run.lines.rows()[list(fields)].tolist()
        ]


def play(of: Network, lines: list[Asked], clock: str, seed: int = 1) -> Story:
    """Run a world on hand-written lines, with the ledger, and audit it."""
    run = simulate(of, tape(of, lines), seed=seed, engine=clock, lines=True)
    audit(run.tally, of)
    return Story(of, run)
