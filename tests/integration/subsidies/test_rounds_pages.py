"""The pages of schemes, rounds and arrangements: what people see and send."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_declared,
    make_granted,
    make_limits,
    make_pilot,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import CountKind, RoundStatus
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Region, RegionTile
from vpt_regio.models.subsidies import SchemeCount, SubsidyRound, SubsidyScheme
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
OFFICER, LEADER = "beleid@vpt.example", "leider.zeeland@vpt.example"
DECIDER = "beslisser@vpt.example"
ROUND = {
    "name": "Najaar 2012",
    "opens": "3 september 2012",
    "closes": "29-10-2012",
    "closing_inclusive": "nee",
    "ceiling_cents": "200.000",
    "decision_days": "56",
    "completion_days": "14",
    "settlement_days": "154",
}


@pytest.fixture(autouse=True)
def stage(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        make_region(programme)
        other = make_region(programme, "zeeland")
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
        make_person(programme, Role.PROJECT_LEADER, region=other, email=LEADER)
        make_scheme(programme, name="Project Voorkomen")


def text_of(response: Any) -> str:
    return str(response.get_data(as_text=True)).replace("\u00a0", " ")


def scheme() -> SubsidyScheme:
    return db.session.query(SubsidyScheme).order_by(SubsidyScheme.id).first()  # type: ignore[return-value]


def programme() -> Programme:
    return db.session.query(Programme).one()


def officer() -> Person:
    return db.session.query(Person).filter_by(email=OFFICER).one()


def limburg() -> Region:
    return db.session.query(Region).filter_by(code="limburg").one()


@pytest.fixture
def writing(app: Flask) -> Callable[[Callable[[], Any]], Any]:
    """Return a function that does something in a unit of work of its own."""

    def write(work: Callable[[], Any]) -> Any:
        with app.app_context(), unit_of_work():
            return work()

    return write


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements of the block, which holds requests of its own."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_round_is_planned_opened_and_seen_by_everybody(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    made = client.post("/subsidies/regelingen/1/rondes/nieuw", data=ROUND)
    assert made.headers["Location"] == "/subsidies/rondes/1"
    assert client.post("/subsidies/rondes/1/openstellen").status_code == 303

    page = text_of(sign_in(LEADER).get("/subsidies/rondes/1"))

    assert "De laatste dag is zondag 28 oktober 2012, tot 24.00 uur Nederlandse tijd." in page
    assert "De sluitingsdag, maandag 29 oktober 2012, telt niet mee." in page
    assert "geen aanvragen" in page
    assert "€ 0 van € 200.000, nog € 200.000 over" in page
    assert "Ronde wijzigen" not in page
    listed = text_of(client.get("/subsidies"))
    assert "Najaar 2012" in listed
    assert "28-10-2012" in listed


def test_what_is_wrong_with_a_round_stands_at_its_field(sign_in: SignIn) -> None:
    client = sign_in(OFFICER)

    refused = client.post(
        "/subsidies/regelingen/1/rondes/nieuw", data={**ROUND, "closes": "3-9-2012"}
    )

    assert refused.status_code == 422
    page = text_of(refused)
    assert "Tussen de eerste dag en de sluitingsdag kan niemand aanvragen." in page
    assert 'value="3-9-2012"' in page


def test_the_page_of_november_2011_tells_what_the_letter_tells(
    sign_in: SignIn, writing: Callable[..., Any]
) -> None:
    amounts = (20_000_00, 9_300_00, 50_000_00, 10_000_00, 22_061_00, 50_000_00)

    def history() -> None:
        in_round = make_round(
            scheme(),
            status=RoundStatus.DECIDED,
            opens_on=date(2011, 11, 1),
            opens_precision="month",
            opens_words="november 2011",
            closes_on=None,
            closes_precision=None,
            unlisted_applications=5,
            source="Brief aan de Kamer",
        )
        db.session.add(RegionTile(region_id=limburg().id, tile="limburg-noord"))
        for order, cents in enumerate(amounts):
            application = make_declared(in_round, cents)
            regions = (limburg(),) if order else ()
            make_pilot(application, granted_cents=cents, award_order=order, regions=regions)

    writing(history)

    page = text_of(sign_in(OFFICER).get("/subsidies/rondes/1"))

    assert "elf aanvragen, waarvan zes (gedeeltelijk) toegekend" in page
    assert "€ 161.361,00" in page
    assert "€ 22.061,00" in page
    # what no source tells is unknown, with the source that leaves it out
    assert "onbekend<br><small>niet in de bron: Brief aan de Kamer</small>" in page
    assert "geen plafond" not in page
    assert "56 dagen" not in page
    assert "Hierbij zijn 5 aanvragen geteld die hier niet staan." in page
    assert "LIN 5 pilots, limburg" in page.replace("Limburg", "limburg")
    assert "1 pilot staat niet op de kaart" in page
    # the annex of the letter is public: leaders of other regions read the same table
    elsewhere = text_of(sign_in(LEADER).get("/subsidies/rondes/1"))
    assert all(amount in elsewhere for amount in ("€ 22.061,00", "€ 20.000,00"))


def test_a_round_page_takes_as_many_queries_for_many_applications(
    app: Flask, sign_in: SignIn, writing: Callable[..., Any]
) -> None:
    def add(number: int) -> None:
        in_round = db.session.query(SubsidyRound).one_or_none() or make_round(scheme())
        decider = db.session.query(Person).filter_by(email=DECIDER).one_or_none()
        if decider is None:
            decider = make_decider(programme())
            decider.email = DECIDER
        for _number in range(number):
            make_application(in_round, region=limburg())
            pilot = make_granted(in_round, author=officer(), decider=decider, region=limburg())
            pilot.measures = list(db.session.query(Measure))

    def queries() -> int:
        client = sign_in(OFFICER)
        assert client.get("/subsidies/rondes/1").status_code == 200
        with counted(app) as seen:
            client.get("/subsidies/rondes/1")
        return len(seen)

    writing(lambda: add(1))
    few = queries()
    writing(lambda: add(6))

    assert queries() == few


def test_a_historic_scheme_shows_what_follows_from_its_counts(
    sign_in: SignIn, writing: Callable[..., Any]
) -> None:
    def history() -> None:
        old = scheme()
        old.is_incidental, old.legal_basis = True, ""
        old.starts_on, old.ends_on = date(2008, 1, 1), date(2012, 1, 1)
        for year, number in ((2008, 112), (2010, 45)):
            old.counts.append(
                SchemeCount(
                    kind=CountKind.GRANTED,
                    from_year=year,
                    to_year=2010,
                    number=number,
                    source="Brief",
                )
            )

    writing(history)

    page = text_of(sign_in(LEADER).get("/subsidies/regelingen/1"))

    assert "Die vier jaar eindigen op 31 december 2011." in page
    assert "2008 tot en met 2009" in page
    assert "berekend" in page
    assert "112 − 45" in page
    assert ">67<" in page.replace(" ", "").replace("\n", "")
    assert "langer dan vier jaar" in text_of(sign_in(LEADER).get("/subsidies"))


def test_a_scheme_gets_a_count_and_a_round_what_a_source_declares(
    sign_in: SignIn, writing: Callable[..., Any]
) -> None:
    writing(lambda: make_round(scheme(), status=RoundStatus.DECIDED))
    client = sign_in(OFFICER)
    count = {
        "kind": "granted",
        "from_year": "2010",
        "to_year": "2010",
        "number": "45",
        "source": "Brief",
    }

    assert client.post("/subsidies/regelingen/1/aantallen", data=count).status_code == 303
    again = client.post("/subsidies/regelingen/1/aantallen", data=count)
    told = client.post(
        "/subsidies/rondes/1/bron", data={"granted": "2", "source": "Brief", "version": "1"}
    )

    assert "Van deze jaren staat dit aantal er al." in text_of(again)
    assert told.status_code == 303
    page = text_of(client.get("/subsidies/rondes/1"))
    assert "Hoeveel aanvragen er in totaal waren, is onbekend. Bron: Brief." in page
    assert "twee toegekende projecten" in page


def test_a_scheme_is_added_and_changed(sign_in: SignIn) -> None:
    client = sign_in(OFFICER)

    made = client.post("/subsidies/regelingen/nieuw", data={"name": "Stimulering"})
    taken = client.post(
        "/subsidies/regelingen/2/wijzigen", data={"name": "Project Voorkomen", "version": "1"}
    )

    assert made.headers["Location"] == "/subsidies/regelingen/2"
    assert taken.status_code == 422
    assert "Er is al een regeling met deze naam." in text_of(taken)
    assert sign_in(LEADER).get("/subsidies/regelingen/nieuw").status_code == 403


def test_new_limits_stand_on_the_page_of_arrangements(
    sign_in: SignIn, writing: Callable[..., Any]
) -> None:
    writing(lambda: make_limits(programme()))
    client = sign_in(OFFICER)
    limits = {
        "holds_from": "1-1-2015",
        "second_from_cents": "30.000",
        "third_from_cents": "150.000",
        "source": "Kaderbesluit",
    }

    assert client.post("/subsidies/arrangementen/nieuw", data=limits).status_code == 303

    page = text_of(sign_in(LEADER).get("/subsidies/arrangementen"))
    assert page.index("Grenzen vanaf 1 januari 2015") < page.index("Grenzen vanaf 1 juli 2013")
    assert "minder dan € 25.000" in page
    assert "€ 30.000 tot € 150.000" in page


def test_a_round_that_cannot_open_says_why(sign_in: SignIn, writing: Callable[..., Any]) -> None:
    writing(lambda: make_round(scheme(), status=RoundStatus.PLANNED, closes_on=None))
    client = sign_in(OFFICER)

    assert "Vul de eerste en de laatste dag van de ronde precies in." in text_of(
        client.get("/subsidies/rondes/1")
    )
    assert client.post("/subsidies/rondes/1/openstellen").status_code == 422
    cancelled = client.post("/subsidies/rondes/1/vervallen", data={"note": "Geen geld."})
    assert cancelled.status_code == 303
    assert client.post("/subsidies/rondes/1/openstellen").status_code == 409


def test_who_changes_a_round_at_once_sees_what_the_other_one_stored(
    sign_in: SignIn, writing: Callable[..., Any]
) -> None:
    writing(
        lambda: make_round(
            scheme(),
            status=RoundStatus.PLANNED,
            closing_inclusive=False,
            opens_on=date(2012, 7, 1),
            opens_precision="quarter",
            opens_words="najaar 2012",
            closes_on=None,
            closes_precision=None,
        )
    )
    client = sign_in(OFFICER)
    page = text_of(client.get("/subsidies/rondes/1/wijzigen"))
    assert 'value="najaar 2012"' in page
    assert re.search(r'value="nee" checked', page)

    saved = client.post("/subsidies/rondes/1/wijzigen", data={**ROUND, "version": "1"})
    stale = client.post(
        "/subsidies/rondes/1/wijzigen", data={**ROUND, "name": "Herfst 2012", "version": "1"}
    )

    assert saved.status_code == 303
    assert stale.status_code == 409
    both = text_of(stale)
    assert "Najaar 2012" in both
    assert "Herfst 2012" in both
