"""Claims of sources: adding, changing and removing them, each with what it is computed from."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories.figures import make_figure_set
from tests.factories.people import make_person
from tests.integration.figures.figure_scene import Scene, make_scene, refused
from vpt_regio.domain.indicator_codes import ClaimKind, Qualifier
from vpt_regio.domain.roles import Role
from vpt_regio.errors import Conflict, NotAllowed, SeveralErrors
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditDetail
from vpt_regio.models.figures import FigureClaim, FigureSet
from vpt_regio.queries.figures import get_claim
from vpt_regio.queries.history import list_history
from vpt_regio.services.figure_claims import (
    ClaimContent,
    change_claim,
    create_claim,
    remove_claim,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _content(figures: FigureSet, **values: Any) -> ClaimContent:
    category = figures.categories[0].id
    given: dict[str, Any] = {
        "subject": "Stijging",
        "kind": ClaimKind.CHANGE_PERCENT,
        "operands": [(category, period.id) for period in figures.periods],
        "stated": Decimal("7.5"),
        "decimals": 1,
        "source": "Voortgangsbrief",
    }
    return ClaimContent(**{**given, **values})


def _claimed() -> tuple[Scene, FigureSet, FigureClaim]:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        claim = create_claim(figures, _content(figures), actor=scene.officer)
    return scene, figures, claim


def test_a_claim_is_kept_with_what_it_is_computed_from() -> None:
    _, figures, claim = _claimed()
    found = get_claim(figures.code, claim.id)
    assert found is claim
    assert (claim.stated, claim.decimals, claim.position) == (Decimal("7.5"), 1, 1)
    assert [one.period.label for one in claim.operands] == ["2010", "2011"]
    assert get_claim("andere", claim.id) is None


def test_a_change_keeps_what_it_said_before_in_the_record() -> None:
    scene, figures, claim = _claimed()
    version = claim.version
    places = [(row.id, column.id) for row in figures.categories for column in figures.periods]
    with unit_of_work():
        content = _content(figures, kind=ClaimKind.SUM, operands=places[:3], decimals=1)
        change_claim(claim, content, actor=scene.officer, expected_version=version)
    assert len(claim.operands) == 3
    with unit_of_work():
        change_claim(
            claim, _content(figures, kind=ClaimKind.SUM, operands=places[2:]), actor=scene.officer
        )
    assert [(one.category_id, one.period_id) for one in claim.operands] == places[2:]
    assert claim.version > version
    entry = list_history(figures)[0]
    detail = db.session.get(AuditDetail, entry.seq)
    assert detail is not None
    assert len(detail.details["before"]["operands"]) == 3
    assert detail.details["after"]["operands"] == [
        ["Aanhoudingen", "2010"],
        ["Aanhoudingen", "2011"],
    ]


def test_a_claim_that_stays_the_same_is_not_written_down() -> None:
    scene, figures, claim = _claimed()
    with unit_of_work():
        change_claim(claim, _content(figures), actor=scene.officer)
    assert [one.action for one in list_history(figures)] == ["figure_set.claim_added"]


def test_a_claim_can_be_taken_away_and_stays_in_the_history() -> None:
    scene, figures, claim = _claimed()
    with unit_of_work():
        remove_claim(claim, actor=scene.officer)
    assert db.session.query(FigureClaim).count() == 0
    assert [one.action for one in list_history(figures)] == [
        "figure_set.claim_removed",
        "figure_set.claim_added",
    ]


def test_every_reason_to_refuse_is_told_at_once() -> None:
    scene, figures, _ = _claimed()
    error = refused(
        lambda: create_claim(
            figures,
            ClaimContent(" ", ClaimKind.CHANGE_POINTS, [], Decimal("7.55"), 1),
            actor=scene.officer,
        )
    )
    assert isinstance(error, SeveralErrors)
    assert [one.field for one in error.errors] == [
        "subject",
        "kind",
        "first",
        "decimals",
        "source",
    ]


@pytest.mark.parametrize(
    ("kind", "count"),
    [(ClaimKind.SUM, 1), (ClaimKind.SHARE, 1), (ClaimKind.SHARE, 3), (ClaimKind.FACTOR, 0)],
)
def test_each_kind_has_its_number_of_figures(kind: ClaimKind, count: int) -> None:
    scene, figures, _ = _claimed()
    places = [(row.id, column.id) for row in figures.categories for column in figures.periods]
    content = _content(figures, kind=kind, operands=places[:count])
    assert refused(lambda: create_claim(figures, content, actor=scene.officer)).field == "first"


def test_figures_of_another_set_and_the_same_figure_twice_are_refused() -> None:
    scene, figures, _ = _claimed()
    with unit_of_work():
        other = make_figure_set(scene.programme, "andere")
    own = _content(figures).operands
    for places in (_content(other).operands, [own[0], own[0]]):
        content = _content(figures, operands=places)
        error = refused(lambda content=content: create_claim(figures, content, actor=scene.officer))
        assert error.field == "first"


def test_a_derived_value_needs_no_source() -> None:
    scene, figures, _ = _claimed()
    with unit_of_work():
        content = _content(figures, stated=None, source="", qualifier=Qualifier.EXACT)
        claim = create_claim(figures, content, actor=scene.officer)
    assert (claim.stated, claim.position) == (None, 2)


def test_a_stale_claim_and_a_person_without_the_right_are_refused() -> None:
    scene, figures, claim = _claimed()
    stale = refused(
        lambda: change_claim(
            claim, _content(figures), actor=scene.officer, expected_version=claim.version + 1
        )
    )
    assert isinstance(stale, Conflict)
    with unit_of_work():
        reader = make_person(scene.programme, Role.READER)
    for work in (
        lambda: create_claim(figures, _content(figures), actor=reader),
        lambda: change_claim(claim, _content(figures), actor=reader),
        lambda: remove_claim(claim, actor=reader),
    ):
        assert isinstance(refused(work), NotAllowed)
