"""The comparison of a half-year with the last letter, and the explanation of its differences."""

import io
from collections.abc import Callable

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.blueprints.periods import load_period
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.reconciliation import ComparisonRow
from vpt_regio.forms.reconciliation import (
    DIFFERENCES,
    EVERYTHING,
    ComparisonFilterForm,
    ExplanationForm,
)
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries import reconciliation as queries
from vpt_regio.queries.reconciliation import Gap
from vpt_regio.services import reconciliation as services
from vpt_regio.web import reconciliation_pages as pages
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.mime_types import EXCEL, ODS
from vpt_regio.web.session import current_person
from vpt_regio.web.slices import slice_of
from vpt_regio.workbooks.half_year_letter import COMPARISON_WORKBOOK, ComparisonSource

bp = Blueprint("reconciliation", __name__)

ADDRESS = "/halfjaren/<code>/vergelijking"
GAP = f"{ADDRESS}/<region_code>/<key_figure>/uitleg"


def load_gap(code: str, region_code: str, key_figure: str) -> Gap | None:
    period = load_period(code)
    return queries.find_gap(period, region_code, key_figure) if period else None


@bp.get(ADDRESS)
@authorize(Permission.PERIOD_EXPORT, load_period)
def show(period: ReportingPeriod) -> ResponseReturnValue:
    rows = queries.comparison(period)
    form = _filter_form(rows)
    is_valid = form.validate()
    page = slice_of(_chosen(form, rows) if is_valid else rows, number_asked("pagina") or 1)
    may_explain = may(Permission.PERIOD_RECONCILE, period)
    letter = rows[0].letter if rows else ""
    rendered = render_template(
        "reconciliation/show.html",
        period=period,
        form=form,
        letter=letter,
        headers=pages.headers(),
        rows=pages.table_rows(page.items, period.code, may_explain=may_explain),
        numeric=pages.NUMERIC,
        page=page,
        page_url=lambda number: same_page("reconciliation.show", pagina=str(number)),
        waiting=sum(row.is_unexplained for row in rows),
        forms=pages.open_forms(rows, period.code) if may_explain else [],
        explained=sum(row.must_explain and not row.is_unexplained for row in rows),
        figure_label=pages.figure_label,
        sentence=pages.sentence,
    )
    return rendered, 200 if is_valid else 422


# the files tell no more than the page, and nothing is stored
@bp.get(f"{ADDRESS}.xlsx")
@authorize(Permission.PERIOD_EXPORT, load_period)
def as_excel(period: ReportingPeriod) -> ResponseReturnValue:
    # openpyxl takes a second to load, which only who wants a file should wait for
    from vpt_regio.workbooks.write import write

    return _file(period, write, EXCEL, "xlsx")


@bp.get(f"{ADDRESS}.ods")
@authorize(Permission.PERIOD_EXPORT, load_period)
def as_ods(period: ReportingPeriod) -> ResponseReturnValue:
    from vpt_regio.workbooks.ods import write_ods

    return _file(period, write_ods, ODS, "ods")


@bp.get(GAP)
@authorize(Permission.PERIOD_RECONCILE, load_gap)
def explain(gap: Gap) -> ResponseReturnValue:
    return _gap_page(gap, make_form(ExplanationForm, queries.note_of(gap)))


@bp.post(GAP)
@authorize(Permission.PERIOD_RECONCILE, load_gap)
def save_explanation(gap: Gap) -> ResponseReturnValue:
    note = queries.note_of(gap)
    form = make_form(ExplanationForm, note)
    return handle(
        form,
        lambda: services.explain(
            gap.period,
            gap.region,
            gap.key_figure,
            explanation=form.explanation.data,
            actor=current_person(),
            expected_version=form.expected_version if note else None,
        ),
        page=lambda: _gap_page(gap, form),
        success=url_for("reconciliation.show", code=gap.period.code),
        message=_("De uitleg is opgeslagen."),
        obj=note,
    )


def _filter_form(rows: list[ComparisonRow]) -> ComparisonFilterForm:
    form = ComparisonFilterForm(formdata=request.args)
    regions = {row.code: row.region for row in rows}
    form.toon.choices = [(DIFFERENCES, _("Alleen verschillen")), (EVERYTHING, _("Alles"))]
    form.regio.choices = [("", _("Alle regio’s")), *regions.items()]
    return form


def _chosen(form: ComparisonFilterForm, rows: list[ComparisonRow]) -> list[ComparisonRow]:
    shows_all, region = form.toon.data == EVERYTHING, form.regio.data
    return [
        row for row in rows if (shows_all or row.differs) and (not region or row.code == region)
    ]


def _file(
    period: ReportingPeriod, write: Callable[..., None], mimetype: str, ending: str
) -> ResponseReturnValue:
    rows = queries.comparison(period)
    form = _filter_form(rows)
    chosen = _chosen(form, rows) if form.validate() else rows
    source = ComparisonSource(period.name, chosen)
    target = io.BytesIO()
    write(COMPARISON_WORKBOOK, source, target, made_at=clock.now().replace(microsecond=0))
    target.seek(0)
    name = f"vpt-vergelijking-{period.code}.{ending}"
    return send_file(target, mimetype=mimetype, as_attachment=True, download_name=name)


def _gap_page(gap: Gap, form: ExplanationForm) -> str:
    row = queries.row_of(gap)
    return render_template(
        "reconciliation/explain.html",
        gap=gap,
        form=form,
        figure=pages.figure_label(gap),
        sentence=pages.sentence(row) if row and row.must_explain else "",
    )
