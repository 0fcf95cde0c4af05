"""A network of one's own: made, shown, compared, never over something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simnet.cli.schema import HEADER
from tests.cli.commands import simnet


def test_new_then_show_then_compare(place: Path) -> None:
    """The new folder can be shown and compared at once."""
    made = simnet("new", "my-network")
    assert made.exit_code == 0
    assert "simnet show my-network/my-network.yaml" in made.stdout
    files = {path.name for path in (place / "my-network").iterdir()}
    assert files == {"my-network.yaml", "parts.csv", "dealers.csv", "orders.csv", ".simnet"}
    shown = simnet("show", "my-network/my-network.yaml")
    assert shown.exit_code == 0 and "replay" in shown.stdout
    compared = simnet("compare", "my-network/my-network.yaml", "--replications", "2")
    assert compared.exit_code == 0
    assert "from-gent" in compared.stdout and "more-stock" in compared.stdout


def test_an_editor_finds_the_schema(place: Path) -> None:
    """The first line names a schema that is there."""
    simnet("new", "x")
    assert (place / "x" / "x.yaml").read_text().splitlines()[0] == HEADER
    schema = json.loads((place / "x" / ".simnet" / "scenario.schema.json").read_text())
    assert "warehouses" in schema["properties"]


@pytest.mark.parametrize("there", ["folder", "file", "link"])
def test_nothing_is_overwritten(place: Path, there: str) -> None:
    """Whatever has the name already is left as it was."""
    target = place / "taken"
    if there == "folder":
        target.mkdir()
    elif there == "file":
        target.write_text("mine")
    else:
        target.symlink_to(place / "nowhere")
    done = simnet("new", "taken")
    assert done.exit_code == 2
    assert "is not touched" in done.stderr
    assert sorted(path.name for path in place.iterdir()) == ["taken", "tiny.yaml"]


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a:b", "a\nb", "<b>", "x" * 200, "-rf"])
def test_odd_names_are_refused(place: Path, name: str) -> None:
    """A name that is no plain word for a folder makes nothing."""
    done = simnet("new", "--", name)
    assert done.exit_code == 2
    assert [path.name for path in place.iterdir()] == ["tiny.yaml"]


@pytest.mark.parametrize("name", ["null", "1e3", "no", "my network", "Ö1", "deep/in/here"])
def test_plain_names_run(place: Path, name: str) -> None:
    """Names that YAML might take for something else stay names."""
    assert simnet("new", name).exit_code == 0
    last = Path(name).name
    shown = simnet("show", f"{name}/{last}.yaml")
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout.startswith(last)


def test_schema_is_json(place: Path) -> None:
    """`simnet schema` prints it, `--write` puts it where editors look."""
    printed = simnet("schema")
    assert json.loads(printed.stdout)["title"] == "simnet scenario"
    done = simnet("schema", "--write")
    assert done.exit_code == 0 and HEADER in done.stdout
    assert (place / ".simnet" / "scenario.schema.json").read_text() == printed.stdout
