"""Forms for decisions: taking back, replacing, asking a mandate holder, and objections."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.enums import OBJECTION_LABELS
from vpt_regio.domain.text import MAX_TEXT_LENGTH
from vpt_regio.forms.base import AppForm, DayField, LongText, Text
from vpt_regio.forms.people import CHOOSE, REQUIRED, TOO_LONG, FilterForm, chosen_id


class ReopenForm(AppForm):
    """Taking a decision back always has a reason."""

    note = LongText(
        _l("Reden waarom u het besluit terugneemt"),
        [
            DataRequired(_l("Vul in waarom u het besluit terugneemt.")),
            Length(max=MAX_TEXT_LENGTH),
        ],
    )


class RequestForm(AppForm):
    """What an account manager asks of a mandate holder."""

    permission = SelectField(_l("Welk besluit vraagt u?"), [InputRequired(_l("Kies een besluit."))])
    note = LongText(
        _l("Toelichting voor de mandaathouder"),
        [DataRequired(_l("Schrijf op wat u vraagt en waarom.")), Length(max=MAX_TEXT_LENGTH)],
    )


class AnswerForm(AppForm):
    """Why a request goes back without a decision."""

    answer = LongText(
        _l("Reden van het terugsturen"),
        [
            DataRequired(_l("Vul in waarom u het verzoek terugstuurt.")),
            Length(max=MAX_TEXT_LENGTH),
        ],
    )


class ReplaceForm(AppForm):
    """A decision in the place of one: its new text, and why."""

    note = LongText(
        _l("Nieuwe tekst van het besluit"),
        [
            DataRequired(_l("Vul de nieuwe tekst van het besluit in.")),
            Length(max=MAX_TEXT_LENGTH),
        ],
    )
    reason = LongText(
        _l("Reden van de vervanging"),
        [
            DataRequired(_l("Vul in waarom u het besluit vervangt.")),
            Length(max=MAX_TEXT_LENGTH),
        ],
    )


class DecisionFilterForm(FilterForm):
    regio = SelectField(_l("Regio"), [Optional()], coerce=chosen_id)
    soort = SelectField(_l("Soort besluit"), [Optional()])
    jaar = SelectField(_l("Jaar"), [Optional()], coerce=chosen_id)


class ObjectionForm(AppForm):
    received_on = DayField(_l("Ontvangen op"), [InputRequired(REQUIRED)])
    objector = Text(
        _l("Wie maakt bezwaar?"),
        [DataRequired(REQUIRED), Length(max=200, message=TOO_LONG)],
        description=_l("De organisatie of het ambt, geen naam van een persoon."),
    )
    grounds = LongText(_l("Gronden van het bezwaar"), [Length(max=MAX_TEXT_LENGTH)])


class ExtensionForm(AppForm):
    extended_to = DayField(
        _l("Nieuwe laatste dag"),
        [InputRequired(REQUIRED)],
        description=_l("Meer dan zes weken kan alleen als wie bezwaar maakt, daarmee instemt."),
    )
    extension_reason = LongText(_l("Reden"), [DataRequired(REQUIRED), Length(max=MAX_TEXT_LENGTH)])


class OutcomeForm(AppForm):
    outcome = SelectField(
        _l("Uitkomst"),
        [InputRequired(CHOOSE)],
        choices=[
            SelectChoice("", _l("Kies een uitkomst")),
            *(SelectChoice(outcome, _l(text)) for outcome, text in OBJECTION_LABELS.items()),
        ],
    )
    outcome_on = DayField(_l("Besloten op"), [InputRequired(REQUIRED)])
    outcome_note = LongText(
        _l("Toelichting"), [DataRequired(REQUIRED), Length(max=MAX_TEXT_LENGTH)]
    )


class TemplateForm(AppForm):
    kind = SelectField(_l("Waarvoor"), [InputRequired(CHOOSE)])
    file = FileField(
        _l("Word-bestand"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l(
            "Een .docx van hoogstens 2 MB, zonder macro's en links. De velden zijn"
            " besturingselementen voor inhoud met een tag."
        ),
    )
