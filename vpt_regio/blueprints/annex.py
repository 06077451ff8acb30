"""The annex of a half-year: how its texts stand, what it will say, and the files."""

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.blueprints.periods import load_period
from vpt_regio.documents.annex_table import CAPTION, HEADERS
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import Invalid
from vpt_regio.forms.annex import DepartmentForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.annex_texts import list_texts
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services.annex_files import ANNEX_KINDS, draft_annex, frozen_annex, start_annex
from vpt_regio.services.annex_texts import add_department, start_texts
from vpt_regio.web import annex_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("annex", __name__)

ADDRESS = "/halfjaren/<code>/bijlage"
ON_SCREEN = "scherm"


@bp.get(ADDRESS)
@authorize(Permission.ANNEX_VIEW, load_period)
def index(period: ReportingPeriod) -> ResponseReturnValue:
    return _page(period, make_form(AppForm))


@bp.post(f"{ADDRESS}/teksten")
@authorize(Permission.ANNEX_WRITE, load_period)
def start(period: ReportingPeriod) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: start_texts(period, actor=current_person()),
        page=lambda: _page(period, form),
        success=url_for("annex.index", code=period.code),
        message=_("De teksten staan klaar."),
    )


@bp.post(f"{ADDRESS}/bestand")
@authorize(Permission.ANNEX_VIEW, load_period)
def make(period: ReportingPeriod) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: start_annex(period, kind=_kind_asked(), actor=current_person()),
        page=lambda: _page(period, form),
        success=lambda job: url_for("jobs.show", job_id=job.id),
    )


@bp.get(f"{ADDRESS}/voorbeeld")
@authorize(Permission.ANNEX_VIEW, load_period)
def preview(period: ReportingPeriod) -> ResponseReturnValue:
    snapshot = latest_snapshot(period)
    content = frozen_annex(snapshot) if snapshot else None
    if content is None:
        content = draft_annex(
            period,
            made_at=clock.now().replace(microsecond=0),
            made_by=ON_SCREEN,
            base_url=current_app.config["VPT_BASE_URL"],
        )
    return render_template(
        "annex/preview.html",
        period=period,
        content=content,
        pilots=pages.pilot_rows(content.pilots),
        pilots_caption=CAPTION,
        pilots_headers=HEADERS,
    )


@bp.get(f"{ADDRESS}/ministeries/nieuw")
@authorize(Permission.ANNEX_WRITE, load_period)
def new_department(period: ReportingPeriod) -> ResponseReturnValue:
    return _department_page(period, make_form(DepartmentForm))


@bp.post(f"{ADDRESS}/ministeries/nieuw")
@authorize(Permission.ANNEX_WRITE, load_period)
def create_department(period: ReportingPeriod) -> ResponseReturnValue:
    form = make_form(DepartmentForm)
    return handle(
        form,
        lambda: add_department(period, name=form.name.data, actor=current_person()),
        page=lambda: _department_page(period, form),
        success=url_for("annex.index", code=period.code),
        message=_("Het ministerie is toegevoegd."),
    )


def _kind_asked() -> FileKind:
    try:
        return FileKind(request.form.get("soort", ""))
    except ValueError as error:
        raise Invalid(N_("Kies Word of PDF.")) from error


def _page(period: ReportingPeriod, form: AppForm) -> str:
    texts = list_texts(period)
    return render_template(
        "annex/index.html",
        period=period,
        form=form,
        rows=pages.text_rows(texts),
        waiting=[one for one in texts if one.region is not None and not one.is_signed_off],
        name_of=pages.name_of,
        kinds=ANNEX_KINDS,
        snapshot=latest_snapshot(period),
        is_settled=period.status in SETTLED_PERIODS,
    )


def _department_page(period: ReportingPeriod, form: DepartmentForm) -> str:
    return render_template("annex/department.html", period=period, form=form, text=None)
