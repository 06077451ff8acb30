"""What the pages with remarks share: what a person sees, and the forms to answer in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.remarks import paragraphs_of
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.errors import Invalid
from vpt_regio.forms.remarks import AnswerForm
from vpt_regio.models.action_plans import Activity, PlanVersion
from vpt_regio.models.programmes import Measure
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.plan_facts import measures_of
from vpt_regio.queries.remarks import RemarkLine, list_remark_lines, text_at
from vpt_regio.web import plan_pages
from vpt_regio.web.authorize import may
from vpt_regio.web.handling import make_form

# the words in an address for each kind of place
PARAGRAPH, ACTIVITY, LINE, MEASURE = "alinea", "activiteit", "regel", "maatregel"


@dataclass(frozen=True)
class Place:
    """A place in a plan: its section, the arguments that name it for a service, and its text."""

    section: PlanSection
    arguments: Mapping[str, Any]
    text: str
    kind: str
    number: int
    name: str = ""


def lines_of(version: PlanVersion) -> list[RemarkLine]:
    """Return the remarks at a plan that the person who is signed in may see."""
    return list_remark_lines(
        version, before_review_ends=plan_pages.remarks_are_visible(version.plan)
    )


def unsettled_musts_of(version: PlanVersion) -> list[RemarkLine]:
    """Return the remarks that stand in the way of an approval."""
    return [
        line
        for line in lines_of(version)
        if line.remark.weight is RemarkWeight.MUST and line.status is not RemarkStatus.SETTLED
    ]


def answer_forms(
    version: PlanVersion,
    lines: Sequence[RemarkLine],
    *,
    sent: Mapping[int, AnswerForm] | None = None,
) -> dict[int, AnswerForm]:
    """Return by remark the form to answer it in place, for who writes the draft.

    `sent` are forms that come back with what was typed.
    """
    is_draft = version.status is ActionPlanStatus.DRAFT
    if not is_draft or not may(Permission.ACTION_PLAN_EDIT, version):
        return {}
    forms = {
        line.remark.id: answer_form(line.remark, line.answer.body if line.answer else "")
        for line in lines
        if line.status is not RemarkStatus.SETTLED
    }
    for line in lines:
        if sent and line.remark.id in sent:
            # after a conflict the page shows what holds now, so the next answer is about that
            sent[line.remark.id].version.data = str(line.remark.version)
    return {**forms, **(sent or {})}


def answer_form(remark: Remark, text: str = "") -> AnswerForm:
    """Return the form of one remark: several fit on one page, each with a name of its own."""
    form_type: type[AnswerForm] = type(f"AnswerForm{remark.id}", (AnswerForm,), {})
    form = make_form(form_type, remark, data={"note": text})
    form.note.id = form.note.label.field_id = f"antwoord-{remark.id}"
    return form


def place_asked(version: PlanVersion, asked: str) -> Place:
    """Return the place that an address names, such as approach.alinea.3.

    Raises Invalid for what is no place of this version.
    """
    parts = asked.split(".")
    if len(parts) != 3 or parts[0] not in set(PlanSection) or not parts[2].isdecimal():
        raise _unknown_place()
    section, kind, number = PlanSection(parts[0]), parts[1], int(parts[2][:9])
    place = _PLACES[kind](version, section, number) if kind in _PLACES else None
    if place is None:
        raise _unknown_place()
    return place


def _unknown_place() -> Invalid:
    return Invalid(
        N_("Deze plaats staat niet in deze versie van het plan. Kies de plaats in de beoordeling.")
    )


def _paragraph(version: PlanVersion, section: PlanSection, number: int) -> Place | None:
    texts = paragraphs_of(text_at(version, section) or "")
    if not 1 <= number <= len(texts):
        return None
    return Place(section, {"paragraph_no": number}, texts[number - 1], PARAGRAPH, number)


def _activity(version: PlanVersion, section: PlanSection, number: int) -> Place | None:
    found: list[Activity] = [
        one.activity for one in version.activities if one.activity_id == number
    ]
    if not found:
        return None
    text = text_at(version, section, activity_id=number) or ""
    return Place(section, {"activity": found[0]}, text, ACTIVITY, found[0].number)


def _budget_line(version: PlanVersion, section: PlanSection, number: int) -> Place | None:
    text = text_at(version, section, budget_line_no=number)
    if text is None:
        return None
    return Place(section, {"budget_line_no": number}, text, LINE, number)


def _measure(version: PlanVersion, section: PlanSection, number: int) -> Place | None:
    found: list[Measure] = [one for one in measures_of(version) if one.id == number]
    if not found:
        return None
    text = text_at(version, section, measure_id=number) or ""
    return Place(section, {"measure": found[0]}, text, MEASURE, number, found[0].name)


_PLACES = {PARAGRAPH: _paragraph, ACTIVITY: _activity, LINE: _budget_line, MEASURE: _measure}
