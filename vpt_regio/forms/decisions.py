"""Forms for decisions: taking back, replacing, asking a mandate holder, and objections."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length

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
