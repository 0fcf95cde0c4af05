"""A place of its own for each test that runs the program."""

from tests.cli.conftest import place

__all__ = ["place"]
