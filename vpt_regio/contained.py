"""Run the opening of an uploaded file in a process of its own, with little of everything.

Whatever a file does to the program that opens it, it ends there: a process that takes too much
memory, time or files is stopped, and who asked for it goes on.
"""

from __future__ import annotations

import io
import multiprocessing
import multiprocessing.connection
import os
import resource
import traceback
from collections.abc import Callable
from multiprocessing import forkserver, popen_forkserver, reduction, spawn, util
from multiprocessing.connection import Connection
from multiprocessing.context import set_spawning_popen
from pathlib import Path
from typing import Any, Final

import structlog

log = structlog.get_logger()

MEMORY: Final = 512 * 1024 * 1024  # bytes above what the process begins with
CPU_SECONDS: Final = 10
WALL_SECONDS: Final = 20
OPEN_FILES: Final = 32

# the server imports once what every process needs
_PRELOADED: Final = [
    "vpt_regio.workbooks.taken",
    "vpt_regio.documents.letter_taken",
    "vpt_regio.documents.template_taken",
]
_context: Final = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_PRELOADED)


class _Launched(popen_forkserver.Popen):
    """A process that does not run the script again by which this program was started.

    The library does that for tasks of the script itself; ours are all of a module, and a script
    may not be there any more, or do something.
    """

    def _launch(self, process_obj: Any) -> None:
        prepared = spawn.get_preparation_data(process_obj.name)
        prepared.pop("init_main_from_path", None)
        prepared.pop("init_main_from_name", None)
        message = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(prepared, message)
            reduction.dump(process_obj, message)
        finally:
            set_spawning_popen(None)
        self.sentinel, target = forkserver.connect_to_new_process(self._fds)  # type: ignore[attr-defined]
        alive = os.dup(target)
        closing = util.close_fds  # type: ignore[attr-defined]
        self.finalizer = util.Finalize(self, closing, (alive, self.sentinel))
        with open(target, "wb", closefd=True) as file:  # noqa: PTH123  # a number, not a path
            file.write(message.getbuffer())
        self.pid = forkserver.read_signed(self.sentinel)


class _Process(_context.Process):  # type: ignore[name-defined,misc]  # an attribute to the hints
    _Popen = staticmethod(_Launched)


class StoppedError(Exception):
    """The process took too much, or broke, and gave no answer."""


def warm_up() -> None:
    """Import what every process needs now, and not while the first person waits for a file."""
    forkserver.ensure_running()


def run(
    task: Callable[..., Any],
    *args: Any,
    wall_seconds: float = WALL_SECONDS,
    cpu_seconds: int = CPU_SECONDS,
) -> Any:
    """Return what ``task(*args)`` returns in a limited process; both must be of a module.

    Raises StoppedError when the process is stopped or the task raises.
    """
    ours, theirs = _context.Pipe(duplex=False)
    process = _Process(target=_work, args=(theirs, cpu_seconds, task, args))
    try:
        process.start()
        theirs.close()
        return _answer(ours, process.sentinel, wall_seconds)
    finally:
        _end(process)
        theirs.close()
        ours.close()


def _end(process: Any) -> None:
    """Leave nothing of a process behind, whether it began, ended or hangs."""
    if process.pid is None:
        return
    if process.is_alive():
        process.kill()
    process.join()
    process.close()


def _answer(ours: Connection, sentinel: int, wall_seconds: float) -> Any:
    ready = multiprocessing.connection.wait([ours, sentinel], wall_seconds)
    if not ready:
        log.warning("contained_stopped", reason="wall clock")
        raise StoppedError("the process took too long")
    try:
        is_done, result = ours.recv()
    except EOFError as error:
        log.warning("contained_stopped", reason="ended without an answer")
        raise StoppedError("the process was stopped") from error
    if not is_done:
        log.warning("contained_stopped", reason=result)
        raise StoppedError(result)
    return result


def _work(
    theirs: Connection, cpu_seconds: int, task: Callable[..., Any], args: tuple[Any, ...]
) -> None:
    """Do the task within limits; runs in the process of its own."""
    _be_silent()
    _limit(cpu_seconds)
    try:
        answer = (True, task(*args))
    except Exception as error:  # whatever a hostile file brings about ends here, under one name
        answer = (False, _fault(error))
    theirs.send(answer)
    theirs.close()


def _fault(error: Exception) -> str:
    """Name an error and where it was raised, not what it says: that may quote the file."""
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{type(error).__name__} in {frame.f_code.co_filename}, line {line}"


def _be_silent() -> None:
    """Say nothing: where the output is a file, the limits would make a word an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit(cpu_seconds: int) -> None:
    memory = _present_memory() + MEMORY
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))


def _present_memory() -> int:
    """The address space that the process has now, in bytes; 0 where that cannot be asked."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return MEMORY  # no such file outside Linux: what the libraries take by themselves
    return pages * resource.getpagesize()
