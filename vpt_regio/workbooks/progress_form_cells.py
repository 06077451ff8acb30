"""What a person may fill in, in a cell of a progress form, and what they are told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from vpt_regio.domain.half_year import parse_week
from vpt_regio.domain.text import N_
from vpt_regio.errors import Invalid
from vpt_regio.workbooks import parse
from vpt_regio.workbooks.parse import RawCell, Reader, fold
from vpt_regio.workbooks.progress_form_types import FormMeta, Week

MOST_HOURS: Final = 60
QUARTERS: Final = 4
WHOLE: Final = 100

NOT_0_TO_100: Final = N_("Vul een voortgang in van 0% tot en met 100%.")
NOT_WHOLE_PERCENT: Final = N_("Vul de voortgang in als een heel percentage, zonder decimalen.")
NOT_QUARTERS: Final = N_("Vul uren in per kwartier, bijvoorbeeld 7,25 of 7,5.")
NEGATIVE: Final = N_("Dit getal kan niet negatief zijn.")
NEGATIVE_AMOUNT: Final = N_(
    "Een uitgave kan niet negatief of nul zijn. Een fout in een oude boeking verbetert u in de"
    " applicatie."
)
TOO_MANY_HOURS: Final = N_("Vul hoogstens 60 uur per week in.")
NOT_A_WEEK: Final = N_("Vul een week in als jaar en weeknummer, bijvoorbeeld 2012-W03.")
NO_SUCH_WEEK: Final = N_("Dit jaar heeft deze week niet. Controleer het weeknummer.")
WEEK_OUTSIDE: Final = N_("Deze week valt buiten het halfjaar van %(first)s tot en met %(last)s.")
DAY_OUTSIDE: Final = N_("Deze datum valt buiten het halfjaar van %(first)s tot en met %(last)s.")
OTHER_ACTIVITY: Final = N_(
    "Deze activiteit staat niet in het plan. Kies een activiteit uit de lijst."
)
OTHER_LEADER: Final = N_("Deze projectleider staat niet in de lijst. Kies een naam uit de lijst.")


def ignored(_cell: RawCell) -> None:
    """What nobody fills in is not read."""


def as_it_is(cell: RawCell) -> RawCell:
    return cell


def percent(cell: RawCell) -> int:
    found = parse.percent(cell) * WHOLE
    if not 0 <= found <= WHOLE:
        raise Invalid(NOT_0_TO_100)
    if found != found.to_integral_value():
        raise Invalid(NOT_WHOLE_PERCENT)
    return int(found)


def quarters(cell: RawCell) -> int:
    found = parse.number(cell) * QUARTERS
    if found < 0:
        raise Invalid(NEGATIVE)
    if found > MOST_HOURS * QUARTERS:
        raise Invalid(TOO_MANY_HOURS)
    if found != found.to_integral_value():
        raise Invalid(NOT_QUARTERS)
    return int(found)


def week(cell: RawCell) -> Week:
    typed = str(parse.text(most=parse.LONGEST_VALUE)(cell))
    try:
        return Week(*parse_week(typed))
    except ValueError as problem:
        message = NO_SUCH_WEEK if str(problem) == "no_such_week" else NOT_A_WEEK
        raise Invalid(message) from problem


def week_inside(meta: FormMeta) -> Callable[[Week], Invalid | None]:
    def check(found: Week) -> Invalid | None:
        if meta.starts_on <= found.thursday <= meta.ends_on:
            return None
        return Invalid(WEEK_OUTSIDE, params=bounds(meta))

    return check


def bounds(meta: FormMeta) -> dict[str, str]:
    return {"first": f"{meta.starts_on:%d-%m-%Y}", "last": f"{meta.ends_on:%d-%m-%Y}"}


def outside(meta: FormMeta) -> Invalid:
    """What to tell of a booking that lies outside the half-year."""
    return Invalid(DAY_OUTSIDE, params=bounds(meta))


def not_negative(value: Decimal) -> str | None:
    return NEGATIVE if value < 0 else None


def known(ids: Mapping[str, int], message: str) -> Reader:
    as_text = parse.text()

    def read(cell: RawCell) -> int:
        typed = fold(str(as_text(cell)))
        if typed not in ids:
            raise Invalid(message)
        return ids[typed]

    return read


def activity_names(meta: FormMeta) -> dict[str, int]:
    """How an activity may be named: its label; its number or its title where those are unique."""
    names: dict[str, set[int]] = {}
    for label, number in meta.activities.items():
        said = meta.facts.get(f"activity:{number}", {})
        for name in (label, said.get("number"), said.get("title")):
            if name is not None:
                names.setdefault(fold(str(name)), set()).add(number)
    return {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1}
