"""The money of a pilot: how it adds up, instalments, payments and corrections."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import MONEY_DIRECTION_LABELS
from vpt_regio.extensions import db
from vpt_regio.forms.pilots import (
    InstalmentsForm,
    PilotCorrectionForm,
    PilotPaymentForm,
    instalments_form,
    instalments_shown,
)
from vpt_regio.models.pilots import Pilot, PilotInstalment, PilotPayment
from vpt_regio.queries import pilots as queries
from vpt_regio.queries.settlements import get_granted
from vpt_regio.services.pilot_money import (
    CORRECTABLE,
    PAYABLE,
    PLANNABLE,
    correct_payment,
    plan_instalments,
    record_payment,
)
from vpt_regio.web import pilot_money_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.late_bookings import tell_payment
from vpt_regio.web.pilot_pages import tab_items
from vpt_regio.web.session import current_person
from vpt_regio.web.settlement_pages import barred_words

bp = Blueprint("pilot_money", __name__, url_prefix="/pilots/<int:pilot_id>/geld")


def load_granted(pilot_id: int) -> Pilot | None:
    """Return a pilot with a grant: without one there is no money."""
    return get_granted(pilot_id)


def load_payment(pilot_id: int, pilot_payment_id: int) -> PilotPayment | None:
    return queries.get_payment(pilot_id, pilot_payment_id)


@bp.get("")
@authorize(Permission.PILOT_VIEW_DETAILS, load_granted)
def show(pilot: Pilot) -> ResponseReturnValue:
    money = pilot.money
    return render_template(
        "pilots/money.html",
        pilot=pilot,
        tabs=tab_items(pilot, "geld"),
        equation=(
            pages.equation_of(money, barred_cents=pilot.barred_cents_on(clock.today()))
            if money
            else None
        ),
        barred=barred_words(pilot),
        instalments=pages.instalment_rows(pilot, queries.paid_on_instalments(pilot)),
        payments=pages.payment_rows(queries.list_payments(pilot)),
        is_plannable=pilot.status in PLANNABLE,
        is_payable=pilot.status in PAYABLE and money is not None and money.payable_cents > 0,
    )


@bp.get("/termijnen")
@authorize(Permission.PILOT_PAY, load_granted)
def instalments(pilot: Pilot) -> ResponseReturnValue:
    return _instalments_page(pilot, _instalments_form(pilot))


@bp.post("/termijnen")
@authorize(Permission.PILOT_PAY, load_granted)
def plan(pilot: Pilot) -> ResponseReturnValue:
    form = _instalments_form(pilot)
    return handle(
        form,
        lambda: plan_instalments(
            pilot,
            form.rows([one.id for one in pilot.instalments]),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _instalments_page(pilot, form),
        success=_address_of(pilot.id),
        message=_("De termijnen zijn gepland."),
        obj=pilot,
    )


@bp.get("/betaling")
@authorize(Permission.PILOT_PAY, load_granted)
def new(pilot: Pilot) -> ResponseReturnValue:
    return _payment_page(pilot, _payment_form(pilot))


@bp.post("/betaling")
@authorize(Permission.PILOT_PAY, load_granted)
def record(pilot: Pilot) -> ResponseReturnValue:
    form = _payment_form(pilot)
    return handle(
        form,
        lambda: record_payment(
            pilot,
            amount_cents=form.amount.data,
            paid_on=form.paid_on.data,
            reference=form.reference.data,
            instalment=db.session.get(PilotInstalment, form.instalment.data or 0),
            actor=current_person(),
        ),
        page=lambda: _payment_page(pilot, form),
        success=lambda made: _told(made, _("De betaling is vastgelegd.")),
    )


@bp.get("/betalingen/<int:pilot_payment_id>/corrigeren")
@authorize(Permission.PILOT_VIEW_DETAILS, load_payment)
def correct(payment: PilotPayment) -> ResponseReturnValue:
    return _correction_page(payment, make_form(PilotCorrectionForm))


@bp.post("/betalingen/<int:pilot_payment_id>/corrigeren")
@authorize(Permission.PILOT_PAY, load_payment)
def keep_correction(payment: PilotPayment) -> ResponseReturnValue:
    form = make_form(PilotCorrectionForm)
    return handle(
        form,
        lambda: correct_payment(
            payment,
            amount_cents=form.amount.data,
            paid_on=form.paid_on.data,
            reference=form.reference.data,
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _correction_page(payment, form),
        success=lambda made: _told(made, _("De correctie is vastgelegd.")),
    )


def _told(made: PilotPayment, message: str) -> str:
    tell_payment(made, message)
    return _address_of(made.pilot_id)


def _address_of(pilot_id: int) -> str:
    return url_for("pilot_money.show", pilot_id=pilot_id)


def _instalments_form(pilot: Pilot) -> InstalmentsForm:
    return make_form(instalments_form(pilot), pilot, data=instalments_shown(pilot))


def _instalments_page(pilot: Pilot, form: InstalmentsForm) -> str:
    return render_template(
        "pilots/instalments.html",
        pilot=pilot,
        form=form,
        rows=[
            (str(number), [(field, "") for field in fields])
            for number, fields in enumerate(form.row_fields("row"), 1)
        ],
        is_plannable=pilot.status in PLANNABLE,
    )


def _payment_form(pilot: Pilot) -> PilotPaymentForm:
    choices = {"instalment": pages.instalment_choices(pilot)}
    return make_form(PilotPaymentForm, choices=choices)


def _payment_page(pilot: Pilot, form: PilotPaymentForm) -> str:
    return render_template(
        "pilots/payment.html",
        pilot=pilot,
        form=form,
        money=pilot.money,
        is_payable=pilot.status in PAYABLE,
    )


def _correction_page(payment: PilotPayment, form: PilotCorrectionForm) -> str:
    return render_template(
        "pilots/correction.html",
        pilot=payment.pilot,
        payment=payment,
        form=form,
        direction=label(MONEY_DIRECTION_LABELS[payment.direction]),
        left=queries.left_of_payment(payment),
        is_correctable=payment.amount_cents > 0 and payment.pilot.status in CORRECTABLE,
    )
