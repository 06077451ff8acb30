"""Signatures under a performance contract: recorded one by one; the last one makes it hold.

Rows are never changed. What was recorded wrongly is withdrawn by a row of its own.
"""

from dataclasses import dataclass
from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.contracts import CONTRACT, ContractStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.contracts import ContractSignature, PerformanceContract
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Organisation
from vpt_regio.queries.contracts import left_on
from vpt_regio.services import audit, contract_notices, transitions
from vpt_regio.services.contracts import lock
from vpt_regio.services.covenant_checks import day_in_words


@dataclass(frozen=True)
class Signed:
    """What is recorded of a signature: who signed, in which function, when, and on what paper."""

    signed_on: date
    signatory: str
    position: str = ""
    document_reference: str = ""


def record_signature(
    contract: PerformanceContract,
    *,
    organisation: Organisation | None,
    signed: Signed,
    actor: Person,
    expected_version: int | None = None,
) -> ContractSignature:
    """Record that a party signed; when it is the last one, the contract holds from then on.

    Raises everything that is wrong with the signature at once.
    """
    lock(contract)
    role = policies.require(actor, Permission.CONTRACT_SIGN, contract)
    transitions.check_version(contract, expected_version)
    _require_signing(contract)
    if organisation is None:
        raise Invalid(N_("Kies de partij die heeft getekend."), field="organisation_id")
    raise_all(_party_errors(contract, organisation, signed) + _signed_errors(signed))
    signature = ContractSignature(
        contract_id=contract.id,
        organisation=organisation,
        round_no=contract.signing_round,
        signed_on=signed.signed_on,
        signatory=signed.signatory,
        signatory_position=signed.position,
        document_reference=signed.document_reference,
        recorded_by=actor,
    )
    _store(contract, signature)
    details = {
        "party": organisation.name,
        "signatory": signed.signatory,
        "position": signed.position,
        "day": day_in_words(signed.signed_on),
        "document": signed.document_reference,
        "round": contract.signing_round,
    }
    audit.record("contract.signed", contract, actor=actor, role=role, details=details)
    if unsigned(contract):
        count = len(contract.standing_signatures)
        contract_notices.tell_signed(contract, signature, signed=count, actor=actor)
    else:
        _conclude(contract, actor=actor)
    return signature


def withdraw_signature(
    signature: ContractSignature,
    *,
    reason: str,
    actor: Person,
    expected_version: int | None = None,
) -> ContractSignature:
    """Record that a signature was recorded wrongly, while others are still to sign."""
    contract = signature.contract
    lock(contract)
    role = policies.require(actor, Permission.CONTRACT_SIGN, contract)
    transitions.check_version(contract, expected_version)
    _require_signing(contract)
    raise_all(_withdrawal_errors(contract, signature, reason))
    withdrawal = ContractSignature(
        contract_id=contract.id,
        organisation=signature.organisation,
        round_no=signature.round_no,
        signed_on=signature.signed_on,
        withdraws_id=signature.id,
        reason=reason,
        recorded_by=actor,
    )
    _store(contract, withdrawal)
    details = {"party": signature.organisation.name, "note": reason, "signature": signature.id}
    audit.record("contract.signature_withdrawn", contract, actor=actor, role=role, details=details)
    contract_notices.tell_withdrawn(contract, withdrawal, actor=actor)
    return withdrawal


def unsigned(contract: PerformanceContract) -> list[Organisation]:
    """Return the parties that did not sign yet in the present round."""
    signed = {one.organisation_id for one in contract.standing_signatures}
    return [p.organisation for p in contract.parties if p.organisation_id not in signed]


@transitions.guard(CONTRACT, Guard.ALL_SIGNED)
def _all_signed(contract: PerformanceContract, _actor: Person) -> list[DomainError]:
    return [
        Invalid(N_("%(party)s heeft nog niet getekend."), params={"party": party.name})
        for party in unsigned(contract)
    ]


def _store(contract: PerformanceContract, row: ContractSignature) -> None:
    """Add a row without a next version of the contract: signatures do not get in each other's way.

    Each stands by itself, so two people may record two of them from the same page.
    """
    db.session.add(row)
    db.session.flush()
    db.session.expire(contract, ["signatures"])


def _conclude(contract: PerformanceContract, *, actor: Person) -> None:
    contract.agreed_on = max(one.signed_on for one in contract.standing_signatures)
    # the step is of the day it was recorded: an earlier day did not know the last signature yet
    transitions.apply(contract, "conclude", workflow=CONTRACT, actor=actor)
    contract_notices.tell_concluded(contract, actor=actor)


def _require_signing(contract: PerformanceContract) -> None:
    if contract.status is ContractStatus.SIGNING:
        return
    if contract.status is ContractStatus.DRAFT:
        raise WrongState(
            N_("Dit contract is een concept. Bied het eerst aan ter ondertekening."),
        )
    raise WrongState(
        N_("Dit contract is %(state)s. De handtekeningen veranderen niet meer."),
        params={"state": CONTRACT.state(contract.status).label},
    )


def _party_errors(
    contract: PerformanceContract, organisation: Organisation, signed: Signed
) -> list[DomainError]:
    name = organisation.name
    if organisation.id not in {party.organisation_id for party in contract.parties}:
        message = N_("%(party)s is geen partij bij dit contract.")
        return [Invalid(message, field="organisation_id", params={"party": name})]
    if organisation not in unsigned(contract):
        message = N_("De handtekening van %(party)s is al vastgelegd.")
        return [Invalid(message, field="organisation_id", params={"party": name})]
    left = left_on(contract.region, organisation)
    if left is not None and signed.signed_on > left:
        return [
            Invalid(
                N_(
                    "%(party)s is sinds %(day)s geen partner meer van de regio."
                    " Neem het contract terug en kies de partijen opnieuw."
                ),
                field="organisation_id",
                params={"party": name, "day": day_in_words(left)},
            )
        ]
    return []


def _signed_errors(signed: Signed) -> list[DomainError]:
    errors: list[DomainError] = []
    if signed.signed_on > clock.today():
        message = N_("De datum van ondertekening kan niet in de toekomst liggen.")
        errors.append(Invalid(message, field="signed_on"))
    if not signed.signatory:
        errors.append(Invalid(N_("Vul in wie er heeft getekend."), field="signatory"))
    return errors


def _withdrawal_errors(
    contract: PerformanceContract, signature: ContractSignature, reason: str
) -> list[DomainError]:
    if signature not in contract.standing_signatures:
        return [WrongState(N_("Deze handtekening geldt al niet meer."))]
    if not reason:
        return [Invalid(N_("Vul in wat er verkeerd was vastgelegd."), field="reason")]
    return []
