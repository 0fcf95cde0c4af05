"""`simnet sweep FILE --vary PATH=V1,V2`: a product of values under the same orders."""

from __future__ import annotations

from typing import Any

import click

from simnet.cli.options import asking, telling_points, wanted
from simnet.cli.work import read, swept


@click.command("sweep")
@click.argument("file")
@click.option("--vary", multiple=True, metavar="PATH=V1,V2", help="Values of one path; repeatable: the product of all.")
@click.option("--design", metavar="NAME", help="A design of the file, instead of the file itself.")
@asking
@telling_points
def command(file: str, vary: tuple[str, ...], design: str | None, **given: Any) -> None:
    """Run one design of FILE at every point of a product of values, and say which is best.

    Commas part the values, except inside quotes, {} and []. All points meet the same orders; the first is the
    reference. Points that were run before are not run again.
    """
    from simnet.study.axes import parse_vary

    want = wanted(**given)
    axes = parse_vary(vary)
    swept(read(file, want), axes, design, want)
