"""The half-year at one moment: frozen once, and what a form booked is booked once."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories.covenants import make_appointment
from tests.factories.imports import booking, download, fill, send_in
from tests.factories.periods import make_season
from tests.integration.half_year_freeze.conftest import make_ready
from tests.integration.races.test_races import Send, together
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure, HoursEntry
from vpt_regio.models.imports import Import
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.imports import TAKEN
from vpt_regio.services import audit, imports
from vpt_regio.uow import unit_of_work
from vpt_regio.workbooks.progress_form_types import Week

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"


def test_a_half_year_is_frozen_once(app: Flask, sign_in: SignIn) -> None:
    with app.app_context():
        ready = make_ready()
        period = ready.period
        url, data = f"/halfjaren/{period.code}/vastzetten", {"version": period.version}
    sends = [Send(sign_in("beleid@vpt.example"), url, data) for _ in range(2)]
    assert sorted(together(*(send.status for send in sends))) == [303, 409]
    with app.app_context():
        query = select(Snapshot.version_no).where(Snapshot.period_id == ready.period_id)
        assert db.session.scalars(query).all() == [1]
        assert audit.verify(db.session()) is None


def test_a_form_that_was_sent_twice_books_once(app: Flask, sign_in: SignIn) -> None:
    with app.app_context():
        with unit_of_work():
            season = make_season()
            appointment = make_appointment(season.stage.region, season.stage.leader).id
        hours = [(appointment, Week(2012, 20), 30)]
        read = fill(download(season), weeks=hours, bookings=[booking(125_00)])
        with unit_of_work():
            twice = [send_in(season, read).id for _ in range(2)]
        shown = [imports.preview(db.session.get_one(Import, number)) for number in twice]
    sends = [
        Send(
            sign_in(LEADER),
            f"/inlezingen/{number}/verwerken",
            {"accept": [line.key for line in one.lines], "seen": one.seen},
        )
        for number, one in zip(twice, shown, strict=True)
    ]
    assert sorted(together(*(send.status for send in sends))) == [303, 409]
    with app.app_context():
        statuses = db.session.scalars(select(Import.status)).all()
        # the second one to come in has a note that it came before; either may win
        assert statuses.count(ImportStatus.PREVIEW) == 1
        assert set(statuses) - {ImportStatus.PREVIEW} <= set(TAKEN)
        for model in (Expenditure, HoursEntry):
            assert db.session.scalar(select(func.count()).select_from(model)) == 1
        assert audit.verify(db.session()) is None
