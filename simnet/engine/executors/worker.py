"""A worker process: reads calls from its standard input, writes answers to its standard output, until either ends.

It is a fresh interpreter, neither forked nor started through the main script: threads in the driver do not matter,
scripts need no `if __name__ == "__main__"`, and a driver that is killed takes its workers along.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

LENGTH = struct.Struct("<Q")
READY = b"ready"


def send(pipe: IO[bytes], message: bytes) -> None:
    """One message, its length first."""
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """One message; EOFError where the other side is gone."""
    size = pipe.read(LENGTH.size)
    if len(size) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(size)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


def answer(message: bytes) -> bytes:
    """Do one call; (True, result) or (False, error) as bytes."""
    try:
        function, arguments = pickle.loads(message)
        return pickle.dumps((True, function(*arguments)), protocol=5)
    except Exception as error:  # a task may fail in any way: the error is the answer
        try:
            return pickle.dumps((False, error), protocol=5)
        except Exception:  # it holds something that does not travel
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")), protocol=5)


def listen(pipe: IO[bytes], calls: SimpleQueue[bytes]) -> None:
    """Take in calls; end the process at once when the driver is gone, whatever it is doing."""
    try:
        while True:
            calls.put(receive(pipe))
    except (EOFError, OSError):
        os._exit(0)


def private(number: int, mode: str, stand_in: int) -> Any:
    """A standard stream for ourselves alone: what the work reads or prints goes elsewhere."""
    pipe = os.fdopen(os.dup(number), mode)
    os.dup2(stand_in, number)
    return pipe


def main() -> None:
    """Serve until the driver goes."""
    asked = private(0, "rb", os.open(os.devnull, os.O_RDONLY))
    answers = private(1, "wb", 2)
    sys.stdout = sys.stderr
    calls: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=listen, args=(asked, calls), daemon=True).start()
    send(answers, READY)
    while True:
        send(answers, answer(calls.get()))
