"""`simnet`: finds the verb, runs it, and turns every end into an exit code.

0 ok, 1 an expectation failed, 2 a wrong command line or file, 3 a mistake of ours. Verbs are imported when
they are asked for, so that `simnet --help` stays quick.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from simnet.cli.apology import apologize, complain
from simnet.cli.suggest import mended
from simnet.errors import SimnetError, did_you_mean

VERBS = {
    "demo": "See it work: two designs of a small network, compared in seconds.",
    "new": "Start a network of your own: a folder that runs at once.",
    "import": "Read an order history, and make a folder of it that runs.",
    "convert": "Turn a scenario of YAML into one workbook, or back.",
    "show": "Say what was understood of a scenario, defaults included.",
    "run": "Run one design and say how it does.",
    "compare": "Run designs under the same orders and say what differs.",
    "sweep": "Vary values, run every combination and say which is best.",
    "diff": "Say what changed in between two scenarios, and what out.",
    "test": "Hold scenarios to what they promise in `expect:`.",
    "explain": "Explain a key of the language, a figure, or why a line was missed.",
    "schema": "Print the JSON Schema of the language, for editors.",
}
"""Each is a file here, with a `command`."""
FILES = {"import": "import_orders"}
"""Of a verb that cannot name its file: a word of Python's."""
WRITERS = frozenset(("new", "import", "convert", "schema"))
"""Verbs that run nothing: an error of theirs says that nothing was written."""

FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))
INTERRUPTED, CUT_OFF = 130, 141
"""The shell's codes for Ctrl-C, and for a reader such as `head` that went away."""

ABOUT = """Simulate service-parts networks: which design keeps machines running, and what does it cost?

Start with `simnet demo`, then `simnet new my-network`.
"""


class Program(click.Group):
    """The verbs by name, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order in which one meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a verb."""
        if name not in VERBS:
            return None
        command: click.Command = import_module(f"simnet.cli.{FILES.get(name, name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; a word near a verb is answered with it."""
        word = args[0] if args else ""
        if args and word not in VERBS and not word.startswith("-"):
            hint = did_you_mean(word, VERBS) or "simnet --help lists the verbs"
            ctx.fail(f"There is no verb '{word[:60]}'; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, without loading them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a command line and leave with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        if sys.stderr is None:
            sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for as long as the program runs
        if sys.stdout is None:
            click.echo("error: standard output is closed: there is nowhere to print the answer", err=True)
            sys.exit(SimnetError.exit_code)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal without the letter ± still gets its table
        sys.exit(self.ended(words, extra))

    def ended(self, words: list[str], extra: dict[str, Any]) -> int:
        """The exit code of a command line; nothing gets past it."""
        extra |= {"standalone_mode": False, "prog_name": "simnet"}
        try:
            found = super().main(words, **extra)
            sys.stdout.flush()
            return found if isinstance(found, int) else 0
        except click.ClickException as error:
            told = mended(error) if isinstance(error, click.NoSuchOption) else error
            told.show()
            return error.exit_code
        except SimnetError as error:
            if words and words[0] in WRITERS and error.closing == SimnetError.closing:
                error.closing = "Nothing was written."
            complain(error)
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("\nStopped.", err=True)
            return INTERRUPTED
        except OSError as error:
            if error.errno == errno.EPIPE:
                return cut_off()
            if error.errno in FULL and error.filename is None:
                click.echo(f"error: standard output cannot be written: {error.strerror}", err=True)
                cut_off()
                return SimnetError.exit_code
            return apologize(error, "--debug" in words)
        except Exception as error:
            return apologize(error, "--debug" in words)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; a pipe that was closed is told apart before click would call it a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return cut_off()


def cut_off() -> int:
    """Leave quietly: whoever read our output has had enough."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())  # or the interpreter complains while it closes stdout
    return CUT_OFF


def version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and leave."""
    if wanted and not ctx.resilient_parsing:
        from simnet.provenance import simnet_version

        click.echo(f"simnet {simnet_version()}")
        ctx.exit()


@click.command(cls=Program, help=ABOUT, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=version, help="Say which version.")
def main() -> None:
    """The program itself has nothing to do: verbs have."""
