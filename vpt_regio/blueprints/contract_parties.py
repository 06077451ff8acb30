"""The parties of a performance contract: which partners of the region it binds."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.contracts import PartiesForm
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.models.regions import Organisation
from vpt_regio.queries import contracts as queries
from vpt_regio.services.contracts import set_parties
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("contract_parties", __name__)

ADDRESS = "/prestatiecontracten/<int:contract_id>/partijen"


class StoredParties:
    """The parties of a contract under the name of the form's field."""

    def __init__(self, contract: PerformanceContract) -> None:
        self._contract = contract

    @property
    def version(self) -> int:
        return self._contract.version

    @property
    def organisations(self) -> list[int]:
        return [party.organisation_id for party in self._contract.parties]


def load_contract(contract_id: int) -> PerformanceContract | None:
    return queries.get_contract(contract_id)


@bp.get(ADDRESS)
@authorize(Permission.CONTRACT_EDIT, load_contract)
def index(contract: PerformanceContract) -> ResponseReturnValue:
    return _page(contract, _form(contract))


@bp.post(ADDRESS)
@authorize(Permission.CONTRACT_EDIT, load_contract)
def save(contract: PerformanceContract) -> ResponseReturnValue:
    form = _form(contract)
    return handle(
        form,
        lambda: set_parties(
            contract,
            organisations=_chosen(contract, form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(contract, form),
        success=url_for("contracts.show", contract_id=contract.id),
        message=_("De partijen zijn vastgelegd."),
        obj=StoredParties(contract),
    )


def _options(contract: PerformanceContract) -> list[Organisation]:
    """Return the partners of now, and the parties that left: those can only be removed."""
    partners = queries.list_partners_of(contract.region)
    present = [party.organisation for party in contract.parties]
    return [*partners, *(one for one in present if one not in partners)]


def _chosen(contract: PerformanceContract, form: PartiesForm) -> list[Organisation]:
    chosen = set(form.organisations.data or ())
    return [one for one in _options(contract) if one.id in chosen]


def _form(contract: PerformanceContract) -> PartiesForm:
    partners = queries.partner_ids(contract.region)
    options = [
        (
            one.id,
            one.name if one.id in partners else _("%(name)s (geen partner meer)", name=one.name),
        )
        for one in _options(contract)
    ]
    stored = StoredParties(contract)
    return make_form(PartiesForm, stored, choices={"organisations": options})


def _page(contract: PerformanceContract, form: PartiesForm) -> str:
    return render_template("contracts/parties.html", contract=contract, form=form)
