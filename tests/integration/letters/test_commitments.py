"""Commitments: recording, the letters that answer them, and how they stood on an earlier day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest

from tests.factories.letters import make_commitment, make_letter
from tests.factories.people import make_person
from tests.factories.periods import make_officer
from tests.factories.regions import make_programme
from vpt_regio import clock
from vpt_regio.domain.half_year_codes import CommitmentKind, CommitmentStatus
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.roles import Role
from vpt_regio.errors import Conflict, DomainError, Invalid, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.commitments import due_before, list_commitments, state_of
from vpt_regio.services import commitments as services
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


@dataclass
class Stage:
    programme: Programme
    officer: Person


@pytest.fixture
def stage(context: object) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        yield Stage(programme, make_officer(programme))


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=clock.AMSTERDAM)


def fields_of(error: DomainError) -> set[str | None]:
    parts = error.errors if isinstance(error, SeveralErrors) else [error]
    return {part.field for part in parts}


def test_words_bring_a_day_when_they_name_a_moment(stage: Stage) -> None:
    one = make_commitment(
        stage.programme, stage.officer, made_words="voorjaar 2011", due_words="juni 2012"
    )
    assert (one.made_on, one.due_on) == (date(2011, 4, 1), date(2012, 6, 30))
    assert state_of(one) is CommitmentStatus.OVERDUE
    assert state_of(one, date(2012, 6, 30)) is CommitmentStatus.OPEN
    vague = make_commitment(stage.programme, stage.officer, due_words="na de zomer")
    assert vague.due_on is None
    assert due_before(date(2012, 6, 30), programme_id=stage.programme.id) == [one]
    assert due_before(date(2012, 6, 29), programme_id=stage.programme.id) == []


def test_all_that_is_wrong_is_told_at_once(stage: Stage) -> None:
    with pytest.raises(SeveralErrors) as caught:
        make_commitment(
            stage.programme,
            stage.officer,
            kind=CommitmentKind.MOTION,
            text="",
            made_on=date(2012, 8, 1),
            due_on=date(2012, 7, 1),
            office="x" * 201,
        )
    assert fields_of(caught.value) == {"text", "made_on", "due_on", "office", "submitters"}
    reader = make_person(stage.programme, Role.READER, email="lezer@vpt.example")
    with pytest.raises(NotAllowed):
        make_commitment(stage.programme, reader)


def test_only_a_letter_fulfils(stage: Stage) -> None:
    one = make_commitment(stage.programme, stage.officer, made_on=date(2012, 5, 1))
    early = make_letter(stage.programme, stage.officer, "K1", written_on=date(2012, 4, 1))
    with pytest.raises(Invalid, match="Kies de brief"):
        services.fulfil(one, letter=None, actor=stage.officer)
    with pytest.raises(Invalid, match="voordat"):
        services.fulfil(one, letter=early, actor=stage.officer)
    with pytest.raises(Invalid, match="voor een deel"):
        services.fulfil_partly(one, letter=None, note="De helft", actor=stage.officer)
    first = make_letter(stage.programme, stage.officer, "K2", written_on=date(2012, 6, 1))
    services.add_interim_letter(one, letter=first, note="Tussenstand", actor=stage.officer)
    with pytest.raises(Invalid, match="staat hier al"):
        services.add_interim_letter(one, letter=first, actor=stage.officer)
    services.fulfil_partly(one, letter=first, note="De helft", actor=stage.officer)
    second = make_letter(stage.programme, stage.officer, "K3", written_on=date(2012, 7, 1))
    seen = one.version
    services.fulfil(one, letter=second, actor=stage.officer, expected_version=seen)
    assert (one.status, one.fulfilled_by_id, one.fulfilled_on) == (
        CommitmentStatus.FULFILLED,
        second.id,
        date(2012, 7, 1),
    )
    data = replace(services.data_of(one), text="Anders")
    with pytest.raises(WrongState, match="afgedaan"):
        services.edit_commitment(one, data=data, actor=stage.officer)
    with pytest.raises(WrongState):
        services.lapse(one, note="Toch niet", actor=stage.officer)
    entries = db.session.query(AuditEntry).filter_by(subject_type="commitment")
    assert all(sentence_of(entry.action) for entry in entries)


def test_lapsing_keeps_the_reason_and_a_stale_page_changes_nothing(stage: Stage) -> None:
    one = make_commitment(stage.programme, stage.officer)
    seen = one.version
    data = replace(services.data_of(one), progress="Bijna klaar")
    services.edit_commitment(one, data=data, actor=stage.officer, expected_version=seen)
    with pytest.raises(Conflict):
        services.start_commitment(one, actor=stage.officer, expected_version=seen)
    with pytest.raises(Invalid):
        services.lapse(one, note="", actor=stage.officer)
    services.lapse(one, note="Ingetrokken", actor=stage.officer, expected_version=one.version)
    assert (one.status, one.outcome) == (CommitmentStatus.LAPSED, "Ingetrokken")


def test_the_list_tells_how_it_stood_on_a_day(stage: Stage) -> None:
    with clock.at(at(2012, 1, 10)):
        one = make_commitment(
            stage.programme, stage.officer, made_on=date(2012, 1, 5), due_on=date(2012, 2, 1)
        )
    with clock.at(at(2012, 3, 1)):
        services.start_commitment(one, actor=stage.officer)
        letter = make_letter(
            stage.programme, stage.officer, written_on=date(2012, 3, 15), source="S"
        )
        services.fulfil(one, letter=letter, actor=stage.officer)
    later = make_commitment(
        stage.programme, stage.officer, made_on=date(2016, 6, 1), source="Een latere brief"
    )

    def stood(day: date) -> list[tuple[int, CommitmentStatus, bool]]:
        rows = list_commitments(stage.programme.id, on=day)
        return [(row.commitment.id, row.status, row.fulfilled_by is not None) for row in rows]

    assert stood(date(2012, 1, 9)) == []
    assert stood(date(2012, 1, 31)) == [(one.id, CommitmentStatus.OPEN, False)]
    assert stood(date(2012, 2, 9)) == [(one.id, CommitmentStatus.OVERDUE, False)]
    assert stood(date(2012, 3, 15)) == [(one.id, CommitmentStatus.FULFILLED, True)]
    assert later.id not in [row[0] for row in stood(date(2012, 7, 16))]
