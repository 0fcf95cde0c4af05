"""One replication of one network: choose the clock, replay the tape, read the tally."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from importlib.util import find_spec

import numpy as np

from simnet.engine.records import World
from simnet.engine.world import lay_out, read_out
from simnet.errors import Problem, SimnetError
from simnet.integers import Rows
from simnet.ledger.jobs import settle
from simnet.ledger.ledger import Ledger, narrow
from simnet.ledger.tally import Tally
from simnet.network.joint import groups
from simnet.network.limits import check_tape
from simnet.network.network import Network, Tape

WORTH_LOADING, WORTH_COMPILING = 50_000, 600_000
"""Demand lines from which the compiled clock repays loading it from the cache, or compiling it first."""


@dataclass(frozen=True, eq=False)
class Run:
    """What one replication leaves: its tally, the ledger's rows if they were kept, and the clock that ran."""

    tally: Tally
    lines: Ledger
    engine: str


def simulate(
    network: Network,
    tape: Tape,
    *,
    seed: int = 1,
    replication: int = 0,
    engine: str = "auto",
    lines: bool = False,
) -> Run:
    """Replay `tape` through `network` and count.

    `engine` is `simpy`, `compiled` or `auto`; both clocks give the same integers. `lines` keeps the ledger.
    """
    check_tape(network, tape)
    engine = choose(engine, len(tape), network)
    world = lay_out(network, seed, replication, lines, len(tape))
    if engine == "compiled":
        from simnet.engine import compiled_clock

        world = compiled_clock.run(world, tape, network.part_start)
    else:
        from simnet.engine.simpy_clock import SimPyClock

        world = SimPyClock(world, network.acting).run(tape, network.part_start, groups(network))
    tally = with_jobs(read_out(network, world), network, tape, world)
    return Run(tally, ledger_of(network, tape, world, engine), engine)


def with_jobs(tally: Tally, network: Network, tape: Tape, world: World) -> Tally:
    """The tally, with that of orders where lines come in jobs."""
    if not network.jobs:
        return tally
    job, job_wait = settle(network, tape, world.outcome)
    return replace(tally, job=job, job_wait=job_wait)


def ledger_of(network: Network, tape: Tape, world: World, engine: str) -> Ledger:
    """The ledger that a finished world holds; no rows where it kept none."""
    rows = in_parts(network, world.line[: int(world.count["rows"][0])])
    if not world.count["keep"]:
        return Ledger.of(rows)
    if engine == "compiled":
        from simnet.engine.compiled_clock import turned

        found = turned(rows)
    else:
        found = Ledger.of(rows)
    return numbered(found, network, tape) if network.jobs else found


def in_parts(network: Network, rows: Rows) -> Rows:
    """Rows of the ledger part by part: those of parts that meet were written as time went."""
    if not len(network.joints):
        return rows
    point = np.where(rows["point"] >= 0, rows["point"], rows["dest"])
    return rows[np.argsort(network.points["part"][point], kind="stable")]


def numbered(lines: Ledger, network: Network, tape: Tape) -> Ledger:
    """The ledger with the number of the job that a customer's line belongs to, -1 for any other line.

    Lines are asked as the tape has them, part by part, up to the horizon: the rows for customers are in its order.
    """
    job = np.full(len(lines), -1, np.int64)
    job[lines["dest"] < 0] = tape.job[tape.minute < network.horizon]
    return Ledger({**lines.columns, "job": narrow(job)})


def choose(engine: str, work: int, network: Network) -> str:
    """The clock that runs: SimPy for a policy that acts inside the run, and on a machine without Numba.

    `SimnetError` where the compiled clock is asked for by name and one of these is so.
    """
    why = only_simpy(network)
    if why and engine == "compiled":
        remedy = f"{why[1]}, or leave the choice to 'engine: auto': both clocks give the same integers"
        raise SimnetError(Problem(f"the compiled clock cannot run this: {why[0]}", remedy=remedy))
    if why:
        return "simpy"
    if engine != "auto":
        return engine
    if work < WORTH_LOADING:
        return "simpy"
    from simnet.engine.compiled_clock import is_warm

    return "compiled" if work >= WORTH_COMPILING or is_warm() else "simpy"


def only_simpy(network: Network) -> tuple[str, str] | None:
    """Why only the SimPy clock can run a network, and what to do about it; None where both can."""
    if network.acting:
        return "a policy acts inside the run", "use a policy that sets levels"
    return no_compiler()


def no_compiler() -> tuple[str, str] | None:
    """Why there is no compiled clock on this machine, and what to do about it."""
    if find_spec("numba") is None:
        return "Numba is not installed here", "pip install numba"
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return "Numba is switched off by NUMBA_DISABLE_JIT", "unset it"
    return None
