"""Drafting and signing covenants, and taking over those of earlier years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.enums import AmendmentKind, PartyRole
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    DuplicateValue,
    Invalid,
    NotAllowed,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry, TransitionRecord
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import (
    covenant_of,
    covenants_by_region,
    in_force_on,
    list_covenants,
    may_be_seen,
    status_of,
)
from vpt_regio.services.covenant_checks import MAX_COUNTERPARTIES, Party
from vpt_regio.services.covenants import (
    create_covenant,
    edit_covenant,
    import_historic_amendment,
    import_historic_covenant,
    require_in_force,
    sign_covenant,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

END = date(2013, 12, 31)
PROVINCE = Party("de provincie", "de gedeputeerde")


@dataclass
class Stage:
    programme: Programme
    region: Region
    other: Region
    officer: Person
    leader: Person


@pytest.fixture
def stage(context: Any) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        region, other = make_region(programme), make_region(programme, "zeeland")
        stage = Stage(
            programme,
            region,
            other,
            make_person(programme, Role.POLICY_OFFICER),
            make_person(programme, Role.PROJECT_LEADER, region=region),
        )
        yield stage


def draft(stage: Stage, **changes: Any) -> Covenant:
    values: dict[str, Any] = {
        "number": "VPT-1",
        "title": "Convenant Limburg",
        "regions": [stage.region],
        "counterparties": [PROVINCE],
        "minister_signatory": "de directeur",
        "original_end_on": END,
        "plan_due_on": date(2012, 12, 31),
        "actor": stage.officer,
    }
    return create_covenant(stage.programme, **{**values, **changes})


def actions(covenant: Covenant) -> list[str]:
    query = db.session.query(AuditEntry.action).filter_by(
        subject_type="covenant", subject_id=str(covenant.id)
    )
    return [action for (action,) in query.order_by(AuditEntry.seq)]


def test_a_draft_has_the_usual_terms(stage: Stage) -> None:
    covenant = draft(stage)
    assert covenant.status is CovenantStatus.DRAFT
    assert covenant.advance_cents == 100_000_00
    assert covenant.min_hours_per_week == 20
    assert [party.role for party in covenant.parties] == [
        PartyRole.MINISTER,
        PartyRole.COUNTERPARTY,
    ]
    assert actions(covenant) == ["covenant.created"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"title": ""}, "title"),
        ({"regions": []}, "regions"),
        ({"advance_cents": -1}, "advance_cents"),
        ({"min_hours_per_week": 0}, "min_hours_per_week"),
        ({"min_hours_per_week": 41}, "min_hours_per_week"),
        ({"plan_due_on": date(2014, 1, 1)}, "plan_due_on"),
        ({"counterparties": [Party("", "iemand")]}, "counterparty_1"),
        ({"counterparties": [PROVINCE] * (MAX_COUNTERPARTIES + 1)}, "counterparty_1"),
    ],
)
def test_bad_terms_are_refused_at_their_field(
    stage: Stage, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        draft(stage, **changes)
    assert caught.value.field == field


def test_every_error_comes_at_once(stage: Stage) -> None:
    with pytest.raises(SeveralErrors) as caught:
        draft(stage, title="", advance_cents=-1, regions=[])
    assert {error.field for error in caught.value.errors} == {"title", "advance_cents", "regions"}


def test_a_number_is_used_once(stage: Stage) -> None:
    draft(stage)
    with pytest.raises(DuplicateValue) as caught:
        draft(stage)
    assert caught.value.field == "number"


def test_a_region_that_is_no_more_cannot_sign(stage: Stage) -> None:
    stage.region.status = RegionStatus.MERGED
    with pytest.raises(Invalid, match="niet meer actief"):
        draft(stage)


def test_a_project_leader_drafts_nothing(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        draft(stage, actor=stage.leader)


def edit(stage: Stage, covenant: Covenant, **changes: Any) -> None:
    values: dict[str, Any] = {
        "number": covenant.number,
        "title": covenant.title,
        "regions": covenant.regions,
        "counterparties": [PROVINCE],
        "minister_signatory": "de directeur",
        "advance_cents": covenant.advance_cents,
        "min_hours_per_week": covenant.min_hours_per_week,
        "original_end_on": covenant.original_end_on,
        "plan_due_on": covenant.plan_due_on,
        "actor": stage.officer,
    }
    edit_covenant(covenant, **{**values, **changes})


def test_a_draft_changes_regions_and_parties(stage: Stage) -> None:
    covenant = draft(stage)
    seen = covenant.version
    edit(
        stage, covenant, regions=[stage.region, stage.other], counterparties=[PROVINCE, Party("b")]
    )
    db.session.expire_all()
    assert {region.code for region in covenant.regions} == {"limburg", "zeeland"}
    assert [party.name for party in covenant.parties] == ["de minister", "de provincie", "b"]
    # parties alone make a new version too, or two people would overwrite each other unseen
    assert covenant.version > seen
    with pytest.raises(Conflict):
        edit(stage, covenant, expected_version=seen)


def test_a_signed_covenant_is_read_only(stage: Stage) -> None:
    covenant = make_covenant(stage.region)
    with pytest.raises(WrongState, match="verandert niet meer"):
        edit(stage, covenant)


def test_signature_is_entry_into_force(stage: Stage) -> None:
    covenant = draft(stage)
    record = sign_covenant(covenant, signed_on=date(2012, 3, 12), actor=stage.officer)
    assert covenant.status is CovenantStatus.IN_FORCE
    assert covenant.effective_on == covenant.signed_on == date(2012, 3, 12)
    assert record.effective_on == date(2012, 3, 12)
    assert actions(covenant) == ["covenant.created", "covenant.sign"]
    with pytest.raises(WrongState):
        sign_covenant(covenant, signed_on=date(2012, 3, 13), actor=stage.officer)
    assert covenant.signed_on == date(2012, 3, 12)


@pytest.mark.parametrize(
    ("signed_on", "message"),
    [
        (date(2012, 7, 17), "toekomst"),
        (date(2013, 12, 31), "vóór de uiterste einddatum"),
        (None, "Vul in"),
    ],
)
def test_the_date_of_signature_is_checked(
    stage: Stage, signed_on: date | None, message: str
) -> None:
    covenant = draft(stage)
    with pytest.raises(DomainError) as caught:
        sign_covenant(covenant, signed_on=signed_on, actor=stage.officer)
    errors = getattr(caught.value, "errors", [caught.value])
    assert any(message in str(error) and error.field == "signed_on" for error in errors)
    db.session.rollback()


def test_who_signs_must_be_known(stage: Stage) -> None:
    covenant = draft(stage, counterparties=[], minister_signatory="", original_end_on=None)
    covenant.plan_due_on = None
    with pytest.raises(SeveralErrors) as caught:
        sign_covenant(covenant, signed_on=date(2012, 3, 12), actor=stage.officer)
    text = " ".join(str(error) for error in caught.value.errors)
    assert "wederpartij" in text
    assert "de minister" in text
    assert "einddatum" in text


def test_a_stale_signature_is_a_conflict(stage: Stage) -> None:
    covenant = draft(stage)
    with pytest.raises(Conflict):
        sign_covenant(
            covenant,
            signed_on=date(2012, 3, 12),
            actor=stage.officer,
            expected_version=covenant.version + 1,
        )


def test_expired_follows_from_the_date(stage: Stage) -> None:
    covenant = make_covenant(stage.region, original_end_on=date(2012, 6, 30))
    assert covenant.status is CovenantStatus.IN_FORCE
    assert status_of(covenant, date(2012, 6, 30)) is CovenantStatus.IN_FORCE
    assert status_of(covenant, date(2012, 7, 1)) is CovenantStatus.EXPIRED


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2011, 12, 31), False),
        (date(2012, 1, 1), True),
        (END, True),
        (date(2014, 1, 1), False),
    ],
)
def test_in_force_from_signature_to_end(stage: Stage, day: date, expected: bool) -> None:
    covenant = make_covenant(stage.region)
    assert in_force_on(covenant, day) is expected
    assert (require_in_force(covenant, day) == []) is expected
    assert (covenant_of(stage.region, day) is covenant) is expected


@pytest.mark.parametrize("status", [CovenantStatus.DRAFT, CovenantStatus.TERMINATED])
def test_nothing_is_decided_under_a_draft_or_an_ended_covenant(
    stage: Stage, status: CovenantStatus
) -> None:
    covenant = make_covenant(stage.region, status=status)
    [reason] = require_in_force(covenant, date(2012, 7, 16))
    assert isinstance(reason, WrongState)
    assert covenant.number in str(reason)


def test_of_successive_covenants_the_one_of_the_day_counts(stage: Stage) -> None:
    first = make_covenant(
        stage.region, signed_on=date(2010, 5, 1), original_end_on=date(2011, 12, 31)
    )
    second = make_covenant(stage.region, signed_on=date(2012, 1, 1))
    assert covenant_of(stage.region, date(2011, 6, 1)) is first
    assert covenant_of(stage.region, date(2012, 6, 1)) is second
    assert covenants_by_region([stage.region.id, stage.other.id]) == {
        stage.region.id: [first, second],
        stage.other.id: [],
    }


def history(stage: Stage, **changes: Any) -> Covenant:
    values: dict[str, Any] = {
        "number": "VPT-2010-1",
        "title": "Convenant van 2010",
        "regions": [stage.region],
        "signed": FuzzyDate.parse("voorjaar 2010"),
        "end": FuzzyDate.parse("eind 2011"),
        "advance_cents": None,
        "min_hours_per_week": None,
        "parties": [Party("de minister", role=PartyRole.MINISTER), Party("de korpsbeheerder")],
        "status": CovenantStatus.IN_FORCE,
        "source": "voortgangsrapportage",
        "actor": stage.officer,
    }
    return import_historic_covenant(stage.programme, **{**values, **changes})


def test_history_keeps_its_words_and_its_blanks(stage: Stage) -> None:
    covenant = history(stage)
    db.session.expire_all()
    assert covenant.signed is not None
    assert covenant.signed.display() == "voorjaar 2010"
    assert covenant.latest_end_on == date(2011, 12, 31)
    assert covenant.advance_cents is None
    assert covenant.available_cents is None
    assert actions(covenant) == ["covenant.imported"]
    [record] = db.session.query(TransitionRecord).filter_by(workflow="covenant").all()
    assert (record.from_state, record.to_state) == ("draft", "in_force")
    assert record.effective_on == date(2010, 4, 1)


def test_an_unknown_date_is_marked_and_sets_no_limit(stage: Stage) -> None:
    covenant = history(stage, signed=None, end=None)
    assert covenant.signed is not None
    assert covenant.signed.display() == "niet in bron"
    assert in_force_on(covenant, date(2012, 7, 16))


def test_a_closed_covenant_brings_both_steps(stage: Stage) -> None:
    history(stage, status=CovenantStatus.CLOSED)
    records = db.session.query(TransitionRecord).order_by(TransitionRecord.id).all()
    assert [(r.to_state, r.effective_on) for r in records] == [
        ("in_force", date(2010, 4, 1)),
        ("closed", date(2011, 12, 31)),
    ]


@pytest.mark.parametrize("status", [CovenantStatus.DRAFT, CovenantStatus.EXPIRED])
def test_only_what_was_signed_is_taken_over(stage: Stage, status: CovenantStatus) -> None:
    with pytest.raises(Invalid):
        history(stage, status=status)


def amend(stage: Stage, covenant: Covenant, **changes: Any) -> None:
    values: dict[str, Any] = {
        "kind": AmendmentKind.EXTENSION,
        "signed": None,
        "new_end": FuzzyDate.parse("halverwege 2012"),
        "reason": "De uitvoering loopt nog.",
        "actor": stage.officer,
    }
    import_historic_amendment(covenant, **{**values, **changes})


def test_an_extension_moves_the_end_and_keeps_the_first(stage: Stage) -> None:
    covenant = history(stage)
    amend(stage, covenant)
    assert covenant.latest_end_on == date(2012, 6, 30)
    assert covenant.original_end_on == date(2011, 12, 31)
    assert actions(covenant)[-1] == "covenant.amendment_imported"


def test_a_supplement_adds_to_the_advance(stage: Stage) -> None:
    covenant = history(stage, advance_cents=50_000_00)
    amend(stage, covenant, kind=AmendmentKind.AMOUNT, new_end=None, amount_cents=10_000_00)
    assert covenant.available_cents == 60_000_00


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"new_end": None}, "new_end"),
        ({"new_end": FuzzyDate.parse("voorjaar 2011")}, "new_end"),
        ({"kind": AmendmentKind.AMOUNT, "amount_cents": 0}, "amount_cents"),
        ({"kind": AmendmentKind.AMOUNT, "amount_cents": -5}, "amount_cents"),
    ],
)
def test_a_wrong_amendment_is_refused(stage: Stage, changes: dict[str, Any], field: str) -> None:
    covenant = history(stage)
    with pytest.raises(Invalid) as caught:
        amend(stage, covenant, **changes)
    assert caught.value.field == field


def test_drafts_stay_within_their_regions(stage: Stage) -> None:
    covenant = draft(stage)
    signed = make_covenant(stage.region)
    stranger = make_person(stage.programme, Role.PROJECT_LEADER, region=stage.other)
    assert list_covenants(stranger) == [signed]
    assert not may_be_seen(covenant, stranger)
    assert may_be_seen(signed, stranger)
    assert set(list_covenants(stage.leader)) == {covenant, signed}
    assert set(list_covenants(stage.officer)) == {covenant, signed}
