"""The pilot of a granted application, by a link: how it stands, its progress, and changes."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.subsidy_codes import (
    NOTICE_KIND_LABELS,
    PROGRESS_STATE_LABELS,
    NoticeKind,
    ProgressState,
)
from vpt_regio.forms.pilots import NoticeForm, PilotProgressForm
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.pilot_progress import ProgressOfPeriod, latest_progress, list_progress
from vpt_regio.queries.pilot_tasks import tasks_of
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.services.pilot_notices import give_notice
from vpt_regio.services.pilot_progress import record_progress
from vpt_regio.web import applicant_pilots as pages
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.link_holder import LinkVisit, with_link
from vpt_regio.web.pilot_pages import task_rows

bp = Blueprint("applicant_pilots", __name__)

ADDRESS = "/aanvraag/<token>/pilot"
PROOF = "the link itself is the proof"


@bp.get(ADDRESS)
@public(PROOF)
@with_link
def show(visit: LinkVisit) -> ResponseReturnValue:
    pilot = _pilot(visit)
    return render_template(
        "applicant/pilot.html",
        visit=visit,
        pilot=pilot,
        facts=pages.pilot_facts(pilot),
        task_rows=task_rows(tasks_of(pilot, clock.today())),
        instalment_rows=pages.instalment_rows(pilot),
        recovery_rows=pages.recovery_rows(pilot),
        progress_rows=pages.progress_rows(pilot, visit.token),
        notice_rows=pages.notice_rows(pilot),
        may_notify=pages.may_notify(pilot),
        may_write_report=pages.may_write_report(pilot),
        report_words=pages.report_words(pilot),
    )


@bp.get(f"{ADDRESS}/voortgang/<code>")
@public(PROOF)
@with_link
def progress(visit: LinkVisit, code: str) -> ResponseReturnValue:
    pilot, found = _progress(visit, code)
    return _progress_page(visit, pilot, found, _progress_form(found))


@bp.post(f"{ADDRESS}/voortgang/<code>")
@public(PROOF)
@with_link
def save_progress(visit: LinkVisit, code: str) -> ResponseReturnValue:
    pilot, found = _progress(visit, code)
    form = _progress_form(found)
    return handle(
        form,
        lambda: record_progress(
            pilot,
            found.period,
            state=ProgressState(form.state.data),
            result=form.result.data,
            obstacle=form.obstacle.data,
            next_step=form.next_step.data,
            reason=form.reason.data,
            expected_revision=form.seen_revision,
            actor=visit.holder,
        ),
        page=lambda: _progress_page(visit, pilot, found, form),
        success=_here(visit),
        message=_("De voortgang is bewaard."),
    )


@bp.get(f"{ADDRESS}/melding")
@public(PROOF)
@with_link
def notice(visit: LinkVisit) -> ResponseReturnValue:
    return _notice_page(visit, _pilot(visit), _notice_form())


@bp.post(f"{ADDRESS}/melding")
@public(PROOF)
@with_link
def send_notice(visit: LinkVisit) -> ResponseReturnValue:
    pilot, form = _pilot(visit), _notice_form()
    return handle(
        form,
        lambda: give_notice(
            pilot,
            NoticeKind(form.kind.data),
            explanation=form.explanation.data,
            proposed_end_on=form.proposed_end_on.data,
            actor=visit.holder,
        ),
        page=lambda: _notice_page(visit, pilot, form),
        success=_here(visit),
        message=_("Uw melding is verstuurd. U leest het antwoord op deze pagina."),
    )


def _pilot(visit: LinkVisit) -> Pilot:
    """Return the pilot of the own application; not found while there is none."""
    pilot = pilot_of(visit.application)
    if pilot is None:
        abort(404)
    return pilot


def _progress(visit: LinkVisit, code: str) -> tuple[Pilot, ProgressOfPeriod]:
    """Return the pilot, and one of its half-years."""
    pilot = _pilot(visit)
    found = next((one for one in list_progress(pilot) if one.period.code == code), None)
    if found is None:
        abort(404)
    return pilot, found


def _here(visit: LinkVisit) -> str:
    return url_for("applicant_pilots.show", token=visit.token)


def _progress_form(found: ProgressOfPeriod) -> PilotProgressForm:
    latest = found.latest
    names = ("state", "result", "obstacle", "next_step")
    shown = {name: getattr(latest, name) for name in names} if latest else {}
    shown["revision"] = str(latest.revision_no if latest else 0)
    states = [(str(code), label(text)) for code, text in PROGRESS_STATE_LABELS.items()]
    return make_form(PilotProgressForm, choices={"state": states}, data=shown)


def _progress_page(
    visit: LinkVisit, pilot: Pilot, found: ProgressOfPeriod, form: PilotProgressForm
) -> str:
    latest = latest_progress(pilot, found.period)
    # what stands there now is shown beside it: sending again puts the typed text in its place
    form.revision.data = str(latest.revision_no if latest else 0)
    return render_template(
        "applicant/progress.html",
        visit=visit,
        period=found.period,
        form=form,
        latest=latest,
        may_write=pages.may_progress(pilot, found),
    )


def _notice_form() -> NoticeForm:
    kinds = [(str(code), label(text)) for code, text in NOTICE_KIND_LABELS.items()]
    return make_form(NoticeForm, choices={"kind": kinds})


def _notice_page(visit: LinkVisit, pilot: Pilot, form: NoticeForm) -> str:
    return render_template(
        "applicant/notice.html",
        visit=visit,
        pilot=pilot,
        form=form,
        may_notify=pages.may_notify(pilot),
    )
