"""What simnet understood: the scenario in words, for `show`, notebooks and the report."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simnet.errors import clean
from simnet.report import Story
from simnet.study import hours, orders, planned, sections, words
from simnet.study.axes import joined
from simnet.units import YEAR

if TYPE_CHECKING:
    from simnet.scenario import Scenario
    from simnet.study.result import Result
    from simnet.study.study import Study
    from simnet.study.sweep import Sweep

LABEL, WIDTH = 13, 80
TOO_LARGE = "not worked out here, as it takes its time"
NOTE = "* not in the file: the default"
MOST_ASSUMED, MOST_NAMED = 400, 40


def describe(study: Study, design: str | None = None, most_points: int | None = None) -> str:
    """What was understood of one design, the scenario itself if none is named; 80 columns wide.

    Beyond `most_points` (parts times sites) nothing is worked out: no levels, no demand classes.
    """
    lines = [*head(study, design), ""]
    for label, body in bodies(study, design, most_points):
        shown = [line for line in body if line]
        for number, line in enumerate(shown):
            lines += wrapped(label if number == 0 else "", line)
    text = "\n".join(lines)
    return f"{text}\n\n{NOTE}" if sections.DEFAULT in text else text


def head(study: Study, design: str | None) -> Iterator[str]:
    """Name, question and files."""
    scenario = study.design(design or study.designs[0])
    about = clean(scenario.about, 600)
    yield from wrapped(clean(scenario.variant or scenario.name, 60), about or "(no 'about')")
    if design and design != study.designs[0]:
        yield from wrapped("", f"a design of {clean(study.name, 60)}")
    if scenario.files:
        names = ", ".join(clean(file.name, 60) for file in scenario.files)
        yield from wrapped("", f"read from {names}")


def bodies(study: Study, design: str | None, most_points: int | None) -> Iterator[tuple[str, Iterable[str]]]:
    """The sections by label."""
    from simnet.study import numbers

    name = design or study.designs[0]
    scenario = study.design(name)
    points = len(scenario.parts) * (len(scenario.warehouses) + len(scenario.dealers))
    network = study.network(name) if most_points is None or points <= most_points else None
    yield "Time", sections.time(scenario)
    yield "Money", sections.money(scenario)
    yield "Sites", sections.sites(scenario)
    yield "Lanes", sections.lanes(scenario)
    yield "Hours", hours.hours(scenario)
    yield "Parts", sections.parts(scenario)
    yield "Demand", numbers.demand(network) if network is not None else stated(scenario)
    yield "", sections.histories(scenario)
    yield "Jobs", planned.jobs(scenario)
    yield "Orders", orders.order_classes(scenario)
    yield "Sourcing", orders.sourcing(scenario)
    yield "Stocking", sections.stocking(scenario)
    yield "", own_policies(study)
    yield "Levels", numbers.levels(network) if network is not None else [TOO_LARGE]
    if network is not None:
        yield "Planned", planned.planned(network)
    if design is None or study.sets:
        yield "Designs", sections.designs(study)
    yield "Expected", sections.expectations(scenario)
    yield "Remarks", sections.remarks(scenario)
    if network is not None:
        yield "Work", numbers.work(scenario, network, len(study.designs) if design is None else 1)


def stated(scenario: Scenario) -> Iterator[str]:
    """What the tables of a demand say as they stand, where its streams are not worked out."""
    silent = False
    for entry in scenario.demand:
        rows: Any = getattr(entry, "rows", None)
        orders = rows.column("orders") if rows is not None else None
        if orders is None or entry.split != "share":
            silent = True
            continue
        sites = rows.column("sites")
        yield f"{words.round_count(float(orders.sum()) * YEAR)} lines a year"
        if sites is not None and sites.all():
            yield f"  asked as {words.count(int(sites.sum()), 'part')} at sites"
    if silent:
        yield TOO_LARGE


def own_policies(study: Study) -> Iterator[str]:
    """Policies that are Python objects, by tier."""
    for tier, policy in dict((study.own or {}).get("policies", {})).items():
        yield f"tier {clean(tier, 24)}  {type(policy).__name__}, a Python object, instead"


def wrapped(label: str, line: str) -> Iterator[str]:
    """A line with its label in front; words that do not fit go under it, deeper than it began."""
    room = WIDTH - LABEL
    if len(label) >= LABEL:
        yield label
        label = ""
    if len(line) <= room:
        yield f"{label:<{LABEL}}{line}".rstrip()
        return
    depth = len(line) - len(line.lstrip())
    later = " " * (depth + 2)
    pieces = textwrap.wrap(line, room, subsequent_indent=later, drop_whitespace=True, break_on_hyphens=False)
    for number, piece in enumerate(pieces):
        yield f"{label if number == 0 else '':<{LABEL}}{piece}".rstrip()


def story_of(result: Result) -> Story:
    """What the report tells besides numbers."""
    from simnet.ledger.audit import CHECKS
    from simnet.study.actual import told

    study, actual = result.asked[0][0], list(told(result))
    changes = {
        label: [(change.path, change.old or "", change.new or "") for change in asked.scenario.changes(name)]
        for label, (asked, name) in zip(result.designs, result.asked, strict=True)
    }
    return Story(
        title=title(result),
        about=study.scenario.about,
        assumptions=list(assumptions(study, result.asked[0][1])),
        changes=changes,
        files={label: asked.path.name if asked.path else asked.name
               for label, (asked, _) in zip(result.designs, result.asked, strict=True)},
        remarks=[
            (label, remark)
            for label, (asked, name) in zip(result.designs, result.asked, strict=True)
            for remark in asked.design(name).remarks
        ],
        checks=[check.law for check in CHECKS],
        provenance=result.provenance,
        command=result.command(),
        actual=actual,
        ask_actual="" if actual else ask_actual(result),
        parts={label: asked.design(name).parts.names
               for label, (asked, name) in zip(result.designs, result.asked, strict=True)},
    )  # fmt: skip


def ask_actual(result: Result) -> str:
    """The command that sets the first design beside its history, where that knows deliveries."""
    from simnet.study.actual import histories

    study, name = result.asked[0]
    if not any(histories(study.design(name))):
        return ""
    design = [] if name == study.designs[0] else ["--design", name]
    file = study.path.name if study.path else study.name
    return shlex.join(["simnet", "run", file, *design, "--against-actual"])


def title(result: Result) -> str:
    """The scenario's name; of some designs held against another than the file itself, theirs."""
    first = result.asked[0][0]
    if len(result.designs) in (2, 3) and result.designs[0] != first.name:
        return " vs ".join(result.designs)
    return first.name


def is_demo(studies: Sequence[Study], designs: Sequence[str]) -> bool:
    """Whether a result is the one that `simnet demo` shows: its file lies where no newcomer looks."""
    from simnet.shipped import shipped

    first = studies[0]
    asked = len(studies) == 1 and not first.sets and tuple(designs) == tuple(reversed(first.designs))
    return asked and first.path is not None and first.path.resolve() == shipped("demo/demo.yaml").resolve()


def command(result: Result) -> str:
    """The command that repeats a result, from the folder of its scenario."""
    studies = list(dict.fromkeys(study for study, _ in result.asked))
    designs = [name for _, name in result.asked]
    if is_demo(studies, designs):
        return "simnet demo"
    files = [study.path.name if study.path else study.name for study in studies]
    parts = ["simnet", "compare" if len(designs) > 1 else "run", *files]
    if len(studies) == 1 and tuple(designs) not in (studies[0].designs, studies[0].designs[:1]):
        parts += [word for name in designs for word in ("--design", name)]
    parts += [word for path, value in studies[0].sets for word in ("--set", f"{path}={value}")]
    return shlex.join([*parts, *counted(result, studies[0])])


def sweep_command(found: Sweep) -> str:
    """The command that repeats a sweep."""
    study = found.asked[0][0]
    parts = ["simnet", "sweep", study.path.name if study.path else study.name]
    for axis in found.axes:
        parts += ["--vary", f"{axis.path}={joined(axis.values)}"]
    parts += ["--design", found.design] if found.design != study.designs[0] else []
    swept = {axis.path for axis in found.axes}
    parts += [word for path, value in study.sets if path not in swept for word in ("--set", f"{path}={value}")]
    return shlex.join([*parts, *counted(found, study)])


def counted(result: Result, study: Study) -> list[str]:
    """How often it was run, where the scenario does not say so."""
    run, facts = study.scenario.run, result.provenance
    texts = {key: row["text"] for key, row in facts.get("precision", {}).items()}
    asked = {"replications": facts.get("fewest", facts.get("replications")), "seed": facts.get("seed")}
    parts = [word for name, value in asked.items() if value != getattr(run, name)
             for word in (f"--{name}", str(value))]  # fmt: skip
    if texts != {key: half.text for key, half in run.precision.items()}:
        parts += [word for key, text in texts.items() for word in ("--precision", f"{key} {text}")]
    return parts


def assumptions(study: Study, design: str) -> Iterator[tuple[str, str]]:
    """Every value of a design by path: as written, then defaults; long tables are counted."""
    scenario = study.design(design)
    rows = list(flat(scenario.written()))
    yield from rows[:MOST_ASSUMED]
    if len(rows) > MOST_ASSUMED:
        yield "...", f"{len(rows) - MOST_ASSUMED:,} more values"
    for section in ("run", "costs"):
        for name, field in type(getattr(scenario, section)).model_fields.items():
            if not sections.is_written(scenario, section, name):
                yield (
                    f"{section}.{name}",
                    f"{field.default} (default)" if name != "windows" else "none (default)",
                )
    if not sections.is_written(scenario, "opening"):
        yield "opening", "full (default)"


def flat(value: Any, above: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of maps and lists with their dotted paths."""
    if isinstance(value, Mapping) and value and len(value) <= MOST_NAMED:
        for name, inner in value.items():
            yield from flat(inner, f"{above}.{name}" if above else str(name))
    elif isinstance(value, Mapping | list | tuple) and len(value) > MOST_NAMED:
        yield above, f"{len(value):,} entries"
    elif isinstance(value, list | tuple) and any(isinstance(each, Mapping | list) for each in value):
        for number, inner in enumerate(value):
            yield from flat(inner, f"{above}.{number}")
    elif isinstance(value, list | tuple):
        yield above, ", ".join(map(str, value))
    else:
        yield above, str(value)
