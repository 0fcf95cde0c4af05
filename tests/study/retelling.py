"""Stories of worlds written by hand: a scenario, lines as they are asked, and what is told of them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from simnet.engine.tracer import trace
from simnet.network.build import build
from simnet.study.life import Life
from simnet.study.origin import Origin, of_file
from simnet.study.retold import Retold
from simnet.study.story import LineStory
from tests.semantics.flowing import NONE, PART, SITES
from tests.worlds import HEAD, Asked, tape


def origin_of(text: str, head: str = HEAD, **files: str) -> Origin:
    """The scenario of a text, as it would be run."""
    with tempfile.TemporaryDirectory() as folder:
        for name, table in files.items():
            (Path(folder) / f"{name}.csv").write_text(table, "utf-8")
        path = Path(folder) / "tiny.yaml"
        path.write_text(head + text, "utf-8")
        return of_file(path, None)


def retold(text: str, lines: list[Asked], head: str = HEAD, seed: int = 1, **files: str) -> Retold:
    """A world that is run with its first part traced."""
    origin = origin_of(text, head, **files)
    network = build(origin.scenario)
    asked = tape(network, lines)
    return Retold(origin, 0, network, asked, trace(network, asked, 0, seed=seed, replication=0))


def chain(
    lines: list[Asked], *, ask: str = "", vor: str = "backorder: dealer", more: str = "", gent_is: str = "",
    lyon_is: str = "", rule: str = "", head: str = HEAD, **stock: int,
) -> Retold:  # fmt: skip
    """Three warehouses and three dealers with base stocks, in which `vor` asks as said."""
    said = ", ".join(f"{site}: {{up_to: {level}{rule if level else ''}}}" for site, level in (NONE | stock).items())
    classes = f"order_classes: {{vor: {{ask: [{ask}], lead_time: 6 h, {vor}}}{more}}}\n"
    stocking = f"stocking: {{default: {{policy: base-stock, up_to: 0}}, sites: {{{said}}}}}\n"
    return retold(SITES % (gent_is, "", lyon_is) + classes + PART + stocking, lines, head)


def whats(found: Retold, number: int = 1) -> list[str]:
    """The kinds of events of a line's story, in order."""
    return [told.event.what for told in LineStory(found, number).told() if told.event is not None]


def text_of(found: Retold, number: int = 1) -> str:
    """A line's story as one text."""
    return " ".join(told.text for told in LineStory(found, number).told())


def whole(found: Retold) -> str:
    """All that happened, as one text."""
    return " ".join(told.text for told in Life(found).told())
