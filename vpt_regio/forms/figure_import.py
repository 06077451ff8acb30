"""The form of a file with figures, the same before and after the figures were shown."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from vpt_regio.forms.figures import DeliveryForm


class FigureImportForm(DeliveryForm):
    """From where the figures come; first with a file, then with the figures that were read.

    `figures` is signed by us: it is what the person saw.
    """

    file = FileField(
        _l("Bestand"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l(
            "Een .xlsx of .csv van hoogstens 10 MB. De eerste regel bevat de namen van de kolommen:"
            " Categorie, Periode, Waarde, Kwalificatie en Gedrukte waarde."
        ),
    )
    figures = HiddenField()
