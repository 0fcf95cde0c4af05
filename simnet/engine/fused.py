"""Rules written into the rules that call them: the same statements, without the calls.

Python pays for a call about as much as for five of a rule's lines. The SimPy clock therefore takes its busiest rules
(BUSY) with the short ones (SHORT) put where they are called, from their own source: there is no second copy to drift.
A tracer stands around calls, so a traced clock takes the rules as they stand; both give the same integers.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from types import CodeType
from typing import Any, cast

from simnet.engine import rules

SHORT = (
    *("put", "owe", "decide", "place", "count_customer", "deliver", "ship", "supply", "free_for", "at_hand"),
    *("open_line", "close_line", "enqueue", "await_turn", "passed_to", "count_wait", "give", "leave", "fulfilled"),
    "answer",
)
"""Rules without a way out in their middle, that are called as a statement or to set a name; callees first."""
BUSY = ("ask", "offer", "reorder", "receive", "fall_short", "serve_in_turn")
"""Rules that call them often."""

Known = dict[str, ast.FunctionDef]


class WriteIn(ast.NodeTransformer):
    """Puts the statements of `known` rules where a rule calls them; each time with names of its own."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.number = count(1)

    def visit_Expr(self, node: ast.Expr) -> Any:
        """A rule that is called for what it does."""
        return self.written(node.value, None, node) or node

    def visit_Assign(self, node: ast.Assign) -> Any:
        """A rule that is called for its number."""
        return self.written(node.value, node.targets[0], node) or node

    def written(self, call: ast.expr, target: ast.expr | None, at: ast.stmt) -> list[ast.stmt] | None:
        """The statements that do what a call does; None for any other expression."""
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in self.known):
            return None
        rule, number = self.known[call.func.id], next(self.number)
        changed = set(names_set(rule))
        names: dict[str, Any] = {name: f"{name}_{rule.name}_{number}" for name in changed}
        given: list[ast.stmt] = []
        for parameter, value in zip((each.arg for each in rule.args.args), call.args, strict=True):
            if isinstance(value, ast.Name | ast.Constant) and parameter not in changed:
                names[parameter] = value.id if isinstance(value, ast.Name) else value
            else:
                names[parameter] = f"{parameter}_{rule.name}_{number}"
                given.append(at_line(ast.Assign([ast.Name(names[parameter], ast.Store())], value), at))
        body = [renamed(statement, names, at) for statement in rule.body]
        if isinstance(body[-1], ast.Return):
            value = body.pop().value
            body += [] if target is None else [at_line(ast.Assign([target], value), at)]
        return [*given, *body]


def names_set(rule: ast.FunctionDef) -> Iterator[str]:
    """The names that a rule sets."""
    return (node.id for node in ast.walk(rule) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def renamed(node: Any, names: dict[str, Any], at: ast.stmt) -> Any:
    """A copy under other names, said to stand on the line of the call: a debugger steps over it as over the call."""
    if isinstance(node, list):
        return [renamed(item, names, at) for item in node]
    if not isinstance(node, ast.AST):
        return node
    if isinstance(node, ast.Name):
        other = names.get(node.id, node.id)
        return at_line(ast.Name(other, node.ctx), at) if isinstance(other, str) else other
    return at_line(type(node)(**{name: renamed(getattr(node, name), names, at) for name in node._fields}), at)


def at_line(node: Any, at: ast.stmt) -> Any:
    """The node, on the line of another, and all in it that has none."""
    for each in (node, *getattr(node, "targets", ())):
        each.lineno = each.end_lineno = at.lineno
        each.col_offset = each.end_col_offset = at.col_offset
    return node


def sources() -> Known:
    """Every rule as it is written, without docstring and types; none where the files are not there."""
    found: Known = {}
    for chapter in rules.CHAPTERS:
        try:
            tree = ast.parse(Path(inspect.getfile(chapter)).read_bytes())
        except OSError:
            return {}
        found |= {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for rule in found.values():
        del rule.body[0]
        rule.returns = None
        for argument in rule.args.args:
            argument.annotation = None
    return found


@cache
def codes(apart: frozenset[str]) -> dict[str, CodeType]:
    """The code of BUSY rules with SHORT ones written into them; those `apart` stay calls."""
    files = {rule.__name__: rule.__code__ for rule in cast("list[Callable[..., Any]]", rules.BOOK)}
    known: Known = {}
    found: dict[str, CodeType] = {}
    book = sources()
    for name in (*SHORT, *BUSY):
        if name not in book:
            return {}
        written = WriteIn(known).visit(book[name])
        if name in BUSY:
            made = compile(ast.Module([written], []), files[name].co_filename, "exec")
            found[name] = next(each for each in made.co_consts if isinstance(each, CodeType))
        elif name not in apart:
            known[name] = written
    return found
