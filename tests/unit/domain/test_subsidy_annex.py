"""How the annex names organisations, and how a pilot moves with its dates."""

from datetime import date

import pytest

from vpt_regio.domain.rules.pilot_clock import status_at
from vpt_regio.domain.rules.subsidy_annex import bullet_lines, name_with_place
from vpt_regio.domain.subsidy_codes import PilotStatus

BEGINS, ENDS = date(2012, 9, 1), date(2013, 8, 31)


@pytest.mark.parametrize(
    ("name", "place", "written"),
    [
        ("Woonhuis De Linde", "Raalte", "Woonhuis De Linde, Raalte"),
        ("Werkplein Helmond", "Helmond", "Werkplein Helmond"),
        ("WERKPLEIN HELMOND", "Helmond", "WERKPLEIN HELMOND"),
        ("Helmondse Zorg", "Helmond", "Helmondse Zorg, Helmond"),
        ("Zorg Noordoost", "Oost", "Zorg Noordoost, Oost"),
        ("Helmond Sport Helmond", "Helmond", "Helmond Sport Helmond"),
        ("Dienst Werk", "", "Dienst Werk"),
        ("", "Venlo", "Venlo"),
        (" Venlo ", "Venlo", "Venlo"),
    ],
)
def test_the_place_is_not_written_twice(name: str, place: str, written: str) -> None:
    assert name_with_place(name, place) == written


def test_points_are_lines_with_bullets() -> None:
    assert bullet_lines(["Oefenen", "=Meten"]) == "• Oefenen\n• =Meten"
    assert bullet_lines([]) == ""


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2012, 8, 31), PilotStatus.AWARDED),
        (BEGINS, PilotStatus.RUNNING),
        (ENDS, PilotStatus.RUNNING),
        (date(2013, 9, 1), PilotStatus.FINISHED),
    ],
)
def test_an_awarded_pilot_moves_with_its_dates(day: date, status: PilotStatus) -> None:
    at = {"starts_on": BEGINS, "ends_on": ENDS, "day": day}
    assert status_at(PilotStatus.AWARDED, **at) is status
    assert status_at(PilotStatus.SETTLED, **at) is PilotStatus.SETTLED


def test_without_dates_an_awarded_pilot_stays_awarded() -> None:
    day = date(2014, 1, 1)
    status = status_at(PilotStatus.AWARDED, starts_on=None, ends_on=None, day=day)
    assert status is PilotStatus.AWARDED
