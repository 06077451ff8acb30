"""Letters: what is registered, which version they cite, publication, and the way to sending."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest

from tests.factories.letters import WRITTEN, make_letter, make_version
from tests.factories.people import make_person
from tests.factories.periods import make_officer, make_period
from tests.factories.regions import make_programme
from vpt_regio.domain.enums import PeriodStatus
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.citations import Style, cite
from vpt_regio.domain.workflow import Guard
from vpt_regio.errors import (
    DomainError,
    DuplicateValue,
    Invalid,
    NotAllowed,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.letters import cited
from vpt_regio.services import letters as services
from vpt_regio.services.letter_contents import AnnexData, data_of, parse_annexes
from vpt_regio.services.transitions import GUARDS
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


@dataclass
class Stage:
    programme: Programme
    officer: Person
    period: ReportingPeriod

    def blocks(self) -> list[str]:
        found = GUARDS[("period", Guard.LETTER_REGISTERED)](self.period, self.officer)
        return [str(error) for error in found]


@pytest.fixture
def stage(context: object) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        yield Stage(programme, officer, make_period(programme, officer))


def fields_of(error: DomainError) -> set[str | None]:
    parts = error.errors if isinstance(error, SeveralErrors) else [error]
    return {part.field for part in parts}


def test_a_letter_cites_the_newest_version_and_goes_on_citing_it(stage: Stage) -> None:
    assert stage.blocks() == ["Registreer eerst de brief over dit halfjaar."]
    with pytest.raises(Invalid, match="vast"):
        make_letter(stage.programme, stage.officer, period=stage.period)
    first = make_version(stage.period, stage.officer)
    letter = make_letter(stage.programme, stage.officer, period=stage.period)
    assert letter.snapshot_id == first.id
    assert stage.blocks() == []
    letter.written_on = None
    assert stage.blocks() == ["Vul eerst bij de brief in wanneer die is geschreven."]
    letter.written_on = WRITTEN

    second = make_version(stage.period, stage.officer, 2)
    assert letter.snapshot_id == first.id
    assert "versie 2" in stage.blocks()[0]
    services.cite_newest(letter, actor=stage.officer)
    assert letter.snapshot_id == second.id
    assert stage.blocks() == []
    with pytest.raises(WrongState, match="al de nieuwste"):
        services.cite_newest(letter, actor=stage.officer)

    make_version(stage.period, stage.officer, 3)
    stage.period.status = PeriodStatus.SENT
    with pytest.raises(WrongState, match="verstuurd"):
        services.cite_newest(letter, actor=stage.officer)
    with pytest.raises(WrongState, match="verstuurd"):
        services.edit_letter(letter, data=data_of(letter), period=None, actor=stage.officer)
    assert letter.snapshot_id == second.id


def test_a_letter_from_before_the_register_has_a_source_instead(stage: Stage) -> None:
    letter = make_letter(
        stage.programme, stage.officer, period=stage.period, source="Archief", number="128"
    )
    assert letter.snapshot_id is None
    assert stage.blocks() == []
    assert "kenmerk" in cite(cited(letter), Style.FULL)


def test_publication_brings_the_number_and_ends_the_editing(stage: Stage) -> None:
    annexes = parse_annexes("Rapportage\n\nHandreiking | ter inzage: Informatiepunt\n")
    letter = make_letter(
        stage.programme, stage.officer, annexes=annexes, co_signatories=["minister van VenJ"]
    )
    assert cite(cited(letter), Style.SHORT) == "Brief van 2 juli 2012, kenmerk 2012-0000123"
    assert [(one.number, one.is_public) for one in letter.annexes] == [(1, True), (2, False)]
    with pytest.raises(SeveralErrors) as caught:
        services.publish_letter(letter, dossier="x", number="y", actor=stage.officer)
    assert fields_of(caught.value) == {"dossier", "number"}
    services.publish_letter(
        letter,
        dossier="28 684",
        number="nr. 352",
        received_on=date(2012, 7, 3),
        actor=stage.officer,
    )
    assert cite(cited(letter), Style.SHORT) == "Kamerstukken II 2011/12, 28684, nr. 352"
    changed = replace(data_of(letter), subject="Anders", annexes=(AnnexData("Eén"),))
    with pytest.raises(WrongState, match="gepubliceerd"):
        services.edit_letter(letter, data=changed, period=None, actor=stage.officer)
    other = make_letter(stage.programme, stage.officer, "2012-0000124")
    with pytest.raises(DuplicateValue, match="2012-0000123"):
        services.publish_letter(other, dossier="28684", number="352", actor=stage.officer)

    services.correct_publication(letter, reason="Verkeerd nummer", actor=stage.officer)
    services.edit_letter(letter, data=changed, period=None, actor=stage.officer)
    assert (letter.subject, [one.title for one in letter.annexes]) == ("Anders", ["Eén"])
    entries = db.session.query(AuditEntry).filter_by(subject_type="letter").order_by(AuditEntry.seq)
    assert [entry.action for entry in entries] == [
        "letter.registered",
        "letter.published",
        "letter.registered",
        "letter.unpublished",
        "letter.changed",
    ]
    assert all(sentence_of(entry.action) for entry in entries)


def test_all_that_is_wrong_is_told_at_once(stage: Stage) -> None:
    make_letter(stage.programme, stage.officer)
    with pytest.raises(SeveralErrors) as caught:
        make_letter(
            stage.programme,
            stage.officer,
            subject="",
            written_on=date(2012, 8, 1),
            received_on=WRITTEN,
            dossier="28684",
            unit="x" * 101,
            annexes=[AnnexData("")],
        )
    assert fields_of(caught.value) == {
        "reference",
        "subject",
        "unit",
        "written_on",
        "received_on",
        "annexes",
        "number",
    }
    with pytest.raises(Invalid, match="streepje"):
        parse_annexes("Handreiking | ergens")
    leader = make_person(stage.programme, Role.READER, email="am@vpt.example")
    with pytest.raises(NotAllowed):
        make_letter(stage.programme, leader, "2012-9")
