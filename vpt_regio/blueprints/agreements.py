"""Agreements of a contract: the page of one with all its values, and drafting."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.indicator_codes import UNIT_LABELS, ReferenceKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.agreements import (
    IndicatorChoiceForm,
    PromiseForm,
    StoredPromise,
    promise_form,
)
from vpt_regio.forms.base import AppForm
from vpt_regio.models.contracts import Agreement, Indicator, PerformanceContract
from vpt_regio.queries import agreements as queries
from vpt_regio.queries.contracts import get_contract
from vpt_regio.services.agreements import (
    AgreementContent,
    add_agreement,
    change_agreement,
    remove_agreement,
)
from vpt_regio.web import agreement_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("agreements", __name__)

NEW = "/prestatiecontracten/<int:contract_id>/afspraken/nieuw"
ADDRESS = "/afspraken/<int:agreement_id>"


def load_contract(contract_id: int) -> PerformanceContract | None:
    return get_contract(contract_id)


def load_agreement(agreement_id: int) -> Agreement | None:
    return queries.get_agreement(agreement_id)


@bp.get(ADDRESS)
@authorize(Permission.CONTRACT_VIEW, load_agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    return render_template("agreements/show.html", **pages.values_page(agreement))


@bp.get(NEW)
@authorize(Permission.CONTRACT_EDIT, load_contract)
def new(contract: PerformanceContract) -> ResponseReturnValue:
    indicator = _chosen_indicator(contract)
    if indicator is None:
        return _choice_page(contract)
    return _edit_page(contract, None, indicator, _form(contract, indicator))


@bp.post(NEW)
@authorize(Permission.CONTRACT_EDIT, load_contract)
def create(contract: PerformanceContract) -> ResponseReturnValue:
    indicator = _chosen_indicator(contract)
    if indicator is None:
        return _choice_page(contract), 422
    form = _form(contract, indicator)
    return handle(
        form,
        lambda: add_agreement(
            contract, content=_content(contract, indicator, form), actor=current_person()
        ),
        page=lambda: _edit_page(contract, None, indicator, form),
        success=lambda agreement: url_for("agreements.show", agreement_id=agreement.id),
        message=_("De afspraak is toegevoegd."),
    )


@bp.get(f"{ADDRESS}/bewerken")
@authorize(Permission.CONTRACT_EDIT, load_agreement)
def edit(agreement: Agreement) -> ResponseReturnValue:
    indicator = _chosen_indicator(agreement.contract, agreement) or agreement.indicator
    form = _form(agreement.contract, indicator, agreement)
    return _edit_page(agreement.contract, agreement, indicator, form)


@bp.post(f"{ADDRESS}/bewerken")
@authorize(Permission.CONTRACT_EDIT, load_agreement)
def save(agreement: Agreement) -> ResponseReturnValue:
    contract = agreement.contract
    indicator = _chosen_indicator(contract, agreement) or agreement.indicator
    form = _form(contract, indicator, agreement)
    return handle(
        form,
        lambda: change_agreement(
            agreement,
            content=_content(contract, indicator, form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _edit_page(contract, agreement, indicator, form),
        success=url_for("agreements.show", agreement_id=agreement.id),
        message=_("De afspraak is bewaard."),
        obj=StoredPromise(agreement),
    )


@bp.get(f"{ADDRESS}/verwijderen")
@authorize(Permission.CONTRACT_EDIT, load_agreement)
def ask_to_remove(agreement: Agreement) -> ResponseReturnValue:
    return _remove_page(agreement, make_form(AppForm))


@bp.post(f"{ADDRESS}/verwijderen")
@authorize(Permission.CONTRACT_EDIT, load_agreement)
def remove(agreement: Agreement) -> ResponseReturnValue:
    form = make_form(AppForm)
    contract_id = agreement.contract_id
    return handle(
        form,
        lambda: remove_agreement(agreement, actor=current_person()),
        page=lambda: _remove_page(agreement, form),
        success=url_for("contracts.show", contract_id=contract_id),
        message=_("De afspraak is uit dit concept verwijderd."),
    )


def _chosen_indicator(
    contract: PerformanceContract, agreement: Agreement | None = None
) -> Indicator | None:
    """Return the indicator that the address asks for; 404 for one that cannot be used here."""
    asked = request.args.get("indicator", "")
    if not asked:
        return None
    keep = agreement.indicator if agreement else None
    usable = queries.list_usable_indicators(contract, keep=keep)
    return next((one for one in usable if str(one.id) == asked), None) or abort(404)


def _form(
    contract: PerformanceContract, indicator: Indicator, agreement: Agreement | None = None
) -> PromiseForm:
    types = queries.list_agreement_types(
        contract, keep=agreement.agreement_type if agreement else None
    )
    parties = queries.list_party_organisations(contract)
    activities = queries.list_plan_activities(contract)
    choices: dict[str, list[tuple[Any, str]]] = {
        "agreement_type_id": [("", _("een eigen soort")), *((one.id, one.name) for one in types)],
        "responsible_id": [("", _("Kies een partij")), *((one.id, one.name) for one in parties)],
        "activity_ids": [(one.id, f"{one.number}. {title}") for one, title in activities],
    }
    stored = StoredPromise(agreement) if agreement else None
    # a new agreement begins with the kind that its indicator is meant for
    first = {} if agreement else {"agreement_type_id": indicator.agreement_type_id}
    return make_form(promise_form(indicator), stored, choices=choices, data=first)


def _content(
    contract: PerformanceContract, indicator: Indicator, form: PromiseForm
) -> AgreementContent:
    parties = {one.id: one for one in queries.list_party_organisations(contract)}
    types = {one.id: one for one in queries.list_agreement_types(contract)}
    chosen = set(form.activity_ids.data or ())
    activities = [one for one, _title in queries.list_plan_activities(contract)]
    type_id = form.agreement_type_id.data
    return AgreementContent(
        statement=form.statement.data,
        responsible=parties.get(form.responsible_id.data),
        indicator=indicator,
        agreement_type=types.get(type_id) or queries.get_agreement_type(type_id),
        free_type=form.free_type.data,
        activities=[one for one in activities if one.id in chosen],
        baseline=form.reference(ReferenceKind.BASELINE),
        target=form.reference(ReferenceKind.TARGET),
    )


def _choice_page(contract: PerformanceContract) -> str:
    form = IndicatorChoiceForm()
    form.indicator.choices = _indicator_choices(contract)
    return render_template("agreements/choose_indicator.html", contract=contract, form=form)


def _edit_page(
    contract: PerformanceContract,
    agreement: Agreement | None,
    indicator: Indicator,
    form: PromiseForm,
) -> str:
    choice = IndicatorChoiceForm(data={"indicator": indicator.id})
    keep = agreement.indicator if agreement else None
    choice.indicator.choices = _indicator_choices(contract, keep)
    return render_template(
        "agreements/edit.html",
        contract=contract,
        agreement=agreement,
        indicator=indicator,
        form=form,
        choice=choice,
        parties=len(form.responsible_id.choices or ()) - 1,
    )


def _remove_page(agreement: Agreement, form: AppForm) -> str:
    return render_template("agreements/remove.html", agreement=agreement, form=form)


def _indicator_choices(
    contract: PerformanceContract, keep: Indicator | None = None
) -> list[tuple[Any, str]]:
    usable = queries.list_usable_indicators(contract, keep=keep)
    return [(one.id, f"{one.name} ({label(UNIT_LABELS[one.unit])})") for one in usable]
