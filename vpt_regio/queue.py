"""The queue (Huey): in an SQLite file, or in the database itself when that is PostgreSQL.

With VPT_JOBS = "immediate" (tests) a task runs at once, in the same process.
"""

from collections.abc import Callable

from flask import Flask, current_app
from huey.api import Huey, PostgresHuey, SqliteHuey

QUEUE_NAME = "vpt"


def init_app(app: Flask, *, run_job: Callable[[int], None], deliver: Callable[[], object]) -> None:
    """Make the queue of an application; the functions are what its two tasks do."""
    queue = _make_queue(app)
    app.extensions["vpt_queue"] = queue
    app.extensions["vpt_tasks"] = {
        "run_job": queue.task(name="run_job")(_in_app(app, run_job)),
        "deliver": queue.task(name="deliver", retries=3, retry_delay=60)(_in_app(app, deliver)),
    }


def wake_job(job_id: int) -> None:
    """Let a worker run a job; call it after the commit that made its row."""
    current_app.extensions["vpt_tasks"]["run_job"](job_id)


def wake_outbox() -> None:
    """Let a worker send what waits in the outbox; call it after the commit."""
    current_app.extensions["vpt_tasks"]["deliver"]()


def queue_of(app: Flask) -> Huey:
    """Return the queue of an application, for the worker."""
    queue: Huey = app.extensions["vpt_queue"]
    return queue


def _make_queue(app: Flask) -> Huey:
    immediate = app.config.get("VPT_JOBS") == "immediate"
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    if address.startswith("postgresql") and not immediate:
        return PostgresHuey(QUEUE_NAME, dsn=address.replace("+psycopg", ""))
    file = app.config["VPT_DATA_DIR"] / "queue.db"
    return SqliteHuey(QUEUE_NAME, filename=str(file), immediate=immediate)


def _in_app(app: Flask, task: Callable[..., object]) -> Callable[..., None]:
    def run(*arguments: int) -> None:
        with app.app_context():
            task(*arguments)

    return run
