"""What the commands share: who and what is named on the command line, and files written whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from vpt_regio.errors import DomainError, SeveralErrors
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.periods import get_period
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.sign_in import find_person

OPERATOR = "systeembeheer"
"""Who made a file that nobody with an account asked for."""


def the_programme() -> Programme:
    """Return the programme; raises UsageError while there is none."""
    try:
        return get_programme()
    except LookupError as error:
        raise click.UsageError(str(error)) from error


def messages_of(error: DomainError) -> list[str]:
    """Return everything that an error says, a line each."""
    return [str(part) for part in (error.errors if isinstance(error, SeveralErrors) else [error])]


def period_of(code: str) -> ReportingPeriod:
    """Return a half-year by its code, or raise UsageError."""
    found = get_period(the_programme().id, code)
    if found is None:
        raise click.UsageError(f"there is no period {code!r}")
    return found


def person_of(email: str) -> Person:
    """Return the person with an open account on whose behalf a command works."""
    found = find_person(email)
    if found is None or not found.is_active:
        raise click.BadParameter(f"there is no person {email!r}", param_hint="--as")
    return found


@contextmanager
def whole_file(output: Path) -> Iterator[BinaryIO]:
    """Write beside the target and put it in place when complete, so that no half file is left."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(output)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
