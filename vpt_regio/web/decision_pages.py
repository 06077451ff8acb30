"""The page of a decision, which more than one blueprint shows."""

from flask import render_template

from vpt_regio.domain.enums import OBJECTION_LABELS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.objections import is_late, last_day_to_object
from vpt_regio.forms.base import AppForm
from vpt_regio.models.decisions import DECISION_LABELS, Decision
from vpt_regio.queries.history import list_history
from vpt_regio.services.decisions import replacement_blockers
from vpt_regio.web.authorize import may
from vpt_regio.web.history import in_words
from vpt_regio.web.session import current_person


def decision_page(decision: Decision, button: AppForm) -> str:
    """Render a decision in full; `button` is the form of its one-button actions."""
    blockers = replacement_blockers(decision, current_person())
    return render_template(
        "decisions/show.html",
        decision=decision,
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
