"""Measured values in words: the decimals of their indicator, the unit and how sure they are."""

from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio.domain.indicator_codes import QUALIFIER_LABELS, Attainment, Qualifier, Unit
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.indicators import Value
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
