"""What the demonstration shows of subsidies: the table of the letter, each stage of a pilot."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.demo.conftest import DAY
from vpt_regio.demo import subsidies, subsidies_2012, world
from vpt_regio.domain.subsidy_codes import ApplicationStatus, CountKind, PilotStatus, RoundStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import Objection
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_outcomes import counts_on, sentence_on

pytestmark = pytest.mark.usefixtures("demo")

LETTER_ON = date(2012, 3, 15)


class TestTheLetter:
    def test_the_round_of_november_reads_as_in_the_letter(self) -> None:
        in_round = world.subsidy_round(subsidies.ROUND_2011)
        for day in (LETTER_ON, DAY):
            assert (
                sentence_on(day, in_round) == "elf aanvragen, waarvan zes (gedeeltelijk) toegekend"
            )

    def test_the_table_has_six_pilots_and_their_amounts(self) -> None:
        table = [
            (pilot.organisation_name, pilot.granted_cents, len(pilot.points))
            for pilot in db.session.scalars(
                select(Pilot)
                .join(Pilot.application)
                .join(SubsidyApplication.round)
                .where(SubsidyRound.name == subsidies.ROUND_2011)
                .order_by(Pilot.award_order)
            )
        ]
        assert table == [
            ("Ruchama", 20_000_00, 2),
            ("Dienst SZW", 9_300_00, 2),
            ("Werkplein Helmond", 50_000_00, 5),
            ("Saxenburgh Groep", 10_000_00, 6),
            ("Academisch Ziekenhuis Maastricht", 22_061_00, 1),
            ("Alfa College", 50_000_00, 3),
        ]
        in_round = world.subsidy_round(subsidies.ROUND_2011)
        counts = counts_on(LETTER_ON, [in_round])[in_round.id]
        assert counts.granted_cents == 161_361_00

    def test_what_the_letter_does_not_tell_stays_unknown(self) -> None:
        in_round = world.subsidy_round(subsidies.ROUND_2011)
        counts = counts_on(DAY, [in_round])[in_round.id]
        assert (counts.applications, counts.granted_in_some_way) == (11, 6)
        unknown = (counts.granted, counts.partially_granted, counts.rejected, counts.withdrawn)
        assert (*unknown, counts.requested_cents) == (None,) * 5

    def test_the_earlier_scheme_counts_projects_without_rows(self) -> None:
        scheme = world.scheme(subsidies.INCENTIVE.name)
        granted = [one for one in scheme.counts if one.kind is CountKind.GRANTED]
        whole, last = (one.number for one in granted)
        assert (whole, whole - last) == (112, 67)
        assert scheme.rounds[0].applications == []


class TestTheSecondWindow:
    def test_applications_stand_at_their_ends(self) -> None:
        in_round = world.subsidy_round(subsidies_2012.ROUND_2012)
        assert in_round.status is RoundStatus.DECIDED
        assert [one.status for one in in_round.applications] == [
            ApplicationStatus.GRANTED,
            ApplicationStatus.WITHDRAWN,
            ApplicationStatus.PARTIALLY_GRANTED,
            ApplicationStatus.REJECTED,
            ApplicationStatus.GRANTED,
            ApplicationStatus.REJECTED,
        ]
        late = world.application(subsidies_2012.LIBRARY.title)
        assert late.received_at == subsidies_2012.LIBRARY.received_at

    def test_before_the_decisions_nothing_was_granted(self) -> None:
        in_round = world.subsidy_round(subsidies_2012.ROUND_2012)
        before = counts_on(LETTER_ON, [in_round])[in_round.id]
        assert (before.applications, before.granted_in_some_way, before.pending) == (6, 0, 5)

    def test_money_adds_up_to_the_cent(self) -> None:
        youth_care = world.pilot(subsidies_2012.YOUTH_CARE.title)
        money = youth_care.money
        assert money is not None
        assert (money.due_cents, money.paid_cents, money.recovered_cents) == (
            15_000_00,
            20_000_00,
            2_000_00,
        )
        assert money.to_recover_cents == 3_000_00
        assert youth_care.recoveries[0].amount_cents == 5_000_00

    def test_pilots_stand_at_every_stage(self) -> None:
        found = {pilot.status_on(DAY) for pilot in db.session.scalars(select(Pilot))}
        assert found >= {
            PilotStatus.AWARDED,
            PilotStatus.RUNNING,
            PilotStatus.SETTLED,
            PilotStatus.CLOSED,
            PilotStatus.WITHOUT_GRANT,
            PilotStatus.ENDED,
        }

    def test_an_objection_waits(self) -> None:
        (objection,) = [
            one for one in db.session.scalars(select(Objection)) if one.decision.application
        ]
        assert objection.decision.application is not None
        assert objection.decision.application.title == subsidies_2012.HOUSING.title
        assert objection.outcome is None

    def test_somebody_writes_an_application_for_the_open_round(self) -> None:
        in_round = world.subsidy_round(subsidies_2012.NEXT_ROUND)
        assert [one.status for one in in_round.applications] == [ApplicationStatus.DRAFT]
