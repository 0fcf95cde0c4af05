"""`-k EXPR`: words joined by `and`, `or`, `not` and parentheses, each looked for in a name, as pytest does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from simnet.errors import Problem, SimnetError

WORD = re.compile(r"\s*([()]|[^\s()]+)")
LONGEST = 300
"""Characters; an expression is read by recursion."""
Chosen = Callable[[str], bool]


def parse(text: str) -> Chosen:
    """Whether a name is chosen by an expression; `SimnetError` where it is none. Case does not count."""
    if len(text) > LONGEST:
        raise SimnetError(Problem(f"-k takes at most {LONGEST} characters"))
    tokens = WORD.findall(text.lower())
    if not tokens:
        return lambda name: True
    words = iter([*tokens, ""])
    reader = Reader(words, text)
    found = reader.either()
    if reader.here:
        raise reader.wrong(f"'{reader.here}' is one too many")
    return found


class Reader:
    """Reads an expression word by word."""

    def __init__(self, words: Iterator[str], text: str) -> None:
        self.words, self.text, self.here = words, text, next(words)

    def step(self) -> str:
        """The word at hand; the next one is at hand then."""
        word, self.here = self.here, next(self.words, "")
        return word

    def either(self) -> Chosen:
        """`A or B`."""
        first = self.both()
        while self.here == "or":
            self.step()
            first = joined(any, first, self.both())
        return first

    def both(self) -> Chosen:
        """`A and B`."""
        first = self.one()
        while self.here == "and":
            self.step()
            first = joined(all, first, self.one())
        return first

    def one(self) -> Chosen:
        """A word, `not A`, or `(A)`."""
        word = self.step()
        if word == "not":
            inner = self.one()
            return lambda name: not inner(name)
        if word == "(":
            inner = self.either()
            if self.step() != ")":
                raise self.wrong("a parenthesis is not closed")
            return inner
        if word in ("", ")", "and", "or"):
            raise self.wrong(f"a word is missing before {repr(word) if word else 'the end'}")
        return lambda name: word in name.lower()

    def wrong(self, message: str) -> SimnetError:
        """The error of an expression that is none."""
        remedy = "such as -k 'fill and not regional'"
        return SimnetError(Problem(f"-k {self.text[:60]!r}: {message}", remedy=remedy))


def joined(how: Callable[[list[bool]], bool], first: Chosen, second: Chosen) -> Chosen:
    """Two conditions as one."""
    return lambda name: how([first(name), second(name)])
