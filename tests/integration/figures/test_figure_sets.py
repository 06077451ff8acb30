"""Defining figure sets: rows and columns come, move and change their name; nothing gets lost."""

from datetime import date
from typing import Any

import pytest

from tests.factories.figures import make_figure_set
from tests.factories.people import make_person
from tests.factories.regions import make_region
from tests.integration.figures.figure_scene import Scene, add_claim, make_scene, refused
from vpt_regio.domain.indicator_codes import ClaimKind, Unit
from vpt_regio.domain.roles import REGIONAL_ROLES, Role
from vpt_regio.errors import Conflict, DuplicateValue, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureSet
from vpt_regio.queries.history import list_history
from vpt_regio.services.figures import (
    CategoryEntry,
    PeriodEntry,
    change_set,
    create_set,
    retire_set,
    take_up_set,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _create(scene: Scene, **values: Any) -> FigureSet:
    given: dict[str, Any] = {
        "code": "aro",
        "title": "Meldingen naar soort",
        "unit": Unit.NUMBER,
        "categories": [
            CategoryEntry("Fysiek", part_of="Totaal"),
            CategoryEntry("Totaal", adds_up=True),
        ],
        "periods": [PeriodEntry("2010"), PeriodEntry("2011")],
        "actor": scene.officer,
    }
    return create_set(scene.programme, **{**given, **values})


def _change(figures: FigureSet, scene: Scene, **values: Any) -> FigureSet:
    given: dict[str, Any] = {
        "title": figures.title,
        "decimals": figures.decimals,
        "categories": _categories(figures),
        "periods": _periods(figures),
        "actor": scene.officer,
    }
    return change_set(figures, **{**given, **values})


def _categories(figures: FigureSet) -> list[CategoryEntry]:
    return [
        CategoryEntry(one.name, one.id, one.part_of.name if one.part_of else "", one.adds_up)
        for one in figures.categories
    ]


def _periods(figures: FigureSet) -> list[PeriodEntry]:
    return [PeriodEntry(one.label, one.id, one.starts_on, one.ends_on) for one in figures.periods]


def test_a_set_has_its_rows_and_columns_in_order() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = _create(scene)
    db.session.expire_all()
    assert [(one.name, one.adds_up) for one in figures.categories] == [
        ("Fysiek", False),
        ("Totaal", True),
    ]
    part, whole = figures.categories
    assert part.part_of is whole
    assert [one.label for one in figures.periods] == ["2010", "2011"]
    assert [one.action for one in list_history(figures)] == ["figure_set.created"]


def test_rows_swap_names_and_order_and_keep_their_figures() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        scene.deliver(figures, {("Incidenten", "2010"): 1, ("Aanhoudingen", "2010"): 2})
    first, second = (one.id for one in figures.categories)
    before = figures.version
    with unit_of_work():
        _change(
            figures,
            scene,
            categories=[
                CategoryEntry("Incidenten", second),
                CategoryEntry("Nieuw"),
                CategoryEntry("Aanhoudingen", first),
            ],
        )
    db.session.expire_all()
    assert [one.name for one in figures.categories] == ["Incidenten", "Nieuw", "Aanhoudingen"]
    assert figures.categories[0].id == second
    assert figures.version > before


def test_what_has_figures_or_a_claim_is_never_removed() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(
            scene.programme, categories=("Met", "Beweerd", "Leeg"), periods=("2010", "2011")
        )
        scene.deliver(figures, {("Met", "2010"): 1})
        places = [("Beweerd", "2010"), ("Met", "2010")]
        add_claim(figures, "verschil", ClaimKind.DIFFERENCE, None, places)
    met, claimed, _ = _categories(figures)
    error = refused(
        lambda: _change(
            figures, scene, categories=[CategoryEntry("Ander")], periods=_periods(figures)[1:]
        )
    )
    assert isinstance(error, SeveralErrors)
    assert [one.field for one in error.errors] == [
        f"category_{met.id}_is_removed",
        f"category_{claimed.id}_is_removed",
        f"period_{figures.periods[0].id}_is_removed",
    ]
    with unit_of_work():
        _change(figures, scene, categories=[met, claimed], periods=_periods(figures)[:1])
    assert [one.name for one in figures.categories] == ["Met", "Beweerd"]
    assert [one.label for one in figures.periods] == ["2010"]


def test_the_same_change_again_writes_nothing_down() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = _create(scene)
    with unit_of_work():
        _change(figures, scene)
    assert len(list_history(figures)) == 1


def test_every_error_in_rows_and_columns_is_told_at_once() -> None:
    with unit_of_work():
        scene = make_scene()
        _create(scene)
    error = refused(
        lambda: _create(
            scene,
            decimals=5,
            categories=[
                CategoryEntry("A", field="a"),
                CategoryEntry("a", field="b"),
                CategoryEntry(" ", field="c"),
                CategoryEntry("B", part_of="Niets", field="d"),
                CategoryEntry("C", adds_up=True, field="e"),
            ],
            periods=[
                PeriodEntry("2010", starts_on=date(2010, 2, 1), ends_on=date(2010, 1, 1), field="f")
            ],
        )
    )
    assert isinstance(error, SeveralErrors)
    assert [one.field for one in error.errors] == [
        "decimals",
        "code",
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
    ]
    assert isinstance(error.errors[1], DuplicateValue)
    empty = refused(lambda: _create(scene, code="leeg", categories=[], periods=[]))
    assert isinstance(empty, SeveralErrors)
    assert [one.field for one in empty.errors] == ["new_categories", "new_periods"]


def test_names_that_do_not_fit_are_refused() -> None:
    with unit_of_work():
        scene = make_scene()
    rows, columns = [CategoryEntry("n" * 201)], [PeriodEntry("p" * 61)]
    error = refused(lambda: _create(scene, categories=rows, periods=columns))
    assert isinstance(error, SeveralErrors)
    assert [one.field for one in error.errors] == ["new_categories", "new_periods"]


def test_a_row_is_never_part_of_itself() -> None:
    with unit_of_work():
        scene = make_scene()
    rows = [CategoryEntry("A", part_of="B"), CategoryEntry("B", part_of="A")]
    assert "zichzelf" in refused(lambda: _create(scene, categories=rows)).message


def test_decimals_are_not_taken_from_figures() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme, unit=Unit.PERCENT)
        figures.decimals = 1
        scene.deliver_text(figures, ("Incidenten", "2010"), "7.5")
    assert refused(lambda: _change(figures, scene, decimals=0)).field == "decimals"


def test_somebody_who_saw_an_older_version_is_told() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = _create(scene)
    error = refused(lambda: _change(figures, scene, expected_version=figures.version - 1))
    assert isinstance(error, Conflict)


def test_a_set_stops_and_is_taken_up_again() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = _create(scene)
    with unit_of_work():
        retire_set(figures, actor=scene.officer)
    assert figures.retired_on == date(2012, 7, 16)
    assert isinstance(refused(lambda: retire_set(figures, actor=scene.officer)), WrongState)
    with unit_of_work():
        take_up_set(figures, actor=scene.officer)
    assert figures.retired_on is None
    assert isinstance(refused(lambda: take_up_set(figures, actor=scene.officer)), WrongState)


@pytest.mark.parametrize("role", list(Role))
def test_only_officers_and_administrators_define_sets(role: Role) -> None:
    with unit_of_work():
        scene = make_scene()
        region = make_region(scene.programme) if role in REGIONAL_ROLES else None
        scene.officer = make_person(scene.programme, role, region=region)
    if role in (Role.POLICY_OFFICER, Role.ADMINISTRATOR):
        with unit_of_work():
            assert _create(scene).id
    else:
        assert isinstance(refused(lambda: _create(scene)), NotAllowed)
