"""The evaluation of a performance contract, by somebody who did not write it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.contracts import EvaluationForm, evaluation_form
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.queries.agreement_standing import AgreementStanding
from vpt_regio.queries.contract_facts import end_value, standings_of
from vpt_regio.queries.contracts import get_contract, signing_of
from vpt_regio.services.contract_evaluation import evaluate_contract
from vpt_regio.web import contract_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("contract_evaluation", __name__)

ADDRESS = "/prestatiecontracten/<int:contract_id>/evaluatie"


class StoredEvaluation:
    """The evaluation of a contract under the names of the form's fields."""

    def __init__(self, contract: PerformanceContract) -> None:
        self._contract = contract

    @property
    def version(self) -> int:
        return self._contract.version

    @property
    def note(self) -> str:
        return self._contract.evaluation

    def __getattr__(self, name: str) -> Any:
        for agreement in self._contract.agreements:
            if name == f"reason_{agreement.id}":
                return agreement.no_end_value_reason
        raise AttributeError(name)


@dataclass(frozen=True)
class EndLine:
    """An agreement on the page of the evaluation; `field` asks why there is no `value`."""

    url: str
    title: str
    target: str
    value: str | None
    field: str


def load_contract(contract_id: int) -> PerformanceContract | None:
    return get_contract(contract_id)


@bp.get(ADDRESS)
@authorize(Permission.CONTRACT_EVALUATE, load_contract)
def evaluate(contract: PerformanceContract) -> ResponseReturnValue:
    return _page(contract, _form(contract))


@bp.post(ADDRESS)
@authorize(Permission.CONTRACT_EVALUATE, load_contract)
def record(contract: PerformanceContract) -> ResponseReturnValue:
    form = _form(contract)
    return handle(
        form,
        lambda: evaluate_contract(
            contract,
            note=form.note.data,
            reasons=form.reasons(),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(contract, form),
        success=url_for("contracts.show", contract_id=contract.id),
        message=_("Het contract is geëvalueerd. De projectleider heeft bericht gekregen."),
        obj=StoredEvaluation(contract),
    )


def _form(contract: PerformanceContract) -> EvaluationForm:
    missing = [(one.id, one.number) for one in standings_of(contract) if end_value(one) is None]
    return make_form(evaluation_form(missing), StoredEvaluation(contract))


def _page(contract: PerformanceContract, form: EvaluationForm) -> str:
    agreements = standings_of(contract)
    return render_template(
        "contracts/evaluate.html",
        contract=contract,
        form=form,
        step=pages.next_step(contract, signing_of(contract), agreements),
        lines=[_line(one) for one in agreements],
    )


def _line(one: AgreementStanding) -> EndLine:
    return EndLine(
        url=pages.agreement_url(one.id),
        title=_("Afspraak %(number)s: %(statement)s", number=one.number, statement=one.statement),
        target=pages.target_words(one),
        value=pages.end_words(end_value(one), one),
        field=f"reason_{one.id}",
    )
