"""Half-years: the list, the board of one, its days and deadlines, and its steps."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.enums import RAG_LABELS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.rules.periods import ODDITY_MESSAGES
from vpt_regio.domain.workflows.periods import PERIOD
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.periods import DeadlinesForm, PeriodForm
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries import periods as queries
from vpt_regio.queries.history import list_history
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import periods, transitions
from vpt_regio.web.annex_pages import rows_of_own_regions
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.period_letters import letters_of_period
from vpt_regio.web.period_steps import step_rows
from vpt_regio.web.session import current_person
from vpt_regio.web.snapshot_pages import versions_of

bp = Blueprint("periods", __name__)


def load_period(code: str) -> ReportingPeriod | None:
    return queries.get_period(get_programme().id, code)


@bp.get("/halfjaren")
@authorize(Permission.PERIOD_VIEW)
def index() -> ResponseReturnValue:
    return render_template(
        "periods/index.html",
        periods=queries.list_periods(get_programme().id),
        deadline=DeadlineKind.REPORTS_SUBMITTED,
    )


@bp.get("/halfjaren/nieuw")
@authorize(Permission.PERIOD_MANAGE)
def new() -> ResponseReturnValue:
    return _new_page(make_form(PeriodForm))


@bp.post("/halfjaren/nieuw")
@authorize(Permission.PERIOD_MANAGE)
def create() -> ResponseReturnValue:
    form = make_form(PeriodForm)
    return handle(
        form,
        lambda: periods.create_period(get_programme(), actor=current_person(), **_values(form)),
        page=lambda: _new_page(form),
        success=_to_board,
        message=_("Het halfjaar is aangemaakt."),
    )


@bp.get("/halfjaren/<code>")
@authorize(Permission.PERIOD_VIEW, load_period)
def show(period: ReportingPeriod) -> ResponseReturnValue:
    return board_page(period, make_form(AppForm, period))


@bp.get("/halfjaren/<code>/bewerken")
@authorize(Permission.PERIOD_MANAGE, load_period)
def edit(period: ReportingPeriod) -> ResponseReturnValue:
    return _edit_page(period, make_form(PeriodForm, period))


@bp.post("/halfjaren/<code>/bewerken")
@authorize(Permission.PERIOD_MANAGE, load_period)
def save(period: ReportingPeriod) -> ResponseReturnValue:
    form = make_form(PeriodForm, period)
    return handle(
        form,
        lambda: periods.edit_period(
            period, actor=current_person(), expected_version=form.expected_version, **_values(form)
        ),
        page=lambda: _edit_page(period, form),
        success=_to_board,
        message=_("Het halfjaar is gewijzigd."),
        obj=period,
    )


@bp.get("/halfjaren/<code>/termijnen")
@authorize(Permission.PERIOD_MANAGE, load_period)
def deadlines(period: ReportingPeriod) -> ResponseReturnValue:
    return _deadlines_page(period, _deadlines_form(period))


@bp.post("/halfjaren/<code>/termijnen")
@authorize(Permission.PERIOD_MANAGE, load_period)
def save_deadlines(period: ReportingPeriod) -> ResponseReturnValue:
    form = _deadlines_form(period)
    return handle(
        form,
        lambda: periods.edit_deadlines(
            period,
            {kind: form[kind].data for kind in form.KINDS if form[kind].data is not None},
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _deadlines_page(period, form),
        success=_to_board,
        message=_("De termijnen zijn gewijzigd."),
        obj=period,
    )


@bp.post("/halfjaren/<code>/openen", endpoint="open")
@authorize(Permission.PERIOD_MANAGE, load_period)
def open_it(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, periods.open_period, _("Het halfjaar is open."))


@bp.post("/halfjaren/<code>/uitvraag")
@authorize(Permission.PERIOD_MANAGE, load_period)
def collect(period: ReportingPeriod) -> ResponseReturnValue:
    address = url_for("periods.show", code=period.code, _external=True)

    def start(subject: ReportingPeriod, **who: Any) -> None:
        count = periods.start_collecting(subject, address=address, **who)
        flash(_("Aantal uitnodigingen aan projectleiders: %(count)s.", count=count))

    return _step(period, start, _("De uitvraag is gestart."))


@bp.post("/halfjaren/<code>/brief")
@authorize(Permission.PERIOD_MANAGE, load_period)
def send(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, periods.send_letter, _("De verzending van de brief is vastgelegd."))


@bp.post("/halfjaren/<code>/afsluiten")
@authorize(Permission.PERIOD_MANAGE, load_period)
def close(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, periods.close_period, _("Het halfjaar is afgesloten."))


def _step(period: ReportingPeriod, work: Callable[..., None], message: str) -> ResponseReturnValue:
    form = make_form(AppForm, period)
    return handle(
        form,
        lambda: work(period, actor=current_person(), expected_version=form.expected_version),
        page=lambda: board_page(period, form),
        success=url_for("periods.show", code=period.code),
        message=message,
        obj=period,
    )


def _values(form: PeriodForm) -> dict[str, Any]:
    return {field.short_name: field.data for field in form.content_fields()}


def _to_board(period: ReportingPeriod) -> str:
    return url_for("periods.show", code=period.code)


def _deadlines_form(period: ReportingPeriod) -> DeadlinesForm:
    form = make_form(
        DeadlinesForm, data={str(deadline.kind): deadline.due_on for deadline in period.deadlines}
    )
    form.version.data = form.version.data or str(period.version)
    return form


def _new_page(form: PeriodForm) -> str:
    return render_template("periods/new.html", form=form)


def _edit_page(period: ReportingPeriod, form: PeriodForm) -> str:
    return render_template("periods/edit.html", period=period, form=form)


def _deadlines_page(period: ReportingPeriod, form: DeadlinesForm) -> str:
    return render_template("periods/deadlines.html", period=period, form=form)


def board_page(period: ReportingPeriod, form: AppForm) -> str:
    """Return the board of a period; `form` carries the messages of its buttons."""
    warnings = [
        label(ODDITY_MESSAGES[found.kind], code=found.code, days=found.days)
        for found in queries.find_oddities(period)
    ]
    board = queries.board(period, current_person())
    return render_template(
        "periods/show.html",
        period=period,
        form=form,
        board=board,
        deadlines=step_rows(period, board),
        warnings=warnings,
        rag_labels=RAG_LABELS,
        about_letter=letters_of_period(period),
        annex_rows=rows_of_own_regions(period),
        steps=transitions.available(period, workflow=PERIOD, actor=current_person()),
        entries=in_words(list_history(period)),
        versions=versions_of(period),
    )
