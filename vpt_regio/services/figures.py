"""Figure sets: what their rows and columns are. What has figures is never taken away."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.indicator_codes import Unit
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.figure_totals import has_loop
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureCategory, FigurePeriod, FigureSet
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.figures import most_decimals, used_places
from vpt_regio.services import audit, transitions

MAX_DECIMALS = 4
LONGEST_NAME = 200
LONGEST_LABEL = 60
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TAKEN_CODES = frozenset({"controle", "nieuw"})


@dataclass(frozen=True)
class CategoryEntry:
    """A row: an existing one by its id, or a new one; `part_of` is the name of another row.

    `field` is the form field where what is wrong with it is told.
    """

    name: str
    id: int | None = None
    part_of: str = ""
    adds_up: bool = False
    field: str = "new_categories"


@dataclass(frozen=True)
class PeriodEntry:
    """A column: an existing one by its id, or a new one; `field` as for a row."""

    label: str
    id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    field: str = "new_periods"


def create_set(
    programme: Programme,
    *,
    code: str,
    title: str,
    unit: Unit,
    categories: Sequence[CategoryEntry],
    periods: Sequence[PeriodEntry],
    actor: Person,
    decimals: int = 0,
    description: str = "",
    total_code: str = "",
) -> FigureSet:
    """Add a figure set; rows and columns stand in the order given, periods from old to new."""
    role = policies.require(actor, Permission.FIGURE_DEFINE, programme)
    errors = _decimals_errors(decimals) + _code_errors(code)
    if db.session.scalar(
        select(FigureSet.id).where(FigureSet.programme_id == programme.id, FigureSet.code == code)
    ):
        errors.append(DuplicateValue(N_("Deze code is al in gebruik."), field="code"))
    raise_all(errors + _category_errors(categories) + _period_errors(periods))
    figure_set = FigureSet(
        programme_id=programme.id,
        code=code,
        title=title,
        unit=unit,
        decimals=decimals,
        description=description,
        total_code=total_code,
    )
    db.session.add(figure_set)
    _arrange(figure_set, categories, periods)
    details = {"title": title, **_values(figure_set)}
    audit.record("figure_set.created", figure_set, actor=actor, role=role, details=details)
    return figure_set


def change_set(
    figure_set: FigureSet,
    *,
    title: str,
    decimals: int,
    categories: Sequence[CategoryEntry],
    periods: Sequence[PeriodEntry],
    actor: Person,
    description: str = "",
    total_code: str = "",
    expected_version: int | None = None,
) -> FigureSet:
    """Change a set, with all its rows and columns in their order; who leaves one out removes it.

    What has figures, or stands in a claim or a target, cannot be removed; its name can change.
    The code and the unit stay as they are.
    """
    role = policies.require(actor, Permission.FIGURE_DEFINE, figure_set)
    transitions.check_version(figure_set, expected_version)
    errors = _decimals_errors(decimals)
    if not errors and decimals < most_decimals(figure_set):
        errors.append(
            Invalid(N_("Er staan al cijfers met meer cijfers achter de komma."), field="decimals")
        )
    errors += _category_errors(categories) + _period_errors(periods)
    errors += _removal_errors(figure_set, categories, periods)
    raise_all(errors)
    before = _values(figure_set)
    figure_set.title = title
    figure_set.decimals = decimals
    figure_set.description = description
    figure_set.total_code = total_code
    _arrange(figure_set, categories, periods)
    after = _values(figure_set)
    if after != before:
        # rows and columns stand in tables of their own: the set must know that it changed too
        figure_set.updated_at = clock.now()
        details = {"before": before, "after": after}
        audit.record("figure_set.changed", figure_set, actor=actor, role=role, details=details)
    return figure_set


def retire_set(
    figure_set: FigureSet, *, actor: Person, expected_version: int | None = None
) -> None:
    """Stop a set: what it holds stays readable, no figures come in any more."""
    role = policies.require(actor, Permission.FIGURE_DEFINE, figure_set)
    transitions.check_version(figure_set, expected_version)
    if figure_set.retired_on is not None:
        raise WrongState(N_("Deze cijferreeks is al gestopt."))
    figure_set.retired_on = clock.today()
    audit.record("figure_set.retired", figure_set, actor=actor, role=role)


def take_up_set(
    figure_set: FigureSet, *, actor: Person, expected_version: int | None = None
) -> None:
    """Open a set again that had stopped."""
    role = policies.require(actor, Permission.FIGURE_DEFINE, figure_set)
    transitions.check_version(figure_set, expected_version)
    if figure_set.retired_on is None:
        raise WrongState(N_("Deze cijferreeks is niet gestopt."))
    figure_set.retired_on = None
    audit.record("figure_set.taken_up", figure_set, actor=actor, role=role)


def _code_errors(code: str) -> list[DomainError]:
    """The code stands in addresses, next to a few words of their own."""
    if CODE.fullmatch(code) and code not in TAKEN_CODES:
        return []
    return [
        Invalid(
            N_("Gebruik alleen kleine letters, cijfers en streepjes, bijvoorbeeld jaarwisseling."),
            field="code",
        )
    ]


def _decimals_errors(decimals: int) -> list[DomainError]:
    if 0 <= decimals <= MAX_DECIMALS:
        return []
    return [Invalid(N_("Vul een getal van 0 tot en met 4 in."), field="decimals")]


def _category_errors(categories: Sequence[CategoryEntry]) -> list[DomainError]:
    if not categories:
        return [Invalid(N_("Vul minstens één categorie in."), field="new_categories")]
    errors = _name_errors([(one.name, one.field) for one in categories], longest=LONGEST_NAME)
    names = {one.name for one in categories}
    parents = {one.part_of for one in categories}
    for one in categories:
        if one.part_of and (one.part_of not in names or one.part_of == one.name):
            errors.append(Invalid(N_("Kies een andere categorie van deze reeks."), field=one.field))
        if one.adds_up and one.name not in parents:
            errors.append(
                Invalid(
                    N_("Deze categorie heeft geen onderdelen om op te tellen."), field=one.field
                )
            )
    if not errors and has_loop({one.name: one.part_of for one in categories}):
        message = N_(
            "Een categorie kan niet, ook niet via een andere, onderdeel zijn van zichzelf."
        )
        errors.append(Invalid(message, field=categories[0].field))
    return errors


def _period_errors(periods: Sequence[PeriodEntry]) -> list[DomainError]:
    if not periods:
        return [Invalid(N_("Vul minstens één periode in."), field="new_periods")]
    errors = _name_errors([(one.label, one.field) for one in periods], longest=LONGEST_LABEL)
    errors += [
        Invalid(N_("De laatste dag ligt voor de eerste dag."), field=one.field)
        for one in periods
        if one.starts_on and one.ends_on and one.ends_on < one.starts_on
    ]
    return errors


def _name_errors(names: Iterable[tuple[str, str]], *, longest: int) -> list[DomainError]:
    named = list(names)
    counts = Counter(name.casefold() for name, _ in named)
    errors: list[DomainError] = []
    for name, field in named:
        if not name.strip():
            errors.append(Invalid(N_("Vul een naam in."), field=field))
        elif len(name) > longest:
            message = N_("Een naam is te lang. Gebruik hoogstens %(longest)s tekens.")
            errors.append(Invalid(message, field=field, params={"longest": longest}))
        elif counts[name.casefold()] > 1:
            errors.append(
                Invalid(
                    N_("De naam ‘%(name)s’ staat er twee keer."), field=field, params={"name": name}
                )
            )
    return errors


def _removal_errors(
    figure_set: FigureSet, categories: Sequence[CategoryEntry], periods: Sequence[PeriodEntry]
) -> list[DomainError]:
    used_categories, used_periods = used_places(figure_set)
    kept_categories = {one.id for one in categories}
    kept_periods = {one.id for one in periods}
    lost = [
        (one.name, f"category_{one.id}_is_removed")
        for one in figure_set.categories
        if one.id in used_categories - kept_categories
    ]
    lost += [
        (one.label, f"period_{one.id}_is_removed")
        for one in figure_set.periods
        if one.id in used_periods - kept_periods
    ]
    return [
        Invalid(
            N_(
                "‘%(name)s’ kan niet weg: er staan cijfers, of een uitspraak of een doel"
                " gebruikt het."
            ),
            field=field,
            params={"name": name},
        )
        for name, field in lost
    ]


def _arrange(
    figure_set: FigureSet, categories: Sequence[CategoryEntry], periods: Sequence[PeriodEntry]
) -> None:
    """Give the set exactly these rows and columns, in this order."""
    rows = {row.id: row for row in figure_set.categories}
    columns = {column.id: column for column in figure_set.periods}
    with db.session.no_autoflush:
        _make_room(figure_set, categories, periods)
        figure_set.categories = [
            _take(rows, one.id, FigureCategory, position, name=one.name, adds_up=one.adds_up)
            for position, one in enumerate(categories, 1)
        ]
        figure_set.periods = [
            _take(
                columns,
                one.id,
                FigurePeriod,
                position,
                label=one.label,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
            )
            for position, one in enumerate(periods, 1)
        ]
        by_name = {row.name: row for row in figure_set.categories}
        for row, entry in zip(figure_set.categories, categories, strict=True):
            row.part_of = by_name[entry.part_of] if entry.part_of else None
    db.session.flush()


def _make_room(
    figure_set: FigureSet, categories: Sequence[CategoryEntry], periods: Sequence[PeriodEntry]
) -> None:
    """Let go of names that change, so that two rows can take each other's."""
    names = {one.id: one.name for one in categories}
    labels = {one.id: one.label for one in periods}
    for row in figure_set.categories:
        row.part_of = None
        if names.get(row.id, row.name) != row.name:
            row.name = f"-{row.id}-"
    for column in figure_set.periods:
        if labels.get(column.id, column.label) != column.label:
            column.label = f"-{column.id}-"
    db.session.flush()


def _take(
    present: dict[int, Any], number: int | None, model: type[Any], position: int, **values: Any
) -> Any:
    found = present[number] if number is not None else model()
    for name, value in {"position": position, **values}.items():
        setattr(found, name, value)
    return found


def _values(figure_set: FigureSet) -> dict[str, Any]:
    return {
        "title": figure_set.title,
        "unit": figure_set.unit,
        "decimals": figure_set.decimals,
        "description": figure_set.description,
        "total_code": figure_set.total_code,
        "categories": [
            [row.name, row.part_of.name if row.part_of else "", row.adds_up]
            for row in figure_set.categories
        ],
        "periods": [
            [column.label, column.starts_on, column.ends_on] for column in figure_set.periods
        ],
    }
