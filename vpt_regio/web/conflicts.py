"""What two people made of the same record at once, side by side, for the second one to choose."""

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, Field
from wtforms.fields import SelectFieldBase
from wtforms.widgets import TextArea

from vpt_regio.forms.base import AppForm, Difference

TAKE_THEIRS = "theirs"


def show_differences(form: AppForm, obj: Any) -> None:
    """Put stored and typed values side by side; sending again then keeps the typed ones."""
    stored = type(form)(formdata=None, obj=obj)
    for field in form.content_fields():
        other: Any = stored[field.short_name]
        if isinstance(field, SelectFieldBase):
            # the options are given by the page, to the form that was sent
            other.choices = getattr(field, "choices", None)
        theirs, mine = _shown(other), _shown(field)
        if theirs != mine:
            is_text = isinstance(field.widget, TextArea)
            form.differences.append(Difference(str(field.label.text), theirs, mine, is_text))
    form.version.data = str(obj.version)


def _shown(field: Field) -> str:
    """Return the value of a field as it reads on the page; the empty text for none."""
    if isinstance(field, BooleanField):
        return _("ja") if field.data else _("nee")
    if isinstance(field, SelectFieldBase):
        choices: Any = field.iter_choices()
        return "; ".join(str(choice.label) for choice in choices if choice.selected)
    value: Any = getattr(field, "_value", None)
    # line breaks are sent as two signs and stored as one
    return "" if value is None else str(value()).replace("\r\n", "\n")
