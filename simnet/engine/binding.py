"""How a clock takes the rules: the same code, with the clock's own `schedule` and `draw` as its globals."""

from __future__ import annotations

import hashlib
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from simnet.engine import rules


def bound(rule: Callable[..., Any], names: dict[str, Any], code: types.CodeType | None = None) -> Callable[..., Any]:
    """A function made anew from the code of `rule`, or from another, reading its globals from `names`."""
    if not isinstance(rule, types.FunctionType):
        raise TypeError(f"a rule is a plain function, not {rule!r}")
    return types.FunctionType(code or rule.__code__, names, rule.__name__, rule.__defaults__)


MACHINE = ("rules*", "records", "heap", "loop", "rows", "clock", "native", "binding")
"""Files of this folder that the machine code is made from; the others only lay out what it runs on."""


def fingerprint() -> str:
    """A hash of every file that the compiled clock is made from: the key of its disk cache."""
    here = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    own = [file for name in MACHINE for file in here.glob(f"{name}.py")]
    beside = [here.parent / name for name in ("streams.py", "integers.py", "ledger/tally.py", "network/rows.py")]
    for file in sorted([*own, *beside]):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def book(
    names: dict[str, Any],
    wrap: Callable[[Callable[..., Any]], Any],
    codes: Mapping[str, types.CodeType] = types.MappingProxyType({}),
) -> dict[str, Any]:
    """The namespace of a clock: its own `names`, and every rule bound to them, callees first.

    `codes` are other codes of some rules, such as with others written into them.
    """
    space = dict(names)
    for chapter in rules.CHAPTERS:
        space = {**chapter.__dict__, **space}
    for rule in cast("list[Callable[..., Any]]", rules.BOOK):
        if rule.__name__ not in names:
            space[rule.__name__] = wrap(bound(rule, space, codes.get(rule.__name__)))
    return space
