"""Objections to a decision."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.enums import ObjectionOutcome
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.objections import USUAL_EXTENSION, last_day_to_object
from vpt_regio.forms.decisions import ExtensionForm, ObjectionForm, OutcomeForm
from vpt_regio.models.decisions import Decision, Objection
from vpt_regio.queries.decisions import get_decision, get_objection
from vpt_regio.services.objections import extend_objection, record_objection, settle_objection
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("objections", __name__)


def load_decision(decision_id: int, **_parts: Any) -> Decision | None:
    return get_decision(decision_id)


def load_objection(decision_id: int, objection_id: int) -> Objection | None:
    return get_objection(decision_id, objection_id)


@bp.get("/besluiten/<int:decision_id>/bezwaren/nieuw")
@authorize(Permission.OBJECTION_RECORD, load_decision)
def new(decision: Decision) -> ResponseReturnValue:
    return _new_page(decision, make_form(ObjectionForm, data={"received_on": clock.today()}))


@bp.post("/besluiten/<int:decision_id>/bezwaren/nieuw")
@authorize(Permission.OBJECTION_RECORD, load_decision)
def create(decision: Decision) -> ResponseReturnValue:
    form = make_form(ObjectionForm)
    return handle(
        form,
        lambda: record_objection(
            decision,
            received_on=form.received_on.data,
            objector=form.objector.data,
            grounds=form.grounds.data,
            actor=current_person(),
        ),
        page=lambda: _new_page(decision, form),
        success=_url(decision.id),
        message=_("Het bezwaar is vastgelegd."),
    )


@bp.get("/besluiten/<int:decision_id>/bezwaren/<int:objection_id>/verlengen")
@authorize(Permission.OBJECTION_RECORD, load_objection)
def extend(objection: Objection) -> ResponseReturnValue:
    form = make_form(ExtensionForm, objection)
    form.extended_to.data = objection.decide_by + USUAL_EXTENSION
    form.extension_reason.data = ""
    return _part_page(objection, form, "objections/extend.html")


@bp.post("/besluiten/<int:decision_id>/bezwaren/<int:objection_id>/verlengen")
@authorize(Permission.OBJECTION_RECORD, load_objection)
def save_extension(objection: Objection) -> ResponseReturnValue:
    form = make_form(ExtensionForm, objection)
    return handle(
        form,
        lambda: extend_objection(
            objection,
            extended_to=form.extended_to.data,
            reason=form.extension_reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _part_page(objection, form, "objections/extend.html"),
        success=_url(objection.decision_id),
        message=_("De termijn is verlengd."),
        obj=objection,
    )


@bp.get("/besluiten/<int:decision_id>/bezwaren/<int:objection_id>/afhandelen")
@authorize(Permission.OBJECTION_RECORD, load_objection)
def settle(objection: Objection) -> ResponseReturnValue:
    form = make_form(OutcomeForm, objection)
    form.outcome_on.data = form.outcome_on.data or clock.today()
    return _part_page(objection, form, "objections/settle.html")


@bp.post("/besluiten/<int:decision_id>/bezwaren/<int:objection_id>/afhandelen")
@authorize(Permission.OBJECTION_RECORD, load_objection)
def save_outcome(objection: Objection) -> ResponseReturnValue:
    form = make_form(OutcomeForm, objection)
    return handle(
        form,
        lambda: settle_objection(
            objection,
            outcome=ObjectionOutcome(form.outcome.data),
            outcome_on=form.outcome_on.data,
            note=form.outcome_note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _part_page(objection, form, "objections/settle.html"),
        success=_url(objection.decision_id),
        message=_("De uitkomst van het bezwaar is vastgelegd."),
        obj=objection,
    )


def _new_page(decision: Decision, form: ObjectionForm) -> str:
    return render_template(
        "objections/new.html",
        decision=decision,
        form=form,
        last_day_to_object=last_day_to_object(decision.decided_on),
    )


def _part_page(objection: Objection, form: Any, template: str) -> str:
    return render_template(template, objection=objection, decision=objection.decision, form=form)


def _url(decision_id: int) -> str:
    return url_for("decisions.show", decision_id=decision_id, _anchor="bezwaren")
