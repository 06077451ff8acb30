"""Signatures one by one, withdrawn, lapsed; and the evaluation of a contract that ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories.contracts import (
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
    sign,
)
from tests.factories.people import give_role, make_person
from tests.factories.regions import make_organisation, make_programme, make_region
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.errors import Conflict, Invalid, NotAllowed, OnHold, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry, TransitionRecord
from vpt_regio.models.contracts import Agreement, ContractSignature, PerformanceContract
from vpt_regio.models.holds import Hold
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region, RegionPartner
from vpt_regio.queries.agreement_values import standings
from vpt_regio.queries.contracts import has_written, lapsed_signatures, signing_of
from vpt_regio.queries.my_work import my_work
from vpt_regio.services import audit
from vpt_regio.services.contract_evaluation import evaluate_contract
from vpt_regio.services.contract_signatures import Signed, record_signature, withdraw_signature
from vpt_regio.services.contracts import offer_contract, take_back_contract
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

OFFERED = date(2012, 6, 18)
ENDED = date(2012, 6, 30)


@dataclass
class Stage:
    programme: Programme
    region: Region
    leader: Person
    manager: Person
    contract: PerformanceContract


@pytest.fixture
def stage(context: Any) -> Iterator[Stage]:
    """A contract of five parties that was offered on 18 June 2012."""
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        leader = make_person(programme, Role.PROJECT_LEADER, region=region)
        manager = make_person(programme, Role.ACCOUNT_MANAGER, region=region)
        contract = make_contract(region, parties=5, status=ContractStatus.DRAFT, author=leader)
        make_agreement(contract, make_indicator(programme))
        with clock.at(OFFERED):
            offer_contract(contract, actor=leader)
        yield Stage(programme, region, leader, manager, contract)


def signed(day: date = date(2012, 7, 2), **values: str) -> Signed:
    return Signed(
        signed_on=day, **{"signatory": "A. Burgemeester", "position": "Burgemeester"} | values
    )


def record(
    stage: Stage, number: int, day: date = date(2012, 7, 2), **kwargs: Any
) -> ContractSignature:
    party = stage.contract.parties[number].organisation
    return record_signature(
        stage.contract,
        organisation=party,
        signed=signed(day),
        **{"actor": stage.leader, **kwargs},
    )


def subjects() -> list[str]:
    return [one.subject for one in db.session.query(OutboxMessage).order_by(OutboxMessage.id)]


def test_five_parties_sign_over_three_weeks_and_only_the_last_makes_it_hold(stage: Stage) -> None:
    contract = stage.contract
    days = [OFFERED + timedelta(days=gap) for gap in (1, 5, 12, 21, 16)]
    for number, day in enumerate(days):
        assert contract.status is ContractStatus.SIGNING
        assert contract.agreed_on is None
        with clock.at(max(days[: number + 1])):
            record(stage, number, day, actor=stage.manager if number % 2 else stage.leader)
        state = signing_of(contract)
        assert (state.signed, state.total) == (number + 1, 5)
        names = {one.name for one in state.unsigned}
        assert names == {party.organisation.name for party in contract.parties[number + 1 :]}
    assert contract.status is ContractStatus.AGREED
    # the last day that somebody signed on, not the one recorded last
    assert contract.agreed_on == max(days)
    step = db.session.query(TransitionRecord).filter_by(transition="conclude").one()
    assert (step.subject_id, step.effective_on) == (contract.id, max(days))
    assert contract.status_on(clock.today()) is ContractStatus.RUNNING


def test_a_signature_recorded_later_is_not_known_on_an_earlier_day(stage: Stage) -> None:
    contract = stage.contract
    day = clock.today() - timedelta(days=2)
    known = standings(as_of=day, contract_ids=[contract.id])
    for number in range(len(contract.parties)):
        record(stage, number, OFFERED + timedelta(days=1))
    assert contract.agreed_on == OFFERED + timedelta(days=1)
    assert standings(as_of=day, contract_ids=[contract.id]) == known == []
    (now,) = standings(as_of=clock.today(), contract_ids=[contract.id])
    assert now.contract_status is ContractStatus.AGREED


def test_each_signature_tells_who_in_which_function_when_and_by_whom(stage: Stage) -> None:
    signature = record_signature(
        stage.contract,
        organisation=stage.contract.parties[0].organisation,
        signed=signed(document_reference="Z-2012-4"),
        actor=stage.manager,
    )
    assert signature.signatory == "A. Burgemeester"
    assert signature.signatory_position == "Burgemeester"
    assert signature.document_reference == "Z-2012-4"
    assert signature.recorded_by is stage.manager
    assert signature.round_no == 1
    state = signing_of(stage.contract)
    assert state.since == OFFERED


def test_the_others_get_word_of_it(stage: Stage) -> None:
    record(stage, 0)
    body = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert body is not None
    assert body.recipient == stage.manager.email
    assert "1 van de 5 partijen" in body.body
    for number in range(1, 5):
        record(stage, number, actor=stage.manager)
    assert subjects()[-1].endswith("geldt")
    last = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert last is not None
    assert last.recipient == stage.leader.email


def test_what_is_wrong_with_a_signature_is_told_at_once(stage: Stage) -> None:
    contract, outsider = stage.contract, make_organisation(stage.programme, "Buiten")
    with pytest.raises(SeveralErrors) as caught:
        record_signature(
            contract,
            organisation=outsider,
            signed=Signed(signed_on=date(2012, 7, 17), signatory=""),
            actor=stage.leader,
        )
    assert [error.field for error in caught.value.errors] == [
        "organisation_id",
        "signed_on",
        "signatory",
    ]
    assert contract.signatures == []


def test_a_party_signs_once(stage: Stage) -> None:
    record(stage, 0)
    with pytest.raises(Invalid) as caught:
        record(stage, 0)
    assert caught.value.field == "organisation_id"
    assert "al vastgelegd" in str(caught.value)


def test_without_a_party_nothing_is_recorded(stage: Stage) -> None:
    with pytest.raises(Invalid) as caught:
        record_signature(stage.contract, organisation=None, signed=signed(), actor=stage.leader)
    assert caught.value.field == "organisation_id"


def test_who_left_the_region_signs_no_more(stage: Stage) -> None:
    party = stage.contract.parties[0].organisation
    membership = db.session.query(RegionPartner).filter_by(organisation_id=party.id).one()
    membership.left_on = date(2012, 7, 1)
    db.session.flush()
    with pytest.raises(Invalid) as caught:
        record(stage, 0, date(2012, 7, 2))
    assert "Neem het contract terug" in str(caught.value)
    # what was signed before, counts
    record(stage, 0, date(2012, 6, 29))
    assert signing_of(stage.contract).signed == 1


def test_a_withdrawn_signature_counts_no_more_and_can_be_given_again(stage: Stage) -> None:
    wrong = record(stage, 0)
    for number in (1, 2, 3):
        record(stage, number)
    withdrawal = withdraw_signature(wrong, reason="Verkeerde functie.", actor=stage.manager)
    assert (withdrawal.withdraws_id, withdrawal.reason) == (wrong.id, "Verkeerde functie.")
    assert signing_of(stage.contract).signed == 3
    assert lapsed_signatures(stage.contract) == [wrong]
    record(stage, 4)
    assert stage.contract.status is ContractStatus.SIGNING
    again = record(stage, 0)
    assert stage.contract.status is ContractStatus.AGREED
    assert again in stage.contract.standing_signatures
    assert "mist weer een handtekening" in " ".join(subjects())


def test_a_withdrawal_needs_a_reason_and_happens_once(stage: Stage) -> None:
    wrong = record(stage, 0)
    with pytest.raises(Invalid) as caught:
        withdraw_signature(wrong, reason="", actor=stage.leader)
    assert caught.value.field == "reason"
    withdraw_signature(wrong, reason="Dubbel.", actor=stage.leader)
    with pytest.raises(WrongState):
        withdraw_signature(wrong, reason="Dubbel.", actor=stage.leader)


def test_once_it_holds_no_signature_changes(stage: Stage) -> None:
    first, *_others = [record(stage, number) for number in range(5)]
    with pytest.raises(WrongState):
        withdraw_signature(first, reason="Te laat.", actor=stage.leader)
    with pytest.raises(WrongState):
        record(stage, 0)


def test_taking_back_lapses_every_signature_and_shows_them(stage: Stage) -> None:
    contract = stage.contract
    earlier = [record(stage, number) for number in range(3)]
    take_back_contract(contract, note="De streefwaarde klopt niet.", actor=stage.leader)
    assert contract.standing_signatures == []
    assert lapsed_signatures(contract) == earlier
    with pytest.raises(WrongState):
        record(stage, 0)
    offer_contract(contract, actor=stage.leader)
    assert signing_of(contract).signed == 0
    for number in range(5):
        record(stage, number)
    assert contract.status is ContractStatus.AGREED
    assert {one.round_no for one in contract.standing_signatures} == {2}
    assert lapsed_signatures(contract) == earlier
    with pytest.raises(WrongState):
        withdraw_signature(earlier[0], reason="Oud.", actor=stage.leader)


def test_a_stale_version_and_a_hold_stop_a_signature(stage: Stage) -> None:
    seen = stage.contract.version
    take_back_contract(stage.contract, note="Fout.", actor=stage.leader)
    offer_contract(stage.contract, actor=stage.leader)
    with pytest.raises(Conflict):
        record(stage, 0, expected_version=seen)
    hold = Hold(
        programme_id=stage.programme.id,
        region=stage.region,
        reason="Onderzoek.",
        starts_on=date(2012, 7, 1),
        placed_by=stage.manager,
    )
    db.session.add(hold)
    db.session.flush()
    with pytest.raises(OnHold):
        record(stage, 0)


def test_who_is_of_another_region_signs_nothing(stage: Stage) -> None:
    other = make_region(stage.programme, "zeeland")
    for role in (Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER):
        with pytest.raises(NotAllowed):
            record(stage, 0, actor=make_person(stage.programme, role, region=other))


def test_signing_waits_for_the_leader_and_shows_to_the_manager(stage: Stage) -> None:
    record(stage, 0)
    [mine] = [item for item in my_work(stage.leader).to_do if "Handtekeningen" in item.title]
    assert (mine.since, mine.params["signed"], mine.params["total"]) == (OFFERED, 1, 5)
    assert stage.contract.parties[4].organisation.name in mine.params["unsigned"]
    waiting = [item for item in my_work(stage.manager).waiting if "getekend" in item.why]
    assert [item.params["title"] for item in waiting] == [stage.contract.title]


# --- the evaluation


@pytest.fixture
def ended(stage: Stage) -> PerformanceContract:
    """A contract that ended on 30 June 2012 with three agreements, of which one was measured."""
    contract = make_contract(stage.region, author=stage.leader)
    contract.ends_on = ENDED
    agreements = [
        make_agreement(contract, make_indicator(stage.programme), due_on=ENDED) for _ in range(3)
    ]
    make_measurement(agreements[0], 55, cutoff_on=ENDED)
    # measured before the deadline only, and measured as "not measured"
    make_measurement(agreements[1], 50, cutoff_on=date(2012, 3, 31))
    make_measurement(agreements[2], cutoff_on=ENDED)
    db.session.expire(contract)
    return contract


def evaluate(stage: Stage, contract: PerformanceContract, **values: Any) -> None:
    evaluate_contract(
        contract,
        **{"note": "Het is gelukt.", "reasons": {}, "actor": stage.manager, **values},
    )


def test_every_missing_end_value_and_the_note_are_told_at_once(
    stage: Stage, ended: PerformanceContract
) -> None:
    with pytest.raises(SeveralErrors) as caught:
        evaluate(stage, ended, note="")
    second, third = ended.agreements[1:]
    assert [error.field for error in caught.value.errors] == [
        "note",
        f"reason_{second.id}",
        f"reason_{third.id}",
    ]


def test_reasons_stand_in_for_end_values(stage: Stage, ended: PerformanceContract) -> None:
    first, second, third = ended.agreements
    reasons = {first.id: "onnodig", second.id: "De registratie stopte.", third.id: "Niet geteld."}
    evaluate(stage, ended, reasons=reasons)
    assert ended.status is ContractStatus.EVALUATED
    assert ended.evaluated_on == clock.today()
    assert ended.evaluation == "Het is gelukt."
    stored = db.session.query(Agreement).filter_by(contract_id=ended.id).order_by(Agreement.number)
    # the first one was measured: no reason belongs there
    assert [one.no_end_value_reason for one in stored] == [
        "",
        "De registratie stopte.",
        "Niet geteld.",
    ]
    assert subjects()[-1].endswith("is geëvalueerd")
    with pytest.raises(WrongState):
        evaluate(stage, ended, reasons=reasons)


def test_the_leader_and_whoever_wrote_do_not_evaluate(
    stage: Stage, ended: PerformanceContract
) -> None:
    with pytest.raises(NotAllowed):
        evaluate(stage, ended, actor=stage.leader)
    give_role(stage.leader, Role.ACCOUNT_MANAGER, programme=stage.programme, region=stage.region)
    db.session.expire(stage.leader)
    reasons = {agreement.id: "Niet geteld." for agreement in ended.agreements}
    with pytest.raises(NotAllowed) as caught:
        evaluate(stage, ended, actor=stage.leader, reasons=reasons)
    assert caught.value.code == "not_author"


def test_whoever_changed_an_agreement_wrote_the_contract(
    stage: Stage, ended: PerformanceContract
) -> None:
    assert not has_written(stage.manager, ended)
    audit.record("contract.changed", ended.agreements[0], actor=stage.manager)
    assert has_written(stage.manager, ended)


def test_a_contract_with_deadlines_to_come_is_not_evaluated(stage: Stage) -> None:
    contract = make_contract(stage.region, author=stage.leader)
    agreement = make_agreement(contract, make_indicator(stage.programme))
    db.session.expire(contract)
    with pytest.raises(Invalid) as caught:
        evaluate(stage, contract, reasons={agreement.id: "Nu al klaar."})
    assert caught.value.code == "not_due"


def test_a_stale_version_of_the_evaluation(stage: Stage, ended: PerformanceContract) -> None:
    with pytest.raises(Conflict):
        evaluate(stage, ended, expected_version=ended.version + 1)


def test_an_ended_contract_waits_for_the_account_manager(
    stage: Stage, ended: PerformanceContract
) -> None:
    [item] = [one for one in my_work(stage.manager).to_do if "evalueren" in one.title]
    assert (item.params["title"], item.since) == (ended.title, date(2012, 7, 1))
    waiting = [one.params.get("title") for one in my_work(stage.leader).waiting]
    assert ended.title in waiting


def test_a_signature_row_can_not_be_changed(stage: Stage) -> None:
    signature = sign(
        stage.contract, stage.contract.parties[0].organisation, recorded_by=stage.leader
    )
    signature.signatory = "Iemand anders"
    with pytest.raises(Exception, match="append-only"):
        db.session.flush()
    db.session.rollback()


def test_everything_is_recorded_in_words(stage: Stage) -> None:
    wrong = record(stage, 0)
    withdraw_signature(wrong, reason="Dubbel.", actor=stage.leader)
    actions = [
        entry.action
        for entry in db.session.query(AuditEntry)
        .filter_by(subject_type="performance_contract", subject_id=str(stage.contract.id))
        .order_by(AuditEntry.seq)
    ]
    assert actions == [
        "performance_contract.offer",
        "contract.signed",
        "contract.signature_withdrawn",
    ]
