"""The baseline and the target of an agreement, and changes of them after everybody signed.

In a draft there is one of each, which may still change. Once the contract holds, only a next
revision changes it: with the reason, the day from which it holds and where it was decided.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, policies
from vpt_regio.domain.indicator_codes import REFERENCE_KIND_LABELS, Qualifier, ReferenceKind, Unit
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.measured_values import Given, problems
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.contracts import CONTRACT, ContractStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement, IndicatorRevision, PerformanceContract
from vpt_regio.models.people import Person
from vpt_regio.services import audit, contracts, transitions
from vpt_regio.services.notices import tell


@dataclass(frozen=True)
class ReferenceContent:
    """A baseline or a target: `day` is when it was measured, or when it is due."""

    given: Given
    day: date | None = None
    qualifier: Qualifier = Qualifier.EXACT
    source: str = ""
    document_reference: str = ""

    @property
    def is_empty(self) -> bool:
        return self.given.is_empty and self.day is None and not self.source


@dataclass(frozen=True)
class RevisionContent:
    """A next baseline or target, why it changes and from which day it holds."""

    reference: ReferenceContent
    holds_from: date | None
    reason: str


def change_reference(
    agreement: Agreement,
    kind: ReferenceKind,
    *,
    content: RevisionContent,
    actor: Person,
    expected_version: int | None = None,
) -> IndicatorRevision:
    """Add a next baseline or target to an agreement that holds; the earlier ones stay.

    The account manager gets word of it. Raises NotAllowed, Conflict, WrongState, or all that is
    wrong at once.
    """
    contracts.lock(agreement.contract)
    role = policies.require(actor, Permission.TARGET_CHANGE, agreement)
    transitions.check_version(agreement, expected_version)
    require_holding(agreement)
    present = present_revision(agreement, kind)
    raise_all(_change_errors(agreement, kind, content, present))
    revision = _new_revision(agreement, kind, actor=actor, number=_next_number(agreement, kind))
    # a day that was not given is refused above
    holds_from = content.holds_from or clock.today()
    revision.holds_from, revision.reason = holds_from, content.reason
    _fill(revision, content.reference)
    touch(agreement)
    db.session.flush()
    details = {
        "holds_from": f"{holds_from:%d-%m-%Y}",
        "note": content.reason,
        "before": details_of(present),
        "after": details_of(revision),
    }
    audit.record(f"agreement.{kind}_changed", agreement, actor=actor, role=role, details=details)
    _tell_changed(agreement, kind, content.reason, actor=actor)
    return revision


def put_reference(
    agreement: Agreement, kind: ReferenceKind, content: ReferenceContent | None, *, actor: Person
) -> None:
    """Write down, replace or (with None) take out the baseline or target of a draft.

    Asks nothing: the service that changes the draft does.
    """
    present = present_revision(agreement, kind)
    if content is None or content.is_empty:
        if present is not None:
            agreement.revisions.remove(present)
        return
    revision = present or _new_revision(agreement, kind, actor=actor, number=1)
    _fill(revision, content)
    if present is None or db.session.is_modified(revision):
        today = clock.today()
        revision.holds_from = min(agreement.contract.starts_on, today)
        revision.recorded_by, revision.recorded_on = actor, today


def reference_errors(
    contract: PerformanceContract,
    unit: Unit,
    kind: ReferenceKind,
    content: ReferenceContent,
    *,
    prefix: str = "",
) -> list[DomainError]:
    """Return what is wrong with a baseline or target, at the fields that begin with the prefix."""
    errors: list[DomainError] = [
        Invalid(problem.message, field=f"{prefix}{problem.field}")
        for problem in problems(content.given, unit)
    ]
    return errors + _day_errors(contract, kind, content.day, prefix)


def present_revision(agreement: Agreement, kind: ReferenceKind) -> IndicatorRevision | None:
    """Return the last baseline or target of an agreement."""
    return next((one for one in reversed(agreement.revisions) if one.kind is kind), None)


def require_holding(agreement: Agreement) -> None:
    """Raise WrongState unless the contract was signed by everybody and not evaluated yet."""
    status = agreement.contract.status
    if status is ContractStatus.AGREED:
        return
    if status in (ContractStatus.DRAFT, ContractStatus.SIGNING):
        raise WrongState(
            N_("Dit kan pas als alle partijen hebben getekend. Het contract is nu: %(state)s."),
            params={"state": CONTRACT.state(status).label},
        )
    raise WrongState(
        N_("Dit contract is %(state)s. De waarden veranderen niet meer."),
        params={"state": CONTRACT.state(status).label},
    )


def touch(agreement: Agreement) -> None:
    """Give an agreement a next version when only its values changed."""
    agreement.updated_at = clock.now()
    flag_modified(agreement, "updated_at")


def details_of(revision: IndicatorRevision | None) -> dict[str, Any] | None:
    """Return what a revision says, for the audit record."""
    if revision is None:
        return None
    return {
        "value": revision.value,
        "numerator": revision.numerator,
        "denominator": revision.denominator,
        "day": revision.due_on or revision.measured_on,
        "source": revision.source,
        "document_reference": revision.document_reference,
    }


def _change_errors(
    agreement: Agreement,
    kind: ReferenceKind,
    content: RevisionContent,
    present: IndicatorRevision | None,
) -> list[DomainError]:
    unit = agreement.indicator.unit
    errors = reference_errors(agreement.contract, unit, kind, content.reference)
    if not content.reason:
        errors.append(Invalid(N_("Leg uit waarom de waarde wijzigt."), field="reason"))
    if not content.reference.document_reference and kind is ReferenceKind.TARGET:
        message = N_("Vul in waar staat dat de partijen dit hebben afgesproken.")
        errors.append(Invalid(message, field="document_reference"))
    errors += _holding_errors(content.holds_from, present)
    if present is not None and _says_the_same(present, content.reference):
        message = N_("Deze waarde en deze dag golden al. Vul in wat er anders wordt.")
        errors.append(Invalid(message, field="value"))
    return errors


def _holding_errors(
    holds_from: date | None, present: IndicatorRevision | None
) -> list[DomainError]:
    if holds_from is None:
        return [Invalid(N_("Vul in vanaf welke dag dit geldt."), field="holds_from")]
    if holds_from > clock.today():
        message = N_("De nieuwe waarde kan niet pas in de toekomst gaan gelden.")
        return [Invalid(message, field="holds_from")]
    if present is None or holds_from >= present.holds_from:
        return []
    return [
        Invalid(
            N_("De vorige waarde geldt vanaf %(day)s. Kies die dag of een latere."),
            field="holds_from",
            params={"day": f"{present.holds_from:%d-%m-%Y}"},
        )
    ]


def _says_the_same(present: IndicatorRevision, content: ReferenceContent) -> bool:
    given = Given(present.value, present.numerator, present.denominator)
    is_same_day = (present.due_on or present.measured_on) == content.day
    return given == content.given and is_same_day and present.qualifier is content.qualifier


def _day_errors(
    contract: PerformanceContract, kind: ReferenceKind, day: date | None, prefix: str
) -> list[DomainError]:
    if kind is ReferenceKind.BASELINE:
        if day is None:
            message = N_("Vul in op welke dag de nulmeting is gedaan.")
            return [Invalid(message, field=f"{prefix}day")]
        if day > clock.today():
            message = N_("Een nulmeting kan niet in de toekomst liggen.")
            return [Invalid(message, field=f"{prefix}day")]
        return []
    if day is None:
        message = N_("Vul de deadline van de streefwaarde in.")
        return [Invalid(message, field=f"{prefix}day")]
    if not contract.starts_on <= day <= contract.ends_on:
        return [
            Invalid(
                N_("De deadline moet in de looptijd van het contract vallen: %(start)s–%(end)s."),
                field=f"{prefix}day",
                params={
                    "start": f"{contract.starts_on:%d-%m-%Y}",
                    "end": f"{contract.ends_on:%d-%m-%Y}",
                },
            )
        ]
    return []


def _next_number(agreement: Agreement, kind: ReferenceKind) -> int:
    present = present_revision(agreement, kind)
    return present.revision_no + 1 if present else 1


def _new_revision(
    agreement: Agreement, kind: ReferenceKind, *, actor: Person, number: int
) -> IndicatorRevision:
    with db.session.no_autoflush:
        revision = IndicatorRevision(
            kind=kind, revision_no=number, recorded_by=actor, recorded_on=clock.today()
        )
        agreement.revisions.append(revision)
    return revision


def _fill(revision: IndicatorRevision, content: ReferenceContent) -> None:
    is_target = revision.kind is ReferenceKind.TARGET
    revision.value = content.given.value
    revision.numerator = content.given.numerator
    revision.denominator = content.given.denominator
    revision.qualifier = content.qualifier
    revision.due_on = content.day if is_target else None
    revision.measured_on = None if is_target else content.day
    revision.source = content.source
    revision.document_reference = content.document_reference


def _tell_changed(agreement: Agreement, kind: ReferenceKind, reason: str, *, actor: Person) -> None:
    contract = agreement.contract
    what = REFERENCE_KIND_LABELS[kind]
    tell(
        Role.ACCOUNT_MANAGER,
        contract.region,
        subject=f"De {what} van afspraak {agreement.number} is gewijzigd",
        message=(
            f"De {what} van afspraak {agreement.number} in prestatiecontract {contract.title}"
            f" van {contract.region.name} is gewijzigd.\n\nReden: {reason}"
        ),
        path=f"/afspraken/{agreement.id}",
        actor=actor,
    )
