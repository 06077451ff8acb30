"""What every form has in common."""

import importlib
import pkgutil
from collections.abc import Iterator

from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired

import vpt_regio.forms
from vpt_regio.forms.base import AppForm, ParsedField


def _forms(of: type[AppForm] = AppForm) -> Iterator[type[AppForm]]:
    for form in of.__subclasses__():
        yield form
        yield from _forms(form)


def test_what_cannot_be_read_is_not_called_empty() -> None:
    """DataRequired wipes the message of a value that cannot be read; InputRequired keeps it."""
    for module in pkgutil.iter_modules(vpt_regio.forms.__path__, "vpt_regio.forms."):
        importlib.import_module(module.name)
    fields = [
        (form.__name__, name, field)
        for form in _forms()
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and issubclass(field.field_class, ParsedField)
    ]
    assert len(fields) > 50
    wiped = [
        (form, name)
        for form, name, field in fields
        for part in (*field.args, *field.kwargs.values())
        for validator in (part if isinstance(part, list | tuple) else [])
        if isinstance(validator, DataRequired)
    ]
    assert wiped == []
