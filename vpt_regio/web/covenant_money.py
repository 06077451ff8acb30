"""The rows of the page about the money of a covenant."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.enums import PAYMENT_LABELS, AmendmentKind, FundingInstrument, PaymentKind
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenant_money import (
    CovenantMoney,
    accountability_due,
    asks_final_account,
)
from vpt_regio.queries.late_bookings import recorded_too_late
from vpt_regio.web.filters import day, euro, state_label, state_tone
from vpt_regio.web.i18n import label
from vpt_regio.web.late_bookings import late_payment_note


def region_row(money: CovenantMoney, region: Region) -> list[Any]:
    """Return how one region stands: share, paid, to pay, spent, to pay back, and its account."""
    position = money.regions[region.id]
    return [
        region.name,
        euro(position.committed),
        euro(position.paid),
        euro(position.to_pay),
        euro(position.spent),
        euro(position.repaid),
        euro(position.to_repay),
        _account_cell(money, region),
    ]


def _account_cell(money: CovenantMoney, region: Region) -> Any:
    if not asks_final_account(money.covenant):
        settled = money.regions[region.id].is_settled
        return _("compleet") if settled else _("bij de jaarrekening")
    url = url_for("final_accounts.show", covenant_id=money.covenant.id, region_code=region.code)
    account = money.accounts.get(region.id)
    if account is None:
        return {"text": _("nog niet begonnen"), "url": url}
    return {
        "text": state_label("final_account", account.status),
        "badge": state_tone("final_account", account.status),
        "url": url,
    }


def payment_rows(payments: Sequence[Payment]) -> list[list[Any]]:
    """Return the payments as they stand in the list."""
    too_late = recorded_too_late(payments)
    return [_payment_row(payment, too_late.get(payment.id)) for payment in payments]


def _payment_row(payment: Payment, missed: str | None) -> list[Any]:
    url = url_for(
        "covenant_money.show_payment", covenant_id=payment.covenant_id, payment_id=payment.id
    )
    note = _("Correctie: %(reason)s", reason=payment.reason) if payment.corrects_id else None
    late = late_payment_note(missed) if missed else None
    return [
        {"text": day(payment.paid_on), "url": url, "note": late},
        {"text": label(PAYMENT_LABELS[payment.kind]), "note": note},
        payment.region.name if payment.region else _("het hele convenant"),
        payment.reference,
        payment.recorded_by.name,
        euro(payment.amount_cents),
    ]


def year_rows(money: CovenantMoney, regions: Iterable[Region]) -> list[list[Any]]:
    """Return every year with money, and whether a region accounted for it."""
    return [
        [region.name, str(year), day(accountability_due(year)), _year_cell(money, region, year)]
        for region in regions
        for year in sorted(money.years[region.id])
    ]


def _year_cell(money: CovenantMoney, region: Region, year: int) -> Any:
    today = clock.today()
    if year in money.stated[region.id]:
        return {"text": _("vastgelegd"), "badge": "success"}
    if year >= today.year:
        return {"text": _("nog niet aan de orde"), "badge": "neutral"}
    if today > accountability_due(year):
        return {"text": _("te laat"), "badge": "danger"}
    return {"text": _("te doen"), "badge": "warning"}


def notes(money: CovenantMoney) -> list[str]:
    """Return what asks for attention: money that is due, either way, and the funding."""
    covenant, whole = money.covenant, money.whole
    if covenant.status is CovenantStatus.CLOSED:
        return []
    found: list[str] = []
    advance = covenant.advance_cents
    left = None if advance is None else advance - money.paid_of(PaymentKind.ADVANCE)
    if left and whole.to_pay:
        amount = euro(min(left, whole.to_pay))
        found.append(_("Van het voorschot moet nog %(amount)s worden betaald.", amount=amount))
    for amendment in covenant.signed_amendments:
        if amendment.kind is not AmendmentKind.AMOUNT or not whole.to_pay:
            continue
        paid = money.paid_of(PaymentKind.SUPPLEMENT, amendment.id)
        open_cents = min((amendment.amount_cents or 0) - paid, whole.to_pay)
        if open_cents > 0:
            found.append(
                _("Van een aanvulling moet nog %(amount)s worden betaald.", amount=euro(open_cents))
            )
    if whole.to_repay:
        found.append(_("Er moet nog %(amount)s terugkomen.", amount=euro(whole.to_repay)))
    if covenant.funding is FundingInstrument.UNKNOWN:
        found.append(
            _(
                "Er is nog niet vastgelegd hoe dit geld wordt gegeven."
                " Daarvan hangt af hoe de regio het verantwoordt."
            )
        )
    return found
