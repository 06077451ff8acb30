"""Forms of the figure check: the letter, and which findings to show."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional

from vpt_regio.forms.base import AppForm
from vpt_regio.forms.people import FilterForm

WRONG, UNKNOWN, RIGHT = "nee", "onbekend", "ja"
CHOICES = (
    SelectChoice("", _l("Alles")),
    SelectChoice(WRONG, _l("Klopt niet")),
    SelectChoice(UNKNOWN, _l("Niet te controleren")),
    SelectChoice(RIGHT, _l("Klopt")),
)


class LetterFileForm(AppForm):
    """A draft letter."""

    file = FileField(
        _l("Conceptbrief"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l("Een .docx of .odt van hoogstens 10 MB, of een .txt van hoogstens 2 MB."),
    )


class FindingFilterForm(FilterForm):
    """Which findings to show."""

    klopt = SelectField(
        _l("Klopt"),
        validators=[Optional()],
        choices=list(CHOICES),
    )
