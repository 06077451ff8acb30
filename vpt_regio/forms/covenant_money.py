"""Forms for the money of a covenant and for its end."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.enums import PaymentKind
from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text

REFERENCE_LIMIT = 100
TEXT_LIMIT = 500
LONG_LIMIT = 10_000


def _number(text: str | int | None) -> int | None:
    return int(text) if text not in (None, "", "None") else None


class PaymentForm(AppForm):
    """A payment: what it is for (`purpose`, see `parts_of`), for whom, how much and when."""

    purpose = RadioField(_l("Soort betaling"), [InputRequired(_l("Kies een soort betaling."))])
    region = SelectField(_l("Regio"), [Optional()], coerce=_number)
    amount = MoneyField(_l("Bedrag"), [InputRequired(_l("Vul het bedrag in."))])
    paid_on = DayField(_l("Datum van de betaling"), [InputRequired(_l("Vul de datum in."))])
    reference = Text(
        _l("Kenmerk"),
        [DataRequired(_l("Vul het kenmerk van de betaling in.")), Length(max=REFERENCE_LIMIT)],
        description=_l("Het nummer waaronder de betaling in de administratie staat."),
    )


def purpose_of(kind: PaymentKind, amendment_id: int | None = None) -> str:
    """Return the value of an option: the kind, and for a supplement which one."""
    return f"{kind.value}-{amendment_id}" if amendment_id else kind.value


def parts_of(purpose: str) -> tuple[PaymentKind, int | None]:
    """Return the kind and the amendment of an option."""
    kind, _, number = purpose.partition("-")
    return PaymentKind(kind), _number(number)


class PaymentCorrectionForm(AppForm):
    """What is taken back of a recorded payment, and why."""

    amount = MoneyField(
        _l("Bedrag van de correctie"),
        [InputRequired(_l("Vul het bedrag in."))],
        description=_l("Met een min ervoor, bijvoorbeeld -250,00."),
    )
    paid_on = DayField(_l("Datum van de correctie"), [InputRequired(_l("Vul de datum in."))])
    reason = Text(
        _l("Reden"),
        [DataRequired(_l("Vul de reden van de correctie in.")), Length(max=TEXT_LIMIT)],
    )


class TerminateForm(AppForm):
    """The last day of a covenant that is ended early, and why."""

    ended_on = DayField(
        _l("Laatste dag van het convenant"), [InputRequired(_l("Vul de laatste dag in."))]
    )
    reason = LongText(_l("Reden"), [DataRequired(_l("Vul de reden in.")), Length(max=LONG_LIMIT)])


class StatementForm(AppForm):
    """That a year was accounted for with the annual accounts."""

    year = SelectField(_l("Jaar"), [InputRequired(_l("Kies een jaar."))], coerce=_number)
    delivered_on = DayField(
        _l("Ingeleverd op"), [InputRequired(_l("Vul in wanneer dit is ingeleverd."))]
    )
    reference = Text(
        _l("Kenmerk"),
        [DataRequired(_l("Vul het kenmerk in.")), Length(max=200)],
        description=_l("Bijvoorbeeld de jaarrekening en de bijlage waarin het staat."),
    )
