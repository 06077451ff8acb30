"""Texts of the annex: put ready, written, agreed with, seen; read-only after the freeze."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.action_plans import make_stage
from tests.factories.freezing import freeze_with_explanations
from tests.factories.periods import Season, make_season, make_submitted_report
from vpt_regio.domain.half_year_codes import AnnexChapter, TextAction
from vpt_regio.errors import Conflict, Invalid, NotAllowed, PeriodFrozen, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.annex_texts import AnnexText
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.annex_texts import list_texts
from vpt_regio.queries.my_work import my_work
from vpt_regio.services.annex_texts import (
    add_department,
    mark_seen,
    move_department_up,
    rename_department,
    sign_off,
    start_texts,
    write,
)
from vpt_regio.services.reopenings import reopen
from vpt_regio.services.reports import accept_report
from vpt_regio.uow import unit_of_work


@dataclass(frozen=True)
class Stage:
    """Identifiers only: every unit of work reads its records anew."""

    period_id: int
    officer_id: int
    manager_id: int

    @property
    def period(self) -> ReportingPeriod:
        return db.session.get_one(ReportingPeriod, self.period_id)

    @property
    def officer(self) -> Person:
        return db.session.get_one(Person, self.officer_id)

    @property
    def manager(self) -> Person:
        return db.session.get_one(Person, self.manager_id)

    @property
    def text(self) -> AnnexText:
        """The text of the region."""
        query = select(AnnexText).where(AnnexText.chapter == AnnexChapter.REGION)
        return db.session.scalars(query).one()


@pytest.fixture
def stage(context: Flask) -> Stage:
    with unit_of_work():
        season: Season = make_season()
        report = make_submitted_report(season)
        accept_report(report, actor=season.stage.manager)
        start_texts(season.period, actor=season.officer)
        return Stage(season.period.id, season.officer.id, season.stage.manager.id)


def _work(person: Person) -> list[str]:
    return [one.title for one in my_work(person).to_do if one.endpoint == "annex_texts.show"]


def test_a_region_begins_with_the_words_of_its_report(stage: Stage) -> None:
    assert stage.text.body == "De campagne loopt.\n\nWij gaan verder."
    assert {one.key for one in list_texts(stage.period)} >= {"introduction", "closing"}
    with unit_of_work():
        # what is there stays as it is
        assert start_texts(stage.period, actor=stage.officer) == []
    assert stage.text.latest_no == 1


def test_only_the_account_manager_of_the_region_agrees(stage: Stage) -> None:
    with unit_of_work():
        elsewhere = make_stage("groningen", programme=stage.period.programme).manager.id
    for other in (elsewhere, stage.officer_id):
        with pytest.raises(NotAllowed), unit_of_work():
            sign_off(stage.text, actor=db.session.get_one(Person, other))
    national = next(one for one in list_texts(stage.period) if one.key == "introduction")
    with pytest.raises(NotAllowed), unit_of_work():
        write(national, body="Van een regio.", actor=stage.manager)
    assert len(_work(stage.manager)) == 1
    with unit_of_work():
        sign_off(stage.text, actor=stage.manager)
    assert stage.text.is_signed_off
    assert stage.text.versions[-1].action is TextAction.SIGNED_OFF
    assert _work(stage.manager) == []
    with pytest.raises(WrongState, match="al akkoord"), unit_of_work():
        sign_off(stage.text, actor=stage.manager)


def test_a_change_at_the_ministry_undoes_the_agreement_and_is_shown(stage: Stage) -> None:
    with unit_of_work():
        sign_off(stage.text, actor=stage.manager)
    with unit_of_work():
        write(stage.text, body="Anders.", actor=stage.officer)
    text = stage.text
    assert (text.is_signed_off, text.words_of(text.signed_off_no)) == (
        False,
        "De campagne loopt.\n\nWij gaan verder.",
    )
    assert "Wijziging bekijken" in _work(stage.manager)[0]
    with unit_of_work():
        mark_seen(stage.text, actor=stage.manager)
    assert "Akkoord geven" in _work(stage.manager)[0]
    assert not stage.text.is_signed_off
    with unit_of_work():
        write(stage.text, body="Anders.", actor=stage.officer)
    assert stage.text.latest_no == 3


def test_who_saw_an_older_version_is_told(stage: Stage) -> None:
    seen = stage.text.version
    with unit_of_work():
        write(stage.text, body="Anders.", actor=stage.officer)
    with pytest.raises(Conflict), unit_of_work():
        sign_off(stage.text, actor=stage.manager, expected_version=seen)
    with pytest.raises(Conflict), unit_of_work():
        write(stage.text, body="Van mij.", actor=stage.manager, expected_version=seen)
    with unit_of_work():
        write(stage.text, body="", actor=stage.officer)
    with pytest.raises(Invalid, match="nog geen tekst"), unit_of_work():
        sign_off(stage.text, actor=stage.manager)


def test_departments_are_added_renamed_and_ordered(stage: Stage) -> None:
    with unit_of_work():
        for name in ("Financiën", "Onderwijs"):
            add_department(stage.period, name=name, actor=stage.officer)
    for name in ("", "financiën", "x" * 201):
        with pytest.raises(Invalid), unit_of_work():
            add_department(stage.period, name=name, actor=stage.officer)
    second = _departments(stage)[1]
    with unit_of_work():
        move_department_up(second, actor=stage.officer)
        rename_department(second, name="Onderwijs en Cultuur", actor=stage.officer)
    assert [one.department for one in _departments(stage)] == ["Onderwijs en Cultuur", "Financiën"]
    with pytest.raises(WrongState), unit_of_work():
        rename_department(stage.text, name="Anders", actor=stage.officer)


def _departments(stage: Stage) -> list[AnnexText]:
    return [one for one in list_texts(stage.period) if one.department]


def test_after_the_freeze_only_what_was_opened_again_changes(stage: Stage) -> None:
    with unit_of_work():
        freeze_with_explanations(stage.period, stage.officer)
    for work in (
        lambda: write(stage.text, body="Anders.", actor=stage.officer),
        lambda: sign_off(stage.text, actor=stage.manager),
        lambda: start_texts(stage.period, actor=stage.officer),
        lambda: add_department(stage.period, name="Financiën", actor=stage.officer),
    ):
        with pytest.raises(PeriodFrozen), unit_of_work():
            work()
    with unit_of_work():
        reopen(
            stage.period,
            region=stage.text.region,
            reason="Een fout.",
            expires_on=date(2012, 8, 1),
            actor=stage.officer,
        )
    with unit_of_work():
        write(stage.text, body="Verbeterd.", actor=stage.officer)
    assert stage.text.body == "Verbeterd."
    with pytest.raises(PeriodFrozen), unit_of_work():
        add_department(stage.period, name="Financiën", actor=stage.officer)
