"""Every message to the analyst is built here: the place, the problem and the remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

MOST_SHOWN, MOST_NAMED = 10, 50
"""Different problems that are told with their lines, and told at all."""
_WIDEST_SNIPPET = 100
_MOST_COMPARED = 4000


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: what, where, and what to do about it.

    `line` and `column` count from 1. `path` is the dotted place in the scenario, shown with ' > '.
    `sheet` and `cell` place it in a workbook. `fold` groups problems that are the same but for their
    values (the same column of a table); without it, equal messages are folded.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None
    snippet: str | None = None
    span: int | None = None
    remedy: str | None = None
    sheet: str | None = None
    cell: str | None = None
    fold: str | None = None

    @property
    def place(self) -> str:
        """Where it is, as `file:line:column` or `file, sheet S, cell C2`; empty when unknown."""
        words = [clean(self.file or "")]
        if self.sheet is None and self.line is not None:
            words[0] += f":{self.line}"
            if self.column is not None:
                words[0] += f":{self.column}"
        if self.sheet is not None:
            words.append(f"sheet {clean(self.sheet)}")
        if self.cell is not None:
            words.append(f"cell {clean(self.cell)}")
        return ", ".join(word for word in words if word)

    def headline(self) -> str:
        """The problem in one line, without its place."""
        message = clean(self.message)
        return f"{clean(self.path)}: {message}" if self.path else message

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"error: {self.headline()}"
        number = str(self.line) if self.line is not None else ""
        margin = " " * len(number)
        if self.place:
            yield f"{margin}--> {self.place}"
        if self.snippet is not None and self.line is not None and self.column is not None:
            text, start, width = _window(self.snippet, self.column, self.span or 1)
            carets = " " * start + "^" * width
            yield f"{margin} |"
            yield f"{number} | {text}"
            yield f"{margin} | {carets}" + (f" {clean(self.remedy)}" if self.remedy else "")
        elif self.remedy:
            yield f"{margin}  = {clean(self.remedy)}"


class SimnetError(Exception):
    """A wrong command line or a wrong file: all its problems at once; the command exits with code 2."""

    exit_code = 2
    closing = "Nothing was run."
    """What it means for the work."""

    def __init__(self, problems: Sequence[Problem] | Problem | str, more: bool = False) -> None:
        self.more = more
        """Whether what is wrong kept other things from being looked at."""
        if isinstance(problems, str):
            problems = [Problem(problems)]
        elif isinstance(problems, Problem):
            problems = [problems]
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems[0].headline() if self.problems else "unknown problem")

    def __reduce__(self) -> tuple[type[SimnetError], tuple[tuple[Problem, ...], bool]]:
        return type(self), (self.problems, self.more)

    def __str__(self) -> str:
        these = "this is" if len(self.problems) == 1 else "these are"
        more = f" More may follow once {these} mended." if self.more else ""
        return render(self.problems, closing=self.closing + more)


def render(problems: Sequence[Problem], *, closing: str = SimnetError.closing) -> str:
    """The problems as text, those that repeat folded into one: ten with their lines, the others in a line each."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_fold_key(problem), []).append(problem)
    told = list(groups.values())
    blocks = [_block(group) for group in told[:MOST_SHOWN]]
    brief, hidden = told[MOST_SHOWN:MOST_NAMED], sum(map(len, told[MOST_NAMED:]))
    if brief:
        more = [f"... and {hidden} more."] if hidden else []
        blocks.append("\n".join(["and, in short:", *map(_brief, brief), *more]))
    count = len(problems)
    blocks.append(f"{count} error{'' if count == 1 else 's'}. {closing}")
    return "\n\n".join(blocks)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """`did you mean 'x'?` for the known word nearest to `word`, or None when none is near."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near is not None else None


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The known word nearest to `word`, if it is `least` alike (0 to 1).

    Long lists are compared only with words of the same first letter, at most 4,000 of them.
    """
    if not word or len(word) > 80:
        return None
    names = [name for name in known if abs(len(name) - len(word)) <= 3 + len(word) // 3]
    if len(names) > _MOST_COMPARED:
        names = [name for name in names if name[:1].lower() == word[:1].lower()][:_MOST_COMPARED]
    folded = {name.lower().replace("-", "_"): name for name in reversed(names)}
    near = difflib.get_close_matches(word.lower().replace("-", "_"), folded, n=1, cutoff=least)
    return folded[near[0]] if near else None


def clean(text: str | None, widest: int = 400) -> str:
    """`text` in one printable line of at most `widest` characters: no control codes reach a terminal."""
    if text is None:
        return ""
    if len(text) > widest:
        text = text[: widest - 3] + "..."
    return "".join(c if c.isprintable() else " " if c in "\t\n\r" else "\ufffd" for c in text)


def shorten(value: object, widest: int = 40) -> str:
    """A value for a message, cut to `widest` characters: a text quoted, a list or a map as it is written in YAML."""
    if isinstance(value, (Mapping, list, tuple)):
        return clean(_flow(value), widest)
    return f"'{clean(str(value), widest)}'"


def _flow(value: object, deep: int = 3) -> str:
    """A value as YAML writes it on one line; what is too deep is left out."""
    if isinstance(value, (Mapping, list, tuple)) and not deep:
        return "..."
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(each, deep - 1)}" for name, each in islice(value.items(), 20)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(each, deep - 1) for each in value[:20]) + "]"
    return "null" if value is None else str(value)


def _fold_key(problem: Problem) -> tuple[object, ...]:
    if problem.fold is not None:
        return (problem.file, problem.sheet, problem.fold)
    return (problem.file, problem.sheet, problem.message, problem.path if problem.line is None else None)


def _block(group: Sequence[Problem]) -> str:
    first, others = group[0], group[1:]
    if not others:
        return str(first)
    places = [_short_place(problem) for problem in others]
    shown = ", ".join(place for place in places[:5] if place)
    more = f"; {len(others) - 5} not listed" if len(others) > 5 else ""
    return f"{first}\n... the same {len(others)} more time{'' if len(others) == 1 else 's'}" + (
        f": {shown}{more}" if shown else ""
    )


def _brief(group: Sequence[Problem]) -> str:
    """A problem in a line, with its place; of those that repeat the first and how many."""
    first, again = group[0], f" ({len(group)} times)" if len(group) > 1 else ""
    return f"  {first.place}: {first.headline()}{again}" if first.place else f"  {first.headline()}{again}"


def _short_place(problem: Problem) -> str:
    if problem.cell is not None:
        return f"cell {clean(problem.cell)}"
    if problem.line is not None:
        return f"line {problem.line}"
    return clean(problem.path)


def _window(snippet: str, column: int, span: int) -> tuple[str, int, int]:
    """The part of a long line around the fault, the fault's offset in it and its width."""
    line = snippet.rstrip("\r\n")
    start = min(max(column - 1, 0), len(line))
    span = max(1, min(span, _WIDEST_SNIPPET // 2, len(line) - start or 1))
    if len(line) <= _WIDEST_SNIPPET:
        return clean(line), start, span
    left = max(0, min(start - _WIDEST_SNIPPET // 3, len(line) - _WIDEST_SNIPPET))
    head = "..." if left else ""
    tail = "..." if left + _WIDEST_SNIPPET < len(line) else ""
    return head + clean(line[left : left + _WIDEST_SNIPPET]) + tail, start - left + len(head), span
