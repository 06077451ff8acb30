"""Targets of the programme: kept side by side, read from figures as they were known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.figures import deliver, make_figure_set
from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio.domain.indicator_codes import ChangeKind, Direction, Unit
from vpt_regio.domain.roles import Role
from vpt_regio.errors import Conflict, DomainError, NotAllowed
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditDetail, AuditEntry
from vpt_regio.models.figures import FigureSet, ProgrammeTarget
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.targets import target_lines
from vpt_regio.services.targets import TargetInput, add_target, edit_target, remove_target
from vpt_regio.uow import unit_of_work

OFFICER = "beleid@vpt.example"
TODAY = date(2012, 7, 16)
QUARTER_LESS = TargetInput(
    name="Een kwart minder",
    subject="het aantal incidenten",
    change=Decimal(-25),
    change_kind=ChangeKind.PERCENT,
    direction=Direction.DOWN,
    source="Convenant",
    period_words="2011 tot en met 2015",
)


class House:
    """A programme with a set of three years, and a policy officer."""

    def __init__(self) -> None:
        self.programme: Programme = make_programme()
        self.officer: Person = make_person(self.programme, Role.POLICY_OFFICER, email=OFFICER)
        self.figures: FigureSet = make_figure_set(
            self.programme, periods=("2009", "2010", "2011"), categories=("Incidenten",)
        )
        values = {("Incidenten", "2009"): 200, ("Incidenten", "2010"): 180}
        deliver(self.figures, values, recorded_by=self.officer)

    def target(self, **changes: object) -> TargetInput:
        return replace(QUARTER_LESS, **changes)  # type: ignore[arg-type]

    @property
    def measured(self) -> dict[str, object]:
        return {
            "category": self.figures.categories[0],
            "from_period": self.figures.periods[0],
        }


@pytest.fixture
def house(context: Flask) -> House:
    with unit_of_work():
        return House()


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


def test_progress_follows_the_figures_as_they_were_known(house: House) -> None:
    with unit_of_work():
        add_target(house.programme, house.target(**house.measured), actor=house.officer)
        deliver(
            house.figures,
            {("Incidenten", "2010"): 170, ("Incidenten", "2011"): 150},
            recorded_by=house.officer,
            cutoff_on=date(2012, 6, 1),
        )
    before = target_lines(house.programme, as_of=date(2012, 5, 31))[0]
    now = target_lines(house.programme, as_of=TODAY)[0]
    assert before.newest is not None
    assert (before.newest.period.label, before.progress.rounded) == ("2010", Decimal("-10.0"))
    assert now.newest is not None
    assert (now.newest.period.label, now.newest.value) == ("2011", 150)
    assert (now.progress.rounded, now.progress.is_reached) == (Decimal("-25.0"), True)


def test_a_target_without_a_figure_says_so(house: House) -> None:
    with unit_of_work():
        add_target(house.programme, house.target(), actor=house.officer)
    line = target_lines(house.programme, as_of=TODAY)[0]
    assert (line.first, line.newest, line.progress.share) == (None, None, None)


def test_every_reason_is_told_at_once(house: House) -> None:
    wrong = house.target(name=" ", change=Decimal(25), starts_on=TODAY, ends_on=date(2011, 1, 1))
    error = _refused(lambda: add_target(house.programme, wrong, actor=house.officer))
    assert [part.field for part in getattr(error, "errors", [])] == ["name", "change", "ends_on"]


@pytest.mark.parametrize("change", [Decimal(-10) ** 13, Decimal("-999999999999999")])
def test_a_change_that_cannot_be_stored_is_refused(house: House, change: Decimal) -> None:
    wrong = house.target(change=change)
    error = _refused(lambda: add_target(house.programme, wrong, actor=house.officer))
    assert error.field == "change"


def test_all_that_a_target_said_before_stays_in_the_record(house: House) -> None:
    with unit_of_work():
        target = add_target(house.programme, house.target(**house.measured), actor=house.officer)
    with unit_of_work():
        other = house.target(source="Brief", period_words="", starts_on=TODAY)
        edit_target(target, other, actor=house.officer)
    with unit_of_work():
        remove_target(target, actor=house.officer)
    added, changed, removed = db.session.scalars(
        select(AuditDetail.details)
        .join(AuditEntry, AuditEntry.seq == AuditDetail.seq)
        .where(AuditEntry.action.like("target.%"))
        .order_by(AuditEntry.seq)
    )
    first = {
        "name": "Een kwart minder",
        "subject": "het aantal incidenten",
        "change": "-25",
        "change_kind": "percent",
        "direction": "down",
        "source": "Convenant",
        "starts_on": None,
        "ends_on": None,
        "period_words": "2011 tot en met 2015",
        "explanation": "",
        "category": "Incidenten",
        "from_period": "2009",
    }
    after = {
        **first,
        "source": "Brief",
        "period_words": "",
        "starts_on": "2012-07-16",
        "category": None,
        "from_period": None,
    }
    assert added == {"name": "Een kwart minder", "after": first}
    assert changed == {"name": "Een kwart minder", "before": first, "after": after}
    assert removed == {"name": "Een kwart minder", "before": after}


def test_points_are_not_read_from_numbers(house: House) -> None:
    wrong = house.target(change_kind=ChangeKind.POINTS, **house.measured)
    error = _refused(lambda: add_target(house.programme, wrong, actor=house.officer))
    assert error.field == "change_kind"
    with unit_of_work():
        house.figures.unit = Unit.PERCENT
    with unit_of_work():
        add_target(house.programme, wrong, actor=house.officer)


def test_half_of_a_figure_or_that_of_another_set_is_refused(house: House) -> None:
    with unit_of_work():
        other = make_figure_set(house.programme, "andere")
    half = house.target(category=house.figures.categories[0])
    assert _refused(lambda: add_target(house.programme, half, actor=house.officer)).field == (
        "from_period"
    )
    mixed = house.target(category=house.figures.categories[0], from_period=other.periods[0])
    assert _refused(lambda: add_target(house.programme, mixed, actor=house.officer)).field == (
        "from_period"
    )


def test_who_does_not_manage_figures_changes_nothing(house: House) -> None:
    with unit_of_work():
        admin = make_person(house.programme, Role.ADMINISTRATOR)
        target = add_target(house.programme, house.target(), actor=house.officer)
    for work in (
        lambda: add_target(house.programme, house.target(), actor=admin),
        lambda: edit_target(target, house.target(name="Anders"), actor=admin),
        lambda: remove_target(target, actor=admin),
    ):
        assert isinstance(_refused(work), NotAllowed)
    assert db.session.scalars(select(ProgrammeTarget.name)).all() == ["Een kwart minder"]


def test_a_stale_change_is_a_conflict(house: House) -> None:
    with unit_of_work():
        target = add_target(house.programme, house.target(), actor=house.officer)
    with unit_of_work():
        edit_target(target, house.target(name="Anders"), actor=house.officer, expected_version=1)
    stale = house.target(name="Nog anders")
    error = _refused(lambda: edit_target(target, stale, actor=house.officer, expected_version=1))
    assert isinstance(error, Conflict)


@pytest.fixture
def officer(app: Flask, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    with app.app_context(), unit_of_work():
        House()
    return sign_in(OFFICER)


FIELDS = {
    "name": "Minder slachtoffers",
    "subject": "het aandeel slachtoffers",
    "change": "-15",
    "change_kind": "points",
    "direction": "down",
    "source": "Brief",
}


def test_a_target_is_added_shown_and_removed_on_its_pages(officer: FlaskClient) -> None:
    assert officer.post("/doelen/nieuw", data=FIELDS).status_code == 303
    page = officer.get("/doelen").get_data(as_text=True)
    assert "−15 procentpunt" in page
    assert "geen cijfer dat precies dit meet" in page
    assert "Minder slachtoffers" in officer.get("/doelen/1/bewerken").get_data(as_text=True)
    assert officer.post("/doelen/1/verwijderen").status_code == 303
    assert "Minder slachtoffers" not in officer.get("/doelen").get_data(as_text=True)


def test_what_was_typed_stays_with_every_message(officer: FlaskClient) -> None:
    answer = officer.post("/doelen/nieuw", data={**FIELDS, "change": "vijftien", "source": ""})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="vijftien"' in page
    assert "Vul de bron van het doel in." in page
