"""The catalogue of indicators: who manages what, and what stays as it is once it is used."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests.factories.action_plans import Stage, make_stage
from tests.factories.contracts import (
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
)
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.indicator_codes import Aggregation, Direction, Unit
from vpt_regio.domain.roles import Role
from vpt_regio.errors import (
    Conflict,
    DomainError,
    NotAllowed,
    OnHold,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Indicator
from vpt_regio.models.people import Person
from vpt_regio.queries.indicators import list_indicators, use_of
from vpt_regio.services.holds import place_hold
from vpt_regio.services.indicators import (
    IndicatorContent,
    change_indicator,
    create_indicator,
    retire_indicator,
    reuse_indicator,
)
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
TODAY = date(2012, 7, 16)
COUNTED = IndicatorContent("Aangiften", Unit.NUMBER, Direction.UP, Aggregation.SUM)
SHARE = IndicatorContent(
    "Op tijd",
    Unit.PERCENT,
    Direction.UP,
    Aggregation.WEIGHTED,
    numerator_label="op tijd",
    denominator_label="alle",
)


def _officer(stage: Stage) -> Person:
    return make_person(stage.programme, Role.POLICY_OFFICER, email="beleid@vpt.example")


def _fields(error: DomainError) -> set[str | None]:
    errors = error.errors if isinstance(error, SeveralErrors) else [error]
    return {one.field for one in errors}


def test_the_ministry_and_a_region_each_make_their_own(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        national = create_indicator(stage.programme, content=COUNTED, actor=_officer(stage))
        own = create_indicator(
            stage.programme, content=SHARE, actor=stage.leader, region=stage.region
        )
        assert (national.region_id, own.region_id) == (None, stage.region.id)
        other = make_stage("drenthe", programme=stage.programme)
        for region in (None, other.region):
            with pytest.raises(NotAllowed):
                create_indicator(
                    stage.programme,
                    content=replace(COUNTED, name="Anders"),
                    actor=stage.leader,
                    region=region,
                )
        rows = list_indicators(other.leader, stage.programme)
        assert [row.indicator for row in rows] == [national]
        rows = list_indicators(stage.leader, stage.programme)
        assert [row.indicator for row in rows] == [national, own]


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (replace(COUNTED, name=""), {"name"}),
        (replace(COUNTED, decimals=5), {"decimals"}),
        (replace(COUNTED, aggregation=Aggregation.WEIGHTED), {"aggregation"}),
        (replace(COUNTED, numerator_label="x"), {"numerator_label"}),
        (replace(SHARE, numerator_label=""), {"numerator_label"}),
        (replace(SHARE, aggregation=Aggregation.SUM), {"aggregation"}),
        (replace(COUNTED, unit=Unit.YES_NO, decimals=1), {"decimals", "aggregation"}),
        (replace(COUNTED, agreement_type_id=999), {"agreement_type_id"}),
    ],
)
def test_an_indicator_that_cannot_be(
    context: Flask, content: IndicatorContent, fields: set[str]
) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        with pytest.raises(DomainError) as refusal:
            create_indicator(stage.programme, content=content, actor=_officer(stage))
    assert _fields(refusal.value) == fields


def test_a_name_means_one_thing(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        other = make_stage("drenthe", programme=stage.programme)
        create_indicator(stage.programme, content=COUNTED, actor=_officer(stage))
        with pytest.raises(DomainError) as refusal:
            create_indicator(
                stage.programme, content=COUNTED, actor=stage.leader, region=stage.region
            )
        assert _fields(refusal.value) == {"name"}
        # two regions may use the same word for things of their own
        for place in (stage, other):
            create_indicator(
                stage.programme, content=SHARE, actor=place.leader, region=place.region
            )


def test_what_was_agreed_on_keeps_its_meaning(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        officer = _officer(stage)
        indicator = create_indicator(stage.programme, content=SHARE, actor=officer)
        make_agreement(make_contract(stage.region), indicator)
        other = replace(
            COUNTED, name="Sneller", direction=Direction.DOWN, aggregation=Aggregation.SUM
        )
        with pytest.raises(SeveralErrors) as refusal:
            change_indicator(indicator, content=other, actor=officer)
        assert _fields(refusal.value) == {
            "unit",
            "direction",
            "aggregation",
            "numerator_label",
            "denominator_label",
        }
        renamed = replace(SHARE, name="Sneller", definition="Binnen 14 dagen.", decimals=1)
        change_indicator(indicator, content=renamed, actor=officer)
        assert (indicator.name, indicator.unit) == ("Sneller", Unit.PERCENT)


def test_one_that_is_not_used_may_change(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        officer = _officer(stage)
        indicator = create_indicator(stage.programme, content=SHARE, actor=officer)
        change_indicator(indicator, content=replace(COUNTED, unit=Unit.DAYS), actor=officer)
        assert indicator.unit is Unit.DAYS
        with pytest.raises(Conflict):
            change_indicator(indicator, content=COUNTED, actor=officer, expected_version=0)


def test_retired_and_taken_up_again(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        officer = _officer(stage)
        indicator = create_indicator(stage.programme, content=COUNTED, actor=officer)
        with pytest.raises(WrongState):
            reuse_indicator(indicator, actor=officer)
        retire_indicator(indicator, actor=officer)
        assert indicator.retired_on == TODAY
        with pytest.raises(WrongState):
            retire_indicator(indicator, actor=officer)
        reuse_indicator(indicator, actor=officer)
        assert indicator.retired_on is None


def test_a_region_that_stands_still(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        place_hold(stage.region, reason="Onderzoek.", starts_on=TODAY, actor=stage.manager)
        with pytest.raises(OnHold):
            create_indicator(
                stage.programme, content=COUNTED, actor=stage.leader, region=stage.region
            )


@pytest.mark.parametrize("regions", [3, 30])
def test_where_it_is_used_takes_the_same_queries(context: Flask, regions: int) -> None:
    with unit_of_work():
        programme = make_programme()
        indicator = make_indicator(programme)
        for number in range(regions):
            contract = make_contract(make_region(programme, f"regio-{number}"))
            make_measurement(make_agreement(contract, indicator), 50)
        reader = make_person(programme, Role.READER)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert use_of(indicator, reader).total == regions
    assert sum(one.startswith("SELECT") for one in statements) <= 8


def test_the_pages_of_the_catalogue(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage("limburg")
        stage.leader.email = "leider@vpt.example"
        other = make_stage("drenthe", programme=stage.programme)
        indicator = make_indicator(stage.programme, "Aangiften")
        for region in (stage.region, other.region):
            make_agreement(make_contract(region), indicator)
        number, region_id = indicator.id, stage.region.id
    client = sign_in("leider@vpt.example")
    assert "Aangiften" in client.get("/indicatoren").text
    page = client.get(f"/indicatoren/{number}").text
    assert "De waarden van regio’s worden opgeteld." in page
    assert "In andere regio’s zijn er nog 1 afspraken" in page
    assert "Indicator wijzigen" not in page
    assert client.get(f"/indicatoren/{number}/bewerken").status_code == 403
    refused = client.post("/indicatoren/nieuw", data={"name": "Eigen", "unit": "percent"})
    assert refused.status_code == 422
    assert "Kies een regio." in refused.text
    sent = {"name": "Eigen", "unit": "days", "region_id": str(region_id), "direction": "down"}
    answer = client.post("/indicatoren/nieuw", data=sent)
    assert answer.status_code == 303
    assert "lager is beter" in client.get(answer.location).text
    assert client.post(f"{answer.location}/laten-vervallen").status_code == 303
    assert "is vervallen op" in client.get(answer.location).text
    with app.app_context():
        own = db.session.scalars(select(Indicator).where(Indicator.name == "Eigen")).one()
        assert (own.region_id, own.unit) == (region_id, Unit.DAYS)
