"""The filters of results over regions."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from vpt_regio.forms.base import DayField
from vpt_regio.forms.people import FilterForm


class ResultFilterForm(FilterForm):
    """A half-year, and the day on which something had to be known."""

    halfjaar = SelectField(_l("Halfjaar"), [Optional()])
    op = DayField(_l("Zoals bekend op"), [Optional()])


class NationalResultFilterForm(ResultFilterForm):
    soort = SelectField(_l("Soort afspraak"), [Optional()])
