"""Asking a question once: designs are run, audited, measured and kept under a hash of all that decides them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simnet.demand import DEMAND_MODELS
from simnet.engine.replicate import expected_work, replicate
from simnet.engine.simulate import choose, no_compiler
from simnet.metrics import DesignResult
from simnet.metrics import compare as measured
from simnet.provenance import provenance, question_hash
from simnet.scenario.stocking import BUILT_IN
from simnet.study import saved
from simnet.study.folder import folder_name
from simnet.study.result import Result
from simnet.study.study import RUNS, Progress, Study

if TYPE_CHECKING:
    from simnet.engine.simulate import Run
    from simnet.network.network import Network
    from simnet.scenario import Scenario

COMPILING = "compiling the rules for this machine, about half a minute, once"


@dataclass(frozen=True)
class Question:
    """What is asked of some designs."""

    replications: int | None = None
    """None: as the scenario says."""
    seed: int | None = None
    engine: str | None = None
    workers: int = 0
    """0: as many as the machine has processors."""
    lines: bool = False
    """Keep the ledger of every line."""
    folder: Path | str | None = RUNS
    again: bool = False
    name: str | None = None
    progress: Progress | None = None
    say: Callable[[str], None] | None = None
    """Told what takes unexpectedly long: that the rules are about to be compiled."""

    def of(self, study: Study) -> tuple[int, int, str]:
        """Replications, seed and engine, where not asked for as the scenario says."""
        run = study.scenario.run
        return (
            run.replications if self.replications is None else self.replications,
            run.seed if self.seed is None else self.seed,
            run.engine if self.engine is None else self.engine,
        )


Asked = Sequence[tuple[Study, str]]


def answer(asked: Asked, question: Question) -> Result:
    """The result for some designs, from disk where the same question was answered before."""
    first = asked[0][0]
    replications, seed, engine = question.of(first)
    networks = [study.network(name) for study, name in asked]
    for network in networks:
        choose(engine, 0, network)  # a clock that cannot run it is refused, a kept answer or not
    code = hash_of(asked, replications, seed)
    folder = None if question.folder is None else Path(question.folder) / (question.name or folder_name(asked))
    kept = None
    if folder is not None and code is not None and not question.again:
        kept = saved.tallies(folder, code, [network.design for network in networks], replications, question.lines)
    runs = kept or run_all(networks, replications, seed, engine, question)
    results = [
        DesignResult(label, network, tuple(run.tally for run in found))
        for label, network, found in zip(labels(asked), networks, runs, strict=True)
    ]
    record = provenance(
        first.name, code or "", runs[0][0].engine, seed=seed, replications=replications, designs=len(networks)
    )
    comparison = measured(results, windows=first.scenario.run.windows)
    result = Result(comparison, record, tuple(asked), runs, folder, kept is not None)
    if folder is not None and kept is None:
        saved.save(result, folder, code)
    return result


def run_all(networks: list[Network], replications: int, seed: int, engine: str, question: Question) -> list[list[Run]]:
    """Every design under the same luck."""
    done = [0]

    def say(finished: int, of: int) -> None:
        if question.progress is not None:
            question.progress(done[0] * of + finished, of * len(networks))

    work = replications * sum(map(expected_work, networks))
    warn(networks, work, engine, question)
    runs = []
    for network in networks:
        runs.append(
            replicate(
                network,
                seed=seed,
                replications=range(replications),
                engine=engine,
                lines=question.lines,
                workers=question.workers,
                work=work,
                progress=say,
            )
        )
        done[0] += 1
    return runs


def warn(networks: list[Network], work: float, engine: str, question: Question) -> None:
    """Say what takes long: the first use of the compiled clock on a machine (it compiles, once), or its lack."""
    if question.say is None or engine == "simpy":
        return
    lacking = no_compiler()
    if lacking:
        question.say(f"{lacking[0]}: the readable SimPy clock runs this; {lacking[1]} for the fast one")
        return
    from simnet.engine.compiled_clock import is_warm

    if is_warm():
        return
    if any(choose(engine, round(work), network) == "compiled" for network in networks):
        question.say(COMPILING)


def hash_of(asked: Asked, replications: int, seed: int) -> str | None:
    """The hash of the question; None where code of one's own decides too, which has no hash."""
    if any(study.own or has_own_code(study.design(name)) for study, name in asked):
        return None
    written = {f"{number} {name}": study.design(name).written() for number, (study, name) in enumerate(asked)}
    files = {file for study, _ in asked for file in study.scenario.files[1:]}
    return question_hash(written, files, replications=replications, seed=seed)


def has_own_code(scenario: Scenario) -> bool:
    """Whether a policy or a demand model is one that an entry point brings."""
    stocking = scenario.stocking
    named = (stocking.tiers, stocking.classes, stocking.sites)
    layers = (stocking.default, *stocking.rules, *(each for section in named for each in section.values()))
    policies = {each.policy for each in layers if each.policy is not None}
    return not policies <= BUILT_IN.keys() or any(type(each) not in DEMAND_MODELS for each in scenario.demand)


def labels(asked: Asked) -> list[str]:
    """The names of the designs; with the scenario's name where two files have one of the same name."""
    names = [name for _, name in asked]
    return [
        name if names.count(name) == 1 else f"{study.name}.{name} {number + 1}"
        for number, (study, name) in enumerate(asked)
    ]


__all__ = ["Question", "answer", "folder_name"]
