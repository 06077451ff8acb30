"""What the pages with figures show: cells, charts and checks, in words."""

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio.domain.indicator_codes import (
    CLAIM_KIND_LABELS,
    QUALIFIER_LABELS,
    ClaimKind,
    Qualifier,
    Unit,
)
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.indicators import Change, Value
from vpt_regio.models.figures import FigureDelivery, FigureSet
from vpt_regio.queries.figure_checks import CHECK_KIND_LABELS, CheckKind, FigureCheck
from vpt_regio.queries.figures import DeliveredFigure, Figure, FigureCell, FigureTable
from vpt_regio.web.authorize import may
from vpt_regio.web.charts import MOST_SERIES
from vpt_regio.web.filters import day, number, plain_day
from vpt_regio.web.i18n import label
from vpt_regio.web.values import change_text, in_unit, signed

Series = list[tuple[str, list[tuple[Fraction, str] | None]]]


def figure_words(
    value: Fraction | None, figure_set: FigureSet, qualifier: Qualifier = Qualifier.EXACT
) -> str | None:
    """Return a figure such as "ongeveer 40" or "66%"; None stays None: it is not known."""
    if value is None:
        return None
    return in_unit(Value(value, qualifier), figure_set.unit, figure_set.decimals)


def change_words(change: Change | None, *, is_exact: bool = True) -> str | None:
    """Return a change such as "+7,5%" or "-6 procentpunt"; None when there is none to tell."""
    if change is None:
        return None
    words = change_text(change)
    if words is None:
        return _("verandering niet te bepalen: de oude waarde is 0")
    return words if is_exact else _("ongeveer %(number)s", number=words)


def table_rows(table: FigureTable) -> list[list[Any]]:
    """Return the rows of a table of figures, the newest period first."""
    return [
        [
            _row_header(category.name, category.part_of.name if category.part_of else ""),
            *(
                _cell(table, table.cell(category.id, period.id))
                for period in reversed(table.periods)
            ),
        ]
        for category in table.categories
    ]


def _row_header(name: str, whole: str) -> dict[str, str]:
    return {"text": name, "note": _("onderdeel van %(whole)s", whole=whole) if whole else ""}


def _cell(table: FigureTable, cell: FigureCell) -> Any:
    if cell.figure is None:
        return None
    words = figure_words(cell.value, table.figure_set, cell.qualifier)
    return {
        "text": words or _("onbekend"),
        "url": delivery_url(cell.figure.delivery, table.figure_set),
        "note": "; ".join(_cell_notes(table.figure_set, cell)),
    }


def _cell_notes(figure_set: FigureSet, cell: FigureCell) -> list[str]:
    notes = [change_words(cell.change, is_exact=cell.is_change_exact)]
    if cell.printed:
        notes.append(_("in de bron: %(printed)s", printed=cell.printed))
    if cell.earlier:
        old = ", ".join(_old_words(one, figure_set) for one in reversed(cell.earlier))
        notes.append(_("herzien, eerder: %(old)s", old=old))
    return [note for note in notes if note]


def _old_words(figure: Figure, figure_set: FigureSet) -> str:
    words = figure_words(figure.value, figure_set, figure.qualifier) or _("onbekend")
    return _("%(figure)s (peildatum %(day)s)", figure=words, day=plain_day(figure.cutoff_on))


def set_rows(tables: Iterable[FigureTable], checks: Iterable[FigureCheck]) -> list[list[Any]]:
    """Return a row for each set: its newest figures, and how much does not agree."""
    wrong: Counter[int] = Counter()
    for check in checks:
        if check.agrees is False:
            concerned = {one.id for one, _total in check.totals} or {check.figure_set.id}
            wrong.update(concerned)
    return [_set_row(table, wrong[table.figure_set.id]) for table in tables]


def _set_row(table: FigureTable, wrong: int) -> list[Any]:
    figure_set, latest = table.figure_set, table.latest
    return [
        {
            "text": figure_set.title,
            "url": url_for("figures.show", set_code=figure_set.code),
            "note": _("gestopt") if figure_set.retired_on else "",
        },
        table.periods[-1].label if table.periods else None,
        day(latest.cutoff_on) if latest else _("nog geen cijfers"),
        latest.source if latest else None,
        {
            "text": ngettext("%(num)s klopt niet", "%(num)s kloppen niet", wrong),
            "badge": "danger",
        }
        if wrong
        else _("geen verschillen"),
    ]


def delivery_rows(table: FigureTable) -> list[list[Any]]:
    """Return the deliveries of a table, the newest first."""
    return [
        [
            {
                "text": _("Levering %(number)s", number=one.number),
                "url": delivery_url(one, table.figure_set),
            },
            day(one.cutoff_on),
            one.source,
            day(one.recorded_on),
            one.scope_note or None,
            one.reason or None,
        ]
        for one in reversed(table.deliveries)
    ]


def delivery_url(delivery: FigureDelivery, figure_set: FigureSet) -> str:
    return url_for("figure_deliveries.show", set_code=figure_set.code, number=delivery.number)


def chart_series(table: FigureTable) -> Series:
    """Return what a chart draws: every category, or only the whole ones when they are too many."""
    categories = list(table.categories)
    if len(categories) > MOST_SERIES:
        categories = [one for one in categories if one.part_of_id is None]
    return [
        (one.name, [_point(table, table.cell(one.id, period.id)) for period in table.periods])
        for one in categories
    ]


def _point(table: FigureTable, cell: FigureCell) -> tuple[Fraction, str] | None:
    words = figure_words(cell.value, table.figure_set, cell.qualifier)
    return None if cell.value is None or words is None else (cell.value, words)


def bar_series(table: FigureTable) -> tuple[list[str], list[tuple[Fraction, str] | None]]:
    """Return the categories of a table with one period, and their figures."""
    period = table.periods[-1]
    cells = [table.cell(one.id, period.id) for one in table.categories]
    return [one.name for one in table.categories], [_point(table, cell) for cell in cells]


def marks(table: FigureTable) -> list[str | None]:
    """Return for each period whether one of its figures was revised."""
    return [
        _("herzien")
        if any(table.cell(one.id, period.id).earlier for one in table.categories)
        else None
        for period in table.periods
    ]


def verdict_of(check: FigureCheck) -> str:
    """Return the code of a verdict, as it stands in the address of a filtered list."""
    if check.is_derived:
        return "zelf-berekend"
    codes = {False: "klopt-niet", None: "niet-te-bepalen", True: "klopt"}
    return codes[check.agrees]


def verdict_labels() -> dict[str, str]:
    return {
        "klopt-niet": _("klopt niet"),
        "niet-te-bepalen": _("niet te bepalen"),
        "klopt": _("klopt"),
        "zelf-berekend": _("zelf berekend"),
    }


VERDICT_TONES = {
    "klopt-niet": "danger",
    "niet-te-bepalen": "inactive",
    "klopt": "success",
    "zelf-berekend": "neutral",
}


def check_rows(
    checks: Iterable[FigureCheck], url_of: Callable[[FigureCheck], str]
) -> list[list[Any]]:
    """Return a row for each check: about what, the source, our own computation, the verdict."""
    texts = verdict_labels()
    return [
        [
            {"text": check.subject, "url": url_of(check), "note": _kind_words(check)},
            _stated(check),
            _computed(check),
            {"text": texts[verdict_of(check)], "badge": VERDICT_TONES[verdict_of(check)]},
            _how(check),
        ]
        for check in checks
    ]


def set_url(check: FigureCheck) -> str:
    return url_for("figures.show", set_code=check.figure_set.code)


def claim_url(check: FigureCheck) -> str:
    """Return where a claim can be changed; nothing for who may not, or for another check."""
    if check.claim is None or not may(Permission.FIGURE_MANAGE, check.figure_set):
        return ""
    return url_for("figure_checks.edit", set_code=check.figure_set.code, claim_id=check.claim.id)


def rules_of(checks: Iterable[FigureCheck]) -> list[str]:
    """Return the rules by which these checks were judged, each once."""
    return list(dict.fromkeys(rule for check in checks for rule in check.rules))


def _kind_words(check: FigureCheck) -> str:
    if check.claim_kind is not None:
        return f"{check.figure_set.title}: {label(CLAIM_KIND_LABELS[check.claim_kind])}"
    if check.kind is CheckKind.CROSS:
        return label(CHECK_KIND_LABELS[check.kind])
    return f"{check.figure_set.title}: {label(CHECK_KIND_LABELS[check.kind])}"


def _stated(check: FigureCheck) -> Any:
    if check.stated is None:
        return _("noemt geen getal") if check.kind is CheckKind.CLAIM else None
    words = number_words(check, check.stated)
    if check.qualifier is not Qualifier.EXACT:
        words = f"{label(QUALIFIER_LABELS[check.qualifier])} {words}"
    return {"text": words, "note": check.source}


def _computed(check: FigureCheck) -> Any:
    if check.rounded is None:
        return None
    off = check.off
    note = ""
    if off is not None:
        note = _("verschil: %(number)s", number=signed(round_half_up(off, check.decimals)))
    return {"text": number_words(check, Fraction(check.rounded)), "note": note}


def number_words(check: FigureCheck, value: Fraction) -> str:
    """Return a stated or computed number with the unit of its claim."""
    text = number(value, check.decimals) or ""
    kind = check.claim_kind
    if kind in (ClaimKind.CHANGE_PERCENT, ClaimKind.SHARE):
        return f"{text}%"
    if kind is ClaimKind.CHANGE_POINTS:
        return _("%(number)s procentpunt", number=text)
    if kind is ClaimKind.FACTOR:
        return _("%(number)s keer", number=text)
    unit = check.figure_set.unit
    if unit is Unit.PERCENT:
        return f"{text}%"
    return f"€ {text}" if unit is Unit.EURO else text


def _how(check: FigureCheck) -> Any:
    """Return what was computed with, and what was said about it."""
    if check.kind is CheckKind.CROSS:
        parts = [
            f"{one.title}: {figure_words(total, one) or _('niet te bepalen')}"
            for one, total in check.totals
        ]
    else:
        parts = [_operand_words(cell, check.figure_set) for cell in check.operands]
    return {"text": "; ".join(parts), "note": check.explanation}


def _operand_words(cell: FigureCell, figure_set: FigureSet) -> str:
    words = figure_words(cell.value, figure_set, cell.qualifier) or _("onbekend")
    if cell.earlier:
        # what a source said may have been right about the figures of then
        old = _old_words(cell.earlier[-1], figure_set)
        words = _("%(figure)s (herzien, eerder: %(old)s)", figure=words, old=old)
    return f"{cell.category.name}, {cell.period.label}: {words}"


def delivered_rows(figure_set: FigureSet, delivered: Iterable[DeliveredFigure]) -> list[list[Any]]:
    """Return the figures of a delivery, each beside what it replaced."""
    lines: list[list[Any]] = []
    for one in delivered:
        new = figure_words(one.figure.value, figure_set, one.figure.qualifier) or _("onbekend")
        old: Any = {"text": _("nieuw cijfer")}
        if one.before is not None:
            words = figure_words(one.before.value, figure_set, one.before.qualifier)
            number_ = one.before.delivery.number
            old = {
                "text": words or _("onbekend"),
                "url": delivery_url(one.before.delivery, figure_set),
                "note": _("levering %(number)s", number=number_),
            }
        lines.append([one.category.name, one.period.label, new, one.figure.printed or None, old])
    return lines


def present_words(cell: FigureCell, figure_set: FigureSet) -> str:
    """Return what stands at a place now, for who fills in a next figure."""
    if cell.figure is None:
        return _("nog geen cijfer")
    words = figure_words(cell.value, figure_set, cell.qualifier) or _("onbekend")
    return _("nu: %(figure)s", figure=words)


def verdict_counts(checks: Iterable[FigureCheck]) -> list[tuple[str, int]]:
    """Return how often each verdict was given, in the order of the list."""
    counts = Counter(verdict_of(check) for check in checks)
    return [(text, counts[code]) for code, text in verdict_labels().items()]
