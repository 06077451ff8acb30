"""Payments, final accounts, annual accounts, and the end of a covenant."""

from dataclasses import dataclass
from datetime import date

import pytest

from tests.factories.action_plans import make_mandate
from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio import clock
from vpt_regio.domain.enums import (
    AmendmentKind,
    FinalAccountStatus,
    FundingInstrument,
    PaymentKind,
    Phase,
)
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.covenants import AmendmentStatus, CovenantStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    DuplicateValue,
    Invalid,
    NotAllowed,
    OverBudget,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import FinalAccount, Payment
from vpt_regio.models.covenants import Covenant, CovenantAmendment, Expenditure
from vpt_regio.models.decisions import DecisionKind
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenant_money import money_of
from vpt_regio.queries.my_work import my_work
from vpt_regio.services.accountability import record_statement
from vpt_regio.services.covenant_closing import close_covenant, terminate_covenant
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.final_accounts import (
    accept_account,
    edit_account,
    return_account,
    start_account,
    submit_account,
    withdraw_account,
)
from vpt_regio.services.payments import correct_payment, record_payment
from vpt_regio.services.regions import step
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

PAID_ON = date(2012, 2, 1)


@dataclass
class Scene:
    programme: Programme
    region: Region
    covenant: Covenant
    leader: Person
    manager: Person
    officer: Person
    holder: Person


@pytest.fixture
def scene() -> Scene:
    """A covenant that ran out on 30 June 2012; today is 16 July."""
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        holder = make_person(programme, Role.MANDATE_HOLDER)
        make_mandate(
            holder, Permission.COVENANT_TERMINATE, programme=programme, max_amount_cents=None
        )
        return Scene(
            programme=programme,
            region=region,
            covenant=make_covenant(region, original_end_on=date(2012, 6, 30)),
            leader=make_person(programme, Role.PROJECT_LEADER, region=region),
            manager=make_person(programme, Role.ACCOUNT_MANAGER, region=region),
            officer=make_person(programme, Role.POLICY_OFFICER),
            holder=holder,
        )


def _pay(
    scene: Scene,
    cents: int,
    *,
    kind: PaymentKind = PaymentKind.ADVANCE,
    amendment: CovenantAmendment | None = None,
    paid_on: date = PAID_ON,
    region: Region | None = None,
    covenant: Covenant | None = None,
) -> Payment:
    with unit_of_work():
        return record_payment(
            covenant or scene.covenant,
            kind=kind,
            amount_cents=cents,
            paid_on=paid_on,
            reference="B-1",
            region=region,
            amendment=amendment,
            actor=scene.officer,
        )


def _spend(scene: Scene, cents: int, booked_on: date = date(2012, 5, 1)) -> None:
    with unit_of_work():
        db.session.add(
            Expenditure(
                region=scene.region,
                covenant=scene.covenant,
                phase=Phase.DEVELOPMENT,
                booked_on=booked_on,
                description="Zaalhuur",
                amount_cents=cents,
                booked_by=scene.leader,
            )
        )


def _written(scene: Scene, explanation: str = "Het viel mee.") -> FinalAccount:
    with unit_of_work():
        account = start_account(scene.covenant, region=scene.region, actor=scene.leader)
        edit_account(account, results="Veel bereikt.", explanation=explanation, actor=scene.leader)
        return account


def _accepted(scene: Scene) -> FinalAccount:
    account = _written(scene)
    with unit_of_work():
        submit_account(account, actor=scene.leader)
    with unit_of_work():
        accept_account(account, actor=scene.manager)
    return account


def _refused(error: type[DomainError], field: str | None = None) -> "pytest.RaisesExc[DomainError]":
    return pytest.raises(error, check=lambda found: field is None or found.field == field)


def _supplement(scene: Scene, cents: int) -> CovenantAmendment:
    with unit_of_work():
        amendment = CovenantAmendment(
            covenant=scene.covenant,
            kind=AmendmentKind.AMOUNT,
            status=AmendmentStatus.SIGNED,
            signed_on=date(2012, 4, 1),
            amount_cents=cents,
            reason="Meer werk.",
        )
        db.session.add(amendment)
        return amendment


def test_the_advance_is_paid_up_to_the_cent(scene: Scene) -> None:
    _pay(scene, 99_999_99)
    assert money_of(scene.covenant).whole.to_pay == 1
    with _refused(OverBudget, "amount"):
        _pay(scene, 2)
    _pay(scene, 1)
    assert money_of(scene.covenant).whole.to_pay == 0


def test_a_supplement_is_paid_up_to_its_own_amount(scene: Scene) -> None:
    amendment = _supplement(scene, 10_000_00)
    with _refused(Invalid, "amendment"):
        _pay(scene, 1_00, kind=PaymentKind.SUPPLEMENT)
    with _refused(Invalid, "paid_on"):
        _pay(scene, 1_00, kind=PaymentKind.SUPPLEMENT, amendment=amendment)
    later = date(2012, 4, 1)
    with _refused(OverBudget, "amount"):
        _pay(scene, 10_000_01, kind=PaymentKind.SUPPLEMENT, amendment=amendment, paid_on=later)
    _pay(scene, 10_000_00, kind=PaymentKind.SUPPLEMENT, amendment=amendment, paid_on=later)
    assert money_of(scene.covenant).whole.to_pay == 100_000_00


def test_a_payment_lies_between_signature_and_today(scene: Scene) -> None:
    with _refused(Invalid, "paid_on"):
        _pay(scene, 1_00, paid_on=date(2011, 12, 31))
    with _refused(Invalid, "paid_on"):
        _pay(scene, 1_00, paid_on=date(2012, 7, 17))
    with _refused(Invalid, "amount"):
        _pay(scene, 0)
    assert money_of(scene.covenant).payments == []


def test_only_a_policy_officer_records_payments(scene: Scene) -> None:
    for actor in (scene.leader, scene.manager, scene.holder):
        with pytest.raises(NotAllowed), unit_of_work():
            record_payment(
                scene.covenant,
                kind=PaymentKind.ADVANCE,
                amount_cents=1_00,
                paid_on=PAID_ON,
                reference="B-1",
                actor=actor,
            )


def test_a_correction_takes_back_no_more_than_there_is(scene: Scene) -> None:
    payment = _pay(scene, 50_000_00)

    def correct(cents: int, reason: str = "Dubbel.", day: date = PAID_ON) -> Payment:
        with unit_of_work():
            return correct_payment(
                payment, amount_cents=cents, paid_on=day, reason=reason, actor=scene.officer
            )

    with _refused(Invalid, "amount"):
        correct(-50_000_01)
    with _refused(Invalid, "reason"):
        correct(-1, reason=" ")
    with _refused(Invalid, "paid_on"):
        correct(-1, day=date(2012, 1, 31))
    correction = correct(-30_000_00)
    assert correction.corrects is payment
    with _refused(Invalid, "amount"):
        correct(-20_000_01)
    assert money_of(scene.covenant).whole.paid == 20_000_00


def test_regions_under_one_covenant_are_paid_each_their_share(scene: Scene) -> None:
    with unit_of_work():
        other = make_region(scene.programme, "groningen")
        covenant = make_covenant(scene.region, other, advance_cents=100_01)
    with _refused(OverBudget, "amount"):
        _pay(scene, 50_02, covenant=covenant, region=scene.region)
    _pay(scene, 50_01, covenant=covenant, region=scene.region)
    with _refused(Invalid, "region"):
        _pay(scene, 1, covenant=covenant)
    _pay(scene, 50_00, covenant=covenant, region=other)
    assert [p.to_pay for p in money_of(covenant).regions.values()] == [0, 0]


def test_no_account_before_the_last_month(scene: Scene) -> None:
    with clock.at(date(2012, 5, 30)), pytest.raises(WrongState), unit_of_work():
        start_account(scene.covenant, region=scene.region, actor=scene.leader)
    with clock.at(date(2012, 5, 31)), unit_of_work():
        account = start_account(scene.covenant, region=scene.region, actor=scene.leader)
        assert account.status is FinalAccountStatus.DRAFT
        edit_account(account, results="Veel.", explanation="", actor=scene.leader)
    with clock.at(date(2012, 6, 29)), pytest.raises(Invalid), unit_of_work():
        submit_account(account, actor=scene.leader)
    with clock.at(date(2012, 6, 30)), unit_of_work():
        submit_account(account, actor=scene.leader)
    assert account.status is FinalAccountStatus.SUBMITTED


def test_money_that_is_left_asks_for_an_explanation(scene: Scene) -> None:
    _pay(scene, 100_000_00)
    _spend(scene, 80_000_01)
    account = _written(scene, explanation="")
    with _refused(Invalid, "explanation"), unit_of_work():
        submit_account(account, actor=scene.leader)
    with unit_of_work():
        edit_account(account, results="Veel.", explanation="Goedkoper.", actor=scene.leader)
        submit_account(account, actor=scene.leader)
    assert (account.received_cents, account.spent_cents, account.unspent_cents) == (
        100_000_00,
        80_000_01,
        19_999_99,
    )


def test_nobody_accepts_their_own_account(scene: Scene) -> None:
    account = _written(scene)
    with unit_of_work():
        submit_account(account, actor=scene.leader)
    with unit_of_work():
        account.author = scene.manager
    with pytest.raises(NotAllowed), unit_of_work():
        accept_account(account, actor=scene.manager)


def test_an_account_goes_back_and_forth(scene: Scene) -> None:
    account = _written(scene)
    with unit_of_work():
        submit_account(account, actor=scene.leader)
    with unit_of_work():
        withdraw_account(account, actor=scene.leader)
    assert (account.status, account.spent_cents) == (FinalAccountStatus.DRAFT, None)
    with unit_of_work():
        submit_account(account, actor=scene.leader)
    with pytest.raises(Invalid), unit_of_work():
        return_account(account, note=" ", actor=scene.manager)
    with unit_of_work():
        return_account(account, note="Noem de resultaten.", actor=scene.manager)
    assert account.status is FinalAccountStatus.RETURNED
    stale = account.version - 1
    with pytest.raises(Conflict), unit_of_work():
        edit_account(
            account, results="x", explanation="", actor=scene.leader, expected_version=stale
        )


def test_a_payment_after_submission_has_to_be_counted_first(scene: Scene) -> None:
    account = _written(scene)
    with unit_of_work():
        submit_account(account, actor=scene.leader)
    _pay(scene, 10_00)
    with pytest.raises(WrongState), unit_of_work():
        accept_account(account, actor=scene.manager)


def test_nothing_is_booked_on_money_that_is_accounted_for(scene: Scene) -> None:
    _accepted(scene)
    with pytest.raises(WrongState, match="eindverantwoording"), unit_of_work():
        book_expenditure(
            scene.region,
            booked_on=date(2012, 6, 1),
            phase=Phase.DEVELOPMENT,
            description="Te laat",
            amount_cents=1_00,
            actor=scene.leader,
        )


def test_a_covenant_closes_once_it_is_even_to_the_cent(scene: Scene) -> None:
    _pay(scene, 100_000_00)
    _spend(scene, 80_000_00)
    with pytest.raises(WrongState, match="nog niet aangenomen"), unit_of_work():
        close_covenant(scene.covenant, actor=scene.manager)
    with _refused(OverBudget, "amount"):
        _pay(scene, 1, kind=PaymentKind.REPAYMENT)
    _accepted(scene)
    with _refused(OverBudget, "amount"):
        _pay(scene, 20_000_01, kind=PaymentKind.REPAYMENT)
    _pay(scene, 19_999_99, kind=PaymentKind.REPAYMENT)
    with pytest.raises(WrongState, match="terugbetalen"), unit_of_work():
        close_covenant(scene.covenant, actor=scene.manager)
    _pay(scene, 1, kind=PaymentKind.REPAYMENT)
    with pytest.raises(NotAllowed), unit_of_work():
        close_covenant(scene.covenant, actor=scene.officer)
    with pytest.raises(Conflict), unit_of_work():
        close_covenant(scene.covenant, actor=scene.manager, expected_version=999)
    with unit_of_work():
        close_covenant(scene.covenant, actor=scene.manager)
    assert scene.covenant.status is CovenantStatus.CLOSED
    assert scene.covenant.ended_on == date(2012, 6, 30)
    with pytest.raises(WrongState):
        _pay(scene, 1)
    with unit_of_work():
        step(scene.region, "continue_unfunded", actor=scene.officer)


def test_what_is_still_to_be_paid_keeps_a_covenant_open(scene: Scene) -> None:
    _pay(scene, 60_000_00)
    _spend(scene, 80_000_00)
    _accepted(scene)
    with pytest.raises(WrongState, match="betaald"), unit_of_work():
        close_covenant(scene.covenant, actor=scene.manager)
    with _refused(OverBudget, "amount"):
        _pay(scene, 20_000_01, paid_on=date(2012, 7, 16))
    _pay(scene, 20_000_00, paid_on=date(2012, 7, 16))
    with unit_of_work():
        close_covenant(scene.covenant, actor=scene.manager)


def test_ending_early_takes_a_mandate_a_day_and_a_reason(scene: Scene) -> None:
    with unit_of_work():
        covenant = make_covenant(scene.region)
        without = make_person(scene.programme, Role.MANDATE_HOLDER)

    def end(actor: Person, ended_on: date = date(2012, 7, 1), reason: str = "Gestopt.") -> object:
        with unit_of_work():
            return terminate_covenant(covenant, ended_on=ended_on, reason=reason, actor=actor)

    with pytest.raises(NotAllowed):
        end(scene.manager)
    with pytest.raises(DomainError, match="mandaat"):
        end(without)
    with _refused(Invalid, "ended_on"):
        end(scene.holder, date(2012, 7, 17))
    with _refused(Invalid, "ended_on"):
        end(scene.holder, date(2011, 12, 31))
    with pytest.raises(SeveralErrors):
        end(scene.holder, date(2012, 7, 17), reason=" ")
    decision = end(scene.holder)
    assert covenant.status is CovenantStatus.TERMINATED
    assert covenant.last_day == date(2012, 7, 1)
    assert getattr(decision, "kind", None) is DecisionKind.COVENANT_TERMINATED
    assert getattr(decision, "note", None) == "Gestopt."


def test_a_specific_grant_is_accounted_for_year_by_year(scene: Scene) -> None:
    with unit_of_work():
        covenant = make_covenant(
            scene.region, signed_on=date(2010, 1, 1), original_end_on=date(2011, 12, 31)
        )
        covenant.funding = FundingInstrument.SPECIFIC_GRANT
    _pay(scene, 100_000_00, covenant=covenant, paid_on=date(2010, 3, 1))
    with pytest.raises(WrongState), unit_of_work():
        start_account(covenant, region=scene.region, actor=scene.leader)

    def state(year: int, delivered_on: date = date(2012, 7, 1), reference: str = "JR") -> None:
        with unit_of_work():
            record_statement(
                covenant,
                region=scene.region,
                year=year,
                delivered_on=delivered_on,
                reference=reference,
                actor=scene.leader,
            )

    titles = [item.title % item.params for item in my_work(scene.leader).to_do]
    assert f"Verantwoording van {scene.region.name} over 2010 vastleggen" in titles
    with _refused(Invalid, "year"):
        state(2011)
    with _refused(Invalid, "delivered_on"):
        state(2010, date(2010, 12, 31))
    with _refused(Invalid, "reference"):
        state(2010, reference=" ")
    state(2010)
    with _refused(DuplicateValue, "year"):
        state(2010)
    assert money_of(covenant).regions[scene.region.id].to_repay == 100_000_00


def test_my_work_names_what_the_money_asks(scene: Scene) -> None:
    def titles(person: Person) -> list[str]:
        return [item.title % item.params for item in my_work(person).to_do]

    number, region = scene.covenant.number, scene.region.name
    assert f"Voorschot van convenant {number} betalen" in titles(scene.officer)
    assert f"Eindverantwoording {region} schrijven" in titles(scene.leader)
    _pay(scene, 100_000_00)
    _spend(scene, 80_000_00)
    account = _written(scene)
    with unit_of_work():
        submit_account(account, actor=scene.leader)
    assert f"Eindverantwoording {region} beoordelen" in titles(scene.manager)
    assert f"Eindverantwoording {region} schrijven" not in titles(scene.leader)
    with unit_of_work():
        accept_account(account, actor=scene.manager)
    assert f"Terugbetaling onder convenant {number} vastleggen" in titles(scene.officer)
    assert f"Geld van {region} terugbetalen" in titles(scene.leader)
    _pay(scene, 20_000_00, kind=PaymentKind.REPAYMENT)
    assert f"Convenant {number} afsluiten" in titles(scene.manager)
