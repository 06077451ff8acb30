"""How values look on a page: as Dutch users write them, in both languages."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from typing import Any

from flask import Flask
from flask_babel import format_date
from markupsafe import Markup, escape

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.money import format_euro, format_euro_sentence
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.workflows import ALL
from vpt_regio.web.charts import bar_layout, bullet_layout, slug, text_of
from vpt_regio.web.i18n import in_language, label
from vpt_regio.web.line_charts import line_layout


def init_app(app: Flask) -> None:
    for name, function in FILTERS.items():
        app.add_template_filter(function, name)
    app.add_template_global(state_label)
    app.add_template_global(state_tone)
    app.add_template_global(slug)
    app.add_template_global(bullet_layout)
    app.add_template_global(partial(text_of, write=number), "chart_text")
    app.add_template_global(partial(bar_layout, write=number), "bar_layout")
    app.add_template_global(partial(line_layout, write=number), "line_layout")


def euro(cents: int | None) -> str | None:
    """€ 22.061,00: in tables and forms. None stays None: not known is not zero."""
    return None if cents is None else format_euro(cents)


def euro_sentence(cents: int | None) -> str | None:
    """€ 22.061: in sentences, without decimals when it is whole."""
    return None if cents is None else format_euro_sentence(cents)


def day(value: date | None) -> Markup | None:
    """01-03-2012: in tables; as an element, so that it stays on one line."""
    text = plain_day(value)
    if value is None or text is None:
        return None
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), text)


def whole(text: str) -> Markup:
    """HO-2011-2-1: a reference that stays on one line in a table."""
    return Markup('<span class="vpt-whole">{}</span>').format(text)


def checksum(sha256: str) -> Markup:
    """SHA-256 6a17…: all of it, broken where the line ends."""
    return Markup('<span class="vpt-checksum">SHA-256 {}</span>').format(sha256)


def week(iso_year: int, iso_week: int) -> Markup:
    """2012-W23: an ISO week; as an element, so that it stays on one line."""
    code = f"{iso_year}-W{iso_week:02}"
    return Markup('<time datetime="{0}">{0}</time>').format(code)


def plain_day(value: date | None) -> str | None:
    """01-03-2012: where only text can stand, such as in an option of a list."""
    return None if value is None else value.strftime("%d-%m-%Y")


def long_day(value: date | None) -> str | None:
    """1 maart 2012: in sentences."""
    return None if value is None else format_date(value, "d MMMM yyyy")


def moment(value: datetime | None) -> Markup | None:
    """16-07-2012 10:03, in Amsterdam; as an element, so that it stays on one line."""
    text = plain_moment(value)
    if value is None or text is None:
        return None
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat("T", "seconds"), text)


def plain_moment(value: datetime | None) -> str | None:
    """16-07-2012 10:03, in Amsterdam: where only text can stand."""
    return None if value is None else value.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")


def vague(value: FuzzyDate | None) -> str | None:
    """A date as precise as it is known, in the words of its source when there are any."""
    if value is None:
        return None
    return in_language(value.words or value.display())


def hours(quarters: int | None) -> str | None:
    """7,5: hours from quarters of an hour."""
    if quarters is None:
        return None
    return number(Fraction(quarters, 4))


def number(value: Fraction | int | float | None, decimals: int = 2) -> str | None:
    """1.204 or 7,5: with dots for thousands, a comma, and no idle zeros."""
    if value is None:
        return None
    rounded = round_half_up(Fraction(value), decimals)
    whole, _, rest = f"{rounded:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def percent(value: Fraction | None, decimals: int = 0) -> str | None:
    """62%: from a fraction of one."""
    return None if value is None else f"{number(Fraction(value) * 100, decimals)}%"


def paragraphs(text: str | None) -> Markup:
    """Return plain text with its line breaks kept, and nothing of it as markup."""
    return Markup("<br>").join(escape(line) for line in (text or "").split("\n"))


def bullets(lines: Sequence[str]) -> Markup:
    """Return lines of plain text as a list with bullets; a single line stands by itself."""
    if len(lines) < 2:
        return escape("".join(lines))
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul>{}</ul>").format(items)


def state_label(workflow: str, state: Any) -> str:
    return label(ALL[workflow].state(str(state)).label)


def state_tone(workflow: str, state: Any) -> str:
    return str(ALL[workflow].state(str(state)).tone)


FILTERS: dict[str, Callable[..., Any]] = {
    "euro": euro,
    "euro_sentence": euro_sentence,
    "day": day,
    "long_day": long_day,
    "moment": moment,
    "vague": vague,
    "hours": hours,
    "number": number,
    "percent": percent,
    "paragraphs": paragraphs,
    "bullets": bullets,
    "label": label,
}
