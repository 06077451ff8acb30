"""Forms for the lists of the programme."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, LongText, Text
from vpt_regio.forms.people import REQUIRED, TOO_LONG
from vpt_regio.services.lists import CODE, NAME, REASON, SHORT, VERSION, Added, Kept

# room for new entries in one go; more can be added one by one
NEW_ROWS = ("nieuw1", "nieuw2", "nieuw3")
SOURCE = 1000


class Expected:
    """Shows a field as one to fill in; whether it may be empty depends on other fields."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Leave it to the service, which knows what was dropped."""


class VersionForm(AppForm):
    """A version of a list; `version_form` adds the fields of its entries."""

    list_version = Text(
        _l("Naam van de nieuwe versie"),
        [DataRequired(REQUIRED), Length(max=VERSION, message=TOO_LONG)],
        description=_l("Bijvoorbeeld het jaar: 2015."),
    )
    starts_on = DayField(_l("Eerste dag"), [InputRequired(REQUIRED)])
    source = Text(_l("Bron"), [Optional(), Length(max=SOURCE, message=TOO_LONG)])

    def kept(self, entries: Sequence[Any]) -> list[Kept]:
        """Return what was filled in for the entries of the present version."""
        return [
            Kept(
                entry,
                name=self[f"name_{entry.id}"].data,
                short_name=self._short_name(entry.id),
                is_dropped=self[f"is_dropped_{entry.id}"].data,
                goes_on_as=self[f"goes_on_as_{entry.id}"].data,
            )
            for entry in entries
        ]

    def added(self) -> list[Added]:
        """Return the rows for new entries, empty ones too."""
        return [
            Added(self[f"code_{row}"].data, self[f"name_{row}"].data, self._short_name(row), row)
            for row in NEW_ROWS
        ]

    def _short_name(self, row: object) -> str:
        return str(self[f"short_name_{row}"].data) if f"short_name_{row}" in self else ""


def version_form(entries: Sequence[Any], *, has_short_names: bool) -> type[VersionForm]:
    """Return the form for a version that follows these entries; it has one name."""
    fields: dict[str, Any] = {}
    for entry in entries:
        fields |= _texts(entry.id, entry.code, has_short_names=has_short_names, entry=entry)
        fields[f"is_dropped_{entry.id}"] = BooleanField(_l("%(code)s vervalt", code=entry.code))
        fields[f"goes_on_as_{entry.id}"] = Text(
            _l("%(code)s gaat op in (code)", code=entry.code),
            [Optional(), Length(max=CODE, message=TOO_LONG)],
        )
    for number, row in enumerate(NEW_ROWS, start=1):
        fields[f"code_{row}"] = Text(
            _l("Code van nieuw onderdeel %(number)s", number=number),
            [Optional(), Length(max=CODE, message=TOO_LONG)],
        )
        what = _l("nieuw onderdeel %(number)s", number=number)
        fields |= _texts(row, what, has_short_names=has_short_names)
    return type("VersionForm", (VersionForm,), fields)


def _texts(row: object, what: Any, *, has_short_names: bool, entry: Any = None) -> dict[str, Any]:
    """Return the fields of the words of an entry, filled with those of the present version."""
    fields: dict[str, Any] = {
        f"name_{row}": Text(
            _l("Naam van %(what)s", what=what),
            [Expected() if entry else Optional(), Length(max=NAME, message=TOO_LONG)],
            default=entry.name if entry else "",
        )
    }
    if has_short_names:
        fields[f"short_name_{row}"] = Text(
            _l("Korte naam van %(what)s", what=what),
            [Expected() if entry else Optional(), Length(max=SHORT, message=TOO_LONG)],
            default=entry.short_name if entry else "",
        )
    return fields


class CorrectionForm(AppForm):
    name = Text(_l("Naam"), [DataRequired(REQUIRED), Length(max=NAME, message=TOO_LONG)])
    short_name = Text(
        _l("Korte naam"),
        [Optional(), Length(max=SHORT, message=TOO_LONG)],
        description=_l("Staat boven de kolom in tabellen en in het werkboek."),
    )
    reason = LongText(
        _l("Wat was er fout?"),
        [DataRequired(_l("Schrijf op wat er fout was.")), Length(max=REASON)],
    )


class EntryForm(AppForm):
    code = Text(
        _l("Code"),
        [DataRequired(REQUIRED), Length(max=CODE, message=TOO_LONG)],
        description=_l("Bijvoorbeeld M9. Dezelfde code is in elke versie hetzelfde onderdeel."),
    )
    name = Text(_l("Naam"), [DataRequired(REQUIRED), Length(max=NAME, message=TOO_LONG)])
    short_name = Text(
        _l("Korte naam"),
        [Optional(), Length(max=SHORT, message=TOO_LONG)],
        description=_l("Staat boven de kolom in tabellen en in het werkboek."),
    )
    starts_on = DayField(_l("Geldt vanaf"), [InputRequired(REQUIRED)])
    source = Text(_l("Bron"), [Optional(), Length(max=SOURCE, message=TOO_LONG)])
