"""Forms for judging an action plan."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.domain.enums import (
    DUTY_SCORE_LABELS,
    PLAN_SECTION_LABELS,
    WATCH_DUTY_LABELS,
    DutyScore,
    WatchDuty,
)
from vpt_regio.domain.text import MAX_TEXT_LENGTH
from vpt_regio.forms.base import AppForm, LongText
from vpt_regio.models.periods import ProgressReport

SECTIONS = [SelectChoice(section, _l(text)) for section, text in PLAN_SECTION_LABELS.items()]
SCORES = [SelectChoice(score, _l(text)) for score, text in DUTY_SCORE_LABELS.items()]


class DutiesForm(AppForm):
    """A score and a note for each watch duty; below the class its fields are added."""

    def scores(self) -> dict[WatchDuty, tuple[DutyScore, str]]:
        """Return what was scored; duties without a score stay as they are."""
        return {
            duty: (DutyScore(self[f"score_{duty}"].data), self[f"note_{duty}"].data)
            for duty in WatchDuty
            if self[f"score_{duty}"].data
        }


for _duty, _text in WATCH_DUTY_LABELS.items():
    setattr(DutiesForm, f"score_{_duty}", RadioField(_l(_text), [Optional()], choices=SCORES))
    setattr(
        DutiesForm,
        f"note_{_duty}",
        LongText(_l("Toelichting bij: %(duty)s", duty=_l(_text)), [Length(max=MAX_TEXT_LENGTH)]),
    )


class StoredScores:
    """The scores of a report with its version, under the names of the fields of `DutiesForm`."""

    def __init__(self, report: ProgressReport) -> None:
        self._report = report

    def __getattr__(self, name: str) -> str:
        kind, _, duty = name.partition("_")
        for score in self._report.duty_scores:
            if score.duty == duty and kind in ("score", "note"):
                return str(getattr(score, kind))
        raise AttributeError(name)

    @property
    def version(self) -> int:
        return self._report.version


class SufficiencyForm(AppForm):
    reasoning = LongText(
        _l("Onderbouwing"),
        [Length(max=MAX_TEXT_LENGTH)],
        description=_l("Verplicht als het beschikbare geld en de begroting verschillen."),
    )
    follow_up = LongText(_l("Vervolg"), [Length(max=MAX_TEXT_LENGTH)])


class NoteForm(AppForm):
    """A step with an explanation that may stay empty."""

    note = LongText(_l("Toelichting"), [Length(max=MAX_TEXT_LENGTH)])


class RefusalForm(AppForm):
    """A refusal always has a reason."""

    note = LongText(
        _l("Reden van de afwijzing"),
        [DataRequired(_l("Vul de reden van de afwijzing in.")), Length(max=MAX_TEXT_LENGTH)],
    )
