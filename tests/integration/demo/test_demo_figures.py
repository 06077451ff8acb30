"""The figures of the letter in the demonstration: as printed, and computed again."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select

from tests.integration.demo.conftest import DAY
from vpt_regio.demo import world
from vpt_regio.domain.indicator_codes import ChangeKind, Qualifier
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureDelivery, FigureRow
from vpt_regio.queries.figure_checks import CheckKind, FigureCheck, checks
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.targets import TargetLine, target_lines

pytestmark = pytest.mark.usefixtures("demo")


def _checks(kind: CheckKind = CheckKind.CLAIM) -> list[FigureCheck]:
    return [one for one in checks(get_programme(), as_of=DAY) if one.kind is kind]


def _values(code: str) -> dict[str, list[Decimal | None]]:
    """Return the figures of a set by row, from the oldest period to the newest."""
    rows = db.session.scalars(
        select(FigureRow)
        .join(FigureRow.delivery)
        .join(FigureRow.period)
        .where(FigureDelivery.figure_set == world.figure_set(code))
        .order_by(FigureRow.category_id, FigureRow.period_id)
    )
    found: dict[str, list[Decimal | None]] = {}
    for row in rows:
        found.setdefault(row.category.name, []).append(row.value)
    return found


class TestSets:
    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            (
                "jaarwisseling",
                {
                    "Incidenten": [229, 303, 173, 186],
                    "Aanhoudingen": [246, 109, 177, 143],
                    "Inverzekeringstellingen": [38, 22, 31, 61],
                },
            ),
            (
                "jaarwisseling-soorten",
                {"Openlijke geweldpleging": [31, 53], "Mishandeling": [22, 28]},
            ),
            ("ov-verboden", {"Rotterdam": [8, 10, 15, 22], "Amsterdam": [30, 13, 11, 21]}),
            (
                "slachtoffers",
                {"Slachtoffers onder medewerkers met een publieke taak": [66, 65, 59]},
            ),
            ("beurs", {"Bezoekers": [400, 550]}),
        ],
    )
    def test_the_figures_are_those_of_the_letter(
        self, code: str, expected: dict[str, list[int]]
    ) -> None:
        assert _values(code) == expected

    def test_each_delivery_has_a_source_and_a_day_and_says_when_the_source_gives_none(
        self,
    ) -> None:
        for delivery in db.session.scalars(select(FigureDelivery)):
            assert "15 maart 2012" in delivery.source
            if delivery.figure_set.code.startswith("jaarwisseling"):
                assert delivery.cutoff_on == date(2012, 1, 6)
            else:
                assert "niet in de bron" in delivery.scope_note

    def test_visitors_are_told_as_more_than(self) -> None:
        rows = [row for delivery in world.figure_set("beurs").deliveries for row in delivery.rows]
        assert {row.qualifier for row in rows} == {Qualifier.MORE_THAN}
        assert [row.printed for row in rows] == ["ruim 400", "ruim 550"]


class TestChecks:
    def test_two_claims_do_not_agree_and_all_others_that_state_a_number_do(self) -> None:
        stated = [one for one in _checks() if one.stated is not None]
        assert {(one.stated, one.rounded) for one in stated if one.agrees is False} == {
            (-24, -19),
            (70, 71),
        }
        right = [one for one in stated if one.agrees]
        assert {one.stated for one in right} == {Fraction("7.5"), -39, -19, 2, 27}
        assert len(stated) == 7

    @pytest.mark.parametrize(
        ("subject", "expected"),
        [
            ("Inverzekeringstellingen als deel van de aanhoudingen", "42.7"),
            ("Verboden in Rotterdam in vier jaar", "55"),
            ("Rotterdam, 2011 naast 2010", "46.7"),
            ("Rotterdam, 2011 naast 2008", "175"),
            ("Verboden in Amsterdam in vier jaar", "75"),
            ("Amsterdam, 2011 naast 2010", "90.9"),
            ("Amsterdam, 2011 naast 2008", "-30"),
            ("Beide steden in 2008", "38"),
            ("Beide steden in 2011", "43"),
            ("Van 2007 naar 2009", "-1"),
            ("Van 2009 naar 2011", "-6"),
            ("Van 2007 naar 2011", "-7"),
            ("Meer bezoekers dan een jaar eerder", "37.5"),
        ],
    )
    def test_what_no_source_prints_is_derived(self, subject: str, expected: str) -> None:
        (check,) = [one for one in _checks() if one.subject == subject]
        assert check.is_derived
        assert check.rounded == Decimal(expected)

    def test_both_breakdowns_of_the_reports_of_the_state_come_to_403(self) -> None:
        totals = _checks(CheckKind.TOTAL)
        assert [(one.stated, one.computed, one.agrees) for one in totals] == [(403, 403, True)] * 2
        (cross,) = _checks(CheckKind.CROSS)
        assert cross.agrees
        assert [total for _set, total in cross.totals] == [403, 403]


class TestTargets:
    def test_each_keeps_the_unit_of_its_source(self) -> None:
        found = {
            line.target.name: (line.target.change, line.target.change_kind) for line in _lines()
        }
        assert found == {
            "Een kwart minder voorvallen": (-25, ChangeKind.PERCENT),
            "Voorvallen volgens de evaluatie": (-15, ChangeKind.PERCENT),
            "Minder slachtoffers": (-15, ChangeKind.POINTS),
        }

    def test_only_the_aim_for_victims_has_figures_that_measure_it(self) -> None:
        measured = [line for line in _lines() if line.first is not None]
        (line,) = measured
        assert line.newest is not None
        assert line.first is not None
        assert (line.first.value, line.newest.value) == (66, 59)
        assert line.progress.change == -7
        assert line.progress.share == Fraction(7, 15)


def _lines() -> list[TargetLine]:
    return target_lines(get_programme(), as_of=DAY)
