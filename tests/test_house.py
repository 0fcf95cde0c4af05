"""The house rules that a machine can hold: sizes, imports, true `__all__`, no machine paths, quick help."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE_LINES, MOST_LINES = 300, 400
GUIDE_BODY, MOST_BODY = 25, 50
HEAVY = {"numpy", "pandas", "matplotlib", "scipy", "numba", "pyarrow"}
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/\w")
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".csv", ".cff", ".ipynb", ".json", ".cfg", ".txt", ""}


@cache
def tracked() -> list[Path]:
    """Return the files under version control, or all but hidden ones where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
        return [path for path in found if path.is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not _hidden(path)]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(ROOT).parts)


def python_files() -> list[Path]:
    """Return the Python files of the repository."""
    return [path for path in tracked() if path.suffix == ".py"]


def package_modules() -> list[str]:
    """Return the dotted names of the package's modules."""
    names = []
    for path in (ROOT / "simnet").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(names)


def name_of(path: Path) -> str:
    """Return the path as it is shown in a message."""
    return path.relative_to(ROOT).as_posix()


def test_files_are_short() -> None:
    """No Python file passes 400 lines, and nine in ten keep to the guide of 300."""
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
    long = {name: length for name, length in lengths.items() if length > GUIDE_LINES}
    assert len(long) <= len(lengths) / 10, long


def bodies(path: Path) -> dict[str, int]:
    """Return the lines of each function's body, its docstring left out."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            found[f"{name_of(path)}:{node.lineno} {node.name}"] = (node.end_lineno or 0) - first.lineno + 1
    return found


def test_functions_are_short() -> None:
    """No function of the package passes 50 lines, and nineteen in twenty keep to 25."""
    lengths = [item for path in python_files() if "simnet" in path.parts for item in bodies(path).items()]
    assert {name: length for name, length in lengths if length > MOST_BODY} == {}
    long = {name: length for name, length in lengths if length > GUIDE_BODY}
    assert len(long) <= len(lengths) / 20, long


def test_no_star_imports() -> None:
    """Every name in a module can be traced to where it is made."""
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert all(alias.name != "*" for alias in node.names), f"{name_of(path)}:{node.lineno}"


def test_no_machine_paths() -> None:
    """No tracked file names a folder of the machine it was written on."""
    hits = []
    for path in tracked():
        if path.suffix in TEXT and path != Path(__file__):
            text = path.read_text("utf-8", errors="replace")
            hits += [f"{name_of(path)}: {hit.group()}" for hit in MACHINE_PATH.finditer(text)]
    assert hits == []


@pytest.mark.parametrize("module", package_modules())
def test_public_names_exist(module: str) -> None:
    """A module imports on its own, and each name in its `__all__` is there."""
    loaded = importlib.import_module(module)
    names = getattr(loaded, "__all__", [])
    assert [name for name in names if not hasattr(loaded, name)] == []
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "program",
    [
        "import simnet",
        "import sys; sys.argv = ['simnet', '--help']; from simnet.cli import main; main()",
    ],
    ids=["import simnet", "simnet --help"],
)
def test_start_is_light(program: str) -> None:
    """Importing simnet and asking for help load none of the heavy libraries."""
    command = [sys.executable, "-X", "importtime", "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    loaded = {line.rsplit("|", 1)[-1].strip() for line in run.stderr.splitlines() if "|" in line}
    assert {name for name in loaded if name.split(".")[0] in HEAVY} == set()
