"""Forms for remarks at a plan, for the verdict on a measure left out, and for a return."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.enums import (
    EXEMPTION_LABELS,
    PLAN_SECTION_LABELS,
    REMARK_WEIGHT_LABELS,
    RemarkWeight,
)
from vpt_regio.domain.text import MAX_TEXT_LENGTH
from vpt_regio.forms.action_plans import optional_id
from vpt_regio.forms.base import AppForm, LongText

SECTIONS = [SelectChoice(section, _l(text)) for section, text in PLAN_SECTION_LABELS.items()]
WEIGHTS = [SelectChoice(weight, _l(text)) for weight, text in REMARK_WEIGHT_LABELS.items()]
VERDICTS = [SelectChoice(verdict, _l(text)) for verdict, text in EXEMPTION_LABELS.items()]


class PlaceRemarkForm(AppForm):
    """A remark at a place that the address names; `seen` is what stood there on the page."""

    seen = HiddenField()
    weight = RadioField(
        _l("Moet dit worden opgelost?"),
        [DataRequired(_l("Kies moet of mag."))],
        choices=WEIGHTS,
        default=RemarkWeight.COULD,
        description=_l("Het plan kan pas worden goedgekeurd als alles wat moet, is afgehandeld."),
    )
    body = LongText(
        _l("Opmerking"),
        [DataRequired(_l("Schrijf op wat er anders moet.")), Length(max=MAX_TEXT_LENGTH)],
    )


class RemarkForm(AppForm):
    """A remark at a section as a whole, or at an activity."""

    section = SelectField(
        _l("Onderdeel"), [InputRequired(_l("Kies een onderdeel."))], choices=SECTIONS
    )
    activity_id = SelectField(_l("Activiteit"), [Optional()], coerce=optional_id)
    weight = RadioField(
        _l("Moet dit worden opgelost?"),
        [DataRequired(_l("Kies moet of mag."))],
        choices=WEIGHTS,
        default=RemarkWeight.COULD,
        description=_l("Het plan kan pas worden goedgekeurd als alles wat moet, is afgehandeld."),
    )
    body = LongText(
        _l("Opmerking"),
        [DataRequired(_l("Schrijf op wat er anders moet.")), Length(max=MAX_TEXT_LENGTH)],
    )


class AnswerForm(AppForm):
    note = LongText(
        _l("Uw antwoord"),
        [DataRequired(_l("Schrijf uw antwoord op.")), Length(max=MAX_TEXT_LENGTH)],
    )


class SettleForm(AppForm):
    note = LongText(_l("Toelichting bij het afhandelen"), [Length(max=MAX_TEXT_LENGTH)])


class ReopenForm(AppForm):
    note = LongText(
        _l("Wat is er nog niet goed?"),
        [DataRequired(_l("Schrijf op wat er nog niet goed is.")), Length(max=MAX_TEXT_LENGTH)],
    )


class VerdictForm(AppForm):
    """What the account manager thinks of the reason to leave a measure out."""

    verdict = RadioField(
        _l("Bent u akkoord met deze reden?"),
        [InputRequired(_l("Kies akkoord of niet akkoord."))],
        choices=VERDICTS,
    )
    verdict_note = LongText(
        _l("Toelichting bij uw oordeel"),
        [Length(max=MAX_TEXT_LENGTH)],
        description=_l("Verplicht als u niet akkoord gaat. De projectleider leest dit."),
    )


class ReturnForm(AppForm):
    """A return, with the sections that the region may change; none stands for all of them."""

    note = LongText(_l("Toelichting"), [Length(max=MAX_TEXT_LENGTH)])
    sections = SelectMultipleField(
        _l("Welke onderdelen mag de projectleider wijzigen?"),
        [Optional()],
        choices=SECTIONS,
        description=_l("Kiest u niets, dan zijn alle onderdelen te wijzigen."),
    )
