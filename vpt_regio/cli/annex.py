"""`vpt annex PERIOD`: the annex to the letter as a file, in Word or PDF by the name of the file."""

import getpass
from pathlib import Path

import click
from flask import current_app

from vpt_regio import clock
from vpt_regio.cli import group
from vpt_regio.cli.common import OPERATOR, period_of, whole_file
from vpt_regio.domain.half_year_codes import FILE_ENDINGS
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services.annex_files import ANNEX_KINDS, draft_annex, record_annex, write_annex
from vpt_regio.services.audit import operated_by
from vpt_regio.services.snapshot_files import file_of
from vpt_regio.uow import write

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
    found = period_of(period)
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
        with whole_file(output) as file:
            file.write(content)
        write(lambda: record_annex(found, kind, actor=None))
    click.echo(output)
