"""Amendments of a covenant: drafting, changing, withdrawing, signing, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.periods.counting import statements
from vpt_regio.domain.enums import AmendmentKind, AmendmentStatus, FundingInstrument, PartyRole
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.covenant_deadlines import CovenantDeadlineKind
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotAllowed,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import (
    Covenant,
    CovenantAmendment,
    CovenantParty,
    CovenantRegion,
)
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.covenants import deadlines_of, find_covenant
from vpt_regio.queries.my_work import my_work
from vpt_regio.queries.overview import region_rows
from vpt_regio.services.amendment_checks import AmendmentContent
from vpt_regio.services.amendments import (
    change_amendment,
    draft_amendment,
    sign_amendment,
    withdraw_amendment,
)
from vpt_regio.services.covenants import record_funding
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

END, LATER = date(2013, 12, 31), date(2014, 6, 30)
SIGNED = date(2012, 7, 10)
EXTENSION, AMOUNT = AmendmentKind.EXTENSION, AmendmentKind.AMOUNT
PARTY, MERGER = AmendmentKind.PARTY, AmendmentKind.MERGER


@dataclass
class Stage:
    programme: Programme
    region: Region
    covenant: Covenant
    manager: Person
    officer: Person
    leader: Person


@pytest.fixture
def stage(context: Any) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        yield Stage(
            programme,
            region,
            make_covenant(region, original_end_on=END),
            make_person(programme, Role.ACCOUNT_MANAGER, region=region),
            make_person(programme, Role.POLICY_OFFICER),
            make_person(programme, Role.PROJECT_LEADER, region=region),
        )


def content(**values: Any) -> AmendmentContent:
    return AmendmentContent(**{"reason": "De uitvoering vraagt meer tijd.", **values})


def draft(stage: Stage, kind: AmendmentKind = EXTENSION, **values: Any) -> CovenantAmendment:
    if kind is EXTENSION:
        values = {"new_end_on": LATER, **values}
    return draft_amendment(
        stage.covenant, kind=kind, content=content(**values), actor=stage.manager
    )


def sign(stage: Stage, amendment: CovenantAmendment, day: date | None = SIGNED) -> None:
    sign_amendment(amendment, signed_on=day, actor=stage.officer)
    db.session.expire(stage.covenant)


def fields_of(error: DomainError) -> list[str | None]:
    errors = error.errors if isinstance(error, SeveralErrors) else [error]
    return [found.field for found in errors]


def test_a_draft_changes_nothing_yet(stage: Stage) -> None:
    amendment = draft(stage)
    assert amendment.status is AmendmentStatus.DRAFT
    assert amendment.drafted_by_id == stage.manager.id
    assert stage.covenant.latest_end_on == END
    entry = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert entry is not None
    assert (entry.action, entry.region_id) == ("covenant.amendment_drafted", stage.region.id)


def test_a_signed_extension_moves_the_end_and_all_that_hangs_on_it(stage: Stage) -> None:
    sign(stage, draft(stage, new_plan_due_on=date(2013, 3, 1)))
    covenant = stage.covenant
    assert (covenant.original_end_on, covenant.latest_end_on) == (END, LATER)
    assert covenant.plan_due_on == date(2012, 12, 31)
    assert covenant.latest_plan_due_on == date(2013, 3, 1)
    found = {deadline.kind: deadline.due_on for deadline in deadlines_of(covenant)}
    assert found == {
        CovenantDeadlineKind.PLAN: date(2013, 3, 1),
        CovenantDeadlineKind.END: LATER,
        CovenantDeadlineKind.FINAL_ACCOUNT: date(2014, 9, 29),
    }
    [row] = region_rows(None, None, SIGNED, programme_id=stage.programme.id)
    assert (row.latest_end_on, row.plan_due_on, row.extended) == (LATER, date(2013, 3, 1), True)
    [row] = region_rows(None, None, date(2012, 7, 9), programme_id=stage.programme.id)
    assert (row.latest_end_on, row.plan_due_on) == (END, date(2012, 12, 31))


def test_the_latest_end_holds_whatever_was_drafted_last(stage: Stage) -> None:
    longest = draft(stage, new_end_on=date(2014, 12, 31))
    first = draft(stage)
    sign(stage, first, date(2012, 7, 1))
    sign(stage, longest, date(2012, 7, 2))
    assert stage.covenant.latest_end_on == date(2014, 12, 31)
    [row] = region_rows(None, None, date(2012, 7, 16), programme_id=stage.programme.id)
    assert row.latest_end_on == date(2014, 12, 31)


def test_a_draft_that_was_overtaken_is_refused_at_signature(stage: Stage) -> None:
    overtaken = draft(stage)
    sign(stage, draft(stage, new_end_on=date(2014, 12, 31)))
    with pytest.raises(Invalid) as caught:
        sign(stage, overtaken)
    assert caught.value.field == "new_end_on"


def test_a_supplement_counts_from_its_signature(stage: Stage) -> None:
    amendment = draft(stage, AMOUNT, amount_cents=25_000_00)
    assert stage.covenant.available_cents == 100_000_00
    sign(stage, amendment)
    assert stage.covenant.available_cents == 125_000_00


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (EXTENSION, {"new_end_on": None}, "new_end_on"),
        (EXTENSION, {"new_end_on": END}, "new_end_on"),
        (EXTENSION, {"new_end_on": date(2013, 1, 1)}, "new_end_on"),
        (EXTENSION, {"new_plan_due_on": date(2014, 7, 1)}, "new_plan_due_on"),
        (EXTENSION, {"new_plan_due_on": date(2011, 12, 31)}, "new_plan_due_on"),
        (EXTENSION, {"reason": ""}, "reason"),
        (AMOUNT, {"amount_cents": 0}, "amount_cents"),
        (AMOUNT, {"amount_cents": -1}, "amount_cents"),
        (AMOUNT, {}, "amount_cents"),
        (PARTY, {}, "party_name"),
        (PARTY, {"party_name": "De Provincie"}, "party_name"),
        (MERGER, {}, "merger"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    stage: Stage, kind: AmendmentKind, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as caught:
        draft(stage, kind, **values)
    assert fields_of(caught.value) == [field]


@pytest.mark.parametrize(
    ("day", "is_allowed"),
    [
        (date(2011, 12, 31), False),
        (date(2012, 1, 1), True),
        (date(2012, 6, 30), True),
        (date(2012, 7, 1), False),
        (date(2012, 7, 17), False),
    ],
)
def test_an_amendment_is_signed_while_the_covenant_runs(
    stage: Stage, day: date, is_allowed: bool
) -> None:
    # it ended two weeks ago: what was signed in time may be recorded today
    stage.covenant.original_end_on = date(2012, 6, 30)
    amendment = draft(stage)
    if is_allowed:
        sign(stage, amendment, day)
        assert stage.covenant.latest_end_on == LATER
        return
    with pytest.raises(Invalid) as caught:
        sign(stage, amendment, day)
    assert caught.value.field == "signed_on"


def test_a_signature_needs_its_day(stage: Stage) -> None:
    with pytest.raises(Invalid) as caught:
        sign(stage, draft(stage), None)
    assert caught.value.field == "signed_on"


@pytest.mark.parametrize(
    "status", [CovenantStatus.DRAFT, CovenantStatus.TERMINATED, CovenantStatus.CLOSED]
)
def test_only_a_covenant_that_stands_is_amended(stage: Stage, status: CovenantStatus) -> None:
    amendment = draft(stage)
    stage.covenant.status = status
    with pytest.raises(WrongState):
        draft(stage)
    with pytest.raises(WrongState):
        change_amendment(amendment, content=content(new_end_on=LATER), actor=stage.manager)
    with pytest.raises(WrongState):
        sign(stage, amendment)


def test_who_drafted_never_records_the_signature(stage: Stage) -> None:
    both = make_person(stage.programme, Role.ACCOUNT_MANAGER, region=stage.region)
    both.roles += make_person(stage.programme, Role.POLICY_OFFICER).roles
    own = draft_amendment(
        stage.covenant, kind=EXTENSION, content=content(new_end_on=LATER), actor=both
    )
    changed = draft(stage, AMOUNT, amount_cents=1_00)
    change_amendment(changed, content=content(amount_cents=2_00), actor=both)
    for amendment in (own, changed):
        with pytest.raises(NotAllowed):
            sign_amendment(amendment, signed_on=SIGNED, actor=both)
        assert amendment.status is AmendmentStatus.DRAFT


def test_roles(stage: Stage) -> None:
    amendment = draft(stage)
    with pytest.raises(NotAllowed):
        draft_amendment(
            stage.covenant, kind=EXTENSION, content=content(new_end_on=LATER), actor=stage.officer
        )
    with pytest.raises(NotAllowed):
        sign_amendment(amendment, signed_on=SIGNED, actor=stage.manager)
    with pytest.raises(NotAllowed):
        withdraw_amendment(amendment, note="Toch niet.", actor=stage.leader)


def test_changing_a_draft_takes_the_version_that_was_seen(stage: Stage) -> None:
    amendment = draft(stage)
    seen = amendment.version
    change_amendment(
        amendment,
        content=content(new_end_on=date(2014, 12, 31), document_reference="2012-001"),
        actor=stage.manager,
        expected_version=seen,
    )
    assert amendment.new_end_on == date(2014, 12, 31)
    assert amendment.document_reference == "2012-001"
    with pytest.raises(Conflict):
        change_amendment(
            amendment,
            content=content(new_end_on=LATER),
            actor=stage.manager,
            expected_version=seen,
        )


def test_what_is_signed_or_withdrawn_never_changes(stage: Stage) -> None:
    signed = draft(stage)
    sign(stage, signed)
    withdrawn = draft(stage, AMOUNT, amount_cents=1_00)
    withdraw_amendment(withdrawn, note="Het geld is toch genoeg.", actor=stage.manager)
    assert withdrawn.status is AmendmentStatus.WITHDRAWN
    for amendment in (signed, withdrawn):
        with pytest.raises(WrongState):
            change_amendment(amendment, content=content(), actor=stage.manager)
        with pytest.raises(WrongState):
            sign(stage, amendment)
        with pytest.raises(WrongState):
            withdraw_amendment(amendment, note="Nog eens.", actor=stage.manager)


def test_a_withdrawal_says_why(stage: Stage) -> None:
    with pytest.raises(Invalid) as caught:
        withdraw_amendment(draft(stage), note="", actor=stage.manager)
    assert caught.value.field == "note"


def test_another_party_joins_at_signature_and_the_original_stays(stage: Stage) -> None:
    leaving = next(p for p in stage.covenant.parties if p.role is PartyRole.COUNTERPARTY)
    values = {"leaving_party": leaving, "party_name": "de veiligheidsregio"}
    amendment = draft(stage, PARTY, **values)
    assert len(stage.covenant.parties) == 2
    with pytest.raises(Invalid, match="wie er tekent voor de veiligheidsregio"):
        sign(stage, amendment)
    change_amendment(
        amendment, content=content(**values, party_signatory="de voorzitter"), actor=stage.manager
    )
    sign(stage, amendment)
    covenant = stage.covenant
    assert [p.name for p in covenant.parties_now] == ["de minister", "de veiligheidsregio"]
    assert leaving in covenant.parties
    assert amendment.joining_party in covenant.parties_now
    assert covenant.parties_under([]) == [p for p in covenant.parties if p.id <= leaving.id]
    with pytest.raises(Invalid) as caught:
        draft(stage, PARTY, leaving_party=leaving, party_name="de gemeente")
    assert caught.value.field == "leaving_party"


def test_a_party_of_another_covenant_cannot_leave(stage: Stage) -> None:
    other = make_covenant(stage.region)
    with pytest.raises(Invalid) as caught:
        draft(stage, PARTY, leaving_party=other.parties[1], party_name="de gemeente")
    assert caught.value.field == "leaving_party"


def merge(stage: Stage, predecessor: Region, successor: Region) -> RegionMerger:
    merger = RegionMerger(
        programme_id=stage.programme.id,
        successor=successor,
        merged_on=date(2012, 7, 1),
        predecessors=[predecessor],
    )
    db.session.add(merger)
    db.session.flush()
    return merger


def test_a_merger_must_touch_a_region_of_the_covenant_and_counts_once(stage: Stage) -> None:
    one, two = make_region(stage.programme, "drenthe"), make_region(stage.programme, "noord")
    elsewhere = merge(stage, one, two)
    here = merge(stage, stage.region, make_region(stage.programme, "zuid"))
    with pytest.raises(Invalid) as caught:
        draft(stage, MERGER, merger=elsewhere)
    assert caught.value.field == "merger"
    amendment = draft(stage, MERGER, merger=here)
    with pytest.raises(Invalid, match="al een wijziging"):
        draft(stage, MERGER, merger=here)
    sign(stage, amendment)
    assert stage.covenant.signed_amendments == [amendment]


def test_the_region_gets_word_of_a_signature(stage: Stage) -> None:
    sign(stage, draft(stage))
    messages = db.session.query(OutboxMessage).all()
    assert {m.recipient for m in messages} == {stage.manager.email, stage.leader.email}
    assert "30 juni 2014" in messages[0].body


def test_drafts_wait_for_the_policy_officer(stage: Stage) -> None:
    amendment = draft(stage)
    [item] = [i for i in my_work(stage.officer).to_do if i.endpoint == "amendments.show"]
    assert item.args == {"covenant_id": stage.covenant.id, "amendment_id": amendment.id}
    [waits] = [i for i in my_work(stage.manager).waiting if i.endpoint == "amendments.show"]
    assert "beleidsmedewerker" in waits.why
    assert not [i for i in my_work(stage.leader).to_do if i.endpoint == "amendments.show"]
    sign(stage, amendment)
    assert not [i for i in my_work(stage.officer).to_do if i.endpoint == "amendments.show"]


@pytest.mark.parametrize(
    ("end", "is_raised"),
    [
        (date(2013, 1, 13), False),
        (date(2013, 1, 12), True),
        (date(2012, 10, 14), True),
        (date(2012, 8, 15), True),
        (date(2012, 7, 16), True),
        (date(2012, 7, 15), False),
    ],
)
def test_an_end_that_comes_near_is_work(stage: Stage, end: date, is_raised: bool) -> None:
    stage.covenant.original_end_on = end
    db.session.flush()
    for person in (stage.officer, stage.manager):
        found = [i for i in my_work(person).to_do if i.title == "Convenant %(number)s loopt af"]
        assert len(found) == is_raised


def test_a_drafted_extension_is_the_next_step_of_an_end(stage: Stage) -> None:
    stage.covenant.original_end_on = date(2012, 9, 1)
    draft(stage)
    [item] = [i for i in my_work(stage.manager).to_do if "loopt af" in i.title]
    assert "verlenging in concept" in item.why
    assert item.since == date(2012, 6, 3)
    [row] = region_rows(None, None, date(2012, 7, 16), programme_id=stage.programme.id)
    assert row.drafted_extension_id is not None


@pytest.mark.parametrize("count", [1, 5])
def test_many_amendments_take_no_more_queries(stage: Stage, count: int) -> None:
    for number in range(count):
        successor = make_region(stage.programme, f"zuid-{number}")
        merged = make_region(stage.programme, f"noord-{number}")
        stage.covenant.shares.append(CovenantRegion(region=merged))
        db.session.flush()
        draft(stage, MERGER, merger=merge(stage, merged, successor))
    db.session.expire_all()
    with statements() as seen:
        found = find_covenant(stage.covenant.id)
        assert found is not None
        for amendment in found.amendments:
            assert amendment.drafted_by is not None
            assert amendment.merger is not None
            assert len(amendment.merger.predecessors) == 1
            assert amendment.merger.successor.name
    assert len(found.amendments) == count
    assert len(seen) <= 7


def test_how_the_money_is_given_is_recorded_once(stage: Stage) -> None:
    grant = FundingInstrument.SPECIFIC_GRANT
    with pytest.raises(Invalid) as caught:
        record_funding(stage.covenant, funding=FundingInstrument.UNKNOWN, actor=stage.officer)
    assert caught.value.field == "funding"
    record_funding(stage.covenant, funding=grant, actor=stage.officer)
    assert stage.covenant.funding is grant
    kinds = [deadline.kind for deadline in deadlines_of(stage.covenant)]
    assert kinds.count(CovenantDeadlineKind.ACCOUNTABILITY) == 2
    with pytest.raises(WrongState):
        record_funding(stage.covenant, funding=FundingInstrument.OWN_RULES, actor=stage.officer)
    with pytest.raises(NotAllowed):
        record_funding(stage.covenant, funding=grant, actor=stage.manager)


def test_the_parties_now_are_the_parties_without_a_change(stage: Stage) -> None:
    names = [party.name for party in stage.covenant.parties_now]
    assert names == [p.name for p in db.session.query(CovenantParty).order_by(CovenantParty.id)]
