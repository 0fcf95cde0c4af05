"""What the monthly tally costs: the compiled clock with it, and with its statements taken out of the rules.

python -m benchmarks.monthly [--rounds 7]
"""

from __future__ import annotations

import argparse
import ast
import inspect
from collections.abc import Callable
from types import CodeType
from typing import Any

import numba

from benchmarks.timing import cpu_seconds, in_turn, ratios, report
from benchmarks.workload import study
from simnet.engine import compiled_clock, heap, loop, native, rules
from simnet.engine.binding import book, bound
from simnet.engine.loop import Lines
from simnet.engine.rows import rows
from simnet.engine.world import lay_out
from simnet.network.tape import draw


def without_months(rule: Callable[..., Any]) -> CodeType:
    """The code of a rule without the statements that name `month`."""
    tree = ast.parse(inspect.getsource(rule))
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.body = [each for each in function.body if not names_month(each)] + [ast.Pass()]
    function.decorator_list, function.returns = [], None
    for argument in function.args.args:
        argument.annotation = None
    space: dict[str, Any] = {}
    exec(compile(ast.fix_missing_locations(tree), rule.__name__, "exec"), {}, space)  # our own source
    made: CodeType = space[rule.__name__].__code__
    return made


def names_month(statement: ast.stmt) -> bool:
    """Whether a statement reads or writes the month's row."""
    return any(isinstance(node, ast.Name) and node.id == "month" for node in ast.walk(statement))


def stripped() -> Callable[..., int]:
    """The compiled loop of the rules without months, otherwise made as `native.compiled` makes it."""
    names: dict[str, Any] = {"mix_u64": native.inlined(native.mix_u64)}
    own: Callable[..., Any]
    for own in (native.draw, heap.schedule, heap.drop):
        names[own.__name__] = native.inlined(bound(own, {**own.__globals__, **names}))
    monthly = [rule for rule in rules.BOOK if "month" in rule.__code__.co_varnames]
    codes = {rule.__name__: without_months(rule) for rule in monthly}
    space = {**loop.__dict__, **book(names, native.chosen, codes), "rows": rows}
    space["cramped"] = native.inlined(bound(loop.cramped, space))
    for own in (*loop.STEPS, loop.run_parts):
        space[own.__name__] = native.dissolved(bound(own, space))
    made: Callable[..., int] = numba.njit(bound(native.run_world, space), nogil=True, error_model="numpy")
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    network = study(parts=100).network()
    tape = draw(network, seed=1)

    def lines_a_second(machine: Callable[..., int]) -> Callable[[], float]:
        def work() -> float:
            world = lay_out(network, 1, 0, False)

            def run() -> None:
                nonlocal world
                world = compiled_clock.measured(world)
                while machine(world, Lines(*tape.columns), tape.start, network.part_start):
                    world = compiled_clock.enlarged(world)

            return len(tape) / cpu_seconds(run)[0]

        return work

    works = {"with months": lines_a_second(native.compiled()), "without": lines_a_second(stripped())}
    for work in works.values():
        work()
    found = in_turn(works, asked.rounds)
    cost = ratios(found, "with months")["without"] - 1
    report("monthly", cost_of_the_monthly_tally=round(cost, 3), rounds=asked.rounds)


if __name__ == "__main__":
    main()
