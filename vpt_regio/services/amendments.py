"""Amendments of a covenant: the account manager drafts, a policy officer records the signature.

An amendment counts from its signature on; what was signed before stays where it is.
"""

from datetime import date
from typing import Any

from sqlalchemy import select

from vpt_regio import policies
from vpt_regio.domain.enums import AMENDMENT_LABELS, AmendmentKind, AmendmentStatus, PartyRole
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import COVENANT_AMENDMENT
from vpt_regio.errors import WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.covenants import Covenant, CovenantAmendment, CovenantParty
from vpt_regio.models.people import Person
from vpt_regio.services import audit, transitions
from vpt_regio.services.amendment_checks import (
    AmendmentContent,
    content_errors,
    standing_errors,
)
from vpt_regio.services.notices import tell


def draft_amendment(
    covenant: Covenant, *, kind: AmendmentKind, content: AmendmentContent, actor: Person
) -> CovenantAmendment:
    """Draft a change of a signed covenant; raises everything that is wrong with it at once."""
    role = policies.require(actor, Permission.COVENANT_AMEND, covenant)
    raise_all(standing_errors(covenant))
    raise_all(content_errors(covenant, kind, content))
    amendment = CovenantAmendment(
        covenant=covenant,
        kind=kind,
        status=AmendmentStatus.DRAFT,
        drafted_by_id=actor.id,
        sufficiency_check_id=content.check.id if content.check else None,
    )
    _fill(amendment, content)
    db.session.add(amendment)
    db.session.flush()
    details = {"kind": AMENDMENT_LABELS[kind], "after": _details(amendment), "note": content.reason}
    audit.record("covenant.amendment_drafted", amendment, actor=actor, role=role, details=details)
    return amendment


def change_amendment(
    amendment: CovenantAmendment,
    *,
    content: AmendmentContent,
    actor: Person,
    expected_version: int | None = None,
) -> None:
    """Change a draft; its kind, and the check that led to it, stay."""
    role = policies.require(actor, Permission.COVENANT_AMEND, amendment)
    transitions.check_version(amendment, expected_version)
    _require_draft(amendment)
    raise_all(standing_errors(amendment.covenant))
    raise_all(content_errors(amendment.covenant, amendment.kind, content, besides=amendment))
    before = _details(amendment)
    _fill(amendment, content)
    db.session.flush()
    details = {"before": before, "after": _details(amendment), "note": content.reason}
    audit.record("covenant.amendment_changed", amendment, actor=actor, role=role, details=details)


def withdraw_amendment(
    amendment: CovenantAmendment,
    *,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Give up a draft, with the reason; it stays to be seen."""
    return transitions.apply(
        amendment,
        "withdraw",
        workflow=COVENANT_AMENDMENT,
        actor=actor,
        inputs={"note": note},
        expected_version=expected_version,
    )


def sign_amendment(
    amendment: CovenantAmendment,
    *,
    signed_on: date | None,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Record that the minister and the parties signed; from that day on the change counts.

    Account managers and project leaders of the regions get word of it.
    """
    _lock(amendment.covenant)
    # the guards look at the date of the record; it must not reach the database before they agree
    with db.session.no_autoflush:
        if amendment.status is AmendmentStatus.DRAFT:
            amendment.signed_on = signed_on
        record = transitions.apply(
            amendment,
            "sign",
            workflow=COVENANT_AMENDMENT,
            actor=actor,
            inputs={"signed_on": signed_on},
            effective_on=signed_on,
            expected_version=expected_version,
        )
    if amendment.kind is AmendmentKind.PARTY:
        _join(amendment)
    db.session.flush()
    _tell_signed(amendment, actor=actor)
    return record


def _lock(covenant: Covenant) -> None:
    """Let two signatures under one covenant take turns, so that both see the end that holds."""
    db.session.execute(select(Covenant.id).where(Covenant.id == covenant.id).with_for_update())


def _require_draft(amendment: CovenantAmendment) -> None:
    if amendment.status is not AmendmentStatus.DRAFT:
        raise WrongState(
            N_("Deze wijziging is %(state)s en verandert niet meer. Stel zo nodig een nieuwe op."),
            params={"state": COVENANT_AMENDMENT.state(str(amendment.status)).label},
        )


def _fill(amendment: CovenantAmendment, content: AmendmentContent) -> None:
    """Keep what belongs to the kind of the amendment only."""
    kind = amendment.kind
    is_extension, is_party = kind is AmendmentKind.EXTENSION, kind is AmendmentKind.PARTY
    new_end = content.new_end_on if is_extension else None
    amendment.reason = content.reason
    amendment.document_reference = content.document_reference
    amendment.new_end_on = new_end
    amendment.new_end_precision = str(Precision.DAY) if new_end else None
    amendment.new_end_words = FuzzyDate.exactly(new_end).words if new_end else ""
    amendment.new_plan_due_on = content.new_plan_due_on if is_extension else None
    amendment.amount_cents = content.amount_cents if kind is AmendmentKind.AMOUNT else None
    amendment.leaving_party = content.leaving_party if is_party else None
    amendment.party_name = content.party_name if is_party else ""
    amendment.party_signatory = content.party_signatory if is_party else ""
    amendment.merger = content.merger if kind is AmendmentKind.MERGER else None


def _join(amendment: CovenantAmendment) -> None:
    """Add the new party, in the role of whom it follows up; the original parties stay."""
    leaving = amendment.leaving_party
    joining = CovenantParty(
        covenant_id=amendment.covenant_id,
        role=leaving.role if leaving else PartyRole.COUNTERPARTY,
        name=amendment.party_name,
        signatory=amendment.party_signatory,
    )
    amendment.covenant.parties.append(joining)
    amendment.joining_party = joining


def _tell_signed(amendment: CovenantAmendment, *, actor: Person) -> None:
    covenant = amendment.covenant
    for region in covenant.regions:
        for role in (Role.ACCOUNT_MANAGER, Role.PROJECT_LEADER):
            tell(
                role,
                region,
                subject=f"Wijziging van convenant {covenant.number} is ondertekend",
                message=(
                    f"De wijziging van convenant {covenant.number} ({region.name}) is ondertekend:"
                    f" {change_in_words(amendment)}."
                ),
                path=f"/convenanten/{covenant.id}",
                actor=actor,
            )


def change_in_words(amendment: CovenantAmendment) -> str:
    """Return in Dutch what an amendment changes, for a message."""
    if amendment.kind is AmendmentKind.EXTENSION and amendment.new_end is not None:
        return f"het eindigt nu uiterlijk op {amendment.new_end.display()}"
    if amendment.kind is AmendmentKind.AMOUNT:
        return f"er komt {format_euro(amendment.amount_cents or 0)} bij"
    if amendment.kind is AmendmentKind.PARTY:
        return f"{amendment.party_name} is nu partij"
    return "de samenvoeging van regio's is erin verwerkt"


def _details(amendment: CovenantAmendment) -> dict[str, Any]:
    return {
        "new_end_on": amendment.new_end_on,
        "new_plan_due_on": amendment.new_plan_due_on,
        "amount_cents": amendment.amount_cents,
        "leaving_party": amendment.leaving_party.name if amendment.leaving_party else None,
        "party": [amendment.party_name, amendment.party_signatory],
        "merger": amendment.merger.id if amendment.merger else None,
        "document": amendment.document_reference,
        "reason": amendment.reason,
    }
