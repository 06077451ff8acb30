"""Reporting periods: making them, their days and deadlines, and their way to the letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, outbox, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.rules.periods import MAX_CODE_LENGTH, RESERVED_CODES, is_valid_code, recount
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.periods import PERIOD, PeriodStatus
from vpt_regio.errors import (
    DomainError,
    DuplicateValue,
    Invalid,
    PeriodFrozen,
    WrongState,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import PeriodDeadline, ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.letters import letters_of
from vpt_regio.queries.periods import find_collecting, get_period, list_invited
from vpt_regio.services import audit, transitions

EDITABLE = (PeriodStatus.PLANNED, PeriodStatus.OPEN, PeriodStatus.COLLECTING)


@dataclass(frozen=True)
class _Values:
    """What a person may fill in about a period, under the names of its columns."""

    code: str
    name: str
    sequence_no: int | None
    starts_on: date
    ends_on: date
    letter_on: date | None


def create_period(
    programme: Programme,
    *,
    code: str,
    name: str,
    sequence_no: int | None,
    starts_on: date,
    ends_on: date,
    letter_on: date | None,
    actor: Person,
) -> ReportingPeriod:
    """Make a planned period, with its deadlines counted back from the letter date.

    Raises NotAllowed, or Invalid/SeveralErrors for the code, name, number or days.
    """
    period = ReportingPeriod(programme_id=programme.id, status=PeriodStatus.PLANNED)
    policies.require(actor, Permission.PERIOD_MANAGE, period)
    values = _Values(code, name, sequence_no, starts_on, ends_on, letter_on)
    raise_all(_problems(period, values))
    _assign(period, values)
    db.session.add(period)
    db.session.flush()
    set_deadlines(period, recount({}, old_letter_on=None, new_letter_on=letter_on))
    audit.record("period.created", period, actor=actor, details={"code": code})
    return period


def edit_period(
    period: ReportingPeriod,
    *,
    code: str,
    name: str,
    sequence_no: int | None,
    starts_on: date,
    ends_on: date,
    letter_on: date | None,
    actor: Person,
    expected_version: int | None = None,
) -> ReportingPeriod:
    """Change a period until its letter is sent.

    A new letter date moves every deadline that nobody changed by hand; the others stay.
    Raises NotAllowed, Conflict, WrongState, or Invalid/SeveralErrors.
    """
    _require_editable(period, actor, expected_version)
    values = _Values(code, name, sequence_no, starts_on, ends_on, letter_on)
    raise_all(_problems(period, values))
    changed = {
        field: {"before": getattr(period, field), "after": value}
        for field, value in vars(values).items()
        if getattr(period, field) != value
    }
    if not changed:
        return period
    if "letter_on" in changed:
        current = {deadline.kind: deadline.due_on for deadline in period.deadlines}
        moved = recount(current, old_letter_on=period.letter_on, new_letter_on=letter_on)
        set_deadlines(period, moved)
    _assign(period, values)
    audit.record("period.changed", period, actor=actor, details=changed)
    return period


def edit_deadlines(
    period: ReportingPeriod,
    deadlines: Mapping[DeadlineKind, date],
    *,
    actor: Person,
    expected_version: int | None = None,
) -> ReportingPeriod:
    """Put deadlines on days of one's own choice; what is not named stays where it is.

    The day of the letter itself is changed with the period. Raises NotAllowed, Conflict,
    WrongState, or Invalid/SeveralErrors for days after the letter.
    """
    _require_editable(period, actor, expected_version)
    changed = {
        kind: on
        for kind, on in deadlines.items()
        if kind is not DeadlineKind.LETTER_SENT and on != period.due_on(kind)
    }
    raise_all(
        [
            Invalid(
                N_("Kies een dag die niet na de datum van de brief (%(letter_on)s) ligt."),
                field=str(kind),
                params={"letter_on": f"{period.letter_on:%d-%m-%Y}"},
            )
            for kind, on in changed.items()
            if period.letter_on is not None and on > period.letter_on
        ]
    )
    for kind, on in changed.items():
        details = {"kind": kind, "due_on": f"{on:%d-%m-%Y}", "before": period.due_on(kind)}
        _set_deadline(period, kind, on)
        audit.record("period.deadline_changed", period, actor=actor, details=details)
    if changed:
        # the deadlines are part of what the version of a period protects
        period.updated_at = clock.now()
        flag_modified(period, "updated_at")
        db.session.flush()
    return period


def open_period(
    period: ReportingPeriod, *, actor: Person, expected_version: int | None = None
) -> None:
    """Open a planned period: from then on regions may write their report."""
    transitions.apply(
        period, "open", workflow=PERIOD, actor=actor, expected_version=expected_version
    )


def start_collecting(
    period: ReportingPeriod,
    *,
    actor: Person,
    expected_version: int | None = None,
    address: str = "",
) -> int:
    """Ask every region for its report: each project leader gets an invitation.

    `address` is the page of the period, for the message. Returns the number of invitations.
    """
    transitions.apply(
        period, "collect", workflow=PERIOD, actor=actor, expected_version=expected_version
    )
    invited = list_invited(period, on=clock.today())
    for region, person in invited:
        outbox.post(
            person.email,
            subject=f"Halfjaarrapportage {period.name}: regio {region.name}",
            body=_invitation(period, region.name, person.name, address),
        )
    return len(invited)


def send_letter(
    period: ReportingPeriod, *, actor: Person, expected_version: int | None = None
) -> None:
    """Record that the letter went out, on the day on which the registered letter was written.

    The planned day does not count any more: nobody can change it in a frozen half-year.
    Raises NotAllowed, Conflict, WrongState, or Invalid while no letter is registered.
    """
    written_on = [letter.written_on for letter in letters_of(period) if letter.written_on]
    transitions.apply(
        period,
        "send",
        workflow=PERIOD,
        actor=actor,
        effective_on=max(written_on, default=None),
        expected_version=expected_version,
    )


def close_period(
    period: ReportingPeriod, *, actor: Person, expected_version: int | None = None
) -> None:
    """Close a period whose letter was sent."""
    transitions.apply(
        period, "close", workflow=PERIOD, actor=actor, expected_version=expected_version
    )


@transitions.guard(PERIOD, Guard.ONE_COLLECTING)
def _is_only_one(period: ReportingPeriod, _actor: Person) -> list[DomainError]:
    other = find_collecting(period.programme_id)
    if other is None or other.id == period.id:
        return []
    return [
        WrongState(
            N_("De uitvraag voor halfjaar %(code)s loopt nog. Rond die eerst af."),
            params={"code": other.code},
        )
    ]


def _require_editable(period: ReportingPeriod, actor: Person, version: int | None) -> None:
    policies.require(actor, Permission.PERIOD_MANAGE, period)
    transitions.check_version(period, version)
    if period.status is PeriodStatus.FROZEN:
        raise PeriodFrozen(N_("Dit halfjaar is vastgezet en verandert niet meer."))
    if period.status not in EDITABLE:
        raise WrongState(N_("De brief over dit halfjaar is verstuurd. U kunt niets meer wijzigen."))


def _problems(period: ReportingPeriod, values: _Values) -> list[DomainError]:
    errors = _code_problems(period, values.code)
    sequence_no, letter_on = values.sequence_no, values.letter_on
    if not values.name:
        errors.append(Invalid(N_("Vul een naam in."), field="name"))
    if sequence_no is not None and sequence_no < 1:
        errors.append(Invalid(N_("Vul een volgnummer van 1 of hoger in."), field="sequence_no"))
    if values.ends_on <= values.starts_on:
        errors.append(Invalid(N_("De laatste dag ligt na de eerste dag."), field="ends_on"))
    if letter_on is not None and letter_on <= values.ends_on:
        errors.append(
            Invalid(N_("De brief komt na de laatste dag van het halfjaar."), field="letter_on")
        )
    return errors


def _code_problems(period: ReportingPeriod, code: str) -> list[DomainError]:
    if code == period.code:
        return []
    if period.status is not PeriodStatus.PLANNED:
        return [
            WrongState(
                N_("De code kan niet meer veranderen: het halfjaar is al geopend."), field="code"
            )
        ]
    if not is_valid_code(code):
        return [
            Invalid(
                N_(
                    "Gebruik voor de code alleen letters, cijfers en streepjes,"
                    " hoogstens %(maximum)s tekens: bijvoorbeeld 2012-1."
                ),
                field="code",
                params={"maximum": MAX_CODE_LENGTH},
            )
        ]
    if code.lower() in RESERVED_CODES:
        return [Invalid(N_("Dit woord kan geen code zijn. Kies een andere code."), field="code")]
    if get_period(period.programme_id, code) is not None:
        return [DuplicateValue(N_("Deze code is al in gebruik."), field="code")]
    return []


def _assign(period: ReportingPeriod, values: _Values) -> None:
    for field, value in vars(values).items():
        setattr(period, field, value)


def set_deadlines(period: ReportingPeriod, wanted: Mapping[DeadlineKind, date]) -> None:
    """Put all deadlines of a period on these days; what is not named goes."""
    for deadline in [d for d in period.deadlines if d.kind not in wanted]:
        period.deadlines.remove(deadline)
    for kind, on in wanted.items():
        _set_deadline(period, kind, on)
    db.session.flush()


def _set_deadline(period: ReportingPeriod, kind: DeadlineKind, on: date) -> None:
    for deadline in period.deadlines:
        if deadline.kind is kind:
            deadline.due_on = on
            return
    period.deadlines.append(PeriodDeadline(kind=kind, due_on=on))


def _invitation(period: ReportingPeriod, region: str, person: str, address: str) -> str:
    due_on = period.due_on(DeadlineKind.REPORTS_SUBMITTED)
    term = f"Dien de rapportage in op of voor {due_on:%d-%m-%Y}.\n" if due_on else ""
    link = f"\nU vindt de rapportage hier: {address}\n" if address else ""
    return (
        f"Beste {person},\n\n"
        f"De uitvraag voor {period.name} is begonnen"
        f" ({period.starts_on:%d-%m-%Y} tot en met {period.ends_on:%d-%m-%Y}).\n"
        f"U schrijft de rapportage van regio {region}. De activiteiten uit uw plan van aanpak"
        " staan er al in.\n"
        f"{term}{link}"
    )
