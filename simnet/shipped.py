"""Where the shipped scenarios are: in the package when it was installed, in the repository in a clone."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped"]

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The shipped scenario file or folder `name`, such as `demo/demo.yaml`.

    Raises `FileNotFoundError` if the installation lacks it.
    """
    for folder in (_PACKAGE.parent / "scenarios", _PACKAGE / "data" / "scenarios"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"the scenario {name} is not part of this installation of simnet")
