"""Forms for proposals on applications, and for the decisions that are made from them."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length

from vpt_regio.domain.money import format_euro
from vpt_regio.domain.subsidy_codes import REJECTION_GROUND_LABELS
from vpt_regio.domain.text import MAX_TEXT_LENGTH
from vpt_regio.forms.base import AppForm, LongText, MoneyField, Text
from vpt_regio.forms.people import TOO_LONG
from vpt_regio.models.applications import ApplicationLine
from vpt_regio.services.subsidy_proposals import LONGEST_REASON, LineProposal


def _reasoning() -> LongText:
    """Return the field that every form ends with: errors are told in the order of the fields."""
    return LongText(
        _l("Motivering van het besluit"),
        [DataRequired(_l("Vul in waarom u dit voorstelt.")), Length(max=MAX_TEXT_LENGTH)],
        description=_l("Deze tekst komt in het besluit en in de brief aan de aanvrager."),
    )


class ProposalForm(AppForm):
    """A grant as it was asked; other proposals ask for more."""

    reasoning = _reasoning()


class WholeAmountForm(ProposalForm):
    """A grant of one amount, where it is not known what was asked for."""

    amount = MoneyField(
        _l("Toe te kennen bedrag"),
        [InputRequired(_l("Vul een bedrag in van meer dan 0 euro."))],
        description=_l("Van deze aanvraag is niet bekend hoeveel er is gevraagd, en waarvoor."),
    )
    reasoning = _reasoning()


class RejectionForm(ProposalForm):
    ground = SelectField(
        _l("Grond van de afwijzing"),
        [InputRequired(_l("Kies de grond van de afwijzing."))],
        choices=[
            SelectChoice("", _l("Kies een grond")),
            *(SelectChoice(ground, _l(text)) for ground, text in REJECTION_GROUND_LABELS.items()),
        ],
    )
    reasoning = _reasoning()


class PartialGrantForm(ProposalForm):
    """What to grant of each line; `partial_form` adds those fields."""

    def line_proposals(self, lines: Iterable[ApplicationLine]) -> list[LineProposal]:
        """Return what was filled in, line by line."""
        return [
            LineProposal(
                line.id, self[f"granted_{line.id}"].data, self[f"reason_{line.id}"].data or ""
            )
            for line in lines
            if f"granted_{line.id}" in self
        ]


def partial_form(lines: Iterable[ApplicationLine]) -> type[PartialGrantForm]:
    """Return the form for these lines; it has one name, so that what was typed can be kept."""
    fields: dict[str, object] = {}
    for line in lines:
        name = line.description
        fields[f"granted_{line.id}"] = MoneyField(
            _l("Toekennen voor: %(line)s", line=name),
            [InputRequired(_l("Vul het bedrag in dat u toekent. Dat mag 0 zijn."))],
            description=_l("Gevraagd: %(amount)s", amount=format_euro(line.requested_cents)),
        )
        fields[f"reason_{line.id}"] = Text(
            _l("Waarom minder voor: %(line)s", line=name),
            [Length(max=LONGEST_REASON, message=TOO_LONG)],
        )
    fields["reasoning"] = _reasoning()
    return type("PartialGrantForm", (PartialGrantForm,), fields)


def _addition() -> LongText:
    return LongText(
        _l("Toevoeging aan de motivering"),
        [Length(max=MAX_TEXT_LENGTH)],
        description=_l("Deze tekst komt in het besluit en in de brief, na de motivering."),
    )


class DecideForm(AppForm):
    note = _addition()


class SittingForm(AppForm):
    """Which proposals of a round are decided on in one sitting."""

    proposals = SelectMultipleField(
        _l("Voorstellen"),
        [InputRequired(_l("Kies minstens één voorstel."))],
        coerce=int,
        description=_l("U beslist over alle voorstellen die u kiest, of over geen enkel."),
    )
    note = _addition()


class SendBackForm(AppForm):
    note = LongText(
        _l("Wat moet er anders?"),
        [
            DataRequired(_l("Vul in waarom u het voorstel terugstuurt.")),
            Length(max=MAX_TEXT_LENGTH),
        ],
    )
