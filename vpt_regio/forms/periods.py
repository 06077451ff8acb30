"""Forms for the periods."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.rules.deadlines import DEADLINE_LABELS, DeadlineKind
from vpt_regio.domain.rules.periods import MAX_CODE_LENGTH
from vpt_regio.forms.base import AppForm, DayField, Text, WholeNumberField


class PeriodForm(AppForm):
    """A period: its code, name, days and letter."""

    code = Text(
        _l("Code"),
        [DataRequired(_l("Vul een code in, bijvoorbeeld 2012-1.")), Length(max=MAX_CODE_LENGTH)],
        description=_l("Letters, cijfers en streepjes, bijvoorbeeld 2012-1."),
    )
    name = Text(_l("Naam"), [DataRequired(_l("Vul een naam in.")), Length(max=100)])
    sequence_no = WholeNumberField(
        _l("Volgnummer van de rapportage aan de Tweede Kamer"), [Optional()]
    )
    starts_on = DayField(_l("Eerste dag"), [InputRequired(_l("Vul de eerste dag in."))])
    ends_on = DayField(_l("Laatste dag"), [InputRequired(_l("Vul de laatste dag in."))])
    letter_on = DayField(
        _l("Datum van de brief"),
        [Optional()],
        description=_l("De termijnen worden vanaf deze datum teruggeteld."),
    )


class DeadlinesForm(AppForm):
    """The deadlines of a period, each on a field with the name of its kind."""

    KINDS = tuple(kind for kind in DeadlineKind if kind is not DeadlineKind.LETTER_SENT)


for _kind in DeadlinesForm.KINDS:
    setattr(DeadlinesForm, _kind.value, DayField(_l(DEADLINE_LABELS[_kind]), [Optional()]))
