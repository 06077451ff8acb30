"""Getting money of a pilot back: the claim, what came in on it, and letting it lapse."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.settlements import CancelRecoveryForm, ReceiptForm
from vpt_regio.models.pilots import Pilot, Recovery
from vpt_regio.queries import settlements as queries
from vpt_regio.queries.history import list_history
from vpt_regio.services.recoveries import cancel_recovery, demand_recovery, receive_recovery
from vpt_regio.web import settlement_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.pilot_pages import tab_items
from vpt_regio.web.session import current_person

bp = Blueprint("recoveries", __name__, url_prefix="/pilots/<int:pilot_id>/terugvordering")


def load_granted(pilot_id: int) -> Pilot | None:
    return queries.get_granted(pilot_id)


def load_recovery(pilot_id: int, recovery_id: int) -> Recovery | None:
    return queries.get_recovery(pilot_id, recovery_id)


@bp.get("")
@authorize(Permission.PILOT_VIEW_DETAILS, load_granted)
def index(pilot: Pilot) -> ResponseReturnValue:
    return _index_page(pilot, make_form(AppForm))


@bp.post("")
@authorize(Permission.PILOT_PAY, load_granted)
def demand(pilot: Pilot) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: demand_recovery(pilot, actor=current_person()),
        page=lambda: _index_page(pilot, form),
        success=_address_of(pilot),
        message=_("De terugvordering is vastgelegd. De ontvanger heeft zes weken om te betalen."),
    )


@bp.get("/<int:recovery_id>/ontvangst")
@authorize(Permission.PILOT_PAY, load_recovery)
def receive(recovery: Recovery) -> ResponseReturnValue:
    return _receipt_page(recovery, make_form(ReceiptForm))


@bp.post("/<int:recovery_id>/ontvangst")
@authorize(Permission.PILOT_PAY, load_recovery)
def record_receipt(recovery: Recovery) -> ResponseReturnValue:
    form = make_form(ReceiptForm)
    return handle(
        form,
        lambda: receive_recovery(
            recovery,
            amount_cents=form.amount.data,
            paid_on=form.paid_on.data,
            reference=form.reference.data,
            actor=current_person(),
        ),
        page=lambda: _receipt_page(recovery, form),
        success=_address_of(recovery.pilot),
        message=_("De ontvangst is vastgelegd."),
    )


@bp.get("/<int:recovery_id>/vervallen")
@authorize(Permission.PILOT_PAY, load_recovery)
def cancel(recovery: Recovery) -> ResponseReturnValue:
    return _cancel_page(recovery, make_form(CancelRecoveryForm, recovery))


@bp.post("/<int:recovery_id>/vervallen")
@authorize(Permission.PILOT_PAY, load_recovery)
def record_cancellation(recovery: Recovery) -> ResponseReturnValue:
    form = make_form(CancelRecoveryForm, recovery)
    return handle(
        form,
        lambda: cancel_recovery(
            recovery,
            reason=form.reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _cancel_page(recovery, form),
        success=_address_of(recovery.pilot),
        message=_("De terugvordering is vervallen."),
        obj=recovery,
    )


def _address_of(pilot: Pilot) -> str:
    return url_for("recoveries.index", pilot_id=pilot.id)


def _index_page(pilot: Pilot, form: AppForm) -> str:
    return render_template(
        "recoveries/index.html",
        pilot=pilot,
        form=form,
        tabs=tab_items(pilot, "terugvordering"),
        money=pages.money_rows(pilot),
        barred=pages.barred_words(pilot),
        reason=pages.demand_reason(pilot),
        may_demand=pages.may_demand(pilot),
        recoveries=[pages.recovery_view(state) for state in queries.recovery_states(pilot)],
        entries=in_words(list_history(*pilot.recoveries)) if pilot.recoveries else [],
    )


def _receipt_page(recovery: Recovery, form: ReceiptForm) -> str:
    return render_template(
        "recoveries/receive.html",
        pilot=recovery.pilot,
        recovery=recovery,
        form=form,
        state=queries.state_of(recovery),
    )


def _cancel_page(recovery: Recovery, form: CancelRecoveryForm) -> str:
    return render_template(
        "recoveries/cancel.html",
        pilot=recovery.pilot,
        recovery=recovery,
        form=form,
        state=queries.state_of(recovery),
    )
