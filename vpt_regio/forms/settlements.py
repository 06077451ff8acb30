"""Forms for settling and revoking subsidies, and for what is paid back."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text

REASONING_LIMIT = 10_000
REFERENCE_LIMIT = 100
REASON_LIMIT = 500


class SettlementForm(AppForm):
    """At what amount a subsidy is settled, and why."""

    amount = MoneyField(
        _l("Vast te stellen bedrag"),
        [InputRequired(_l("Vul het bedrag in."))],
        description=_l("Het toegekende bedrag, of lager als daar een reden voor is."),
    )
    ground = SelectField(
        _l("Reden voor een lager bedrag"),
        [Optional()],
        description=_l("Alleen als u lager vaststelt dan is toegekend."),
    )
    is_ex_officio = BooleanField(
        _l("Ambtshalve vaststellen"),
        description=_l("Zonder eindverslag van de ontvanger."),
    )
    reasoning = LongText(
        _l("Motivering"),
        [DataRequired(_l("Vul in waarom u dit voorstelt.")), Length(max=REASONING_LIMIT)],
        description=_l("Deze tekst komt in het besluit."),
    )


class RevocationForm(AppForm):
    """Why a subsidy is revoked."""

    ground = RadioField(
        _l("Reden om de subsidie in te trekken"), [InputRequired(_l("Kies een reden."))]
    )
    reasoning = LongText(
        _l("Motivering"),
        [DataRequired(_l("Vul in waarom u dit voorstelt.")), Length(max=REASONING_LIMIT)],
        description=_l("Deze tekst komt in het besluit."),
    )


class ReceiptForm(AppForm):
    """Money that came back."""

    amount = MoneyField(_l("Ontvangen bedrag"), [InputRequired(_l("Vul het bedrag in."))])
    paid_on = DayField(_l("Datum van ontvangst"), [InputRequired(_l("Vul de datum in."))])
    reference = Text(
        _l("Kenmerk"),
        [DataRequired(_l("Vul het kenmerk van de betaling in.")), Length(max=REFERENCE_LIMIT)],
        description=_l("Het nummer waaronder de betaling in de administratie staat."),
    )


class CancelRecoveryForm(AppForm):
    """Why a claim lapses."""

    reason = LongText(
        _l("Waarom vervalt de terugvordering?"),
        [
            DataRequired(_l("Vul in waarom de terugvordering vervalt.")),
            Length(max=REASON_LIMIT),
        ],
    )
