"""The page of a decision, which more than one blueprint shows, and what a decision is on."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from vpt_regio import policies
from vpt_regio.domain.enums import OBJECTION_LABELS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.objections import is_late, last_day_to_object
from vpt_regio.forms.base import AppForm
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import DECISION_LABELS, Decision
from vpt_regio.queries.history import list_history
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.services.decisions import is_on_subsidy, replacement_blockers
from vpt_regio.web.authorize import may
from vpt_regio.web.history import in_words
from vpt_regio.web.session import current_person


def decision_page(decision: Decision, button: AppForm) -> str:
    """Render a decision in full; `button` is the form of its one-button actions."""
    person = current_person()
    blockers = replacement_blockers(decision, person)
    # the one before or after may be a rejection, which is not for everybody
    before, after = decision.replaces, decision.replaced_by
    return render_template(
        "decisions/show.html",
        decision=decision,
        about=about(decision),
        replaces=before if before and policies.can_see(person, before) else None,
        replaced_by=after if after and policies.can_see(person, after) else None,
        again=_where_to_propose(decision),
        button=button,
        decision_labels=DECISION_LABELS,
        objection_labels=OBJECTION_LABELS,
        last_day_to_object=last_day_to_object(decision.decided_on),
        is_late=lambda objection: is_late(
            decided_on=decision.decided_on, received_on=objection.received_on
        ),
        can_replace=may(Permission.DECISION_REPLACE, decision) and not blockers,
        entries=in_words(list_history(*decision.objections)) if decision.objections else [],
    )


def about(decision: Decision) -> dict[str, Any]:
    """Return what a decision is on, with its address for whoever may see that."""
    version, covenant = decision.plan_version, decision.covenant
    if version is not None:
        region, number = version.plan.region.name, version.version_no
        text = _("Plan van aanpak %(region)s, versie %(number)s", region=region, number=number)
        return {
            "text": text,
            "url": url_for(
                "action_plans.version", plan_id=version.action_plan_id, version_no=number
            ),
        }
    if covenant is not None:
        return {
            "text": _("Convenant %(number)s", number=covenant.number),
            "url": url_for("covenants.show", covenant_id=covenant.id),
        }
    return _about_subsidy(decision)


def regions_of(decision: Decision) -> str | None:
    """Return the names of the regions of what is decided on; None when it lies in none."""
    if decision.plan_version is not None:
        return decision.plan_version.plan.region.name
    if decision.covenant is not None:
        regions = list(decision.covenant.regions)
    elif decision.application is not None:
        regions = [decision.application.region] if decision.application.region else []
    else:
        regions = list(decision.pilot.regions) if decision.pilot else []
    return ", ".join(region.name for region in regions) or None


def organisation_of(decision: Decision) -> str | None:
    """Return who asked for the subsidy that is decided on; None for any other decision."""
    subject = decision.application or decision.pilot
    return subject.organisation_name if subject else None


def _about_subsidy(decision: Decision) -> dict[str, Any]:
    application, pilot = decision.application, decision.pilot
    if pilot is not None:
        return {
            "text": _("Pilot %(title)s", title=pilot.title),
            "url": url_for("pilots.show", pilot_id=pilot.id),
            "note": pilot.organisation_name,
        }
    if application is None:
        raise LookupError("a decision is on something")
    return {
        "text": _("Subsidieaanvraag %(title)s", title=application.title),
        "url": _address_of(application),
        "note": application.organisation_name,
    }


def _address_of(application: SubsidyApplication) -> str | None:
    """Return the page of an application, or of its pilot for whoever may not read the former."""
    if may(Permission.APPLICATION_VIEW, application):
        return url_for("applications.show", application_id=application.id)
    pilot = pilot_of(application)
    return url_for("pilots.show", pilot_id=pilot.id) if pilot else None


def _where_to_propose(decision: Decision) -> str | None:
    """Return where a person makes a new proposal in place of a standing decision on a subsidy."""
    application, pilot = decision.application, decision.pilot
    if not is_on_subsidy(decision) or decision.replaced_by is not None:
        return None
    if application is not None and may(Permission.APPLICATION_ASSESS, application):
        return url_for("applications.show", application_id=application.id)
    if pilot is not None and may(Permission.PILOT_MANAGE, pilot):
        return url_for("pilots.show", pilot_id=pilot.id)
    return None
