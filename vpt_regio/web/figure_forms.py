"""What was filled in about figures, under the names that the services use."""

from typing import Any

from flask_babel import gettext as _

from vpt_regio.domain.indicator_codes import (
    CLAIM_KIND_LABELS,
    QUALIFIER_LABELS,
    ClaimKind,
    Qualifier,
)
from vpt_regio.forms.figures import AddedForm, ClaimForm, DeliveryForm, SetForm
from vpt_regio.models.figures import FigureSet
from vpt_regio.queries.figures import FigureTable
from vpt_regio.services.figure_claims import ClaimContent, Place
from vpt_regio.services.figure_deliveries import FigureEntry, field_of
from vpt_regio.services.figures import CategoryEntry, PeriodEntry
from vpt_regio.web.figure_pages import figure_words
from vpt_regio.web.i18n import label

Choices = dict[str, list[tuple[Any, str]]]


def set_values(form: AddedForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "description": form.description.data,
        "decimals": form.decimals.data,
        "total_code": form.total_code.data,
    }


def new_categories(form: AddedForm) -> list[CategoryEntry]:
    return [CategoryEntry(name) for name in _lines(form.new_categories.data)]


def new_periods(form: AddedForm) -> list[PeriodEntry]:
    return [PeriodEntry(name) for name in _lines(form.new_periods.data)]


def categories(form: SetForm, figure_set: FigureSet) -> list[CategoryEntry]:
    """Return the rows that stay, in the places that were filled in, and then the new ones."""
    rows = _kept(form, "category", figure_set.categories)
    names = {row.id: form[f"category_{row.id}_name"].data for row in rows}
    return [
        CategoryEntry(
            name=names[row.id],
            id=row.id,
            part_of=names.get(form[f"category_{row.id}_part_of"].data, ""),
            adds_up=form[f"category_{row.id}_adds_up"].data,
            field=f"category_{row.id}_name",
        )
        for row in rows
    ] + new_categories(form)


def periods(form: SetForm, figure_set: FigureSet) -> list[PeriodEntry]:
    """Return the columns that stay, in the places that were filled in, and then the new ones."""
    return [
        PeriodEntry(
            label=form[f"period_{column.id}_label"].data,
            id=column.id,
            starts_on=form[f"period_{column.id}_starts_on"].data,
            ends_on=form[f"period_{column.id}_ends_on"].data,
            field=f"period_{column.id}_label",
        )
        for column in _kept(form, "period", figure_set.periods)
    ] + new_periods(form)


def part_of_choices(figure_set: FigureSet) -> Choices:
    """Return for each row the other rows that it may be part of."""
    return {
        f"category_{row.id}_part_of": [
            ("", _("Geen")),
            *((other.id, other.name) for other in figure_set.categories if other is not row),
        ]
        for row in figure_set.categories
    }


def entries(form: DeliveryForm, figure_set: FigureSet) -> list[FigureEntry]:
    """Return the figures that were filled in; what was left blank is not delivered."""
    found = []
    for row in figure_set.categories:
        for column in figure_set.periods:
            name = field_of((row.id, column.id))
            typed = form[name].data if name in form else None
            if typed is not None:
                found.append(
                    FigureEntry(row.id, column.id, typed.value, typed.qualifier, typed.printed)
                )
    return found


def claim_content(form: ClaimForm) -> ClaimContent:
    stated = form.stated.data
    picked = [form.first.data, form.second.data, *(form.others.data or [])]
    return ClaimContent(
        subject=form.subject.data,
        kind=ClaimKind(form.kind.data),
        operands=[_place(code) for code in picked],
        stated=stated.number if stated else None,
        decimals=stated.decimals if stated else form.decimals.data or 0,
        qualifier=Qualifier(form.qualifier.data),
        source=form.source.data,
        explanation=form.explanation.data,
    )


def claim_choices(table: FigureTable) -> Choices:
    """Return the options of a claim; its figures are those of the table, the newest first."""
    figures = [
        (f"{category.id}-{period.id}", _figure(table, category.id, period.id))
        for category in table.categories
        for period in reversed(table.periods)
    ]
    return {
        "kind": [(kind.value, label(text)) for kind, text in CLAIM_KIND_LABELS.items()],
        "qualifier": [(one.value, label(text)) for one, text in QUALIFIER_LABELS.items()],
        "first": [("", _("Kies een cijfer")), *figures],
        "second": [("", _("Kies een cijfer")), *figures],
        "others": [*figures],
    }


def _figure(table: FigureTable, category_id: int, period_id: int) -> str:
    cell = table.cell(category_id, period_id)
    words = figure_words(cell.value, table.figure_set, cell.qualifier) or _("onbekend")
    return f"{cell.category.name}, {cell.period.label}: {words}"


def _place(code: str) -> Place:
    category_id, _dash, period_id = code.partition("-")
    return int(category_id), int(period_id)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _kept(form: SetForm, kind: str, rows: list[Any]) -> list[Any]:
    """Return the rows that are not taken away, by place; without one they stay where they are."""
    placed = []
    for row in rows:
        prefix = f"{kind}_{row.id}"
        if f"{prefix}_place" not in form:
            # somebody else added it since: the version tells, before anything is changed
            continue
        removed = f"{prefix}_is_removed"
        if removed in form and form[removed].data:
            continue
        place = form[f"{prefix}_place"].data
        placed.append((row.position if place is None else place, row.position, row))
    return [row for *_place, row in sorted(placed, key=lambda one: one[:2])]
