"""`vpt annex PERIOD`: the annex to the letter as a file, in Word or PDF by the name of the file."""

import getpass
import os
from pathlib import Path

import click
from flask import current_app

from vpt_regio import clock
from vpt_regio.cli import group
from vpt_regio.domain.half_year_codes import FILE_ENDINGS
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.periods import get_period
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services.annex_files import ANNEX_KINDS, draft_annex, record_annex, write_annex
from vpt_regio.services.audit import operated_by
from vpt_regio.services.snapshot_files import file_of
from vpt_regio.uow import write

OPERATOR = "systeembeheer"
KINDS = {FILE_ENDINGS[kind]: kind for kind in ANNEX_KINDS}


@group.command("annex")
@click.argument("period")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def annex(period: str, output: Path) -> None:
    """Write the annex of PERIOD: the stored file of a frozen half-year, else a draft of today.

    Exits 2 when there is no such period or the file is neither .docx nor .pdf.
    """
    kind = KINDS.get(output.suffix.lower().lstrip("."))
    if kind is None:
        raise click.UsageError("the name of the output has to end in .docx or .pdf")
    found = _period(period)
    snapshot = latest_snapshot(found)
    with operated_by(getpass.getuser()):
        if snapshot is not None:
            content = file_of(snapshot, kind).content
        else:
            programme_id = found.programme_id
            draft = draft_annex(
                found,
                made_at=clock.now().replace(microsecond=0),
                made_by=OPERATOR,
                base_url=current_app.config["VPT_BASE_URL"],
            )
            content, _template = write_annex(draft, kind, programme_id=programme_id)
        _keep(output, content)
        write(lambda: record_annex(found, kind, actor=None))
    click.echo(output)


def _period(code: str) -> ReportingPeriod:
    try:
        found = get_period(get_programme().id, code)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    if found is None:
        raise click.UsageError(f"there is no period {code!r}")
    return found


def _keep(output: Path, content: bytes) -> None:
    """Write beside the target and put it in place when complete, so that no half file is left."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(output)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
