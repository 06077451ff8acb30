"""Forms for amendments of a covenant: one for each kind."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.enums import AmendmentKind
from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text

REASON = 2000


class AmendmentForm(AppForm):
    """What every amendment has: why, and where the signed paper can be found."""

    reason = LongText(
        _l("Reden"),
        [DataRequired(_l("Vul de reden van de wijziging in.")), Length(max=REASON)],
        description=_l("De reden komt in het overzicht en in de brief."),
    )
    document_reference = Text(
        _l("Kenmerk van het document"),
        [Optional(), Length(max=200)],
        description=_l("Waar het stuk is te vinden, bijvoorbeeld het zaaknummer."),
    )


class ExtensionForm(AmendmentForm):
    """A new ultimate end."""

    new_end_on = DayField(
        _l("Nieuwe uiterste einddatum"), [InputRequired(_l("Vul de nieuwe einddatum in."))]
    )
    new_plan_due_on = DayField(
        _l("Nieuwe dag waarop het plan van aanpak klaar is"),
        [Optional()],
        description=_l("Laat dit leeg als de dag voor het plan dezelfde blijft."),
    )


class SupplementForm(AmendmentForm):
    """More money."""

    amount_cents = MoneyField(
        _l("Bedrag dat erbij komt"), [InputRequired(_l("Vul het bedrag van de aanvulling in."))]
    )


class PartyForm(AmendmentForm):
    """Another party."""

    leaving_party = SelectField(
        _l("Welke partij gaat weg?"),
        [Optional()],
        coerce=int,
        description=_l("Kies ‘niemand’ als er alleen een partij bij komt."),
    )
    party_name = Text(
        _l("Welke partij komt erbij?"),
        [DataRequired(_l("Vul in welke partij erbij komt.")), Length(max=200)],
    )
    party_signatory = Text(
        _l("Wie tekent er voor deze partij?"),
        [Optional(), Length(max=200)],
        description=_l("Nodig bij de ondertekening. Noem de functie."),
    )


class MergerForm(AmendmentForm):
    """What follows from regions that became one."""

    merger = SelectField(
        _l("Om welke samenvoeging gaat het?"),
        [InputRequired(_l("Kies de samenvoeging waar het om gaat."))],
        coerce=int,
    )


FORMS: Mapping[AmendmentKind, type[AmendmentForm]] = {
    AmendmentKind.EXTENSION: ExtensionForm,
    AmendmentKind.AMOUNT: SupplementForm,
    AmendmentKind.PARTY: PartyForm,
    AmendmentKind.MERGER: MergerForm,
}


class SignAmendmentForm(AppForm):
    """The day on which the amendment was signed."""

    signed_on = DayField(
        _l("Datum van ondertekening"),
        [InputRequired(_l("Vul de datum van ondertekening in."))],
        description=_l("Vanaf deze dag geldt de wijziging. Bijvoorbeeld 15-03-2012."),
    )


class WithdrawAmendmentForm(AppForm):
    """Why a draft is given up."""

    note = LongText(
        _l("Waarom trekt u de wijziging in?"),
        [DataRequired(_l("Vul in waarom u de wijziging intrekt.")), Length(max=REASON)],
    )


class StoredAmendment:
    """An amendment under the names of the form's fields."""

    def __init__(self, amendment: Any) -> None:
        self._amendment = amendment

    @property
    def leaving_party(self) -> int:
        return self._amendment.leaving_party_id or 0

    @property
    def merger(self) -> int | None:
        found: int | None = self._amendment.merger_id
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._amendment, name)
