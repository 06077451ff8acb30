"""Tables of figures as they were known on a day, and the checks of what sources say of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event

from tests.factories.figures import make_figure_set
from tests.integration.figures.figure_scene import (
    CUTOFF,
    Scene,
    add_claim,
    add_claims_of_the_nights,
    add_sets,
    make_scene,
)
from vpt_regio.domain.indicator_codes import ChangeKind, ClaimKind, Qualifier, Unit
from vpt_regio.domain.rules.figure_totals import INEXACT_RULE, MISSING_RULE
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureSet
from vpt_regio.queries.figure_checks import CheckKind, FigureCheck
from vpt_regio.queries.figures import (
    FigureTable,
    checks,
    checks_of,
    figure_table,
    figure_tables,
    get_delivery,
    get_set,
    list_sets,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)


def _cell(table: FigureTable, name: str, label: str) -> Any:
    category = next(one for one in table.categories if one.name == name)
    period = next(one for one in table.periods if one.label == label)
    return table.cell(category.id, period.id)


def _nights() -> tuple[Scene, FigureSet]:
    with unit_of_work():
        scene = make_scene()
        return scene, scene.nights()


def test_the_new_years_table_shows_each_figure_with_its_change() -> None:
    _, figures = _nights()
    table = figure_table(figures, as_of=TODAY)
    last = _cell(table, "Incidenten", "2011-2012")
    assert last.value == 186
    assert last.previous == 173
    assert last.change.kind is ChangeKind.PERCENT
    assert last.change.rounded == Decimal("7.5")
    assert last.source == "Politie"
    assert last.cutoff_on == CUTOFF
    assert _cell(table, "Incidenten", "2010-2011").change.rounded == Decimal("-42.9")
    # the first period has nothing before it, and what was never delivered is not a zero
    assert _cell(table, "Incidenten", "2008-2009").change is None
    never = _cell(table, "Mishandeling", "2008-2009")
    assert (never.value, never.figure, never.is_known) == (None, None, False)
    assert _cell(table, "Mishandeling", "2010-2011").change is None


def test_percentages_change_in_points() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(
            scene.programme,
            categories=("Slachtoffers",),
            periods=("2009", "2011"),
            unit=Unit.PERCENT,
        )
        scene.deliver(figures, {("Slachtoffers", "2009"): 65, ("Slachtoffers", "2011"): 59})
    cell = _cell(figure_table(figures, as_of=TODAY), "Slachtoffers", "2011")
    assert (cell.change.kind, cell.change.amount) == (ChangeKind.POINTS, Fraction(-6))


def test_an_earlier_day_knows_the_earlier_figure() -> None:
    scene, figures = _nights()
    with unit_of_work():
        scene.deliver(
            figures, {("Incidenten", "2011-2012"): 190}, on=date(2012, 3, 1), reason="Nagekomen"
        )
    before = figure_table(figures, as_of=date(2012, 2, 29))
    after = figure_table(figures, as_of=date(2012, 3, 1))
    assert _cell(before, "Incidenten", "2011-2012").value == 186
    assert len(before.deliveries) == 1
    cell = _cell(after, "Incidenten", "2011-2012")
    assert (cell.value, cell.revision_no) == (190, 2)
    assert [one.value for one in cell.earlier] == [186]
    assert after.latest is not None
    assert after.latest.number == 2
    nothing_yet = figure_table(figures, as_of=date(2012, 1, 5))
    assert (nothing_yet.latest, _cell(nothing_yet, "Incidenten", "2011-2012").value) == (None, None)


def test_only_the_two_errors_of_the_source_are_flagged() -> None:
    scene, figures = _nights()
    with unit_of_work():
        add_claims_of_the_nights(figures)
    found = {one.subject: one for one in checks(scene.programme, as_of=TODAY)}
    assert {subject: one.agrees for subject, one in found.items()} == {
        "T1": True,
        "T2": True,
        "T3": None,
        "T4": False,
        "T5": True,
        "T6": True,
        "T7": False,
        "T8": True,
    }
    assert (found["T4"].rounded, found["T4"].off) == (-19, 5)
    assert (found["T7"].rounded, found["T7"].off) == (71, 1)
    assert found["T3"].is_derived
    assert found["T3"].rounded == Decimal("-42.9")
    first_two = [one.subject for one in checks(scene.programme, as_of=TODAY)][:2]
    assert sorted(first_two) == ["T4", "T7"]


def test_a_claim_about_a_figure_that_is_missing_or_not_precise_is_left_open() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = make_figure_set(scene.programme)
        old, new = ("Incidenten", "2010"), ("Incidenten", "2011")
        scene.deliver(figures, {old: 40})
        add_claim(figures, "groei", ClaimKind.CHANGE_PERCENT, 50, [old, new])
    [missing] = checks(scene.programme, as_of=TODAY)
    assert (missing.agrees, missing.computed) == (None, None)
    assert MISSING_RULE in missing.rules
    with unit_of_work():
        scene.deliver(figures, {new: 80}, on=date(2012, 2, 1))
        rows = figures.deliveries[1].rows
        assert len(rows) == 1
        entry = scene.entries(figures, {old: 40})[0]
        scene.deliver_as(figures, entry, Qualifier.CIRCA)
    [inexact] = checks(scene.programme, as_of=TODAY)
    assert (inexact.agrees, inexact.computed) == (None, 100)
    assert INEXACT_RULE in inexact.rules


def _two_breakdowns(scene: Scene, by_function: tuple[int, ...]) -> None:
    by_kind = _breakdown(scene, "soort", (149, 207, 47), 403)
    by_place = _breakdown(scene, "functie", by_function, 403)
    assert by_kind.total_code == by_place.total_code


def _breakdown(scene: Scene, code: str, parts: tuple[int, ...], total: int | None) -> FigureSet:
    names = tuple(f"{code} {number}" for number in range(len(parts)))
    figures = make_figure_set(
        scene.programme, code, categories=(*names, "Totaal"), periods=("2011",)
    )
    figures.total_code = "aro"
    *rows, whole = figures.categories
    whole.adds_up = True
    for row in rows:
        row.part_of = whole
    db.session.flush()
    values: dict[tuple[str, str], int | None] = {
        (name, "2011"): value for name, value in zip(names, parts, strict=True)
    }
    if total is not None:
        values["Totaal", "2011"] = total
    scene.deliver(figures, values)
    return figures


def _by_kind(found: list[FigureCheck], kind: CheckKind) -> list[bool | None]:
    return [one.agrees for one in found if one.kind is kind]


def test_two_breakdowns_of_one_total_agree() -> None:
    with unit_of_work():
        scene = make_scene()
        _two_breakdowns(scene, (23, 37, 245, 98))
    found = checks(scene.programme, as_of=TODAY)
    assert _by_kind(found, CheckKind.TOTAL) == [True, True]
    assert _by_kind(found, CheckKind.CROSS) == [True]


def test_a_breakdown_that_does_not_add_up_is_flagged() -> None:
    with unit_of_work():
        scene = make_scene()
        _two_breakdowns(scene, (23, 37, 245, 97))
    flagged = checks(scene.programme, as_of=TODAY)[0]
    assert (flagged.kind, flagged.agrees) == (CheckKind.TOTAL, False)
    assert (flagged.stated, flagged.computed, flagged.off) == (403, 402, -1)


def test_totals_that_differ_are_flagged_without_a_printed_total() -> None:
    with unit_of_work():
        scene = make_scene()
        first = _breakdown(scene, "soort", (149, 207, 47), None)
        _breakdown(scene, "functie", (23, 37, 245, 97), None)
    [flagged] = checks(scene.programme, as_of=TODAY)
    assert (flagged.kind, flagged.agrees) == (CheckKind.CROSS, False)
    assert {flagged.stated, flagged.computed} == {402, 403}
    assert [one.agrees for one in checks_of(figure_table(first, as_of=TODAY))] == [False]


def test_a_blank_part_leaves_a_total_open() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = _breakdown(scene, "soort", (149, 207, 47), 403)
        scene.deliver(figures, {("soort 0", "2011"): None}, reason="Bron trok het in")
    [total] = checks(scene.programme, as_of=TODAY)
    assert (total.agrees, total.computed) == (None, None)


def test_a_rounded_total_is_judged_by_its_words() -> None:
    with unit_of_work():
        scene = make_scene()
        figures = _breakdown(scene, "soort", (149, 207, 47), 403)
        entry = scene.entries(figures, {("Totaal", "2011"): 400})[0]
        scene.deliver_as(figures, entry, Qualifier.CIRCA)
    [total] = checks(scene.programme, as_of=TODAY)
    assert (total.stated, total.computed, total.agrees) == (400, 403, True)


def test_sets_are_found_by_code_and_listed_by_title() -> None:
    with unit_of_work():
        scene = make_scene()
        for code in ("b", "a"):
            figures = make_figure_set(scene.programme, code)
        scene.deliver(figures, {("Incidenten", "2010"): 1})
    assert [one.code for one in list_sets()] == ["a", "b"]
    found = get_set("a")
    assert found is not None
    assert [one.label for one in found.periods] == ["2010", "2011"]
    delivery = get_delivery("a", 1)
    assert delivery is not None
    assert [row.value for row in delivery.rows] == [1]
    assert (get_set("c"), get_delivery("b", 1)) == (None, None)


@contextmanager
def _counted() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_the_number_of_queries_does_not_grow_with_the_sets() -> None:
    with unit_of_work():
        scene = make_scene()
        programme_id = scene.programme.id
    counts = []
    for codes in (range(2), range(2, 20)):
        with unit_of_work():
            add_sets(codes)
        db.session.expire_all()
        programme = scene.programme
        assert programme.id == programme_id
        with _counted() as seen:
            tables = figure_tables(programme, as_of=TODAY)
            totals = [table.totals() for table in tables]
            rows = checks(programme, as_of=TODAY)
        counts.append(len(seen))
        assert len(totals) == len(tables)
        assert len([row for row in rows if row.kind is CheckKind.CLAIM]) == len(tables)
        db.session.rollback()
    assert counts[0] == counts[1] <= 14
