"""Whose process this is: our own, which ends with its study, or that of somebody who goes on."""

from __future__ import annotations


class Process:
    """What is known of this process."""

    ends = False
    """It is the command line's and ends with what it was asked."""


process = Process()
