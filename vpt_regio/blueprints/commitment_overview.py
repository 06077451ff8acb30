"""The overview of commitments to download: as a workbook, or each half of it as text."""

import io
from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.queries.commitments import list_commitments
from vpt_regio.queries.programmes import get_programme
from vpt_regio.web.authorize import authorize
from vpt_regio.web.mime_types import CSV, EXCEL, ODS
from vpt_regio.workbooks.commitments import OVERVIEW, Overview, Part, as_csv

bp = Blueprint("commitment_overview", __name__)


# the files tell no more than the pages of the list, and nothing is stored
@bp.get("/toezeggingen/overzicht.xlsx")
@authorize(Permission.COMMITMENT_VIEW)
def as_excel() -> ResponseReturnValue:
    # openpyxl takes a second to load, which only who wants a file should wait for
    from vpt_regio.workbooks.write import write

    return _workbook(write, EXCEL, "xlsx")


@bp.get("/toezeggingen/overzicht.ods")
@authorize(Permission.COMMITMENT_VIEW)
def as_ods() -> ResponseReturnValue:
    from vpt_regio.workbooks.ods import write_ods

    return _workbook(write_ods, ODS, "ods")


@bp.get("/toezeggingen/in-behandeling.csv")
@authorize(Permission.COMMITMENT_VIEW)
def running() -> ResponseReturnValue:
    return _text(Part.RUNNING)


@bp.get("/toezeggingen/afgerond.csv")
@authorize(Permission.COMMITMENT_VIEW)
def done() -> ResponseReturnValue:
    return _text(Part.DONE)


def _workbook(write: Callable[..., None], mimetype: str, ending: str) -> ResponseReturnValue:
    overview, made_at = _overview()
    target = io.BytesIO()
    write(OVERVIEW, overview, target, made_at=made_at)
    target.seek(0)
    name = f"toezeggingen-{overview.on:%Y-%m-%d}.{ending}"
    return send_file(target, mimetype=mimetype, as_attachment=True, download_name=name)


def _text(part: Part) -> ResponseReturnValue:
    overview, _made_at = _overview()
    name = f"toezeggingen-{part}-{overview.on:%Y-%m-%d}.csv"
    content = io.BytesIO(as_csv(overview, part))
    return send_file(content, mimetype=CSV, as_attachment=True, download_name=name)


def _overview() -> tuple[Overview, datetime]:
    programme, today = get_programme(), clock.today()
    found = tuple(list_commitments(programme.id, on=today))
    return Overview(programme.name, today, found), clock.now().replace(microsecond=0)
