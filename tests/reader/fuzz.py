# ruff: noqa: E501 - word lists
"""Made-up input for the reader: right scenarios with a few things broken at random.

`python -m tests.reader.fuzz --minutes 10` runs until the time is up and lists what was not answered with a
scenario or a `SimnetError`; `--seed N` repeats one input.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from simnet.errors import SimnetError
from simnet.scenario import load
from simnet.scenario.nodes import Mark, Node, Source
from simnet.scenario.read import compose
from tests.reader import samples

SLOW = 20.0
"""Seconds after which an answer counts as none."""

NASTY = [
    "", "null", "~", "true", "NO", "0123", "4711E3", "12:30", ".nan", "-.inf", "nan", "inf", "-1", "0", "1e400",
    "1e-400", "9" * 30, "1_000", "0x1F", "12,5", "1.2.3", "30 d", "-30 d", "0 d", "1e9 y", "95 %", "101 %", "0 %", "100 %",
    "12 EUR", "12 USD", "1 EUR/kg", "1 EUR/d", "2 per month", "2 per", "per", "=A1", "#REF!", "@", "`", "'", '"',
    "*a", "&a x", "!!int 3", "!x", "|", ">", "%", "- a", "? a", "{", "}", "[", "]", "[]", "{}", "[[[]]]", "{a: {b: {c: d}}}",
    "{mean: 5 d}", "{mean: 5 d, cv: 9999}", "{uniform: {from: 9 d, to: 5 d}}", "{table: {}}", "{mixture: []}", "{mixture: [{}]}",
    "{geometric: {mean: 0}}", "{negative_binomial: {mean: 3, var_to_mean: 0}}", "{table: parts.csv}", "parts.csv", "orders.csv",
    "missing.csv", ".", "..", "/", "../../../etc/passwd", "\x00", "\u202e", "\ufeff", "\U0001f600", "a" * 5000, "all", "dealers",
    "suppliers", "gent", "lyon", "filter", "stock", "day", "<<", "<<: *x", "at least 5 %", "within 3 % of baseline", "2026-02-30",
    "2026-01-01", "31/12/2025", "{when: {tier: dealer}, policy: none}", "none", "min-max", "reorder-lot", "base-stock", "full",
]  # fmt: skip
KEYS = [
    "simnet", "name", "money", "run", "suppliers", "warehouses", "dealers", "lanes", "parts", "demand", "stocking", "opening",
    "costs", "designs", "expect", "extends", "table", "columns", "units", "rows", "margin", "levels", "rules", "when", "default",
    "target", "cover", "up_to", "trigger", "lot", "review", "lead_time", "at", "served_by", "refilled_by", "size", "orders",
    "chance", "every", "replay", "format", "part", "class", "share", "split", "season", "trend", "windows", "length", "variant",
]  # fmt: skip
BYTES = [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"\x85", b"\xe2\x80\xa8", b"\t", b"\r", b"\x1b[31m", b"\xc3", b"\n---\n"]
EXTRAS = [
    "designs:\n  a: {stocking.default.target: 90 %}\n  b: {warehouses: {paris: null}, dealers: {turin: null}}\n",
    "designs: {c: {parts.filter.cost: 9 EUR, lanes.gent.lyon: {lead_time: 3 d}}, d: {dealers: {lyon: {lead_time: 9 d}}}}\n",
    "extends: base.yaml\n",
    "lanes: {gent: {turin: {lead_time: {mean: 3 d, cv: 0.2}, cost: 1 EUR/kg, shipment_cost: 5 EUR, crossing: false}}}\n",
    "opening: opening.csv\n",
    "order_classes: {vor: {unmet: lost, lines: complete}}\n",
]


TEXTS = [
    samples.BASE,
    samples.with_parts(),
    samples.with_parts("{table: parts.csv, columns: {part: part, cost: cost}, margin: 45 %}"),
    samples.with_parts("parts.xlsx"),
    samples.with_dealers(),
    samples.with_orders(),
    samples.with_orders("wide.csv", ", split: pieces"),
    samples.changed("  tiers:", "  levels: levels.csv\n  rules: [{when: {price: at most 10 EUR}, policy: none}]\n  tiers:"),
    samples.changed("part: hose, chance: 12 %, every: 1 mo", "table: demand.csv, split: share"),
]
FILES: dict[str, bytes] = {
    "parts.csv": samples.PARTS.encode(),
    "dealers.csv": samples.DEALERS.encode(),
    "orders.csv": samples.ORDERS.encode(),
    "wide.csv": b"part,2025-01,2025-02\nfilter,1,\nhose,0,2\n",
    "levels.csv": b"site,part,up_to\nlyon,hose,3\n",
    "opening.csv": b"site,part,on_hand,on_order\nlyon,hose,3,0\n",
    "demand.csv": b"part,at,orders,size\nhose,lyon,2 per y,2\n",
    "base.yaml": samples.changed("{holding: 22 %/y}", "{order: 3 EUR}").encode(),
    "parts.xlsx": samples.workbook({"parts": samples.PARTS}),
}
NESTED = [word for word in NASTY if word and word[0] not in "\x00*&!|>%@`'\"" and word.count("{") == word.count("}")]
Change = Callable[[random.Random, bytes], bytes]


def _cut(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice([1, 2, 5, 40, len(data)]) :]


def _insert(chance: random.Random, data: bytes) -> bytes:
    piece = chance.choice([chance.randbytes(chance.randrange(1, 6)), chance.choice(BYTES), chance.choice(NASTY).encode()])
    at = chance.randrange(len(data) + 1)
    return data[:at] + piece + data[at:]


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(min(chance.choice([1, 1, 3, 20]), len(data))):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def _lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        lines[first], lines[second] = lines[second], lines[first]
    elif kind == 1:
        lines.insert(first, lines[second])
    elif kind == 2:
        lines.pop(first)
    else:
        lines[first] = b" " * chance.randrange(6) + lines[first].lstrip()
    return b"\n".join(lines)


def _token(chance: random.Random, data: bytes) -> bytes:
    """A value or a key replaced: the text between two marks of punctuation."""
    marks = [at for at, byte in enumerate(data) if byte in b":,{}[]\n"]
    if len(marks) < 2:
        return data
    at = chance.randrange(len(marks) - 1)
    words = KEYS if chance.random() < 0.3 else NASTY
    return data[: marks[at] + 1] + b" " + chance.choice(words).encode() + data[marks[at + 1] :]


def _value(chance: random.Random, data: bytes) -> bytes:
    """A value or a key replaced exactly, so that the file stays YAML and the meaning breaks."""
    try:
        text = data.decode()
        places = list(_scalars(compose(Source("x", text))))
    except (UnicodeDecodeError, SimnetError):
        return data
    mark = chance.choice(places)
    lines = text.split("\n")
    if mark.line > len(lines):  # YAML ends lines at more characters than files do
        return data
    line = lines[mark.line - 1]
    word = chance.choice(KEYS if chance.random() < 0.2 else NESTED)
    lines[mark.line - 1] = line[: mark.column - 1] + word + line[mark.column - 1 + mark.span :]
    return "\n".join(lines).encode()


def _scalars(node: Node) -> Iterator[Mark]:
    if node.kind == "map":
        for key, value in node.entries.values():
            yield key.mark
            yield from _scalars(value)
    elif node.kind == "list":
        for item in node.value:
            yield from _scalars(item)
    yield node.mark


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randrange(1, 60)]
    return data[:start] + piece * chance.choice([2, 3, 50, 2000]) + data[start:]


CHANGES: list[Change] = [*[_value] * 12, _token, _token, _lines, _lines, _cut, _insert, _flip, _repeat]


def make(seed: int) -> dict[str, bytes]:
    """The files of input number `seed`; the same number always gives the same files."""
    chance = random.Random(seed)
    text = chance.choice(TEXTS) + "".join(chance.sample(EXTRAS, chance.choice([0, 0, 1, 1, 2])))
    files = {"network.yaml": text.encode(), **FILES}
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        named = [name for name in FILES if name in text]
        name = "network.yaml" if not named or chance.random() < 0.6 else chance.choice(named)
        files[name] = chance.choice(CHANGES)(chance, files[name])
    return files


def answer(files: dict[str, bytes], folder: Path) -> str:
    """What the reader says to these files: `read`, or its message; anything else is raised."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        scenario = load(folder / "network.yaml")
        for name in scenario.designs:
            [str(change) for change in scenario.changes(name)]
    except SimnetError as error:
        text = str(error)
        assert text.startswith("error: ") and "\x1b" not in text and "\x00" not in text, text
        return text
    return "read"


def main(arguments: list[str] | None = None) -> int:
    """Run the fuzzer from the command line; 1 if anything was not answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, help="repeat one input")
    parser.add_argument("--start", type=int, default=0, help="first number")
    chosen = parser.parse_args(arguments)
    if chosen.seed is not None:
        with tempfile.TemporaryDirectory() as folder:
            print(make(chosen.seed)["network.yaml"].decode(errors="replace")[:4000])
            print(answer(make(chosen.seed), Path(folder)))
        return 0
    return _run(chosen.minutes * 60, chosen.start)


def _run(seconds: float, number: int) -> int:
    began, read, bad = time.monotonic(), 0, 0
    first = number
    while time.monotonic() - began < seconds:
        with tempfile.TemporaryDirectory() as folder:
            start = time.monotonic()
            try:
                read += answer(make(number), Path(folder)) == "read"
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    break
                bad += 1
                print(f"seed {number}: {''.join(traceback.format_exception(error)[-4:])}", flush=True)
            if time.monotonic() - start > SLOW:
                bad += 1
                print(f"seed {number}: slow, {time.monotonic() - start:.1f} s", flush=True)
        number += 1
    print(f"{number - first} inputs, {read} read, {bad} not answered")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
