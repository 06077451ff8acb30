"""The one write door: the only place that commits.

Parsing, hashing, rendering and files happen outside it. On entry the read transaction of the
request ends, so that everything is read again under the write lock.
"""

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, UniqueConstraint
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from vpt_regio.database import writing
from vpt_regio.domain.text import N_
from vpt_regio.errors import Conflict, DomainError, DuplicateValue, Invalid, Unavailable
from vpt_regio.extensions import db

Result = TypeVar("Result")

log = structlog.get_logger()

ATTEMPTS = 3

# constraint name → form field and message; any other constraint is a fault of ours
CONSTRAINT_FIELDS: dict[str, tuple[str, str]] = {
    "uq_person_email": ("email", N_("Dit e-mailadres is al in gebruik.")),
    "uq_region_programme_id_code": ("code", N_("Deze code is al in gebruik.")),
    "uq_covenant_programme_id_number": ("number", N_("Dit nummer is al in gebruik.")),
    "uq_figure_set_programme_id_code": ("code", N_("Deze code is al in gebruik.")),
    "uq_reporting_period_programme_id_code": ("code", N_("Deze code is al in gebruik.")),
    "uq_hours_entry_appointment_id_iso_year_iso_week": (
        "week",
        N_("Voor deze week zijn al uren geboekt. Wijzig de bestaande regel."),
    ),
    "uq_decision_replaces_id": (
        "note",
        N_("Dit besluit is intussen al door een ander besluit vervangen. Bekijk dat besluit."),
    ),
    "uq_indicator_national": ("name", N_("Er is al een indicator met deze naam.")),
    "uq_indicator_region_id_name": ("name", N_("Er is al een indicator met deze naam.")),
    "uq_organisation_programme_id_name": (
        "name",
        N_("Er is al een organisatie met deze naam."),
    ),
}


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Open the write transaction, commit at the end, roll back on any error.

    Raises DuplicateValue or Invalid for a broken constraint, Conflict for a stale version, and
    Unavailable when the database cannot be reached.
    """
    if writing.get():
        raise RuntimeError("a unit of work cannot open another one")
    session = db.session()
    session.rollback()
    session.info["on_commit"] = {}
    token = writing.set(True)
    try:
        with _turn(db.engine):
            yield session
            session.commit()
    except StaleDataError as error:
        session.rollback()
        raise _changed_meanwhile() from error
    except IntegrityError as error:
        session.rollback()
        if "append-only" in str(error.orig):
            raise
        raise _broken_constraint(error) from error
    except OperationalError as error:
        session.rollback()
        raise _unreachable() from error
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.reset(token)
    for callback in session.info.pop("on_commit", {}):
        _call(callback)


def on_commit(callback: Callable[[], Any]) -> None:
    """Do something once after the commit of this unit of work, such as waking a worker."""
    db.session().info["on_commit"][callback] = None


def _call(callback: Callable[[], Any]) -> None:
    # what was asked for is stored already: a worker that cannot be woken now finds it later
    try:
        callback()
    except Exception as error:
        log.exception("after_commit_failed", exc_info=error)


def write(work: Callable[[], Result]) -> Result:
    """Run the work in a unit of work and return its result.

    A lost connection is tried again: safe, because a failed attempt stored nothing and a form
    carries an idempotency key.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with unit_of_work():
                return work()
        except Unavailable:
            if attempt == ATTEMPTS:
                raise
            db.engine.dispose()
    raise AssertionError("unreachable")


def write_beside(work: Callable[[Connection], object]) -> None:
    """Run the work in a write transaction of its own, on a connection of its own.

    What this thread reads meanwhile stays as it is: for what is shown of work in hand, such as
    progress, never for records. Raises RuntimeError inside a unit of work, which holds the door.
    """
    if writing.get():
        raise RuntimeError("a unit of work cannot write beside itself")
    token = writing.set(True)
    try:
        with _turn(db.engine), db.engine.begin() as connection:
            work(connection)
    finally:
        writing.reset(token)


def is_connection_lost(error: DBAPIError) -> bool:
    """Return whether the database went away, as opposed to refusing the statement."""
    return error.connection_invalidated or isinstance(error, OperationalError)


@contextmanager
def _flock(path: str) -> Iterator[None]:
    with open(path, "a") as file:  # noqa: PTH123 - a descriptor to lock, not a path to read
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _turn(engine: Engine) -> Any:
    """Queue fairly for SQLite's single writer; PostgreSQL needs no queue."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file == ":memory:":
        return nullcontext()
    return _flock(f"{file}.lock")


def _changed_meanwhile() -> Conflict:
    return Conflict(
        N_("Iemand anders heeft dit intussen gewijzigd. Bekijk de nieuwe gegevens en kies opnieuw.")
    )


def _unreachable() -> Unavailable:
    return Unavailable(
        N_("De gegevens zijn nu niet bereikbaar. Er is niets opgeslagen. Probeer het zo opnieuw.")
    )


def _broken_constraint(error: IntegrityError) -> DomainError:
    """Turn the name of a broken constraint into a message at its field."""
    text = str(error.orig)
    for name, (field, message) in CONSTRAINT_FIELDS.items():
        if name in text or _sqlite_columns(name) in text:
            return DuplicateValue(message, field=field)
    if "unique" in text.lower():
        return DuplicateValue(N_("Dit bestaat al. Bekijk de nieuwe gegevens en kies opnieuw."))
    return Invalid(
        N_("Deze gegevens passen niet bij elkaar (regel %(rule)s). Er is niets opgeslagen."),
        params={"rule": _constraint_name(text)},
    )


def _sqlite_columns(name: str) -> str:
    """Return how SQLite names a broken UNIQUE: by its columns, not by its constraint."""
    index = db.metadata.info.setdefault("unique_columns", {})
    if not index:
        for table in db.metadata.tables.values():
            for constraint in table.constraints:
                if isinstance(constraint, UniqueConstraint):
                    columns = (f"{table.name}.{column.name}" for column in constraint.columns)
                    index[str(constraint.name)] = ", ".join(columns)
    return str(index.get(name, name))


def _constraint_name(text: str) -> str:
    found = re.search(r"\b((?:ck|fk|uq)_\w+)", text)
    return found.group(1) if found else "?"
