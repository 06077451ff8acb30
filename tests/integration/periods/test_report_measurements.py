"""Measurements of agreements in the half-year report: asked for, kept, and never rewritten."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.contracts import make_agreement, make_contract, make_indicator
from tests.factories.contracts import make_measurement as add_measurement
from tests.factories.periods import Season, fill_report, make_report, make_season
from vpt_regio.domain.indicator_codes import (
    Attainment,
    ChangeKind,
    ContractStatus,
    Qualifier,
    Unit,
)
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.errors import Invalid
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement
from vpt_regio.models.periods import ProgressReport
from vpt_regio.queries.report_measurements import (
    agreement_lines,
    content_of,
    report_lines,
    reported_of,
)
from vpt_regio.services.measurements import (
    MeasurementContent,
    correct_measurement,
    record_measurement,
)
from vpt_regio.services.report_content import content_hash, submitted_content
from vpt_regio.services.reports import gaps_of, submit_report
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
CUTOFF = date(2012, 6, 30)


def _agreement(season: Season, unit: Unit = Unit.NUMBER, **options: Any) -> Agreement:
    region = season.stage.region
    indicator = make_indicator(season.programme, f"Indicator {unit}", unit=unit)
    contract = make_contract(region, author=season.stage.leader, **options)
    return make_agreement(contract, indicator)


def _measure(season: Season, agreement: Agreement, value: int, **options: Any) -> None:
    record_measurement(
        agreement,
        cutoff_on=CUTOFF,
        content=MeasurementContent(
            given=Given(Decimal(value)), source="Registratie", period=season.period, **options
        ),
        actor=season.stage.leader,
    )


def _submitted(season: Season) -> ProgressReport:
    report = fill_report(make_report(season), season.stage.leader)
    submit_report(report, actor=season.stage.leader)
    return report


def test_each_agreement_is_measured_before_submitting(context: Flask) -> None:
    with unit_of_work():
        season = make_season()
        measured, unmeasured = _agreement(season), _agreement(season, Unit.DAYS)
        _measure(season, measured, 50)
        report = fill_report(make_report(season), season.stage.leader)
    with pytest.raises(Invalid) as caught, unit_of_work():
        submit_report(report, actor=season.stage.leader)
    assert caught.value.field == f"measurements-{unmeasured.id}"
    assert caught.value.params["contract"] == unmeasured.contract.number


def test_to_say_why_nothing_was_measured_is_enough(context: Flask) -> None:
    with unit_of_work():
        season = make_season()
        agreement = _agreement(season)
        record_measurement(
            agreement,
            cutoff_on=CUTOFF,
            content=MeasurementContent(is_measured=False, note="De enquête is uitgesteld."),
            actor=season.stage.leader,
        )
        report = _submitted(season)
    (told,) = report.submissions[-1].content["agreements"]
    assert told["measurement"]["value"] is None
    assert told["measurement"]["note"] == "De enquête is uitgesteld."
    assert told["attainment"] == Attainment.NOT_MEASURED


@pytest.mark.parametrize(
    ("status", "starts_on", "ends_on", "agreed_on"),
    [
        (ContractStatus.DRAFT, date(2012, 1, 1), date(2012, 12, 31), None),
        (ContractStatus.SIGNING, date(2012, 1, 1), date(2012, 12, 31), None),
        (ContractStatus.AGREED, date(2012, 7, 1), date(2012, 12, 31), date(2012, 6, 1)),
        (ContractStatus.AGREED, date(2011, 1, 1), date(2011, 12, 31), date(2011, 1, 1)),
        (ContractStatus.AGREED, date(2012, 1, 1), date(2012, 12, 31), date(2012, 7, 1)),
    ],
)
def test_only_contracts_that_ran_are_asked_for(
    context: Flask,
    status: ContractStatus,
    starts_on: date,
    ends_on: date,
    agreed_on: date | None,
) -> None:
    with unit_of_work():
        season = make_season()
        contract = _agreement(season, status=status).contract
        contract.starts_on, contract.ends_on, contract.agreed_on = starts_on, ends_on, agreed_on
        report = fill_report(make_report(season), season.stage.leader)
    assert report_lines(report) == []
    assert gaps_of(report) == []
    assert submitted_content(report)["agreements"] == []


def test_what_was_measured_under_a_contract_signed_later_is_told(context: Flask) -> None:
    with unit_of_work():
        season = make_season()
        measured = _agreement(season)
        measured.contract.agreed_on = date(2012, 7, 9)
        make_agreement(measured.contract, measured.indicator)
        _measure(season, measured, 50)
        report = fill_report(make_report(season), season.stage.leader)
    assert [line.told.agreement_id for line in report_lines(report)] == [measured.id]
    assert gaps_of(report) == []


def test_an_evaluated_contract_asks_for_nothing_more(context: Flask) -> None:
    with unit_of_work():
        season = make_season()
        _agreement(season, status=ContractStatus.EVALUATED)
        report = fill_report(make_report(season), season.stage.leader)
    assert [line.is_missing for line in report_lines(report)] == [False]
    assert gaps_of(report) == []


def test_a_measurement_may_be_of_a_day_after_the_half_year(context: Flask) -> None:
    with unit_of_work():
        season = make_season()
        agreement = _agreement(season)
        add_measurement(agreement, 44, cutoff_on=date(2011, 12, 31))
        record_measurement(
            agreement,
            cutoff_on=date(2012, 7, 10),
            content=MeasurementContent(
                given=Given(Decimal(55)), source="Telling", period=season.period
            ),
            actor=season.stage.leader,
        )
    (line,) = agreement_lines(season.stage.region.id, season.period)
    assert line.told.measurement is not None
    assert line.told.measurement.cutoff_on == date(2012, 7, 10)
    assert line.told.previous is not None
    assert line.told.previous.value.number == 44
    assert line.told.change is not None
    assert (line.told.change.kind, line.told.change.amount) == (ChangeKind.PERCENT, 25)


def test_what_is_submitted_keeps_every_part(context: Flask) -> None:
    with unit_of_work():
        season = make_season()
        agreement = _agreement(season, Unit.PERCENT)
        record_measurement(
            agreement,
            cutoff_on=CUTOFF,
            content=MeasurementContent(
                given=Given(None, Decimal(2), Decimal(3)),
                qualifier=Qualifier.CIRCA,
                source="Enquête",
                period=season.period,
            ),
            actor=season.stage.leader,
        )
        report = _submitted(season)
    db.session.expire_all()
    (told,) = report.submissions[-1].content["agreements"]
    assert told["measurement"]["value"] == {
        "number": "200/3",
        "numerator": "2",
        "denominator": "3",
        "qualifier": "circa",
    }
    assert told["measurement"]["cutoff_on"] == "2012-06-30"
    assert told["measurement"]["source"] == "Enquête"
    assert told["measurement"]["revision_no"] == 1
    assert told["target"]["value"]["number"] == "60"
    assert told["attainment"] == Attainment.MET
    assert content_of(reported_of(told)) == told
    (line,) = report_lines(report)
    assert line.told.measurement is not None
    assert line.told.measurement.value is not None
    assert line.told.measurement.value.number == Fraction(200, 3)


def test_a_later_revision_changes_nothing_of_what_was_submitted(context: Flask) -> None:
    with unit_of_work():
        season = make_season()
        agreement = _agreement(season)
        _measure(season, agreement, 50)
        report = _submitted(season)
    submission = report.submissions[-1]
    before = dict(submission.content)
    assert [line.newer for line in report_lines(report)] == [None]
    with unit_of_work():
        correct_measurement(
            agreement.measurements[-1],
            content=MeasurementContent(given=Given(Decimal(52)), source="Registratie"),
            reason="Twee meldingen kwamen later.",
            actor=season.stage.leader,
        )
    db.session.expire_all()
    assert submission.content == before
    assert submission.sha256 == content_hash(submission.content)
    (line,) = report_lines(report)
    assert line.told.measurement is not None
    assert line.told.measurement.value is not None
    assert line.told.measurement.value.number == 50
    assert line.newer is not None
    assert line.newer.measurement is not None
    assert line.newer.measurement.revision_no == 2


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(values=st.lists(st.integers(0, 10**6), min_size=1, max_size=4, unique=True))
def test_no_revision_ever_reaches_a_submitted_report(context: Flask, values: list[int]) -> None:
    with unit_of_work() as session:
        season = make_season()
        agreement = _agreement(season)
        _measure(season, agreement, 50)
        report = _submitted(season)
        before = content_hash(report.submissions[-1].content)
        told = [line.told for line in report_lines(report)]
        for value in values:
            add_measurement(agreement, value, cutoff_on=CUTOFF, period=season.period)
        session.flush()
        session.expire_all()
        assert content_hash(report.submissions[-1].content) == before
        assert [line.told for line in report_lines(report)] == told
        assert report_lines(report)[0].newer is not None
        session.rollback()


def test_the_report_shows_and_asks_for_measurements(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        season = make_season()
        agreement = _agreement(season)
        agreement_id = agreement.id
        fill_report(make_report(season), season.stage.leader)
        email = season.stage.leader.email
    client = sign_in(email)
    address = "/halfjaren/2012-1/rapportages/limburg"
    record = f"/afspraken/{agreement_id}/metingen/nieuw?halfjaar=2012-1&amp;regio=limburg"
    for page in (client.get(address).text, client.get(f"{address}/bewerken").text):
        assert "Prestatieafspraken" in page
        assert "nog niet vastgelegd" in page
        assert record in page
    refused = client.post(f"{address}/bewerken", data=_typed(app, "submit"))
    assert refused.status_code == 422
    assert f'href="#measurements-{agreement_id}"' in refused.text
    assert f'id="measurements-{agreement_id}"' in refused.text
    done = client.post(
        record.replace("&amp;", "&"),
        data={
            "cutoff_on": "30-06-2012",
            "is_measured": "measured",
            "value": "50",
            "qualifier": "exact",
            "source": "Registratie",
        },
    )
    assert done.status_code == 303
    assert done.location == f"{address}/bewerken"
    assert client.post(f"{address}/bewerken", data=_typed(app, "submit")).status_code == 303
    page = client.get(address).text
    assert "nog niet vastgelegd" not in page
    assert "na indienen gecorrigeerd" not in page
    with app.app_context(), unit_of_work():
        corrected = db.session.get_one(Agreement, agreement_id)
        add_measurement(corrected, 52, cutoff_on=CUTOFF)
    assert "na indienen gecorrigeerd: 52" in client.get(address).text


def test_a_region_without_contracts_sees_nothing_of_it(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        season = make_season()
        make_report(season)
        email = season.stage.leader.email
    client = sign_in(email)
    for address in ("", "/bewerken"):
        page = client.get(f"/halfjaren/2012-1/rapportages/limburg{address}").text
        assert "Prestatieafspraken" not in page


def _typed(app: Flask, do: str) -> dict[str, str]:
    """Return what the form of the season's report sends."""
    with app.app_context():
        report = db.session.query(ProgressReport).one()
        fields = {
            f"activities-{row.activity_id}-{name}": value
            for row in report.activities
            for name, value in (("status", "running"), ("percent", "40"), ("result", "Gestart"))
        }
        version = str(report.version)
    return {
        "form_name": "ReportForm",
        "version": version,
        "results": "De campagne loopt.",
        "outlook": "Wij gaan verder.",
        "rag": "green",
        "do": do,
        **fields,
    }
