"""What a recipient has to tell at once about a pilot, and what the ministry answers."""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import NoticeKind, PilotStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.pilot_reports import ChangeNotice
from vpt_regio.models.pilots import Pilot
from vpt_regio.policies import Actor, person_of
from vpt_regio.services import audit, recipient_notices, transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.pilot_contents import set_end
from vpt_regio.services.pilots import lock
from vpt_regio.services.plan_parts import cleaned


def give_notice(
    pilot: Pilot,
    kind: NoticeKind,
    *,
    explanation: str,
    proposed_end_on: date | None,
    actor: Actor,
) -> ChangeNotice:
    """Tell that something changes in a subsidised pilot that still has to be accounted for."""
    role = policies.require(actor, Permission.PILOT_REPORT, pilot)
    lock(pilot)
    _require_awarded(pilot)
    text = cleaned(explanation, field="explanation")
    errors = _end_errors(pilot, kind, proposed_end_on)
    if not text:
        errors.append(Invalid(N_("Vul in wat er verandert en waarom."), field="explanation"))
    raise_all(errors)
    notice = ChangeNotice(
        pilot=pilot,
        kind=kind,
        explanation=text,
        proposed_end_on=proposed_end_on,
        noticed_on=clock.today(),
        noticed_by=person_of(actor),
    )
    db.session.add(notice)
    db.session.flush()
    details = {
        "notice": notice.id,
        "kind": kind,
        "explanation": text,
        "proposed_end_on": proposed_end_on,
    }
    audit.record("pilot.notice_given", pilot, actor=actor, role=role, details=details)
    recipient_notices.tell_noticed(notice, actor=actor)
    return notice


def answer_notice(
    notice: ChangeNotice,
    *,
    answer: str,
    is_agreed: bool,
    actor: Person,
    expected_version: int | None = None,
) -> ChangeNotice:
    """Answer a notice, once; when a later end is agreed, the end and the request day move."""
    pilot = notice.pilot
    role = policies.require(actor, Permission.PILOT_MANAGE, notice)
    lock(pilot)
    db.session.refresh(notice)
    transitions.check_version(notice, expected_version)
    if notice.answered_on is not None:
        raise WrongState(
            N_("Deze melding is op %(day)s al beantwoord."),
            params={"day": day_in_words(notice.answered_on)},
        )
    text = cleaned(answer, field="answer")
    moves = is_agreed and notice.proposed_end_on is not None
    if moves:
        _require_awarded(pilot)
    if not text:
        raise Invalid(N_("Vul het antwoord in."), field="answer")
    notice.answer, notice.is_agreed = text, is_agreed
    notice.answered_on, notice.answered_by = clock.today(), actor
    before = pilot.ends_on
    if moves:
        set_end(pilot, notice.proposed_end_on)
    db.session.flush()
    details = {
        "notice": notice.id,
        "answer": text,
        "is_agreed": is_agreed,
        "before": before,
        "after": pilot.ends_on,
    }
    audit.record("pilot.notice_answered", pilot, actor=actor, role=role, details=details)
    recipient_notices.tell_answered(notice, has_moved=moves)
    return notice


def _require_awarded(pilot: Pilot) -> None:
    if pilot.status is not PilotStatus.AWARDED:
        raise WrongState(
            N_("De status van de pilot is nu ‘%(state)s’. De looptijd verandert niet meer."),
            params={"state": PILOT.state(pilot.status).label},
        )


def _end_errors(pilot: Pilot, kind: NoticeKind, end: date | None) -> list[DomainError]:
    if end is None:
        if kind is not NoticeKind.DELAY:
            return []
        message = N_("Vul de nieuwe laatste dag in die u voorstelt.")
        return [Invalid(message, field="proposed_end_on")]
    if pilot.starts_on is not None and end < pilot.starts_on:
        message = N_("De laatste dag kan niet vóór de eerste dag liggen.")
        return [Invalid(message, field="proposed_end_on")]
    if kind is NoticeKind.DELAY and pilot.ends_on is not None and end <= pilot.ends_on:
        message = N_("Kies een dag na de laatste dag van nu: %(day)s.")
        params = {"day": day_in_words(pilot.ends_on)}
        return [Invalid(message, field="proposed_end_on", params=params)]
    return []
