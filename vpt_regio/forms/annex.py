"""Forms for the texts of the annex, and for the departments that contribute."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.forms.base import AppForm, LongText, Text

NAME_LIMIT = 200
TEXT_LIMIT = 20_000


class AnnexTextForm(AppForm):
    """The words of one text."""

    body = LongText(
        _l("Tekst"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l(
            "Een nieuwe regel wordt een nieuwe alinea. Begin een regel met een streepje en een"
            " spatie voor een punt in een opsomming. Zonder tekst blijft dit deel weg."
        ),
    )


class DepartmentForm(AppForm):
    """The name of a department."""

    name = Text(
        _l("Naam van het ministerie"),
        [DataRequired(_l("Vul de naam van het ministerie in.")), Length(max=NAME_LIMIT)],
    )
