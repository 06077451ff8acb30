"""Pilots: the list, the page of one, its outcome and its end."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import PILOT_OUTCOME_LABELS, PilotOutcome, PilotStatus
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.pilots import OutcomeForm, PilotFilterForm, PilotForm
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Programme
from vpt_regio.queries import pilot_lists as lists
from vpt_regio.queries.history import list_history
from vpt_regio.queries.organisations import list_organisations
from vpt_regio.queries.pilot_tasks import tasks_of
from vpt_regio.queries.pilots import decisions_about, get_pilot
from vpt_regio.queries.programmes import get_programme, list_measures
from vpt_regio.queries.regions import list_regions
from vpt_regio.services.pilot_contents import PilotData
from vpt_regio.services.pilots import (
    close_pilot,
    edit_pilot,
    end_pilot,
    record_outcome,
    start_without_grant,
)
from vpt_regio.services.transitions import blockers
from vpt_regio.web import pilot_pages as pages
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label, message_of
from vpt_regio.web.session import current_person

bp = Blueprint("pilots", __name__, url_prefix="/pilots")

ADDRESS = "/<int:pilot_id>"


def load_pilot(pilot_id: int) -> Pilot | None:
    return get_pilot(pilot_id)


@bp.get("")
@authorize(Permission.PILOT_VIEW)
def index() -> ResponseReturnValue:
    programme = get_programme()
    regions = lists.regions_with_pilots(programme)
    form = _filter_form(programme, [(one.code, one.name) for one in regions])
    is_valid = form.validate()
    wanted = form.data if is_valid else {}
    choice = lists.PilotChoice(
        day=clock.today(),
        round_id=wanted.get("ronde"),
        region_id=next((one.id for one in regions if one.code == wanted.get("regio")), None),
        status=PilotStatus(wanted["status"]) if wanted.get("status") else None,
        outcome=PilotOutcome(wanted["uitkomst"]) if wanted.get("uitkomst") else None,
    )
    page = lists.page_of_pilots(programme, choice, page=number_asked("pagina") or 1)
    rendered = render_template(
        "pilots/index.html",
        form=form,
        rows=[pages.list_row(pilot) for pilot in page.items],
        totals=pages.totals_words(lists.totals_of_pilots(programme, choice)),
        page=page,
        page_url=lambda number: same_page("pilots.index", pagina=str(number)),
    )
    return rendered, 200 if is_valid else 422


@bp.get("/nieuw")
@authorize(Permission.PILOT_MANAGE)
def new() -> ResponseReturnValue:
    return _edit_page(None, _pilot_form(None))


@bp.post("/nieuw")
@authorize(Permission.PILOT_MANAGE)
def create() -> ResponseReturnValue:
    form = _pilot_form(None)
    return handle(
        form,
        lambda: start_without_grant(get_programme(), _data(form), actor=current_person()),
        page=lambda: _edit_page(None, form),
        success=pages.address_of,
        message=_("De pilot is vastgelegd."),
    )


@bp.get(ADDRESS)
@authorize(Permission.PILOT_VIEW, load_pilot)
def show(pilot: Pilot) -> ResponseReturnValue:
    return _show_page(pilot, make_form(AppForm, pilot))


@bp.get(f"{ADDRESS}/wijzigen")
@authorize(Permission.PILOT_MANAGE, load_pilot)
def edit(pilot: Pilot) -> ResponseReturnValue:
    return _edit_page(pilot, _pilot_form(pilot))


@bp.post(f"{ADDRESS}/wijzigen")
@authorize(Permission.PILOT_MANAGE, load_pilot)
def save(pilot: Pilot) -> ResponseReturnValue:
    form = _pilot_form(pilot)
    return handle(
        form,
        lambda: edit_pilot(
            pilot, _data(form), actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _edit_page(pilot, form),
        success=pages.address_of(pilot),
        message=_("De pilot is gewijzigd."),
        obj=pilot,
    )


@bp.get(f"{ADDRESS}/uitkomst")
@authorize(Permission.PILOT_MANAGE, load_pilot)
def outcome(pilot: Pilot) -> ResponseReturnValue:
    return _outcome_page(pilot, _outcome_form(pilot))


@bp.post(f"{ADDRESS}/uitkomst")
@authorize(Permission.PILOT_MANAGE, load_pilot)
def keep_outcome(pilot: Pilot) -> ResponseReturnValue:
    form = _outcome_form(pilot)
    return handle(
        form,
        lambda: record_outcome(
            pilot,
            PilotOutcome(form.outcome.data),
            reason=form.outcome_reason.data,
            source=form.outcome_source.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _outcome_page(pilot, form),
        success=pages.address_of(pilot),
        message=_("De uitkomst is vastgelegd."),
        obj=pilot,
    )


@bp.post(f"{ADDRESS}/afsluiten")
@authorize(Permission.PILOT_MANAGE, load_pilot)
def close(pilot: Pilot) -> ResponseReturnValue:
    form = make_form(AppForm, pilot)
    return handle(
        form,
        lambda: close_pilot(pilot, actor=current_person(), expected_version=form.expected_version),
        page=lambda: _show_page(pilot, form),
        success=pages.address_of(pilot),
        message=_("De pilot is afgesloten."),
        obj=pilot,
    )


@bp.post(f"{ADDRESS}/beeindigen")
@authorize(Permission.PILOT_MANAGE, load_pilot)
def end(pilot: Pilot) -> ResponseReturnValue:
    form = make_form(AppForm, pilot)
    return handle(
        form,
        lambda: end_pilot(pilot, actor=current_person(), expected_version=form.expected_version),
        page=lambda: _show_page(pilot, form),
        success=pages.address_of(pilot),
        message=_("De pilot is beëindigd."),
        obj=pilot,
    )


def _show_page(pilot: Pilot, form: AppForm) -> str:
    sees_details = may(Permission.PILOT_VIEW_DETAILS, pilot)
    person = current_person()
    decisions = [one for one in decisions_about(pilot) if policies.can_see(person, one)]
    report = pilot.final_report
    return render_template(
        "pilots/show.html",
        pilot=pilot,
        form=form,
        tabs=pages.tab_items(pilot, "overzicht"),
        status=pages.status_cell(pilot),
        facts=pages.public_facts(pilot),
        outcome=pages.outcome_facts(pilot),
        sees_details=sees_details,
        arrangement=pages.arrangement_words(pilot),
        tasks=pages.task_rows(tasks_of(pilot, clock.today())) if sees_details else [],
        decisions=pages.decision_rows(decisions) if sees_details else [],
        entries=_history(pilot, report) if sees_details else [],
        step=_last_step(pilot),
    )


def _history(pilot: Pilot, report: Any) -> list[Any]:
    return in_words(list_history(*([pilot, report] if report else [pilot])))


def _last_step(pilot: Pilot) -> dict[str, Any] | None:
    """Return how a pilot can be closed or ended, and what that still waits for."""
    if not may(Permission.PILOT_MANAGE, pilot):
        return None
    steps = {
        PilotStatus.SETTLED: ("close", "pilots.close", _("Pilot afsluiten")),
        PilotStatus.REVOKED: ("close", "pilots.close", _("Pilot afsluiten")),
        PilotStatus.WITHOUT_GRANT: ("end", "pilots.end", _("Pilot beëindigen")),
    }
    if pilot.status not in steps:
        return None
    code, endpoint, text = steps[pilot.status]
    problems = blockers(pilot, code, workflow=PILOT, actor=current_person())
    return {
        "text": text,
        "url": url_for(endpoint, pilot_id=pilot.id),
        "problems": [message_of(problem) for problem in problems],
    }


def _filter_form(programme: Programme, regions: list[tuple[str, str]]) -> PilotFilterForm:
    form = PilotFilterForm(formdata=request.args)
    rounds = [(one.id, one.name) for one in lists.rounds_with_pilots(programme)]
    statuses = [(str(code), label(text)) for code, text in PILOT.labels().items()]
    outcomes = [(str(code), label(text)) for code, text in PILOT_OUTCOME_LABELS.items()]
    form.ronde.choices = [("", _("Alle rondes")), *rounds]
    form.regio.choices = [("", _("Alle regio's")), *regions]
    form.status.choices = [("", _("Alles")), *statuses]
    form.uitkomst.choices = [("", _("Alles")), *outcomes]
    return form


def _pilot_form(pilot: Pilot | None) -> PilotForm:
    programme = get_programme()
    # what was chosen before stays a choice, also when it no longer holds
    measures = {one.id: one for one in list_measures(programme, on=clock.today())}
    measures |= {one.id: one for one in pilot.measures} if pilot else {}
    choices: dict[str, list[tuple[Any, str]]] = {
        "organisation_id": [
            ("", _("niet in het register")),
            *((one.id, one.name) for one in list_organisations()),
        ],
        "region_ids": [(one.id, one.name) for one in list_regions()],
        "measure_ids": [(one.id, one.short_name) for one in measures.values()],
    }
    return make_form(PilotForm, pilot, choices=choices)


def _outcome_form(pilot: Pilot) -> OutcomeForm:
    outcomes = [(str(code), label(text)) for code, text in PILOT_OUTCOME_LABELS.items()]
    return make_form(OutcomeForm, pilot, choices={"outcome": outcomes})


def _data(form: PilotForm) -> PilotData:
    return PilotData(
        title=form.title.data,
        description=form.description.data,
        hypothesis=form.hypothesis.data,
        organisation_name=form.organisation_name.data,
        place=form.place.data,
        organisation_id=form.organisation_id.data,
        region_ids=tuple(form.region_ids.data or ()),
        measure_ids=tuple(form.measure_ids.data or ()),
        starts=form.starts.data,
        ends=form.ends.data,
        source=form.source.data,
    )


def _edit_page(pilot: Pilot | None, form: PilotForm) -> str:
    return render_template("pilots/edit.html", pilot=pilot, form=form)


def _outcome_page(pilot: Pilot, form: OutcomeForm) -> str:
    return render_template("pilots/outcome.html", pilot=pilot, form=form)
