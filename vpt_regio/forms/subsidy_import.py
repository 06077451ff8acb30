"""The form of a file with earlier subsidies, the same before and after its rows were shown."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from vpt_regio.forms.base import AppForm


class SubsidyImportForm(AppForm):
    """First a file, then the rows that were read; `rows` is signed by us: what the person saw."""

    file = FileField(
        _l("Bestand"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l(
            "Een .xlsx of .csv van hoogstens 10 MB. De eerste regel bevat de namen van de"
            " kolommen, zoals in het sjabloon."
        ),
    )
    rows = HiddenField()
