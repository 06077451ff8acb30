"""Freezing a half-year, its versions with their files, and opening it again."""

import io

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.blueprints.periods import load_period
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.snapshots import NATIONAL, ReopeningForm
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Reopening, Snapshot, SnapshotFile
from vpt_regio.queries import snapshots as queries
from vpt_regio.services.freeze import freeze, freeze_problems
from vpt_regio.services.reopenings import end_reopening, reopen
from vpt_regio.services.snapshot_files import are_being_made, start_files
from vpt_regio.web import snapshot_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import message_of
from vpt_regio.web.mime_types import type_of
from vpt_regio.web.session import current_person

bp = Blueprint("snapshots", __name__, url_prefix="/halfjaren/<code>")


def load_snapshot(code: str, version_no: int) -> Snapshot | None:
    period = load_period(code)
    return queries.get_snapshot(period, version_no) if period else None


def load_file(code: str, version_no: int, file_kind: str) -> SnapshotFile | None:
    snapshot = load_snapshot(code, version_no)
    is_known = file_kind in list(FileKind)
    return queries.find_file(snapshot, FileKind(file_kind)) if snapshot and is_known else None


def load_reopening(code: str, reopening_id: int) -> Reopening | None:
    period = load_period(code)
    return queries.get_reopening(period, reopening_id) if period else None


@bp.get("/vastzetten")
@authorize(Permission.PERIOD_FREEZE, load_period)
def prepare(period: ReportingPeriod) -> ResponseReturnValue:
    return _prepare_page(period, make_form(AppForm, period))


@bp.post("/vastzetten")
@authorize(Permission.PERIOD_FREEZE, load_period)
def take(period: ReportingPeriod) -> ResponseReturnValue:
    form = make_form(AppForm, period)
    return handle(
        form,
        lambda: _freeze(period, form.expected_version),
        page=lambda: _prepare_page(period, form),
        success=_address_of,
        message=_("Het halfjaar is vastgezet. De bestanden worden nu gemaakt."),
        obj=period,
    )


@bp.get("/versies/<int:version_no>")
@authorize(Permission.PERIOD_EXPORT, load_snapshot)
def version(snapshot: Snapshot) -> ResponseReturnValue:
    return _version_page(snapshot, make_form(AppForm))


@bp.post("/versies/<int:version_no>")
@authorize(Permission.PERIOD_EXPORT, load_snapshot)
def make_files(snapshot: Snapshot) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: start_files(snapshot, page=_address_of(snapshot), actor=current_person()),
        page=lambda: _version_page(snapshot, form),
        success=lambda job: url_for("jobs.show", job_id=job.id),
    )


@bp.get("/versies/<int:version_no>/<file_kind>")
@authorize(Permission.PERIOD_EXPORT, load_file)
def download(file: SnapshotFile) -> ResponseReturnValue:
    return send_file(
        io.BytesIO(file.content),
        mimetype=type_of(file.file_name),
        as_attachment=True,
        download_name=file.file_name,
    )


@bp.get("/heropenen", endpoint="reopen")
@authorize(Permission.PERIOD_REOPEN, load_period)
def reopen_form(period: ReportingPeriod) -> ResponseReturnValue:
    return _reopen_page(period, _reopening_form(period))


@bp.post("/heropenen")
@authorize(Permission.PERIOD_REOPEN, load_period)
def decide_reopening(period: ReportingPeriod) -> ResponseReturnValue:
    form = _reopening_form(period)
    return handle(
        form,
        lambda: _reopen(period, form),
        page=lambda: _reopen_page(period, form),
        success=url_for("periods.show", code=period.code),
        message=_("De heropening is vastgelegd."),
    )


@bp.post("/heropeningen/<int:reopening_id>/beeindigen")
@authorize(Permission.PERIOD_REOPEN, load_reopening)
def end(reopening: Reopening) -> ResponseReturnValue:
    period = reopening.period
    form = make_form(AppForm)
    return handle(
        form,
        lambda: end_reopening(reopening, actor=current_person()),
        page=lambda: _reopen_page(period, _reopening_form(period), messages=form),
        success=url_for("periods.show", code=period.code),
        message=_("De heropening is beëindigd."),
    )


def _freeze(period: ReportingPeriod, expected_version: int | None) -> Snapshot:
    person = current_person()
    snapshot = freeze(period, actor=person, expected_version=expected_version)
    start_files(snapshot, page=_address_of(snapshot), actor=person)
    return snapshot


def _reopen(period: ReportingPeriod, form: ReopeningForm) -> Reopening:
    chosen = form.region.data
    regions = {one.region.code: one.region for one in queries.list_deliveries(period)}
    return reopen(
        period,
        region=None if chosen == NATIONAL else regions[chosen],
        reason=form.reason.data,
        expires_on=form.expires_on.data,
        actor=current_person(),
    )


def _address_of(snapshot: Snapshot) -> str:
    return url_for("snapshots.version", code=snapshot.period.code, version_no=snapshot.version_no)


def _reopening_form(period: ReportingPeriod) -> ReopeningForm:
    form = make_form(ReopeningForm)
    form.region.choices = [
        ("", _("Kies een regio")),
        *((one.region.code, one.region.name) for one in queries.list_deliveries(period)),
        (NATIONAL, _("Wat bij geen regio hoort: subsidies, cijfers en toezeggingen")),
    ]
    return form


def _prepare_page(period: ReportingPeriod, form: AppForm) -> str:
    live = queries.live_reopenings(period, on=clock.today())
    return render_template(
        "snapshots/prepare.html",
        period=period,
        form=form,
        latest=queries.latest_snapshot(period),
        problems=[message_of(problem) for problem in freeze_problems(period)],
        deliveries=pages.delivery_rows(period),
        differences=pages.difference_rows(period),
        reopenings=[pages.reopening_row(one, is_live=True) for one in live],
    )


def _version_page(snapshot: Snapshot, form: AppForm) -> str:
    files, is_missing = pages.file_rows(snapshot)
    return render_template(
        "snapshots/version.html",
        snapshot=snapshot,
        period=snapshot.period,
        form=form,
        files=files,
        is_missing=is_missing,
        are_being_made=are_being_made(snapshot),
        errata=pages.errata_of(snapshot),
        reopenings=[
            pages.reopening_row(one, is_live=False)
            for one in queries.list_reopenings(snapshot.period)
            if one.snapshot_id == snapshot.id
        ],
        versions=queries.list_snapshots(snapshot.period),
    )


def _reopen_page(
    period: ReportingPeriod, form: ReopeningForm, messages: AppForm | None = None
) -> str:
    return render_template(
        "snapshots/reopen.html",
        period=period,
        form=form,
        messages=messages,
        latest=queries.latest_snapshot(period),
        reopenings=_reopenings(period),
    )


def _reopenings(period: ReportingPeriod) -> list[tuple[Reopening, list[object], bool]]:
    today = clock.today()
    found = queries.list_reopenings(period)
    lived = [(one, queries.is_live(one, on=today)) for one in found]
    return [(one, pages.reopening_row(one, is_live=live), live) for one, live in lived]
