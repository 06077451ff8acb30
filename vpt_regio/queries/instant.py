"""One instant: every query of a file or a check sees the same state of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from vpt_regio.database import writing
from vpt_regio.extensions import db


@contextmanager
def one_instant() -> Iterator[Session]:
    """Open a read transaction that sees nothing of what others commit meanwhile.

    The read transaction before it ends here, so that records are read again. Raises RuntimeError
    inside a unit of work, which would lose what it has not committed.
    """
    if writing.get():
        raise RuntimeError("a unit of work cannot be read as of one instant")
    session = db.session()
    session.rollback()
    # SQLite keeps to one state by itself; PostgreSQL would show each query a newer one
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ"} if is_postgresql else {}
    session.connection(execution_options=options)
    try:
        yield session
    finally:
        session.rollback()
