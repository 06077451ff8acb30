"""Objections to a decision: received, put off, and how they ended."""

from datetime import date

from vpt_regio import clock
from vpt_regio.domain.enums import OBJECTION_LABELS, ObjectionOutcome
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.objections import last_day_to_decide
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, Objection
from vpt_regio.models.people import Person
from vpt_regio.policies import require
from vpt_regio.services import audit
from vpt_regio.services.plan_parts import cleaned
from vpt_regio.services.transitions import check_version


def record_objection(
    decision: Decision, *, received_on: date, objector: str, grounds: str, actor: Person
) -> Objection:
    """Record an objection by an organisation or office; a late one is recorded as well.

    Source: General Administrative Law Act 7:10 sets the day to decide by.
    """
    role = require(actor, Permission.OBJECTION_RECORD, decision)
    who, why = cleaned(objector, field="objector").strip(), cleaned(grounds, field="grounds")
    problems = _day_problems(
        received_on,
        field="received_on",
        not_before=decision.decided_on,
        before=N_("Een bezwaar komt niet vóór het besluit van %(day)s."),
    )
    if not who:
        problems.append(Invalid(N_("Vul in wie bezwaar maakt."), field="objector"))
    raise_all(problems)
    objection = Objection(
        # by number: a decision never changes, not even the list that hangs on it
        decision_id=decision.id,
        received_on=received_on,
        objector=who,
        grounds=why,
        due_on=last_day_to_decide(decided_on=decision.decided_on, received_on=received_on),
        recorded_by=actor,
    )
    db.session.add(objection)
    db.session.flush()
    db.session.expire(decision, ["objections"])
    details = {"reference": decision.reference, "objector": who, "due_on": objection.due_on}
    audit.record("objection.recorded", objection, actor=actor, role=role, details=details)
    return objection


def extend_objection(
    objection: Objection,
    *,
    extended_to: date,
    reason: str,
    actor: Person,
    expected_version: int | None = None,
) -> Objection:
    """Put the day to decide off, with the reason.

    Source: General Administrative Law Act 7:10, third and fourth paragraph.
    """
    role = require(actor, Permission.OBJECTION_RECORD, objection)
    check_version(objection, expected_version)
    _require_open(objection)
    text = cleaned(reason, field="extension_reason")
    problems: list[DomainError] = []
    if extended_to <= objection.decide_by:
        problems.append(
            Invalid(
                N_("Kies een dag na %(day)s: de termijn loopt al tot en met die dag."),
                field="extended_to",
                params={"day": objection.decide_by.strftime("%d-%m-%Y")},
            )
        )
    if not text:
        message = N_("Vul in waarom de termijn wordt verlengd.")
        problems.append(Invalid(message, field="extension_reason"))
    raise_all(problems)
    objection.extended_to, objection.extension_reason = extended_to, text
    details = {"extended_to": extended_to, "reason": text}
    audit.record("objection.extended", objection, actor=actor, role=role, details=details)
    return objection


def settle_objection(
    objection: Objection,
    *,
    outcome: ObjectionOutcome,
    outcome_on: date,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> Objection:
    """Record how an objection ended; what follows from it is a new decision in place of the old.

    Source: General Administrative Law Act 10:3, third paragraph: whoever decided by mandate does
    not decide on the objection to it.
    """
    role = require(actor, Permission.OBJECTION_RECORD, objection)
    check_version(objection, expected_version)
    _require_open(objection)
    if objection.decision.decided_by_id == actor.id and outcome is not ObjectionOutcome.WITHDRAWN:
        raise NotAllowed(
            N_("U nam zelf het besluit. Iemand anders moet op het bezwaar beslissen."),
            code="own_decision",
        )
    text = cleaned(note, field="outcome_note")
    problems = _day_problems(
        outcome_on,
        field="outcome_on",
        not_before=objection.received_on,
        before=N_("Een bezwaar eindigt niet vóór het is ontvangen op %(day)s."),
    )
    if not text:
        message = N_("Vul in waarom het bezwaar zo is afgelopen.")
        problems.append(Invalid(message, field="outcome_note"))
    raise_all(problems)
    objection.outcome, objection.outcome_on, objection.outcome_note = outcome, outcome_on, text
    details = {"outcome": OBJECTION_LABELS[outcome], "outcome_on": outcome_on, "note": text}
    audit.record("objection.settled", objection, actor=actor, role=role, details=details)
    return objection


def _require_open(objection: Objection) -> None:
    if objection.outcome is not None:
        raise WrongState(
            N_("Dit bezwaar is al afgehandeld: %(outcome)s."),
            params={"outcome": OBJECTION_LABELS[objection.outcome]},
        )


def _day_problems(day: date, *, field: str, not_before: date, before: str) -> list[DomainError]:
    if day > clock.today():
        return [Invalid(N_("Deze dag ligt in de toekomst."), field=field)]
    if day < not_before:
        return [Invalid(before, field=field, params={"day": not_before.strftime("%d-%m-%Y")})]
    return []
