"""The program as a user meets it: in this process, or as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from simnet.cli import main

TINY = """simnet: 1
name: tiny
money: EUR
run: {warm_up: 30 d, length: 90 d, replications: 3, seed: 7}
suppliers:
  factory: {lead_time: {mean: 20 d, cv: 0.5}}
warehouses:
  gent: {tier: central, refilled_by: factory}
dealers:
  lyon: {served_by: gent, lead_time: 2 d}
  turin: {served_by: gent, lead_time: 3 d}
parts:
  filter: {cost: 12.40 EUR, price: 23.00 EUR, weight: 0.8 kg, class: fast}
  pump: {cost: 88.00 EUR, price: 170.00 EUR, weight: 5 kg, class: slow}
demand:
  - {part: filter, orders: 20 per month, size: {geometric: {mean: 1.5}}}
  - {part: pump, orders: 2 per month}
stocking: {default: {policy: base-stock, target: 90 %}}
costs: {holding: 22 %/y, order: 4 EUR}
designs:
  richer: {stocking.default.target: 99 %}
  slower: {suppliers.factory.lead_time: {mean: 60 d, cv: 0.5}}
"""


def tiny(folder: Path, name: str = "tiny.yaml", **changes: str) -> Path:
    """Write the tiny scenario, with some texts replaced."""
    text = TINY
    for old, new in changes.items():
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def simnet(*words: str) -> Result:
    """Run a command line in this process."""
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def process(*words: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a command line as a process of its own."""
    command = [sys.executable, "-c", "from simnet.cli import main; main()", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120, **more)  # type: ignore[call-overload, no-any-return]
