"""Forms for covenants."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.enums import FundingInstrument, PartyRole
from vpt_regio.forms.base import AppForm, DayField, MoneyField, Text, WholeNumberField
from vpt_regio.models.covenants import (
    DEFAULT_ADVANCE_CENTS,
    DEFAULT_HOURS_PER_WEEK,
    Covenant,
    CovenantParty,
)
from vpt_regio.services.covenant_checks import MAX_COUNTERPARTIES, Party

ROWS = tuple(range(1, MAX_COUNTERPARTIES + 1))


class CovenantForm(AppForm):
    """A draft; below the class a pair of fields is added for each counterparty."""

    number = Text(
        _l("Nummer"),
        [DataRequired(_l("Vul het nummer van het convenant in.")), Length(max=40)],
    )
    title = Text(
        _l("Titel"), [DataRequired(_l("Vul de titel van het convenant in.")), Length(max=300)]
    )
    regions = SelectMultipleField(
        _l("Regio's"), [InputRequired(_l("Kies minstens één regio."))], coerce=int
    )
    minister_signatory = Text(
        _l("Wie tekent er namens de minister?"),
        [Length(max=200)],
        description=_l("Nodig bij de ondertekening. Noem de functie."),
    )
    advance_cents = MoneyField(
        _l("Voorschot"),
        [InputRequired(_l("Vul het voorschot in."))],
        default=DEFAULT_ADVANCE_CENTS,
    )
    min_hours_per_week = WholeNumberField(
        _l("Urennorm per week"),
        [InputRequired(_l("Vul de urennorm in."))],
        default=DEFAULT_HOURS_PER_WEEK,
        description=_l("Het aantal uren dat de projectleider minstens beschikbaar is."),
    )
    original_end_on = DayField(
        _l("Uiterste einddatum"),
        [Optional()],
        description=_l("Nodig bij de ondertekening. Bijvoorbeeld 31-12-2013."),
    )
    plan_due_on = DayField(_l("Plan van aanpak klaar op"), [Optional()])
    funding = SelectField(
        _l("Hoe wordt het geld verstrekt?"),
        [Optional()],
        default=FundingInstrument.UNKNOWN,
        description=_l("Hiervan hangt af hoe de regio het geld verantwoordt."),
    )

    def counterparties(self) -> list[Party]:
        """Return the counterparties that were filled in, in their order."""
        rows = [(self[f"counterparty_{row}"].data, self[f"signatory_{row}"].data) for row in ROWS]
        return [Party(name, signatory) for name, signatory in rows if name or signatory]


for _row in ROWS:
    setattr(
        CovenantForm,
        f"counterparty_{_row}",
        Text(_l("Wederpartij %(number)s", number=_row), [Length(max=200)]),
    )
    setattr(
        CovenantForm,
        f"signatory_{_row}",
        Text(_l("Wie tekent er voor wederpartij %(number)s?", number=_row), [Length(max=200)]),
    )


class SignForm(AppForm):
    """The day on which the covenant was signed."""

    signed_on = DayField(
        _l("Datum van ondertekening"),
        [InputRequired(_l("Vul de datum van ondertekening in."))],
        description=_l("Op deze dag gaat het convenant in. Bijvoorbeeld 15-03-2012."),
    )


class FundingForm(AppForm):
    """How the money of a signed covenant is given."""

    funding = SelectField(
        _l("Hoe wordt het geld verstrekt?"),
        [InputRequired(_l("Kies hoe het geld wordt verstrekt."))],
        description=_l("Hiervan hangt af hoe de regio het geld verantwoordt."),
    )


class StoredDraft:
    """A draft under the names of the form's fields."""

    def __init__(self, covenant: Covenant) -> None:
        self._covenant = covenant

    @property
    def regions(self) -> list[int]:
        return sorted(self._covenant.region_ids)

    @property
    def minister_signatory(self) -> str:
        return self._parties(PartyRole.MINISTER)[0].signatory

    def __getattr__(self, name: str) -> Any:
        field, _, row = name.rpartition("_")
        if field not in ("counterparty", "signatory"):
            return getattr(self._covenant, name)
        parties = self._parties(PartyRole.COUNTERPARTY)
        if int(row) > len(parties):
            return ""
        party = parties[int(row) - 1]
        return party.name if field == "counterparty" else party.signatory

    def _parties(self, role: PartyRole) -> list[CovenantParty]:
        return [party for party in self._covenant.parties if party.role is role]
