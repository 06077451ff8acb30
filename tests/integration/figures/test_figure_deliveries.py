"""What a delivery of figures adds, revises and refuses."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.factories.figures import make_figure_set
from tests.factories.people import make_person
from tests.factories.regions import make_region
from tests.integration.figures.figure_scene import CUTOFF, make_scene, refused
from vpt_regio.domain.indicator_codes import Qualifier, Unit
from vpt_regio.domain.roles import REGIONAL_ROLES, Role
from vpt_regio.errors import Conflict, Invalid, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureRow
from vpt_regio.services.figure_deliveries import FigureEntry, deliver
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

PLACE = ("Incidenten", "2010")


def test_a_delivery_adds_only_what_differs_and_keeps_the_old_value() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        scene.deliver(figures, {PLACE: 173, ("Incidenten", "2011"): 180})
    with unit_of_work():
        later = scene.deliver(
            figures,
            {PLACE: 173, ("Incidenten", "2011"): 186, ("Aanhoudingen", "2011"): 143},
            on=date(2012, 3, 1),
            reason="Nagekomen meldingen",
        )
        assert later.number == 2
        assert [(row.revision_no, row.value) for row in later.rows] == [(2, 186), (1, 143)]
    rows = db.session.scalars(select(FigureRow).order_by(FigureRow.id)).all()
    assert [row.value for row in rows] == [173, 180, 186, 143]


def test_a_revision_asks_for_a_reason() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        scene.deliver(figures, {PLACE: 173})
    error = refused(lambda: scene.deliver(figures, {PLACE: 174}))
    assert isinstance(error, Invalid)
    assert error.field == "reason"


def test_a_delivery_that_changes_nothing_is_refused() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        scene.deliver(figures, {PLACE: 173})
    error = refused(lambda: scene.deliver(figures, {PLACE: 173}, reason="Nog eens"))
    assert "verandert niets" in error.message
    assert "verandert niets" in refused(lambda: scene.deliver(figures, {})).message


def test_not_known_is_kept_apart_from_zero() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        scene.deliver(figures, {PLACE: None, ("Incidenten", "2011"): 0})
    values = {row.period.label: row.value for row in db.session.scalars(select(FigureRow))}
    assert values == {"2010": None, "2011": Decimal(0)}


def test_every_error_is_told_at_once_at_its_field() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        other = make_figure_set(scene.programme, "andere")
    first, second = (
        entry.place for entry in scene.entries(figures, {PLACE: 1, ("Incidenten", "2011"): 1})
    )
    stranger = scene.entries(other, {PLACE: 1})[0]
    error = refused(
        lambda: deliver(
            figures,
            source=" ",
            cutoff_on=date(2012, 7, 17),
            entries=[
                FigureEntry(*first, Decimal(-1)),
                FigureEntry(*second, Decimal("1.5")),
                FigureEntry(*second, Decimal(10) ** 15),
                stranger,
            ],
            actor=scene.officer,
        )
    )
    assert isinstance(error, SeveralErrors)
    assert [one.field for one in error.errors] == [
        "source",
        "cutoff_on",
        f"value_{first[0]}_{first[1]}",
        f"value_{second[0]}_{second[1]}",
        f"value_{second[0]}_{second[1]}",
        f"value_{second[0]}_{second[1]}",
        None,
    ]


def test_a_yes_or_no_is_one_or_zero() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme, unit=Unit.YES_NO)
    assert "1 in voor ja" in refused(lambda: scene.deliver(figures, {PLACE: 2})).message


def test_another_qualifier_is_a_revision_and_a_print_alone_too() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        scene.deliver(figures, {PLACE: 40})
    place = scene.entries(figures, {PLACE: 40})[0].place
    for entry in (
        FigureEntry(*place, Decimal(40), Qualifier.CIRCA),
        FigureEntry(*place, Decimal(40), Qualifier.CIRCA, "ca. 40"),
    ):
        with unit_of_work():
            made = deliver(
                figures,
                source="Brief",
                cutoff_on=CUTOFF,
                reason="De bron zegt het zo",
                entries=[entry],
                actor=scene.officer,
            )
            assert len(made.rows) == 1
    assert made.rows[0].revision_no == 3


def test_a_set_that_stopped_takes_no_figures() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        figures.retired_on = date(2012, 1, 1)
    assert isinstance(refused(lambda: scene.deliver(figures, {PLACE: 1})), WrongState)


def test_who_did_not_see_the_last_delivery_is_told() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        scene.deliver(figures, {PLACE: 1})
    entries = scene.entries(figures, {PLACE: 2})
    error = refused(
        lambda: deliver(
            figures,
            source="Politie",
            cutoff_on=CUTOFF,
            reason="Anders",
            entries=entries,
            actor=scene.officer,
            seen_number=0,
        )
    )
    assert isinstance(error, Conflict)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.POLICY_OFFICER])
def test_only_a_policy_officer_delivers(role: Role) -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        region = make_region(scene.programme) if role in REGIONAL_ROLES else None
        scene.officer = make_person(scene.programme, role, region=region)
    assert isinstance(refused(lambda: scene.deliver(figures, {PLACE: 1})), NotAllowed)
