"""Replications that were run before: any result beside the one that is asked for may hold them.

Replication k of a design is the same whatever else was asked with it, so it is taken from disk wherever the same
scenario, files, code and seed left it, untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.provenance import file_hash, question_hash
from simnet.study import saved
from simnet.study.folder import SUMMARY

if TYPE_CHECKING:
    from simnet.scenario import Scenario

COUNTING = ("replications", "precision", "most_replications", "engine", "seed")
"""What `run:` says of how often and by what is run; the seed is asked for by itself."""
TALKING = ("name", "about", "expect")


@dataclass(frozen=True)
class Before:
    """The first replications of one design that a folder holds, unbroken."""

    tallies: tuple[tuple[Path, str], ...] = ()
    """Files and their hashes."""

    def runs(self, wanted: range, lines: bool, unpacked: Callable[[bytes], Any]) -> list[Any]:
        """Those of `wanted` that are there, from its first one on; a damaged file ends them."""
        found: list[Any] = []
        for path, code in self.tallies[wanted.start : wanted.stop]:
            try:
                run = unpacked(path.read_bytes()) if file_hash(path) == code else None
            except (OSError, ValueError, KeyError, AttributeError, EOFError):
                run = None
            if run is None or (lines and not len(run.lines)):
                break
            found.append(run)
        return found


def design_hash(scenario: Scenario, seed: int) -> str:
    """A hash of what decides the replications of one design, each by itself."""
    written = {key: value for key, value in scenario.content().items() if key not in TALKING}
    run = written.get("run")
    if isinstance(run, dict):
        written["run"] = {key: value for key, value in run.items() if key not in COUNTING}
    return question_hash(written, (), seed=seed)


def before(folder: Path | None, codes: Sequence[str]) -> list[Before]:
    """What the results in `folder` hold of designs, by their hashes: of each the longest there is."""
    found = {code: Before() for code in codes}
    summaries = sorted(folder.glob(f"*/{SUMMARY}")) if folder is not None and codes else []
    for path in summaries:
        for code, kept in kept_in(path.parent, saved.read_summary(path.parent)):
            if code in found and len(kept.tallies) > len(found[code].tallies):
                found[code] = kept
    return [found[code] for code in codes]


def kept_in(folder: Path, summary: dict[str, Any]) -> list[tuple[str, Before]]:
    """The designs of one result by their hashes, with the replications that it lists."""
    codes, files = summary.get("codes"), summary.get("files")
    if not isinstance(codes, list) or not isinstance(files, dict):
        return []
    made = []
    for number, code in enumerate(codes):
        names: list[str] = []
        while found := {f"tally-{number}-{len(names)}.bin", f"sums-{number}-{len(names)}.bin"} & files.keys():
            names.append(min(found))
        made.append((str(code), Before(tuple((folder / name, str(files[name])) for name in names))))
    return made
