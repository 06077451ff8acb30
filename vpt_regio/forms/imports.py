"""Uploading a progress form, and choosing what of it is taken over."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.forms.base import AppForm, LongText

FROM_FORM = "form"
AS_IT_IS = "now"


class Chosen:
    """Marks a choice as one that counts; that it was made is for the rules to check."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Check nothing: what there is to choose from may have changed since."""


class UploadForm(AppForm):
    """A file, and the region it is of when a person writes for several."""

    region = SelectField(_l("Regio"), [DataRequired(_l("Kies een regio."))])
    file = FileField(
        _l("Ingevuld formulier"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l("Het formulier dat u hebt gedownload, ingevuld en bewaard als .xlsx."),
    )


class DecideForm(AppForm):
    """What is taken over; `seen` names what the person looked at when they chose."""

    seen = HiddenField()
    accept = SelectMultipleField(
        _l("Wijzigingen"), validators=[Chosen()], choices=[], validate_choice=False
    )

    conflict_keys: Sequence[str] = ()

    @property
    def accepted(self) -> set[str]:
        return set(self.accept.data or []) | self._sides(FROM_FORM)

    @property
    def kept(self) -> set[str]:
        return self._sides(AS_IT_IS)

    def _sides(self, side: str) -> set[str]:
        return {key for key in self.conflict_keys if self[key].data == side}


class UndoForm(AppForm):
    """Why a form is taken back."""

    reason = LongText(
        _l("Waarom draait u het terug?"),
        [Optional(), Length(max=500, message=_l("Gebruik hoogstens 500 tekens."))],
    )


def decide_form(conflicts: Iterable[tuple[str, str, str, str]]) -> type[DecideForm]:
    """Return the form with a choice for each conflict: (key, label, in the form, as it is)."""
    fields = {
        key: RadioField(
            label,
            choices=[SelectChoice(FROM_FORM, theirs), SelectChoice(AS_IT_IS, ours)],
            validators=[Chosen()],
            validate_choice=False,
        )
        for key, label, theirs, ours in conflicts
    }
    return type("DecideForm", (DecideForm,), {**fields, "conflict_keys": tuple(fields)})
