"""The pictures of the docs, drawn from shipped scenarios: `python -m tools.docs pictures`."""

from __future__ import annotations

import re
from pathlib import Path

from tools.docs.regions import ROOT

FOLDER = ROOT / "docs" / "pictures"
WORDS = re.compile(r"<text[^>]*>([^<]*)</text>")


def draw(folder: Path) -> list[Path]:
    """Draw all pictures into a folder: the map of the demo's network, of two replications."""
    import simnet

    result = simnet.load(ROOT / "scenarios" / "demo" / "demo.yaml").run(replications=2, folder=None)
    folder.mkdir(exist_ok=True)
    return [simnet.save(result.plot.map(), folder / "map.svg", size="page")]


def words(picture: Path) -> list[str]:
    """What is written in a picture: the same everywhere, while bytes follow the fonts of the machine."""
    return WORDS.findall(picture.read_text("utf-8"))
