"""The README's figures, written from the stored results of the benchmarks; never by hand.

python -m benchmarks.speed > benchmarks/results/speed.json     (likewise growth, exact, start, order_flow)
python -m benchmarks.figures
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
START, END = "<!-- figures: python -m benchmarks.figures -->", "<!-- end of figures -->"


def results(name: str) -> dict[str, Any]:
    """The stored result of one benchmark."""
    found: dict[str, Any] = json.loads((HERE / "results" / f"{name}.json").read_text())
    return found


def figures() -> str:
    """The block of the README between the two marks."""
    speed, growth, exact, start, flow = (results(name) for name in ("speed", "growth", "exact", "start", "order_flow"))
    lines, ratio = speed["lines_per_cpu_second"], speed["ratio_to_hand_written_simpy"]
    last = growth["rows"][-1]
    cpu, kept = start["cpu_seconds"], flow["ratio_to_plain"]
    table = [
        "| On the reference workload (21 sites, ten years) | demand lines a CPU second | against SimPy by hand |",
        "|---|---:|---:|",
        *(f"| {name} | {lines[name]:,} | {ratio[name]:,.1f} |" for name in lines),
    ]
    checks = [
        f"{row['exact']:.4f} exact, {row['simulated']:.4f} ± {row['half_width']:.4f} simulated" for row in exact["rows"]
    ]
    return "\n".join(
        [
            *table,
            "",
            f"{last['parts']:,} parts ({last['lines'] / 1e6:.0f} million demand lines, four times as many events) take "
            f"{last['run_s']:.0f} CPU seconds and {last['memory_over_base_mb']} MB. Fill of the dealers: {checks[0]}; "
            f"with scarcer stock {checks[1]}. With order classes by rank, lists of sources and reserves the compiled "
            f"clock keeps {kept['and sources']:.0%} of its speed; with hours, cut-offs and departures too, "
            f"{kept['and hours']:.0%}. `simnet --help` takes {cpu['simnet --help']:.2f} s; the first compiled "
            f"run on a machine {cpu['run, compiled clock, cold']:.0f} s, later ones "
            f"{cpu['run, compiled clock, warm']:.1f} s. Python {speed['on']['python']}, {speed['on']['machine']}; "
            "machines differ and this one was shared: trust the ratios.",
        ]
    )


def written(readme: str) -> str:
    """The README with its figures renewed."""
    block = f"{START}\n{figures()}\n{END}"
    return re.sub(f"{re.escape(START)}.*{re.escape(END)}", lambda _: block, readme, flags=re.S)


if __name__ == "__main__":
    README.write_text(written(README.read_text()))
