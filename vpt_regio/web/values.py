"""Measured values in words: the decimals of their indicator, the unit and how sure they are."""

from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio.domain.indicator_codes import (
    QUALIFIER_LABELS,
    Attainment,
    ChangeKind,
    Qualifier,
    Unit,
)
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.indicators import Change, Value
from vpt_regio.domain.workflow import Tone
from vpt_regio.web.filters import number
from vpt_regio.web.i18n import label

ATTAINMENT_TONES: dict[Attainment, Tone] = {
    Attainment.MET: Tone.SUCCESS,
    Attainment.ON_COURSE: Tone.ACTIVE,
    Attainment.BEHIND: Tone.WARNING,
    Attainment.NOT_MEASURED: Tone.INACTIVE,
    Attainment.UNKNOWN: Tone.NEUTRAL,
}


MINUS = "−"


def signed(rounded: Decimal) -> str:
    """Return a rounded number with its sign, such as "+12,5" or "−3"; 0 has none."""
    text = number(abs(Fraction(rounded)), -int(rounded.as_tuple().exponent)) or ""
    if rounded == 0:
        return text
    return f"{MINUS if rounded < 0 else '+'}{text}"


def change_text(change: Change) -> str | None:
    """Return "+12,5%", "−3 procentpunt" or "+4"; None when the old value is 0."""
    if change.rounded is None:
        return None
    text = signed(change.rounded)
    if change.kind is ChangeKind.PERCENT:
        return f"{text}%"
    if change.kind is ChangeKind.POINTS:
        return _("%(amount)s procentpunt", amount=text)
    return text


def in_unit(value: Value | None, unit: Unit, decimals: int) -> str | None:
    """Return a value such as "ongeveer 40" or "66,7%"; None stays None: it was not measured."""
    if value is None:
        return None
    words = _with_unit(value, unit, decimals)
    if value.qualifier is Qualifier.EXACT:
        return words
    return f"{label(QUALIFIER_LABELS[value.qualifier])} {words}"


def _with_unit(value: Value, unit: Unit, decimals: int) -> str:
    if unit is Unit.YES_NO:
        return _("ja") if value.number else _("nee")
    text = number(value.number, decimals) or ""
    if unit is Unit.PERCENT:
        return f"{text}%"
    if unit is Unit.EURO:
        return f"€ {text}"
    if unit is Unit.DAYS:
        is_one = round_half_up(value.number, decimals) == 1
        return ngettext("%(amount)s dag", "%(amount)s dagen", 1 if is_one else 2, amount=text)
    return text
