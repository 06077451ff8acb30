"""What people read about a booking that came after its half-year was frozen."""

from datetime import timedelta

from flask import flash
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.pilots import PilotPayment
from vpt_regio.models.regions import Region
from vpt_regio.queries.late_bookings import counting_day, frozen_nationally
from vpt_regio.queries.region_books import last_locked_day
from vpt_regio.web.filters import long_day

ONE_DAY = timedelta(days=1)


def late_text(expenditure: Expenditure) -> str | None:
    """Return what happened to a booking that counts on another day than its own, or None."""
    if expenditure.dated_on is None:
        return None
    days = {"own": long_day(expenditure.dated_on), "counted": long_day(expenditure.booked_on)}
    if expenditure.corrects_id is not None:
        return _(
            "Deze correctie is van %(own)s. Dat halfjaar is vastgezet."
            " De correctie telt mee op %(counted)s.",
            **days,
        )
    return _(
        "Deze uitgave is van %(own)s. Dat halfjaar is vastgezet."
        " De uitgave telt mee op %(counted)s.",
        **days,
    )


def _late_payment_text(payment: Payment | PilotPayment) -> str | None:
    """Return what happens with a payment on a day that was frozen, or None.

    It keeps its day, which is the bank's; it is counted from the half-year that is open.
    """
    region = payment.region if isinstance(payment, Payment) else None
    today = clock.today()
    frozen = (
        counting_day(region, payment.paid_on, today=today).frozen
        if region
        else frozen_nationally(payment.programme_id, payment.paid_on, today=today)
    )
    if frozen is None:
        return None
    return _(
        "De boeking is van %(own)s. Halfjaar %(period)s is vastgezet."
        " De boeking telt mee in het halfjaar dat nog open is.",
        own=long_day(payment.paid_on),
        period=frozen.code,
    )


def tell_payment(payment: Payment | PilotPayment, message: str) -> None:
    """Tell that a payment was recorded, and what happens when it is of a day that was frozen."""
    flash(" ".join(filter(None, [message, _late_payment_text(payment)])))


def late_payment_note(period_code: str) -> str:
    """Return what stands with a payment that was recorded too late for its half-year."""
    return _(
        "vastgelegd toen %(period)s al was vastgezet; telt mee in het volgende overzicht",
        period=period_code,
    )


def late_hint(region: Region) -> str | None:
    """Return what to know beforehand: from which day bookings count on their own day."""
    last = last_locked_day(region.programme_id)
    if last is None:
        return None
    place = counting_day(region, last, today=clock.today())
    if place.frozen is None:
        return _("Het halfjaar tot en met %(day)s is voor deze regio heropend.", day=long_day(last))
    return _(
        "Tot en met %(last)s is alles vastgezet. Wat van die dag of eerder is, telt mee op"
        " %(counted)s.",
        last=long_day(place.counted_on - ONE_DAY),
        counted=long_day(place.counted_on),
    )
