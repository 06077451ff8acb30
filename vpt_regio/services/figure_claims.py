"""What sources computed from figures, to be held against our own computation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from vpt_regio import clock, policies
from vpt_regio.domain.indicator_codes import CLAIM_KIND_LABELS, ClaimKind, Qualifier, Unit
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureClaim, FigureClaimOperand, FigureSet
from vpt_regio.models.people import Person
from vpt_regio.services import audit, transitions

LARGEST = Decimal(10) ** 13
MAX_DECIMALS = 4

OPERANDS_FIELD = "first"

Place = tuple[int, int]


@dataclass(frozen=True)
class ClaimContent:
    """What a claim says.

    `operands` are places (category, period) of the set: the old figure before the new one, the
    whole before its part; a sum has all its figures. `stated` is as printed, a fall with a minus,
    with `decimals` as many as were printed; None when the source says nothing and we derive it.
    """

    subject: str
    kind: ClaimKind
    operands: Sequence[Place]
    stated: Decimal | None = None
    decimals: int = 0
    qualifier: Qualifier = Qualifier.EXACT
    source: str = ""
    explanation: str = ""


def create_claim(figure_set: FigureSet, content: ClaimContent, *, actor: Person) -> FigureClaim:
    """Add a claim at the end of those of a set; raises every reason to refuse it together."""
    role = policies.require(actor, Permission.FIGURE_MANAGE, figure_set)
    raise_all(_errors(figure_set, content))
    last = db.session.scalar(
        select(func.max(FigureClaim.position)).where(FigureClaim.figure_set_id == figure_set.id)
    )
    claim = FigureClaim(figure_set=figure_set, position=(last or 0) + 1)
    _fill(claim, content)
    db.session.add(claim)
    db.session.flush()
    details = _values(claim)
    audit.record("figure_set.claim_added", figure_set, actor=actor, role=role, details=details)
    return claim


def change_claim(
    claim: FigureClaim,
    content: ClaimContent,
    *,
    actor: Person,
    expected_version: int | None = None,
) -> FigureClaim:
    """Change a claim; what it said before stays in the audit record."""
    role = policies.require(actor, Permission.FIGURE_MANAGE, claim.figure_set)
    transitions.check_version(claim, expected_version)
    raise_all(_errors(claim.figure_set, content))
    before = _values(claim)
    _fill(claim, content)
    after = _values(claim)
    if after != before:
        # the figures that it is computed from stand in a table of their own
        claim.updated_at = clock.now()
        db.session.flush()
        details = {"subject": claim.subject, "before": before, "after": after}
        audit.record(
            "figure_set.claim_changed", claim.figure_set, actor=actor, role=role, details=details
        )
    return claim


def remove_claim(claim: FigureClaim, *, actor: Person, expected_version: int | None = None) -> None:
    """Take a claim away; what it said stays in the audit record."""
    figure_set = claim.figure_set
    role = policies.require(actor, Permission.FIGURE_MANAGE, figure_set)
    transitions.check_version(claim, expected_version)
    details = _values(claim)
    figure_set.claims.remove(claim)
    db.session.flush()
    audit.record("figure_set.claim_removed", figure_set, actor=actor, role=role, details=details)


def _fill(claim: FigureClaim, content: ClaimContent) -> None:
    claim.subject = content.subject
    claim.kind = content.kind
    claim.stated = content.stated
    claim.decimals = content.decimals
    claim.qualifier = content.qualifier
    claim.source = content.source
    claim.explanation = content.explanation
    for position, (category_id, period_id) in enumerate(content.operands, 1):
        if position > len(claim.operands):
            claim.operands.append(FigureClaimOperand(position=position))
        operand = claim.operands[position - 1]
        operand.category_id, operand.period_id = category_id, period_id
    del claim.operands[len(content.operands) :]


def _errors(figure_set: FigureSet, content: ClaimContent) -> list[DomainError]:
    errors: list[DomainError] = []
    if not content.subject.strip():
        errors.append(Invalid(N_("Vul in waar de uitspraak over gaat."), field="subject"))
    if content.kind is ClaimKind.CHANGE_POINTS and figure_set.unit is not Unit.PERCENT:
        errors.append(
            Invalid(
                N_("Een verandering in procentpunt past alleen bij cijfers in procenten."),
                field="kind",
            )
        )
    errors += _operand_errors(figure_set, content)
    if content.stated is not None:
        errors += _stated_errors(content)
    if not 0 <= content.decimals <= MAX_DECIMALS:
        errors.append(Invalid(N_("Vul een getal van 0 tot en met 4 in."), field="decimals"))
    return errors


def _operand_errors(figure_set: FigureSet, content: ClaimContent) -> list[DomainError]:
    categories = {row.id for row in figure_set.categories}
    periods = {column.id for column in figure_set.periods}
    places = content.operands
    if any(one[0] not in categories or one[1] not in periods for one in places):
        return [Invalid(N_("Kies cijfers van deze cijferreeks."), field=OPERANDS_FIELD)]
    if len(set(places)) < len(places):
        return [Invalid(N_("Kies elk cijfer één keer."), field=OPERANDS_FIELD)]
    if content.kind is ClaimKind.SUM:
        if len(places) < 2:
            return [
                Invalid(N_("Kies minstens twee cijfers om op te tellen."), field=OPERANDS_FIELD)
            ]
    elif len(places) != 2:
        return [
            Invalid(
                N_(
                    "Kies precies twee cijfers: eerst het oude of het geheel, dan het"
                    " nieuwe of het deel."
                ),
                field=OPERANDS_FIELD,
            )
        ]
    return []


def _stated_errors(content: ClaimContent) -> list[DomainError]:
    errors: list[DomainError] = []
    stated = content.stated or Decimal(0)
    if abs(stated) >= LARGEST:
        errors.append(Invalid(N_("Dit getal is te groot."), field="stated"))
    elif 0 <= content.decimals <= MAX_DECIMALS and stated != round(stated, content.decimals):
        errors.append(
            Invalid(N_("Dit getal heeft meer cijfers achter de komma."), field="decimals")
        )
    if not content.source.strip():
        errors.append(Invalid(N_("Vul in welke bron dit zegt."), field="source"))
    return errors


def _values(claim: FigureClaim) -> dict[str, Any]:
    rows = {row.id: row.name for row in claim.figure_set.categories}
    columns = {column.id: column.label for column in claim.figure_set.periods}
    return {
        "subject": claim.subject,
        "kind": CLAIM_KIND_LABELS[claim.kind],
        "stated": None if claim.stated is None else f"{claim.stated:f}",
        "decimals": claim.decimals,
        "qualifier": claim.qualifier,
        "source": claim.source,
        "explanation": claim.explanation,
        "operands": [[rows[one.category_id], columns[one.period_id]] for one in claim.operands],
    }
