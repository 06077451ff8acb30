"""The signatures under a performance contract: recording them one by one, and withdrawing one."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.forms.contracts import SignatureForm, WithdrawSignatureForm
from vpt_regio.models.contracts import ContractSignature, PerformanceContract
from vpt_regio.queries.contracts import (
    get_contract,
    get_signature,
    lapsed_signatures,
    signing_of,
)
from vpt_regio.queries.organisations import get_organisation
from vpt_regio.services.contract_signatures import Signed, record_signature, withdraw_signature
from vpt_regio.web import contract_pages as pages
from vpt_regio.web.addresses import number_asked
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("contract_signatures", __name__)

ADDRESS = "/prestatiecontracten/<int:contract_id>/handtekeningen"


def load_contract(contract_id: int) -> PerformanceContract | None:
    return get_contract(contract_id)


def load_signature(contract_id: int, signature_id: int) -> ContractSignature | None:
    return get_signature(contract_id, signature_id)


@bp.get(ADDRESS)
@authorize(Permission.CONTRACT_VIEW, load_contract)
def index(contract: PerformanceContract) -> ResponseReturnValue:
    return _page(contract, _form(contract, data={"organisation_id": number_asked("partij")}))


@bp.post(ADDRESS)
@authorize(Permission.CONTRACT_SIGN, load_contract)
def record(contract: PerformanceContract) -> ResponseReturnValue:
    form = _form(contract)
    return handle(
        form,
        lambda: record_signature(
            contract,
            organisation=get_organisation(form.organisation_id.data),
            signed=Signed(
                signed_on=form.signed_on.data,
                signatory=form.signatory.data,
                position=form.position.data,
                document_reference=form.document_reference.data,
            ),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(contract, form),
        success=lambda signature: _after(signature.contract),
        message=_("De handtekening is vastgelegd."),
        obj=contract,
    )


@bp.get(f"{ADDRESS}/<int:signature_id>/intrekken")
@authorize(Permission.CONTRACT_SIGN, load_signature)
def withdraw(signature: ContractSignature) -> ResponseReturnValue:
    return _withdraw_page(signature, make_form(WithdrawSignatureForm, signature.contract))


@bp.post(f"{ADDRESS}/<int:signature_id>/intrekken")
@authorize(Permission.CONTRACT_SIGN, load_signature)
def record_withdrawal(signature: ContractSignature) -> ResponseReturnValue:
    form = make_form(WithdrawSignatureForm, signature.contract)
    return handle(
        form,
        lambda: withdraw_signature(
            signature,
            reason=form.reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _withdraw_page(signature, form),
        success=url_for("contract_signatures.index", contract_id=signature.contract_id),
        message=_("De handtekening is ingetrokken."),
        obj=signature.contract,
    )


def _after(contract: PerformanceContract) -> str:
    """Stay while others are to sign; go to the contract once it holds."""
    page = "contracts.show" if contract.agreed_on else "contract_signatures.index"
    return url_for(page, contract_id=contract.id)


def _form(contract: PerformanceContract, *, data: dict[str, Any] | None = None) -> SignatureForm:
    # what was sent may be about any party: one that signed meanwhile gets its own message
    parties = signing_of(contract).unsigned
    if data is None:
        parties = tuple(party.organisation for party in contract.parties)
    options = [("", _("Kies een partij")), *((party.id, party.name) for party in parties)]
    return make_form(SignatureForm, contract, choices={"organisation_id": options}, data=data)


def _page(contract: PerformanceContract, form: SignatureForm) -> str:
    signing = signing_of(contract)
    return render_template(
        "contracts/signatures.html",
        contract=contract,
        form=form,
        signing=signing,
        signing_words=pages.signing_words(signing),
        party_rows=pages.party_rows(contract, signing),
        lapsed=pages.lapsed_rows(contract, lapsed_signatures(contract)),
        is_signing=contract.status is ContractStatus.SIGNING,
    )


def _withdraw_page(signature: ContractSignature, form: WithdrawSignatureForm) -> str:
    contract = signature.contract
    return render_template(
        "contracts/withdraw_signature.html",
        contract=contract,
        signature=signature,
        form=form,
        counts=signature in contract.standing_signatures
        and contract.status is ContractStatus.SIGNING,
    )
