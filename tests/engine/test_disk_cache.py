"""The compiled rules on disk are those of today's rules, or none."""

from __future__ import annotations

import ast
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

import simnet
from simnet.engine import binding, compiled_clock, native
from simnet.engine.binding import MACHINE
from simnet.engine.simulate import choose
from simnet.errors import SimnetError
from tests.worlds import ONE, PART, network

PACKAGE = Path(simnet.__file__).parent
ALL = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
OWN = {path.relative_to(PACKAGE).as_posix() for name in MACHINE for path in (PACKAGE / "engine").glob(f"{name}.py")}
BESIDE = {"streams.py", "integers.py", "ledger/tally.py", "network/rows.py"}
FILES = sorted(OWN | BESIDE)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, of which `fingerprint` speaks."""
    copy = tmp_path / "simnet"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.csv"))
    monkeypatch.setattr(binding, "__file__", str(copy / "engine" / "binding.py"))
    return copy


def test_a_copy_has_the_same_fingerprint(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fingerprint is of what the files say, not of where they are."""
    there = binding.fingerprint()
    monkeypatch.undo()
    assert there == binding.fingerprint()


@pytest.mark.parametrize("name", FILES)
def test_a_changed_rule_has_another_fingerprint(copied: Path, name: str) -> None:
    """A change in any file that the machine code is made from makes another cache folder."""
    before = binding.fingerprint()
    path = copied / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert binding.fingerprint() != before


def test_other_files_keep_what_was_compiled(copied: Path) -> None:
    """A change in what the machine code is not made from compiles nothing again."""
    before = binding.fingerprint()
    for name in set(ALL) - set(FILES):
        (copied / name).write_text("", "utf-8")
    assert binding.fingerprint() == before


def modules_of(name: str) -> Iterator[str]:
    """The files of simnet that a file imports, from whole modules or from packages."""
    for node in ast.walk(ast.parse((PACKAGE / name).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("simnet."):
            own = str(node.module).split(".")[1:]
            for path in ("/".join(own), *("/".join([*own, each.name]) for each in node.names)):
                if f"{path}.py" in ALL:
                    yield f"{path}.py"


def test_no_rule_reads_another_file() -> None:
    """Whatever a file of the machine code imports is a file of it, but for the one that says where it is kept."""
    kept = "engine/compiled_clock.py"
    assert kept in modules_of("engine/native.py")
    reached = {each for name in FILES for each in modules_of(name)}
    assert reached - {kept} <= set(FILES)


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has not yet looked for its cache."""
    compiled_clock.cache_folder.cache_clear()
    monkeypatch.setattr(compiled_clock, "fingerprint", lambda: "0" * 16)
    yield  # type: ignore[misc]
    compiled_clock.cache_folder.cache_clear()


def test_the_folder_is_named_by_the_rules(cold: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`SIMNET_CACHE` says where; the fingerprint and Numba's flags are in the name; a fresh folder is not warm."""
    monkeypatch.setenv("SIMNET_CACHE", str(tmp_path))
    monkeypatch.delenv("NUMBA_OPT", raising=False)
    assert compiled_clock.cache_folder() == tmp_path / f"rules-{'0' * 16}"
    assert not compiled_clock.is_warm()
    compiled_clock.cache_folder.cache_clear()
    monkeypatch.setenv("NUMBA_OPT", "1")
    assert compiled_clock.cache_folder().name.endswith("-1")


def test_a_folder_that_cannot_be_made(cold: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept, the process compiles for itself in a folder of its own."""
    (tmp_path / "file").write_text("not a folder", "utf-8")
    monkeypatch.setenv("SIMNET_CACHE", str(tmp_path / "file"))
    folder = compiled_clock.cache_folder()
    assert folder.is_dir()
    assert tmp_path not in folder.parents
    folder.rmdir()


def test_without_a_compiler_simpy_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Numba is switched off the other clock answers: its integers are the same. By name it is refused."""
    of = network(ONE + PART + "stocking: {default: {policy: none}}")
    assert choose("compiled", 1, of) == "compiled"
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert choose("simpy", 1, of) == choose("auto", 10**9, of) == "simpy"
    with pytest.raises(SimnetError, match="switched off by NUMBA_DISABLE_JIT"):
        choose("compiled", 1, of)


def test_workers_that_begin_together_bind_the_rules_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes first makes them, and the others wait for what it makes."""
    calls: list[int] = []

    @cache
    def made() -> object:
        calls.append(1)
        time.sleep(0.05)
        return object()

    monkeypatch.setattr(native, "made", made)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: native.compiled(), range(4)))
    assert len(calls) == 1 and len(set(map(id, found))) == 1
