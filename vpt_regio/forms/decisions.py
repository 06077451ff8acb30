"""Forms for decisions: taking back, replacing, asking a mandate holder, and objections."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length

from vpt_regio.domain.text import MAX_TEXT_LENGTH
from vpt_regio.forms.base import AppForm, LongText


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
