"""What `expect:` holds a scenario to: figures and their limits in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simnet.scenario.limits import parse_limit
from simnet.scenario.nodes import Node, Problems
from simnet.scenario.scenario import Expectation


def read_expectations(tree: Node, currency: str, problems: Problems) -> tuple[Expectation, ...]:
    """The expectations of a scenario, each with the line it stands on."""
    node = tree.get("expect")
    if node is None:
        return ()
    if node.kind != "map":
        problems.add(node.mark, f"must be a map of figures and limits, not {node.describe()}", path=("expect",))
        return ()
    found = []
    for kpi, key, value in _limits(node):
        try:
            limit = parse_limit(value.text if value.kind == "text" else value.value, currency)
            found.append(Expectation(kpi, limit, key.mark.source.name, key.mark.line, key.mark, value.mark))
        except ValueError as error:
            problems.add(value.mark, str(error), path=("expect", kpi))
    return tuple(found)


def own_expectations(here: Iterable[Expectation], base: Node, currency: str) -> tuple[Expectation, ...]:
    """What a design says itself: what the file expects holds for the file as it stands, not for its designs."""
    inherited = set(read_expectations(base, currency, Problems()))
    return tuple(each for each in here if each not in inherited)


def _limits(node: Node, above: str = "") -> Iterator[tuple[str, Node, Node]]:
    """Each figure's name, key and limit; nested maps spell the name out step by step."""
    for name, (key, value) in node.entries.items():
        kpi = f"{above}.{name}" if above else name
        if value.kind == "map" and value.entries:
            yield from _limits(value, kpi)
        else:
            yield kpi, key, value
