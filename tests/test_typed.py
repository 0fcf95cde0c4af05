"""What a type checker sees of the package from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = {
    "import simnet as sn": "",
    'study: sn.Study = sn.load("minimal.yaml")': "",
    'mean: float | None = study.run(replications=2).kpi("fill.line").mean': "",
    "sn.laod('x')": 'Module has no attribute "laod"',
    "study.run(design=3)": 'Argument "design" to "run" of "Study"',
    "number: int = sn.load('x')": 'expression has type "Study"',
    "word: str = study.run().kpi('margin').mean": 'expression has type "float | None"',
}
"""A script, and what is wrong with each of its lines."""


def test_a_script_is_checked(tmp_path: Path) -> None:
    """`import simnet as sn` has types: right use passes, wrong names and wrong arguments do not."""
    api = pytest.importorskip("mypy.api")
    script = tmp_path / "script.py"
    script.write_text("\n".join(LINES) + "\n", "utf-8")
    options = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache")]
    output, _, _ = api.run([*options, "--no-error-summary", str(script)])
    errors = [line for line in output.splitlines() if ": error:" in line]
    found = {int(line.rpartition("script.py:")[2].split(":")[0]): line for line in errors}
    for number, told in enumerate(LINES.values(), start=1):
        assert (number in found) == bool(told), output
        assert told in found.get(number, ""), output
