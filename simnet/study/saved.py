"""Results on disk: a folder a result, written beside and renamed, so that half of one is never taken for a whole."""

from __future__ import annotations

import glob
import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.engine.rows_out import ledger_rows
from simnet.errors import Problem, SimnetError
from simnet.ledger.arrow import as_table, known_numbers, texts
from simnet.ledger.ledger import Ledger
from simnet.provenance import file_hash, hashed
from simnet.study.folder import SUMMARY, clear, strangers
from simnet.study.months import write_months
from simnet.study.origin import sources_of

if TYPE_CHECKING:
    import pandas as pd

    from simnet.network.network import Network
    from simnet.study.ready import Sliced, Whole
    from simnet.study.result import Result
    from simnet.study.unfinished import Unfinished

LEFT_OVER = 3600
"""Seconds after which an unfinished folder is nobody's work any more."""


def save(
    result: Result, folder: Path, code: str | None, codes: Sequence[str], designs: Sequence[Whole | Sliced],
    store: Unfinished,
) -> None:  # fmt: skip
    """Write the whole folder, or nothing. `SimnetError` where the disk does not let us.

    `code` is the hash of the question, `codes` are those of the designs, by which another question finds them. `store`
    holds the rows of slices.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        check(folder)
        tidy(folder)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            fill(result, beside, code, codes, designs, store)
            os.chmod(beside, 0o755)
            swap(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SimnetError(
            Problem(f"cannot save the result: {reason}", str(folder), remedy="free the disk, or name another folder")
        ) from None


def check(folder: Path) -> None:
    """Refuse a folder that holds no result of ours."""
    if folder.exists() and not (folder / SUMMARY).is_file() and any(folder.iterdir()):
        problem = "this folder holds something else; nothing was written"
        raise SimnetError(Problem(problem, str(folder), remedy="choose a name with --as"))


def swap(new: Path, folder: Path) -> None:
    """Put `new` in the place of `folder`; what somebody put beside our files stays."""
    if not folder.exists():
        new.rename(folder)
        return
    old = new.with_name(new.name + ".old")
    folder.rename(old)
    new.rename(folder)
    for path in strangers(old):
        path.rename(folder / path.name)
    clear(old)


def tidy(folder: Path) -> None:
    """Take away what a killed run left of this result, long ago: our own files, nothing else."""
    with suppress(OSError):
        for path in folder.parent.glob(f".{glob.escape(folder.name)}.*"):
            if path.is_dir() and time.time() - path.stat().st_mtime > LEFT_OVER:
                clear(path)


def fill(
    result: Result, folder: Path, code: str | None, codes: Sequence[str], designs: Sequence[Whole | Sliced],
    store: Unfinished,
) -> None:  # fmt: skip
    """All files of one result."""
    from pyarrow import parquet

    with ThreadPoolExecutor(1) as aside:  # half a gigabyte of rows is written while the report is drawn
        moving = aside.submit(move_rows, store, folder)
        write_scenarios(result, folder)
        write_runs(result, folder, designs, store)
        parquet.write_table(metrics_table(result), folder / "metrics.parquet", compression="zstd")
        write_months(result.comparison, folder / "months.parquet")
        result.report(folder / "report.html")
        result.excel(folder / "report.xlsx")
        moved = moving.result()
    files = {path.name: moved.get(path.name) or file_hash(path) for path in sorted(folder.iterdir())}
    summary = {"key": code, "codes": list(codes), **result.json(), **sources_of(result, folder), "files": files}
    (folder / SUMMARY).write_text(json.dumps(summary, indent=1, ensure_ascii=False), encoding="utf-8")


def move_rows(store: Unfinished, folder: Path) -> dict[str, str]:
    """Write the tables of rows that slices made; the hash of each."""
    found = {}
    for name, data in store.rows():
        (folder / name).write_bytes(data)
        found[name] = hashed(data)
    return found


def write_scenarios(result: Result, folder: Path) -> None:
    """Every design as it was asked, defaults filled in."""
    import yaml

    for number, (study, name) in enumerate(result.asked):
        label = "" if number == 0 else f".{number}"
        written = yaml.safe_dump(study.design(name).written(), sort_keys=False, allow_unicode=True)
        (folder / f"scenario.resolved{label}.yaml").write_text(written, encoding="utf-8")


def write_runs(result: Result, folder: Path, designs: Sequence[Whole | Sliced], store: Unfinished) -> None:
    """The sums of every run, and its ledger where it has one."""
    for number, runs in enumerate(result.runs):
        design: Any = designs[number]
        for replication, run in enumerate(runs):
            name = design.file(replication)
            (folder / name).write_bytes(store.get(name) or design.packed(run))
            if len(run.lines):
                ledger = ledger_rows(design.network, run.lines)
                (folder / f"lines-{number}-{replication}.parquet").write_bytes(ledger)


def read_summary(folder: Path) -> dict[str, Any]:
    """What a folder says of its result; nothing where it holds none, or a damaged one."""
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return summary if isinstance(summary, dict) else {}


def tallies(
    folder: Path, code: str, designs: Sequence[Whole | Sliced], replications: int | None, lines: bool
) -> list[list[Any]] | None:
    """The runs of the same question, if they were kept; None where any file is missing or not as it was written.

    `replications` None: as many as the answer took.
    """
    summary = read_summary(folder)
    if summary.get("key") != code or not whole(folder, summary.get("files")):
        return None
    try:
        count = int(summary["provenance"]["replications"]) if replications is None else replications
        runs = [[design.unpacked((folder / design.file(n)).read_bytes()) for n in range(count)] for design in designs]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError):
        return None  # a damaged file is no answer: run again
    if lines and not any(folder.glob("lines-*.parquet")):
        return None
    return runs


def damage(folder: Path, code: str) -> str:
    """What is wrong with a kept answer to this question, in words; nothing where there is none, or a sound one."""
    summary = read_summary(folder)
    if not summary:
        return f"{SUMMARY} cannot be read" if (folder / SUMMARY).exists() else ""
    if summary.get("key") != code:
        return ""
    files = summary.get("files")
    broken = [name for name, hashed in files.items() if not whole(folder, {name: hashed})] if files else [SUMMARY]
    return f"{broken[0]} is not as it was written" if broken else ""


def whole(folder: Path, files: Any) -> bool:
    """Whether every file of a result is there, byte for byte."""
    try:
        return isinstance(files, dict) and all(file_hash(folder / name) == code for name, code in files.items())
    except OSError:
        return False


def ledger_frame(network: Network, lines: Ledger) -> pd.DataFrame:
    """The ledger as a table: minute, site, part, order class, for whom, pieces, done; -1 is open at the horizon.

    Where lines come in jobs also the number of the job, -1 for a line that is in none.
    """
    from pyarrow import BufferReader, parquet

    found: pd.DataFrame = parquet.read_table(BufferReader(ledger_rows(network, lines))).to_pandas()
    return found


def metrics_table(result: Result) -> Any:
    """Every KPI of every design and replication, tidy; an Arrow table, because pandas takes a second to load."""
    rows = [
        (name, key, found.unit, replication, value)
        for name, levels in result.comparison.levels.items()
        for key, found in levels.items()
        for replication, value in enumerate(found.values)
    ]
    design, metric, unit, replication, value = zip(*rows, strict=True) if rows else [()] * 5
    columns = {"design": texts(design), "metric": texts(metric), "unit": texts(unit)}
    return as_table(columns | {"replication": np.array(replication, np.int64), "value": known_numbers(value)})
