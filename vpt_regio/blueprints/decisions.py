"""Decisions: the list, each of them in full, and one in the place of another."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.decisions import DecisionFilterForm, ReplaceForm
from vpt_regio.models.decisions import DECISION_LABELS, Decision, DecisionKind
from vpt_regio.queries.decisions import (
    DecisionFilter,
    get_decision,
    list_years_of_decisions,
    page_of_decisions,
)
from vpt_regio.queries.people import list_region_choices
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.decisions import (
    is_on_subsidy,
    replace_decision,
    replacement_blockers,
)
from vpt_regio.standing import standing
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize
from vpt_regio.web.decision_pages import decision_page, organisation_of, regions_of
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label, message_of
from vpt_regio.web.session import current_person

bp = Blueprint("decisions", __name__)


def load_decision(decision_id: int, **_parts: Any) -> Decision | None:
    return get_decision(decision_id)


@bp.get("/besluiten")
@authorize(Permission.ACTION_PLAN_VIEW)
def index() -> ResponseReturnValue:
    form = _filter_form()
    is_valid = form.validate()
    wanted = _wanted(form) if is_valid else DecisionFilter()
    rendered = render_template(
        "decisions/index.html",
        form=form,
        page=page_of_decisions(current_person(), wanted, page=number_asked("pagina") or 1),
        page_url=lambda number: same_page("decisions.index", pagina=str(number)),
        decision_labels=DECISION_LABELS,
        regions_of=regions_of,
        organisation_of=organisation_of,
    )
    return rendered, 200 if is_valid else 422


@bp.get("/besluiten/<int:decision_id>")
@authorize(Permission.ACTION_PLAN_VIEW, load_decision)
def show(decision: Decision) -> ResponseReturnValue:
    return decision_page(decision, make_form(AppForm))


@bp.get("/besluiten/<int:decision_id>/vervangen")
@authorize(Permission.DECISION_REPLACE, load_decision)
def replace(decision: Decision) -> ResponseReturnValue:
    return _replace_page(decision, make_form(ReplaceForm, data={"note": decision.note}))


@bp.post("/besluiten/<int:decision_id>/vervangen")
@authorize(Permission.DECISION_REPLACE, load_decision)
def record_replacement(decision: Decision) -> ResponseReturnValue:
    form = make_form(ReplaceForm)
    return handle(
        form,
        lambda: replace_decision(
            decision, note=form.note.data, reason=form.reason.data, actor=current_person()
        ),
        page=lambda: _replace_page(decision, form),
        success=lambda new: url_for("decisions.show", decision_id=new.id),
        message=_("Het besluit is vervangen. Het oude besluit blijft te lezen."),
    )


def _replace_page(decision: Decision, form: ReplaceForm) -> str:
    blockers = replacement_blockers(decision, current_person())
    return render_template(
        "decisions/replace.html",
        decision=decision,
        decision_labels=DECISION_LABELS,
        form=form,
        reasons=[message_of(error) for error in blockers],
        is_on_subsidy=is_on_subsidy(decision),
    )


def _filter_form() -> DecisionFilterForm:
    form = DecisionFilterForm(formdata=request.args)
    regions = [(region.id, region.name) for region in list_region_choices(get_programme())]
    kinds = [(kind.value, label(text)) for kind, text in DECISION_LABELS.items()]
    years = [(year, str(year)) for year in list_years_of_decisions()]
    form.regio.choices = [("", _("Alle regio's")), *regions]
    form.soort.choices = [("", _("Alles")), *kinds]
    form.jaar.choices = [("", _("Alle jaren")), *years]
    return form


def _wanted(form: DecisionFilterForm) -> DecisionFilter:
    region_id = form.regio.data
    return DecisionFilter(
        regions=standing().family(region_id, clock.today()) if region_id else None,
        kind=DecisionKind(form.soort.data) if form.soort.data else None,
        year=form.jaar.data,
    )
