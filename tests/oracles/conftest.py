"""The summary: which cases ran, how far they were off, and which were skipped and why."""

from __future__ import annotations

from typing import Any

import pytest

KEY = "oracle"


def records(reporter: pytest.TerminalReporter) -> list[dict[str, Any]]:
    """What the tests of this folder wrote down, also on workers."""
    found = []
    for outcome in ("passed", "failed", "skipped"):
        for report in reporter.getreports(outcome):
            found += [value for name, value in report.user_properties if name == KEY]
    return sorted(found, key=lambda each: (each["engine"], each["id"]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line a case and clock."""
    found = records(terminalreporter)
    if not found:
        return
    write = terminalreporter.write_line
    terminalreporter.section("oracles")
    for each in (each for each in found if "skipped" not in each):
        own, worst = each["own"], each["worst"]
        said = f"|z| {own['z']:4.2f} of {each['measure']}" if own else f"{each['measure']} is not compared"
        rest = f", worst of {each['count']}: {worst['z']:4.2f} {worst['measure']}" if each["count"] > 1 else ""
        left = f"; not tallied: {', '.join(each['missing'])}" if each["missing"] else ""
        left += f"; too rare in this run: {', '.join(each['rare'])}" if each.get("rare") else ""
        write(f"{each['id']} {each['system']} [{each['engine']}, {each['orders']:.2g} orders] {said}{rest}{left}")
    for each in (each for each in found if "skipped" in each):
        write(f"{each['id']} {each['system']} SKIPPED: {each['skipped']}")
    compared = sum(each.get("count", 0) for each in found)
    from tests.oracles.verdict import ALSO_BOUND, OWN_BOUND, false_alarm

    own = sum(1 for each in found if each.get("own"))
    chance = own * false_alarm(OWN_BOUND) + (compared - own) * false_alarm(ALSO_BOUND)
    write(f"{compared} comparisons; chance of a false alarm at most {chance:.1g}")
