"""Forms for merging regions and undoing that."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length

from vpt_regio.forms.base import AppForm, DayField, LongText


class MergerForm(AppForm):
    """Which regions go up in which one, and from when."""

    successor = SelectField(
        _l("Nieuwe regio"),
        [InputRequired(_l("Kies de regio waarin de andere opgaan."))],
        description=_l("Deze regio bestaat al in het register. Voeg haar zo nodig eerst toe."),
    )
    predecessors = SelectMultipleField(
        _l("Regio's die erin opgaan"),
        [InputRequired(_l("Kies minstens twee regio's die samengaan."))],
        description=_l("Kies minstens twee actieve regio's."),
    )
    merged_on = DayField(
        _l("Samengevoegd vanaf"), [InputRequired(_l("Vul de dag van de samenvoeging in."))]
    )


class ConfirmMergerForm(AppForm):
    reason = LongText(
        _l("Reden van de samenvoeging"),
        [DataRequired(_l("Vul in waarom de regio's worden samengevoegd.")), Length(max=2000)],
    )


class UndoMergerForm(AppForm):
    reason = LongText(
        _l("Reden om de samenvoeging ongedaan te maken"),
        [DataRequired(_l("Vul in waarom u de samenvoeging ongedaan maakt.")), Length(max=2000)],
    )
