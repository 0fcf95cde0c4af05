"""What `run`, `compare` and `demo` have in common: ask, keep, tell."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from simnet.cli.apology import AfterRun
from simnet.cli.options import Wanted, no_folder
from simnet.cli.progress import remark, watching
from simnet.errors import Problem, SimnetError, clean
from simnet.wrapping import filled

if TYPE_CHECKING:
    from simnet.study import Result, Study, Sweep
    from simnet.study.axes import Vary
    from simnet.study.runs import Question

R = TypeVar("R", bound="Result")
UNFINISHED = ".unfinished-*"
"""Folders of studies that were stopped."""
Asked = Sequence[tuple["Study", str]]


def read(file: str, wanted: Wanted) -> Study:
    """A scenario and its designs, with the changes of the command line in."""
    from simnet.study import load

    return load(file, dict(wanted.sets))


def ask(asked: Asked, wanted: Wanted) -> tuple[Result, str]:
    """The result of some designs, and a line on where it is kept."""
    from simnet.cli.tables import check_figures
    from simnet.study.checks import check_best
    from simnet.study.runs import answer, folder_name

    scenarios = [study.design(name) for study, name in asked]
    check_figures(scenarios, wanted)
    check_best(wanted.best, scenarios)
    folder = wanted.out / (wanted.name or folder_name(asked))
    check_place(folder, wanted)
    notes(asked, wanted.quiet)
    return timed(folder, wanted, lambda question: answer(asked, question))


def ask_sweep(study: Study, vary: Vary, design: str | None, wanted: Wanted) -> tuple[Sweep, str]:
    """The result of a sweep, and a line on where it is kept."""
    from simnet.cli.tables import check_figures
    from simnet.study.sweep import plan

    check_figures([study.design(design or study.designs[0])], wanted)
    planned = plan(study, vary, design, wanted.best)
    folder = wanted.out / (wanted.name or planned.name)
    check_place(folder, wanted)
    for text in planned.remarks:
        remark(filled(f"note: {text}", 80, subsequent_indent="  "), wanted.quiet)
    return timed(folder, wanted, planned.run)


def timed(folder: Path, wanted: Wanted, run: Callable[[Question], R]) -> tuple[R, str]:
    """What a question is answered, under the eyes of whoever waits, and where it is kept."""
    from simnet.report.charts.lean import WISH
    from simnet.study.runs import Question

    WISH.lean = True
    before = kept_before(folder)
    start = time.perf_counter()
    with watching(wanted.quiet) as progress:
        question = Question(
            replications=wanted.replications,
            seed=wanted.seed,
            engine=wanted.engine,
            workers=wanted.workers,
            on=wanted.on,
            lines=wanted.ledger,
            folder=wanted.out,
            again=wanted.again,
            name=wanted.name,
            progress=progress,
            say=lambda text: remark(text, wanted.quiet),
            precision=wanted.precision or None,
        )
        try:
            result = run(question)
        except KeyboardInterrupt:
            if any(wanted.out.glob(UNFINISHED)):
                remark("what was done is kept; the same command goes on from there", wanted.quiet)
            raise
    return result, kept(result, time.perf_counter() - start, before)


def kept(result: Result, seconds: float, before: tuple[str, str] | None) -> str:
    """`saved in runs/NAME (cached, 0.2 s)`; and whether that was the place of the answer to another question."""
    how = "cached, " if result.cached else ""
    told = f"saved in {result.folder} ({how}{seconds:.{1 if seconds < 10 else 0}f} s)"
    if before is None or before[0] == result.provenance["hash"]:
        return told
    return f"{told}\nreplaces the answer to another question of {before[1]}; --as NAME keeps both"


def kept_before(folder: Path) -> tuple[str, str] | None:
    """The hash of the question that a folder answers, and when it was answered."""
    from simnet.study.folder import SUMMARY
    from simnet.study.saved import read_summary

    code = read_summary(folder).get("key")
    if not isinstance(code, str):
        return None
    moment = datetime.fromtimestamp((folder / SUMMARY).stat().st_mtime)
    return code, f"{moment:%Y-%m-%d %H:%M}"


def notes(asked: Asked, quiet: bool) -> None:
    """What a planner should know of the designs before their figures."""
    for study, name in asked:
        for text in study.design(name).remarks:
            remark(filled(f"note: {clean(name, 60)}: {text}", 80, subsequent_indent="  "), quiet)


def check_place(folder: Path, wanted: Wanted) -> None:
    """Refuse before the work what could not be kept or written after it."""
    check_folder(folder)
    check_report(wanted.report)
    check_excel(wanted.excel)


def check_folder(folder: Path) -> None:
    """Refuse before hours of work what could not be kept after them."""
    from simnet.study.folder import SUMMARY

    above = [path for path in (folder, *folder.parents) if path.exists()]
    if above and not above[0].is_dir():
        raise no_folder(above[0])
    if above and not os.access(above[0], os.W_OK):
        raise SimnetError(Problem("this folder may not be written to", str(above[0]), remedy="name another: --out"))
    if folder.exists() and not (folder / SUMMARY).is_file() and any(folder.iterdir()):
        raise no_folder(folder)


def check_report(path: Path | None) -> None:
    """Refuse to write a report over a file that is none."""
    if path is None or not path.is_file():
        return
    from simnet.report.html import is_report

    if not is_report(path):
        remedy = "name another for the report"
        raise SimnetError(Problem("this file is no report of simnet's and is not touched", str(path), remedy=remedy))


OTHER_SHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv")
"""Endings that a workbook may have by mistake; others are part of a name, such as `2026.08`."""


def check_excel(path: Path | None) -> None:
    """Refuse to write a workbook over a file that is no report, such as the scenario itself."""
    if path is None:
        return
    if path.suffix.lower() != ".xlsx":
        name = path.stem if path.suffix.lower() in OTHER_SHEETS else path.name
        remedy = f"such as {name}.xlsx"
        raise SimnetError(Problem("the name of a workbook ends with .xlsx", str(path), remedy=remedy))
    from simnet.report.excel import is_excel_report

    if path.is_file() and not is_excel_report(path):
        remedy = "name another for the workbook"
        raise SimnetError(Problem("this file is no report of simnet's and is not touched", str(path), remedy=remedy))


def write_excel(result: Result, path: Path) -> None:
    """The workbook in a place of one's own."""
    try:
        result.excel(path)
    except OSError as error:
        reason = f"the workbook cannot be written: {error.strerror or error}"
        raise AfterRun(Problem(reason, str(path), remedy=f"it is in {result.folder} too")) from None


def write_report(result: Result, path: Path) -> None:
    """The report in a place of one's own."""
    try:
        result.report(path)
    except OSError as error:
        reason = f"the report cannot be written: {error.strerror or error}"
        raise AfterRun(Problem(reason, str(path), remedy=f"it is in {result.folder} too")) from None


def answered(asked: Asked, wanted: Wanted) -> None:
    """Ask, print the answer, say where it is kept."""
    from simnet.cli.tables import printed

    result, place = ask(asked, wanted)
    printed(result, wanted)
    closed(result, place, wanted)


def answered_against_actual(study: Study, design: str, wanted: Wanted) -> None:
    """The same of one design, and the waits of its history beside those of its lines."""
    from simnet.cli.actual import print_actual
    from simnet.cli.tables import printed
    from simnet.study.actual import as_it_was, check_whole

    if wanted.form == "json":
        raise SimnetError("--against-actual prints a table, --md or --csv; programs call result.against_actual()")
    exact = as_it_was(study, design)
    check_whole(exact, design)
    if exact is not study:
        remark("note: the history is replayed line by line here (demand.replay: exact)", wanted.quiet)
    result, place = ask([(exact, design)], replace(wanted, ledger=True))
    if wanted.form != "csv" and wanted.by is None:
        printed(result, wanted)
    print_actual(result, wanted)
    closed(result, place, wanted)


def swept(study: Study, vary: Vary, design: str | None, wanted: Wanted) -> None:
    """The same of a sweep."""
    from simnet.cli.tables import printed_points

    result, place = ask_sweep(study, vary, design, wanted)
    printed_points(result, wanted)
    closed(result, place, wanted)


def closed(result: Result, place: str, wanted: Wanted) -> None:
    """What is said after an answer: what is not as asked, where it is kept."""
    from simnet.study.precise import unreached

    for text in unreached(result.provenance):
        remark(filled(f"note: {text}", 80, subsequent_indent="  "), wanted.quiet)
    for what, write, path in (("report", write_report, wanted.report), ("workbook", write_excel, wanted.excel)):
        if path is not None:
            made = "" if path.parent.exists() else f" (a new folder: {path.parent})"
            write(result, path)
            remark(f"{what} in {path}{made}", wanted.quiet)
    if wanted.verbose:
        facts = result.provenance
        names = ("simnet", "engine", "replications", "seed", "hash")
        remark(", ".join(f"{name} {facts[name]}" for name in names if facts.get(name)), wanted.quiet)
    remark(place, wanted.quiet)
