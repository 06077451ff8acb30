"""How a pilot goes: its progress by half-year, and what changes in it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import (
    NOTICE_KIND_LABELS,
    PROGRESS_STATE_LABELS,
    NoticeKind,
    PilotStatus,
    ProgressState,
)
from vpt_regio.forms.pilots import AnswerForm, NoticeForm, PilotProgressForm
from vpt_regio.models.pilot_reports import ChangeNotice
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries import pilot_progress as queries
from vpt_regio.queries.pilots import get_notice, get_pilot, list_notices
from vpt_regio.queries.settlements import get_granted
from vpt_regio.services.pilot_notices import answer_notice, give_notice
from vpt_regio.services.pilot_progress import REPORTABLE, record_progress
from vpt_regio.web import pilot_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("pilot_progress", __name__, url_prefix="/pilots/<int:pilot_id>")


def load_pilot(pilot_id: int) -> Pilot | None:
    return get_pilot(pilot_id)


def load_granted(pilot_id: int) -> Pilot | None:
    """Return a pilot with a grant: others have nobody to tell what changes."""
    return get_granted(pilot_id)


def load_place(pilot_id: int, period_id: int) -> queries.PilotInPeriod | None:
    return queries.find_place(pilot_id, period_id)


def load_notice(pilot_id: int, notice_id: int) -> ChangeNotice | None:
    return get_notice(pilot_id, notice_id)


@bp.get("/voortgang")
@authorize(Permission.PILOT_VIEW_DETAILS, load_pilot)
def index(pilot: Pilot) -> ResponseReturnValue:
    return render_template(
        "pilots/progress.html",
        pilot=pilot,
        tabs=pages.tab_items(pilot, "voortgang"),
        halves=[
            {
                "period": one.period,
                "facts": pages.progress_facts(one.latest) if one.latest else [],
                "earlier": pages.earlier_rows(one.earlier),
                "is_open": one.is_open and pilot.status in REPORTABLE,
            }
            for one in queries.list_progress(pilot)
        ],
    )


@bp.get("/voortgang/<int:period_id>")
@authorize(Permission.PILOT_REPORT, load_place)
def edit(place: queries.PilotInPeriod) -> ResponseReturnValue:
    return _edit_page(place, _progress_form(place))


@bp.post("/voortgang/<int:period_id>")
@authorize(Permission.PILOT_REPORT, load_place)
def save(place: queries.PilotInPeriod) -> ResponseReturnValue:
    form = _progress_form(place)
    return handle(
        form,
        lambda: record_progress(
            place.pilot,
            place.period,
            state=ProgressState(form.state.data),
            result=form.result.data,
            obstacle=form.obstacle.data,
            next_step=form.next_step.data,
            reason=form.reason.data,
            expected_revision=form.seen_revision,
            actor=current_person(),
        ),
        page=lambda: _edit_page(place, form),
        success=url_for("pilot_progress.index", pilot_id=place.pilot.id),
        message=_("De voortgang is vastgelegd."),
    )


@bp.get("/meldingen")
@authorize(Permission.PILOT_VIEW_DETAILS, load_granted)
def notices(pilot: Pilot) -> ResponseReturnValue:
    return render_template(
        "pilots/notices.html",
        pilot=pilot,
        tabs=pages.tab_items(pilot, "meldingen"),
        rows=pages.notice_rows(list_notices(pilot)),
        is_open=pilot.status is PilotStatus.AWARDED,
    )


@bp.get("/meldingen/nieuw")
@authorize(Permission.PILOT_REPORT, load_granted)
def new_notice(pilot: Pilot) -> ResponseReturnValue:
    return _notice_form_page(pilot, _notice_form())


@bp.post("/meldingen/nieuw")
@authorize(Permission.PILOT_REPORT, load_granted)
def give(pilot: Pilot) -> ResponseReturnValue:
    form = _notice_form()
    return handle(
        form,
        lambda: give_notice(
            pilot,
            NoticeKind(form.kind.data),
            explanation=form.explanation.data,
            proposed_end_on=form.proposed_end_on.data,
            actor=current_person(),
        ),
        page=lambda: _notice_form_page(pilot, form),
        success=url_for("pilot_progress.notices", pilot_id=pilot.id),
        message=_("De melding is vastgelegd."),
    )


@bp.get("/meldingen/<int:notice_id>")
@authorize(Permission.PILOT_VIEW_DETAILS, load_notice)
def notice(found: ChangeNotice) -> ResponseReturnValue:
    return _notice_page(found, make_form(AnswerForm, data={"version": str(found.version)}))


@bp.post("/meldingen/<int:notice_id>")
@authorize(Permission.PILOT_MANAGE, load_notice)
def answer(found: ChangeNotice) -> ResponseReturnValue:
    form = make_form(AnswerForm)
    return handle(
        form,
        lambda: answer_notice(
            found,
            answer=form.answer.data,
            is_agreed=form.is_agreed.data == "ja",
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _notice_page(found, form),
        success=url_for("pilot_progress.notices", pilot_id=found.pilot_id),
        message=_("Het antwoord is vastgelegd."),
    )


def _progress_form(place: queries.PilotInPeriod) -> PilotProgressForm:
    states = [(str(code), label(text)) for code, text in PROGRESS_STATE_LABELS.items()]
    latest = queries.latest_progress(place.pilot, place.period)
    shown = {"revision": str(latest.revision_no if latest else 0), "reason": ""}
    return make_form(PilotProgressForm, latest, choices={"state": states}, data=shown)


def _edit_page(place: queries.PilotInPeriod, form: PilotProgressForm) -> str:
    return render_template(
        "pilots/progress_edit.html",
        pilot=place.pilot,
        period=place.period,
        form=form,
        latest=queries.latest_progress(place.pilot, place.period),
        is_open=place.is_open and place.pilot.status in REPORTABLE,
    )


def _notice_form() -> NoticeForm:
    kinds = [(str(code), label(text)) for code, text in NOTICE_KIND_LABELS.items()]
    return make_form(NoticeForm, choices={"kind": kinds})


def _notice_form_page(pilot: Pilot, form: NoticeForm) -> str:
    return render_template(
        "pilots/notice_new.html",
        pilot=pilot,
        form=form,
        is_open=pilot.status is PilotStatus.AWARDED,
        is_past=pilot.status_on(clock.today()) is PilotStatus.FINISHED,
    )


def _notice_page(found: ChangeNotice, form: AnswerForm) -> str:
    return render_template(
        "pilots/notice.html",
        pilot=found.pilot,
        notice=found,
        form=form,
        kind=label(NOTICE_KIND_LABELS[found.kind]),
        standing=pages.notice_cell(found),
    )
