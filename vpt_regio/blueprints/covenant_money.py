"""The money of a covenant: how it stands, payments, corrections, and the annual accounts."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock, policies
from vpt_regio.domain.enums import FUNDING_LABELS, PAYMENT_LABELS, AmendmentKind, PaymentKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.extensions import db
from vpt_regio.forms.covenant_money import (
    PaymentCorrectionForm,
    PaymentForm,
    StatementForm,
    parts_of,
    purpose_of,
)
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.models.regions import Region
from vpt_regio.queries import covenant_money as queries
from vpt_regio.queries.covenants import find_covenant
from vpt_regio.queries.final_accounts import AccountPlace, find_place
from vpt_regio.queries.history import list_history
from vpt_regio.services.accountability import record_statement
from vpt_regio.services.payments import correct_payment, record_payment
from vpt_regio.web import covenant_money as view
from vpt_regio.web.authorize import authorize
from vpt_regio.web.filters import euro, vague
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.late_bookings import tell_payment
from vpt_regio.web.session import current_person

bp = Blueprint("covenant_money", __name__, url_prefix="/convenanten/<int:covenant_id>")


def load_covenant(covenant_id: int) -> Covenant | None:
    """Return a signed covenant: before the signature there is no money."""
    covenant = find_covenant(covenant_id)
    return covenant if covenant and covenant.status is not CovenantStatus.DRAFT else None


def load_payment(covenant_id: int, payment_id: int) -> Payment | None:
    return queries.find_payment(covenant_id, payment_id)


def load_place(covenant_id: int, region_code: str) -> AccountPlace | None:
    return find_place(covenant_id, region_code)


@bp.get("/geld")
@authorize(Permission.REGION_VIEW_DETAILS, load_covenant)
def show(covenant: Covenant) -> ResponseReturnValue:
    money = queries.money_of(covenant)
    visible = policies.visible_regions(current_person())
    regions = [r for r in covenant.regions if visible is None or r.id in visible]
    sees_all = len(regions) == len(covenant.regions)
    # what was paid for the whole covenant is part of what each of its regions got
    payments = [
        payment for payment in money.payments if policies.can_see(current_person(), payment)
    ]
    asks_account = queries.asks_final_account(covenant)
    return render_template(
        "covenant_money/show.html",
        covenant=covenant,
        whole=money.whole if sees_all else None,
        funding=label(FUNDING_LABELS[covenant.funding]),
        asks_account=asks_account,
        rows=[view.region_row(money, region) for region in regions],
        years=[] if asks_account else view.year_rows(money, regions),
        payments=view.payment_rows(payments),
        notes=view.notes(money) if sees_all else [],
        entries=in_words(list_history(*payments)),
        is_open=covenant.status is not CovenantStatus.CLOSED,
    )


@bp.get("/geld/betaling")
@authorize(Permission.PAYMENT_RECORD, load_covenant)
def new(covenant: Covenant) -> ResponseReturnValue:
    return _new_page(covenant, _payment_form(covenant))


@bp.post("/geld/betaling")
@authorize(Permission.PAYMENT_RECORD, load_covenant)
def record(covenant: Covenant) -> ResponseReturnValue:
    form = _payment_form(covenant)
    return handle(
        form,
        lambda: record_payment(covenant, actor=current_person(), **_payment_values(form)),
        page=lambda: _new_page(covenant, form),
        success=lambda made: _told(made, _("De betaling is vastgelegd.")),
    )


@bp.get("/geld/betalingen/<int:payment_id>")
@authorize(Permission.REGION_VIEW_DETAILS, load_payment)
def show_payment(payment: Payment) -> ResponseReturnValue:
    return _payment_page(payment, make_form(PaymentCorrectionForm))


@bp.post("/geld/betalingen/<int:payment_id>")
@authorize(Permission.PAYMENT_RECORD, load_payment)
def correct(payment: Payment) -> ResponseReturnValue:
    form = make_form(PaymentCorrectionForm)
    return handle(
        form,
        lambda: correct_payment(
            payment,
            amount_cents=form.amount.data,
            paid_on=form.paid_on.data,
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _payment_page(payment, form),
        success=lambda made: _told(made, _("De correctie is vastgelegd.")),
    )


def _told(made: Payment, message: str) -> str:
    tell_payment(made, message)
    return url_for("covenant_money.show", covenant_id=made.covenant_id)


@bp.get("/jaarverantwoording/<region_code>")
@authorize(Permission.ACCOUNTABILITY_RECORD, load_place)
def statement(place: AccountPlace) -> ResponseReturnValue:
    return _statement_page(place, _statement_form(place))


@bp.post("/jaarverantwoording/<region_code>")
@authorize(Permission.ACCOUNTABILITY_RECORD, load_place)
def keep_statement(place: AccountPlace) -> ResponseReturnValue:
    form = _statement_form(place)
    return handle(
        form,
        lambda: record_statement(
            place.covenant,
            region=place.region,
            year=form.year.data,
            delivered_on=form.delivered_on.data,
            reference=form.reference.data,
            actor=current_person(),
        ),
        page=lambda: _statement_page(place, form),
        success=url_for("covenant_money.show", covenant_id=place.covenant.id),
        message=_("De verantwoording over dit jaar is vastgelegd."),
    )


def _payment_form(covenant: Covenant) -> PaymentForm:
    supplements = [
        (
            purpose_of(PaymentKind.SUPPLEMENT, amendment.id),
            _(
                "aanvulling van %(amount)s, ondertekend %(day)s",
                amount=euro(amendment.amount_cents),
                day=vague(amendment.signed),
            ),
        )
        for amendment in covenant.signed_amendments
        if amendment.kind is AmendmentKind.AMOUNT
    ]
    ends = [
        (kind.value, label(PAYMENT_LABELS[kind]))
        for kind in (PaymentKind.ADVANCE, PaymentKind.REPAYMENT)
    ]
    everyone = [("", _("Het hele convenant"))] if len(covenant.regions) > 1 else []
    regions = [(region.id, region.name) for region in covenant.regions]
    choices: dict[str, list[tuple[Any, str]]] = {
        "purpose": [ends[0], *supplements, ends[1]],
        "region": [*everyone, *regions],
    }
    return make_form(PaymentForm, choices=choices)


def _payment_values(form: PaymentForm) -> dict[str, Any]:
    kind, amendment_id = parts_of(form.purpose.data)
    return {
        "kind": kind,
        "amendment": db.session.get(CovenantAmendment, amendment_id) if amendment_id else None,
        "region": db.session.get(Region, form.region.data) if form.region.data else None,
        "amount_cents": form.amount.data,
        "paid_on": form.paid_on.data,
        "reference": form.reference.data,
    }


def _new_page(covenant: Covenant, form: PaymentForm) -> str:
    return render_template(
        "covenant_money/new.html",
        covenant=covenant,
        form=form,
        whole=queries.money_of(covenant).whole,
    )


def _payment_page(payment: Payment, form: PaymentCorrectionForm) -> str:
    return render_template(
        "covenant_money/payment.html",
        payment=payment,
        covenant=payment.covenant,
        form=form,
        kind=label(PAYMENT_LABELS[payment.kind]),
        left=payment.amount_cents + queries.corrected_cents(payment),
        is_open=payment.covenant.status is not CovenantStatus.CLOSED,
        entries=in_words(list_history(payment)),
    )


def _statement_form(place: AccountPlace) -> StatementForm:
    money = queries.money_of(place.covenant)
    is_asked = not queries.asks_final_account(place.covenant)
    open_years = money.unstated_years(place.region.id) if is_asked else []
    years: list[tuple[Any, str]] = [(year, str(year)) for year in open_years]
    return make_form(StatementForm, choices={"year": years}, data={"delivered_on": clock.today()})


def _statement_page(place: AccountPlace, form: StatementForm) -> str:
    return render_template(
        "covenant_money/statement.html",
        covenant=place.covenant,
        region=place.region,
        form=form,
    )
