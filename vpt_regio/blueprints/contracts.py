"""Performance contracts: the lists, the page of one, drafting, and the steps until it is signed."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.indicator_codes import ATTAINMENT_LABELS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.indicators import ATTAINMENT_RULES
from vpt_regio.domain.workflows.contracts import CONTRACT, ContractStatus
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.contracts import CancelForm, ContractFilterForm, ContractForm, TakeBackForm
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.queries import contracts as queries
from vpt_regio.queries.contract_facts import attained_by_contract, standings_of
from vpt_regio.queries.history import list_history
from vpt_regio.queries.regions import get_region
from vpt_regio.services.contracts import (
    ContractContent,
    cancel_contract,
    change_contract,
    draft_contract,
    offer_contract,
    take_back_contract,
)
from vpt_regio.web import contract_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("contracts", __name__)

ADDRESS = "/prestatiecontracten/<int:contract_id>"


def load_contract(contract_id: int) -> PerformanceContract | None:
    return queries.get_contract(contract_id)


def load_region(code: str) -> Region | None:
    return get_region(code)


@bp.get("/prestatiecontracten")
@authorize(Permission.CONTRACT_VIEW)
def index() -> ResponseReturnValue:
    person = current_person()
    regions = queries.list_regions_with_contracts(person)
    form = _filter_form(regions, queries.list_parties(person))
    is_valid = form.validate()
    wanted = form.data if is_valid else {}
    rows = queries.list_contracts(
        person,
        region=next((one for one in regions if one.code == wanted.get("regio")), None),
        status=ContractStatus(wanted["status"]) if wanted.get("status") else None,
        partner_id=wanted.get("partner"),
    )
    page = render_template(
        "contracts/index.html",
        form=form,
        headers=pages.list_headers(with_region=True),
        rows=_list_rows(rows, with_region=True),
    )
    return page, 200 if is_valid else 422


@bp.get("/regios/<code>/prestaties")
@authorize(Permission.CONTRACT_VIEW, load_region)
def of_region(region: Region) -> ResponseReturnValue:
    rows = queries.list_of_region(region)
    with_region = any(row.contract.region_id != region.id for row in rows)
    return render_template(
        "contracts/of_region.html",
        region=region,
        headers=pages.list_headers(with_region=with_region),
        rows=_list_rows(rows, with_region=with_region),
        rules=ATTAINMENT_RULES,
        attainment_labels=ATTAINMENT_LABELS,
    )


@bp.get("/regios/<code>/prestatiecontracten/nieuw")
@authorize(Permission.CONTRACT_EDIT, load_region)
def new(region: Region) -> ResponseReturnValue:
    return _new_page(region, _content_form(region))


@bp.post("/regios/<code>/prestatiecontracten/nieuw")
@authorize(Permission.CONTRACT_EDIT, load_region)
def create(region: Region) -> ResponseReturnValue:
    form = _content_form(region)
    return handle(
        form,
        lambda: draft_contract(region, content=_content(region, form), actor=current_person()),
        page=lambda: _new_page(region, form),
        success=lambda contract: url_for("contract_parties.index", contract_id=contract.id),
        message=_("Het concept is bewaard. Kies nu de partijen."),
    )


@bp.get(ADDRESS)
@authorize(Permission.CONTRACT_VIEW, load_contract)
def show(contract: PerformanceContract) -> ResponseReturnValue:
    return _contract_page(contract, make_form(AppForm, contract))


@bp.get(f"{ADDRESS}/bewerken")
@authorize(Permission.CONTRACT_EDIT, load_contract)
def edit(contract: PerformanceContract) -> ResponseReturnValue:
    return _edit_page(contract, _content_form(contract.region, contract))


@bp.post(f"{ADDRESS}/bewerken")
@authorize(Permission.CONTRACT_EDIT, load_contract)
def save(contract: PerformanceContract) -> ResponseReturnValue:
    form = _content_form(contract.region, contract)
    return handle(
        form,
        lambda: change_contract(
            contract,
            content=_content(contract.region, form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(contract, form),
        success=_address_of(contract),
        message=_("Het concept is bewaard."),
        obj=contract,
    )


@bp.post(f"{ADDRESS}/aanbieden")
@authorize(Permission.CONTRACT_EDIT, load_contract)
def offer(contract: PerformanceContract) -> ResponseReturnValue:
    form = make_form(AppForm, contract)
    return handle(
        form,
        lambda: offer_contract(
            contract, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _contract_page(contract, form),
        success=_address_of(contract),
        message=_("Het contract ligt ter ondertekening. De accountmanager heeft bericht gekregen."),
        obj=contract,
    )


@bp.get(f"{ADDRESS}/terugnemen")
@authorize(Permission.CONTRACT_EDIT, load_contract)
def take_back(contract: PerformanceContract) -> ResponseReturnValue:
    return _take_back_page(contract, make_form(TakeBackForm, contract))


@bp.post(f"{ADDRESS}/terugnemen")
@authorize(Permission.CONTRACT_EDIT, load_contract)
def record_taking_back(contract: PerformanceContract) -> ResponseReturnValue:
    form = make_form(TakeBackForm, contract)
    return handle(
        form,
        lambda: take_back_contract(
            contract,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _take_back_page(contract, form),
        success=_address_of(contract),
        message=_("Het contract is weer een concept. De handtekeningen zijn vervallen."),
        obj=contract,
    )


@bp.get(f"{ADDRESS}/vervallen")
@authorize(Permission.CONTRACT_EDIT, load_contract)
def cancel(contract: PerformanceContract) -> ResponseReturnValue:
    return _cancel_page(contract, make_form(CancelForm, contract))


@bp.post(f"{ADDRESS}/vervallen")
@authorize(Permission.CONTRACT_EDIT, load_contract)
def record_cancellation(contract: PerformanceContract) -> ResponseReturnValue:
    form = make_form(CancelForm, contract)
    return handle(
        form,
        lambda: cancel_contract(
            contract,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _cancel_page(contract, form),
        success=_address_of(contract),
        message=_("Het contract is vervallen."),
        obj=contract,
    )


def _address_of(contract: PerformanceContract) -> str:
    return url_for("contracts.show", contract_id=contract.id)


def _list_rows(rows: list[queries.ContractRow], *, with_region: bool) -> list[list[Any]]:
    attained = attained_by_contract([row.contract.id for row in rows])
    return [pages.list_row(row, attained, with_region=with_region) for row in rows]


def _filter_form(regions: list[Region], partners: list[Organisation]) -> ContractFilterForm:
    form = ContractFilterForm(formdata=request.args)
    statuses = [(str(code), text) for code, text in CONTRACT.labels().items()]
    form.regio.choices = [("", _("Alle regio's")), *((one.code, one.name) for one in regions)]
    form.status.choices = [("", _("Alles")), *((code, label(text)) for code, text in statuses)]
    form.partner.choices = [("", _("Alle partijen")), *((one.id, one.name) for one in partners)]
    return form


def _content_form(region: Region, contract: PerformanceContract | None = None) -> ContractForm:
    plans = [
        (plan.id, f"{plan.region.name}, {plan.covenant.number}")
        for plan in queries.list_plans_for(region)
    ]
    choices = {"action_plan_id": [("", _("geen plan")), *plans]}
    return make_form(ContractForm, contract, choices=choices)


def _content(region: Region, form: ContractForm) -> ContractContent:
    chosen = form.action_plan_id.data
    plan = next((one for one in queries.list_plans_for(region) if one.id == chosen), None)
    return ContractContent(
        title=form.title.data,
        purpose=form.purpose.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        action_plan=plan,
    )


def _contract_page(contract: PerformanceContract, form: AppForm) -> str:
    agreements = standings_of(contract)
    signing = queries.signing_of(contract)
    return render_template(
        "contracts/show.html",
        contract=contract,
        form=form,
        signing=signing,
        signing_words=pages.signing_words(signing),
        step=pages.next_step(contract, signing, agreements),
        party_rows=pages.party_rows(contract, signing),
        lapsed=pages.lapsed_rows(contract, queries.lapsed_signatures(contract)),
        agreement_rows=pages.agreement_rows(agreements),
        rules=ATTAINMENT_RULES,
        attainment_labels=ATTAINMENT_LABELS,
        entries=in_words(list_history(contract, *contract.agreements)),
    )


def _new_page(region: Region, form: ContractForm) -> str:
    return render_template("contracts/edit.html", region=region, contract=None, form=form)


def _edit_page(contract: PerformanceContract, form: ContractForm) -> str:
    return render_template(
        "contracts/edit.html", region=contract.region, contract=contract, form=form
    )


def _take_back_page(contract: PerformanceContract, form: TakeBackForm) -> str:
    return render_template(
        "contracts/take_back.html",
        contract=contract,
        form=form,
        signed=queries.signing_of(contract).signed,
    )


def _cancel_page(contract: PerformanceContract, form: CancelForm) -> str:
    return render_template("contracts/cancel.html", contract=contract, form=form)
