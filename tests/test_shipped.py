"""The scenarios that `simnet demo` and `simnet new` start from are found."""

from __future__ import annotations

import pytest

from simnet.shipped import shipped


@pytest.mark.parametrize("name", ["minimal.yaml", "demo/demo.yaml"])
def test_a_shipped_scenario_is_found(name: str) -> None:
    """A shipped file has a path wherever simnet runs from."""
    assert shipped(name).is_file()


def test_an_unknown_one_is_an_error() -> None:
    """A name that is not shipped is a FileNotFoundError that says so."""
    with pytest.raises(FileNotFoundError, match="not part of this installation"):
        shipped("nowhere.yaml")
