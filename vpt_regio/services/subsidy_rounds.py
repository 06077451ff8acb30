"""Subsidy rounds: planning, opening, finishing, and rounds that a source tells of.

Once a round is open, whoever applies may count on it: what was announced gets better at most.
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy import null

from vpt_regio import policies
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import RoundStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.subsidies import SUBSIDY_ROUND
from vpt_regio.errors import WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.subsidy_rounds import next_round_number
from vpt_regio.services import audit, transitions
from vpt_regio.services.subsidy_round_checks import (
    RoundData,
    Unlisted,
    promise_errors,
    shape_errors,
    source_errors,
    unlisted_errors,
)


def start_round(scheme: SubsidyScheme, *, data: RoundData, actor: Person) -> SubsidyRound:
    """Plan a round under the next number; raises NotAllowed, or all that is wrong at once."""
    role = policies.require(actor, Permission.SUBSIDY_MANAGE, scheme)
    raise_all(shape_errors(data))
    in_round = _added(scheme, data, RoundStatus.PLANNED)
    details = {"name": data.name, "number": in_round.number, "after": _plain(data)}
    audit.record("subsidy_round.created", in_round, actor=actor, role=role, details=details)
    return in_round


def edit_round(
    in_round: SubsidyRound,
    *,
    data: RoundData,
    actor: Person,
    expected_version: int | None = None,
) -> SubsidyRound:
    """Change a round: anything while it is planned, little once it is open.

    Raises NotAllowed, Conflict, WrongState after the end, or all that is wrong at once.
    """
    role = policies.require(actor, Permission.SUBSIDY_MANAGE, in_round)
    transitions.check_version(in_round, expected_version)
    if in_round.status not in (RoundStatus.PLANNED, RoundStatus.OPEN):
        raise WrongState(
            N_("Deze ronde is %(state)s. De gegevens veranderen niet meer."),
            params={"state": SUBSIDY_ROUND.state(in_round.status).label},
        )
    before = _data_of(in_round)
    errors = shape_errors(data)
    if in_round.status is RoundStatus.OPEN and not errors:
        errors = promise_errors(in_round, before, data)
    raise_all(errors)
    if before == data:
        return in_round
    _fill(in_round, data)
    db.session.flush()
    details = {"before": _plain(before), "after": _plain(data)}
    audit.record("subsidy_round.changed", in_round, actor=actor, role=role, details=details)
    return in_round


def open_round(
    in_round: SubsidyRound, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Announce a planned round: from its first day on one can apply."""
    return transitions.apply(
        in_round, "open", workflow=SUBSIDY_ROUND, actor=actor, expected_version=expected_version
    )


def finish_round(
    in_round: SubsidyRound, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Finish a round that is closed and in which nothing waits for a decision."""
    return transitions.apply(
        in_round, "finish", workflow=SUBSIDY_ROUND, actor=actor, expected_version=expected_version
    )


def cancel_round(
    in_round: SubsidyRound, *, note: str, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Give up a planned round, with the reason."""
    return transitions.apply(
        in_round,
        "cancel",
        workflow=SUBSIDY_ROUND,
        actor=actor,
        inputs={"note": note},
        expected_version=expected_version,
    )


def import_round(
    scheme: SubsidyScheme, *, data: RoundData, unlisted: Unlisted, actor: Person
) -> SubsidyRound:
    """Add a round of the past that is known from a source, with what the source counts."""
    role = policies.require(actor, Permission.SUBSIDY_IMPORT, scheme)
    raise_all(shape_errors(data) + source_errors(data.source) + unlisted_errors(unlisted))
    in_round = _added(scheme, data, RoundStatus.DECIDED, unlisted)
    details = {
        "name": data.name,
        "source": data.source,
        "after": {**_plain(data), **asdict(unlisted)},
    }
    audit.record("subsidy_round.imported", in_round, actor=actor, role=role, details=details)
    return in_round


def declare_unlisted(
    in_round: SubsidyRound,
    *,
    unlisted: Unlisted,
    source: str,
    actor: Person,
    expected_version: int | None = None,
) -> SubsidyRound:
    """Record what a source tells of a finished round beyond the applications that are listed."""
    role = policies.require(actor, Permission.SUBSIDY_MANAGE, in_round)
    transitions.check_version(in_round, expected_version)
    if in_round.status is not RoundStatus.DECIDED:
        message = N_("Dit kan alleen bij een ronde die is afgehandeld.")
        raise WrongState(message)
    raise_all(unlisted_errors(unlisted) + source_errors(source))
    before = _unlisted_of(in_round)
    if before == unlisted and in_round.source == source:
        return in_round
    details = {
        "before": {**asdict(before), "source": in_round.source},
        "after": {**asdict(unlisted), "source": source},
        "source": source,
    }
    _fill_unlisted(in_round, unlisted)
    in_round.source = source
    db.session.flush()
    audit.record("subsidy_round.declared", in_round, actor=actor, role=role, details=details)
    return in_round


def _added(
    scheme: SubsidyScheme,
    data: RoundData,
    status: RoundStatus,
    unlisted: Unlisted | None = None,
) -> SubsidyRound:
    in_round = SubsidyRound(scheme=scheme, number=next_round_number(scheme), status=status)
    _fill(in_round, data)
    _fill_unlisted(in_round, unlisted or Unlisted())
    db.session.add(in_round)
    db.session.flush()
    return in_round


def _fill(in_round: SubsidyRound, data: RoundData) -> None:
    values = {**asdict(data), **_fuzzy_columns("opens", data.opens)}
    values |= _fuzzy_columns("closes", data.closes)
    for name, value in values.items():
        if name not in ("opens", "closes"):
            setattr(in_round, name, value)


def _fill_unlisted(in_round: SubsidyRound, unlisted: Unlisted) -> None:
    for name, value in asdict(unlisted).items():
        # a bare None would become the default of the column, and 0 is not unknown
        setattr(in_round, f"unlisted_{name}", null() if value is None else value)


def _fuzzy_columns(name: str, value: FuzzyDate | None) -> dict[str, Any]:
    return {
        f"{name}_on": value.on if value else None,
        f"{name}_precision": str(value.precision) if value else None,
        f"{name}_words": value.words if value else "",
    }


def _data_of(in_round: SubsidyRound) -> RoundData:
    return RoundData(
        **{name: getattr(in_round, name) for name in RoundData.__dataclass_fields__},
    )


def _unlisted_of(in_round: SubsidyRound) -> Unlisted:
    return Unlisted(
        in_round.unlisted_applications, in_round.unlisted_granted, in_round.unlisted_granted_cents
    )


def _plain(data: RoundData) -> dict[str, Any]:
    """Return the values as the history keeps them: days in words."""
    days = {name: day.display() if day else None for name, day in data.days.items()}
    return {**asdict(data), **days}
