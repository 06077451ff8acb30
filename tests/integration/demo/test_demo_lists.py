"""The lists of the demonstration over the years, and how far employers are with the measures."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.demo.conftest import DAY
from vpt_regio.demo import maturity, programme, world
from vpt_regio.domain.rules.maturity import Move, move
from vpt_regio.extensions import db
from vpt_regio.models.maturity import Inventory
from vpt_regio.models.programmes import PolicyLine
from vpt_regio.queries.lists import KINDS, read_list
from vpt_regio.queries.maturity import maturity_of
from vpt_regio.queries.programmes import (
    get_programme,
    list_agreement_types,
    list_measures,
    list_policy_lines,
)
from vpt_regio.queries.same_entries import in_list, kept_or_new, same_measures

pytestmark = pytest.mark.usefixtures("demo")

IN_2016, IN_2018 = date(2016, 1, 4), date(2018, 1, 8)


class TestLists:
    def test_later_versions_do_not_hold_on_the_day_of_the_demonstration(self) -> None:
        vpt = get_programme()
        measures, lines = list_measures(vpt, on=DAY), list_policy_lines(vpt, on=DAY)
        assert {one.list_version for one in measures} == {programme.MEASURES_VERSION}
        assert {one.list_version for one in lines} == {programme.POLICY_LINES_VERSION}
        assert (len(measures), len(lines)) == (8, 4)
        assert {one.code for one in list_agreement_types(vpt, on=DAY)} >= {
            "norm",
            "reactie",
            "melden",
            "aangifte",
        }

    def test_the_measures_of_2015_are_the_same_things_in_other_words(self) -> None:
        now, later = (list_measures(get_programme(), on=day) for day in (DAY, IN_2016))
        assert {one.list_version for one in later} == {"vng-2015"}
        pairs = list(zip(now, later, strict=True))
        assert all(same_measures().are_same(one.id, other.id) for one, other in pairs)
        assert all(one.name != other.name for one, other in pairs)

    def test_four_lines_go_up_in_three(self) -> None:
        later = list_policy_lines(get_programme(), on=IN_2018)
        assert [one.code for one in later] == ["H1", "H2", "H3"]
        found = {
            one.code: db.session.get_one(PolicyLine, one.successor_id).code
            for one in list_policy_lines(get_programme(), on=DAY)
        }
        assert found == {"L1": "H2", "L2": "H1", "L3": "H3", "L4": "H1"}

    def test_the_page_of_the_lines_shows_in_what_each_goes_up(self) -> None:
        lines = read_list(get_programme(), next(k for k in KINDS if k.model is PolicyLine)).lines()
        shown = {tuple(entry.code for entry in line if entry) for line in lines}
        assert shown == {("L1", "H2"), ("L2", "H1"), ("L3", "H3"), ("L4", "H1")}

    def test_lines_that_go_up_in_one_later_are_still_two_today(self) -> None:
        second, fourth = world.policy_line("L2"), world.policy_line("L4")
        assert kept_or_new(second, fourth) is fourth
        today = list_policy_lines(get_programme(), on=DAY)
        assert in_list(PolicyLine, [second.id, fourth.id], today) == [second.id, fourth.id]


class TestMaturity:
    def test_two_inventories_have_findings_and_one_of_them_no_follow_up(self) -> None:
        first, second = db.session.scalars(select(Inventory).order_by(Inventory.held_on))
        assert {first.region.code, second.region.code} == {maturity.REGION}
        for inventory in (first, second):
            assert [bool(one.follow_up) for one in inventory.findings].count(False) == 1
            assert all("Voorbeeld" in one.body for one in inventory.findings)

    def test_employers_went_on_and_back_between_two_moments(self) -> None:
        region = world.region(maturity.REGION)
        first, second = (
            maturity_of(region, day=inventory.held_on) for inventory in maturity.INVENTORIES
        )
        moves = {
            move(
                before.level if (before := first.at(organisation, measure)) else None,
                after.level if (after := second.at(organisation, measure)) else None,
            )
            for organisation in second.organisations
            for measure in second.measures
        }
        assert moves == {*Move, None}

    def test_every_level_is_met_and_shows_what_it_rests_on(self) -> None:
        found = maturity_of(world.region(maturity.REGION), day=DAY).levels.values()
        assert {one.level for one in found} == set(range(5))
        assert all("Voorbeeld" in one.evidence for one in found if one.level)
        assert {one.inventory is None for one in found} == {False}
