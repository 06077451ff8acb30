"""`vpt worker`: run what waits in the queue."""

import logging

import click
from flask import current_app

from vpt_regio import contained
from vpt_regio.cli import group
from vpt_regio.jobs.runner import take_over
from vpt_regio.queue import queue_of, wake_outbox


@group.command("worker")
@click.option("--workers", default=1, show_default=True, help="Jobs at the same time.")
def worker(workers: int) -> None:
    """Run jobs and send messages until stopped; start one, with --workers for more at a time."""
    logging.basicConfig(level=logging.INFO)
    take_over()
    wake_outbox()
    contained.warm_up()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    queue_of(app).create_consumer(workers=workers, check_worker_health=True).run()
