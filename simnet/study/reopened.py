"""A kept result opened without its scenario: figures at once, tables when and as far as they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.metrics.intervals import Estimate
from simnet.study.folder import SUMMARY
from simnet.study.saved import read_summary

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("metrics", "months", "points", "lines")
ROWS = re.compile(r"(points|lines)-(\d+)-(\d+)(-\d+)?\.parquet")
"""Tables in files of their own by design and replication, and by slice in large networks."""


def reopen(folder: Path | str) -> Reopened:
    """A result by its folder, such as `runs/demo`; only its summary is read. `SimnetError` where there is none."""
    folder = Path(folder)
    summary = read_summary(folder)
    if not isinstance(summary.get("designs"), dict) or not isinstance(summary.get("provenance"), dict):
        problem = f"{SUMMARY} cannot be read" if (folder / SUMMARY).exists() else "there is no result here"
        remedy = "name the folder of a result, such as runs/demo; simnet run and compare write them"
        raise SimnetError(Problem(problem, str(folder), remedy=remedy))
    return Reopened(folder, summary)


@dataclass(frozen=True, eq=False)
class Reopened:
    """A kept result."""

    folder: Path
    summary: dict[str, Any] = field(repr=False)
    """What summary.json says."""

    @property
    def designs(self) -> tuple[str, ...]:
        """Names of the designs; the first is the reference."""
        return tuple(self.summary["designs"])

    @property
    def provenance(self) -> dict[str, Any]:
        """Version, seed, replications and the hash of the question."""
        return dict(self.summary["provenance"])

    def kpi(self, key: str, design: str | None = None) -> Estimate:
        """The estimate of one KPI, as `Result.kpi` gave it."""
        name = self.designs[0] if design is None else known("design", design, self.designs)
        levels = self.summary["designs"][name]
        found = levels[known("KPI", key, list(levels))]
        values = self.table("metrics", ["value"], design=name, metric=key)["value"].to_pylist()
        return Estimate(found["mean"], found["half_width"], found["unit"], tuple(values))

    def frame(self, table: str, columns: Sequence[str] | None = None, **only: Any) -> pd.DataFrame:
        """A table, or of it some `columns` and the rows with `only` these values: `frame("months", site="lyon")`.

        Tables: metrics, months, points (large networks), lines (with the ledger). A value or a list of them.
        """
        found: pd.DataFrame = self.table(table, columns, **only).to_pandas()
        return found

    def table(self, table: str, columns: Sequence[str] | None = None, **only: Any) -> Any:
        """The same as an Arrow table."""
        known("table", table, list(self.files))
        from pyarrow import ArrowException, concat_tables

        try:
            parts = list(self.parts(table, columns, only))
        except (OSError, ArrowException) as error:
            reason = " ".join(str(error).split())[:200]
            problem = Problem(f"table '{table}' cannot be read: {reason}", str(self.folder), remedy="run it again")
            raise SimnetError(problem) from None
        # Numbers are as narrow as their file lets them be: the widest takes all.
        return concat_tables(parts, promote_options="permissive")

    @cached_property
    def files(self) -> dict[str, list[tuple[Path, dict[str, Any]]]]:
        """The files of each table, and what their names say of all their rows."""
        found: dict[str, list[tuple[Path, dict[str, Any]]]] = {}
        for name in self.summary.get("files", {}):
            rows = ROWS.fullmatch(name)
            if rows is not None:
                same = {"design": self.designs[int(rows[2])], "replication": int(rows[3])}
                found.setdefault(rows[1], []).append((self.folder / name, same))
            elif name.removesuffix(".parquet") in TABLES:
                found[name.removesuffix(".parquet")] = [(self.folder / name, {})]
        return found

    def parts(self, table: str, columns: Sequence[str] | None, only: dict[str, Any]) -> Iterator[Any]:
        """The rows asked for, a table a file; a file in which there can be none is only looked at for its columns."""
        from pyarrow import array, compute, dataset, repeat

        for path, same in self.files[table]:
            source = dataset.dataset(path, format="parquet")
            every = [*same, *source.schema.names]
            chosen = every if columns is None else [known("column", name, every) for name in columns]
            wanted, there = compute.scalar(True), True
            for name, value in only.items():
                values = [value] if isinstance(value, str) or not isinstance(value, Sequence) else list(value)
                if known("column", name, every) in same:
                    there = there and same[name] in values
                else:
                    wanted = wanted & compute.field(name).isin(array(values))
            wanted = wanted if there else compute.scalar(False)
            rows = source.to_table(columns=[name for name in chosen if name not in same], filter=wanted)
            for at, name in enumerate(chosen):
                if name in same:
                    rows = rows.add_column(at, name, repeat(same[name], rows.num_rows))
            yield rows


def known(what: str, name: str, names: Sequence[str]) -> str:
    """A name that there is; `SimnetError` with those like it."""
    if name not in names:
        remedy = did_you_mean(name, names) or f"there are {', '.join(names[:20])}"
        raise SimnetError(Problem(f"there is no {what} '{name[:60]}'", remedy=remedy))
    return name
