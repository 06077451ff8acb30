"""What the pages of the comparison with the last letter show: rows, figures in words, forms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio.domain.half_year_codes import KEY_FIGURE_LABELS, KeyFigure
from vpt_regio.domain.rules.reconciliation import (
    AMOUNTS,
    CHANGE_LABELS,
    CHANGE_WORDS,
    ComparisonRow,
    Figure,
)
from vpt_regio.domain.workflows.regions import REGION
from vpt_regio.forms.reconciliation import ExplanationForm
from vpt_regio.queries.reconciliation import Gap
from vpt_regio.web import filters
from vpt_regio.web.i18n import label

MOST_FORMS = 20
REGION_LABELS = REGION.labels()
NUMERIC = [2, 3, 4, 5]


def headers() -> list[str]:
    return [
        _("Regio"),
        _("Kerncijfer"),
        _("Vorige brief"),
        _("Opent met"),
        _("Nu"),
        _("Verschil"),
        _("Toelichting"),
    ]


def table_rows(rows: Sequence[ComparisonRow], code: str, *, may_explain: bool) -> list[list[Any]]:
    """Return the rows of the table; where an explanation is asked, a link leads to its page."""
    return [_table_row(row, code, may_explain=may_explain) for row in rows]


def _table_row(row: ComparisonRow, code: str, *, may_explain: bool) -> list[Any]:
    if row.change is not None:
        said = label(CHANGE_WORDS[row.change.kind], **row.change.params)
        what = label(CHANGE_LABELS[row.change.kind])
        return [row.region, _("Wat er gebeurde"), "", "", what, "", said]
    return [
        row.region,
        figure_label(row),
        in_words(row.key_figure, row.previous),
        in_words(row.key_figure, row.opening),
        in_words(row.key_figure, row.current),
        difference(row),
        _remark(row, code, may_explain=may_explain),
    ]


def figure_label(row: ComparisonRow | Gap) -> str:
    return label(KEY_FIGURE_LABELS[row.key_figure]) if row.key_figure else ""


def _remark(row: ComparisonRow, code: str, *, may_explain: bool) -> Any:
    if not row.must_explain:
        return row.explanation
    url = address_of(row, code) if may_explain else None
    if row.is_unexplained:
        return {"text": _("Nog uit te leggen"), "badge": "warning", "url": url}
    return {"text": row.explanation, "url": url}


def address_of(row: ComparisonRow, code: str) -> str:
    return url_for(
        "reconciliation.explain", code=code, region_code=row.code, key_figure=row.key_figure
    )


def in_words(key_figure: KeyFigure | None, value: Figure) -> str | None:
    """Return a figure as people read it; None is not known."""
    if value is None or key_figure is None:
        return None
    if key_figure is KeyFigure.STATUS:
        return label(REGION_LABELS[str(value)])
    if key_figure is KeyFigure.COVENANT_END:
        day = _exact(value)
        return str(value) if day is None else filters.long_day(day)
    if key_figure in AMOUNTS:
        return filters.euro(int(value))
    return filters.hours(int(value)) if key_figure is KeyFigure.HOURS else str(value)


def difference(row: ComparisonRow) -> str:
    """Return what came to the value of the last letter; nothing where one is not known."""
    if row.previous is None or row.current is None:
        return ""
    if isinstance(row.previous, int) and isinstance(row.current, int):
        return in_words(row.key_figure, row.current - row.previous) or ""
    if row.previous == row.current:
        return _("geen")
    first, last = _exact(row.previous), _exact(row.current)
    if first is None or last is None:
        return _("gewijzigd")
    days = (last - first).days
    if days > 0:
        return ngettext("%(num)s dag later", "%(num)s dagen later", days)
    return ngettext("%(num)s dag eerder", "%(num)s dagen eerder", -days)


def _exact(value: Figure) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def sentence(row: ComparisonRow) -> str:
    """Return what must be explained, in one sentence."""
    nothing = _("niets")
    return _(
        "De vorige brief sloot met: %(previous)s. Dit halfjaar opent met: %(opening)s.",
        previous=in_words(row.key_figure, row.previous) or nothing,
        opening=in_words(row.key_figure, row.opening) or nothing,
    )


def open_forms(rows: Sequence[ComparisonRow], code: str) -> list[tuple[ComparisonRow, Any, str]]:
    """Return the first differences that wait for an explanation, each with a form of its own."""
    waiting = [row for row in rows if row.is_unexplained][:MOST_FORMS]
    made = []
    for number, row in enumerate(waiting, start=1):
        # an empty form each: what was typed for one is no explanation of another
        form = ExplanationForm(formdata=None)
        field = form.explanation
        field.id = field.label.field_id = f"explanation-{number}"
        made.append((row, form, address_of(row, code)))
    return made
