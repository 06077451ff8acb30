"""Forms for performance contracts: what they say, who is a party, who signed, how they ended."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.action_plans import optional_id
from vpt_regio.forms.base import AppForm, DayField, LongText, Text
from vpt_regio.forms.people import FilterForm, chosen_id
from vpt_regio.forms.reports import NeededToSubmit

TEXT_LIMIT = 10_000
REASON_LIMIT = 2000
WITHDRAWAL_LIMIT = 500


class ContractFilterForm(FilterForm):
    """Which contracts to list."""

    regio = SelectField(_l("Regio"), [Optional()])
    status = SelectField(_l("Status"), [Optional()])
    partner = SelectField(_l("Partij"), [Optional()], coerce=chosen_id)


class ContractForm(AppForm):
    """What a contract says of itself."""

    title = Text(
        _l("Titel"),
        [DataRequired(_l("Vul de titel van het contract in.")), Length(max=200)],
    )
    purpose = LongText(
        _l("Doel van het contract"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Wat willen de partners samen bereiken?"),
    )
    starts_on = DayField(_l("Eerste dag"), [InputRequired(_l("Vul de eerste dag in."))])
    ends_on = DayField(
        _l("Laatste dag"),
        [InputRequired(_l("Vul de laatste dag in."))],
        description=_l("Na deze dag evalueert de accountmanager het contract."),
    )
    action_plan_id = SelectField(
        _l("Plan van aanpak"),
        [Optional()],
        coerce=optional_id,
        description=_l("Het plan waar dit contract bij hoort."),
    )


class PartiesForm(AppForm):
    """Which partners of the region are bound."""

    organisations = SelectMultipleField(
        _l("Partijen"),
        [NeededToSubmit()],
        coerce=int,
        description=_l("Kies minstens twee partners van de regio."),
    )


class SignatureForm(AppForm):
    """Who signed for a party, when, and on what paper."""

    organisation_id = SelectField(
        _l("Partij"),
        [InputRequired(_l("Kies de partij die heeft getekend."))],
        coerce=optional_id,
    )
    signatory = Text(
        _l("Wie heeft getekend?"),
        [DataRequired(_l("Vul in wie er heeft getekend.")), Length(max=200)],
    )
    position = Text(
        _l("In welke functie?"),
        [DataRequired(_l("Vul in in welke functie is getekend.")), Length(max=200)],
        description=_l("Bijvoorbeeld: burgemeester of directeur."),
    )
    signed_on = DayField(
        _l("Datum van ondertekening"),
        [InputRequired(_l("Vul de datum van ondertekening in."))],
    )
    document_reference = Text(
        _l("Kenmerk van het document"),
        [Optional(), Length(max=200)],
        description=_l("Waar het getekende stuk is te vinden, bijvoorbeeld het zaaknummer."),
    )


class WithdrawSignatureForm(AppForm):
    """What was wrong with a signature."""

    reason = LongText(
        _l("Wat was er verkeerd vastgelegd?"),
        [
            DataRequired(_l("Vul in wat er verkeerd was vastgelegd.")),
            Length(max=WITHDRAWAL_LIMIT),
        ],
    )


class TakeBackForm(AppForm):
    """Why a contract goes back to its authors."""

    note = LongText(
        _l("Waarom neemt u het contract terug?"),
        [DataRequired(_l("Vul in waarom u het contract terugneemt.")), Length(max=REASON_LIMIT)],
    )


class CancelForm(AppForm):
    """Why a contract is given up."""

    note = LongText(
        _l("Waarom laat u het contract vervallen?"),
        [
            DataRequired(_l("Vul in waarom u het contract laat vervallen.")),
            Length(max=REASON_LIMIT),
        ],
    )


class EvaluationForm(AppForm):
    """The evaluation; one field comes with it for each agreement without an end value.

    The rules ask for what is missing, so that everything is asked for at once.
    """

    note = LongText(
        _l("Evaluatie"),
        [NeededToSubmit(), Length(max=TEXT_LIMIT)],
        description=_l("Wat heeft het contract opgeleverd, en wat leren de partners ervan?"),
    )

    def reasons(self) -> dict[int, str]:
        """Return by agreement what was filled in as the reason for having no end value."""
        fields = [field for field in self.content_fields() if field.name.startswith("reason_")]
        return {int(field.name.removeprefix("reason_")): field.data for field in fields}


def evaluation_form(agreements: Iterable[tuple[int, int]]) -> type[EvaluationForm]:
    """Return the form of a contract, with a field for each (id, number) of these agreements."""
    fields: dict[str, Any] = {
        f"reason_{agreement_id}": LongText(
            _l("Waarom heeft afspraak %(number)s geen eindwaarde?", number=number),
            [NeededToSubmit(), Length(max=REASON_LIMIT)],
        )
        for agreement_id, number in agreements
    }
    return type(EvaluationForm.__name__, (EvaluationForm,), fields)
