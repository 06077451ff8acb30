"""Earlier subsidies from a file: choose, see what is new, take over; and nothing is invented."""

import html
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import make_declared, make_limits, make_round, make_scheme
from tests.integration.figures.import_files import saved, words
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, RoundStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.subsidy_outcomes import counts_on
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
URL = "/subsidies/inlezen"
OFFICER, ADMIN = "officer@vpt.example", "admin@vpt.example"
PILOTS = (
    "Regeling",
    "Ronde",
    "Organisatie",
    "Plaats",
    "Regio",
    "Titel",
    "Beschrijving",
    "Gevraagd bedrag",
    "Toegekend bedrag",
    "Besluit",
    "Besloten op",
    "Bron",
)
ROUNDS = (
    "Regeling",
    "Ronde",
    "Opent",
    "Sluit",
    "Sluitdag telt mee",
    "Plafond",
    "Aanvragen zonder regel",
    "Toegekend zonder regel",
    "Bedrag zonder regel",
    "Bron",
)
TODAY = date(2012, 7, 16)
NAMES = ("Eerdere regeling", "Ronde 2010")
SOURCE = "Brief van maart 2012"
GRANTED = (
    *NAMES,
    "Het Plein",
    "Venlo",
    "limburg",
    "Rust aan de balie",
    "Eerste punt\nTweede punt",
    12_000,
    9_300.5,
    "Gedeeltelijk toegekend",
    "voorjaar 2010",
    SOURCE,
)
UNKNOWN = (
    *NAMES,
    "De Brug",
    None,
    None,
    "Samen sterk",
    None,
    None,
    None,
    "(gedeeltelijk) toegekend",
    None,
    SOURCE,
)
REJECTED = (
    *NAMES,
    "De Golf",
    "Assen",
    None,
    "Huisregels",
    None,
    5_000,
    None,
    "afgewezen",
    date(2010, 6, 1),
    SOURCE,
)
ROUND = (*NAMES, "voorjaar 2010", date(2010, 5, 31), "nee", 100_000, 4, 2, None, SOURCE)


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        make_limits(programme)
        make_region(programme, code="limburg", name="Limburg")
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
        make_person(programme, Role.ADMINISTRATOR, email=ADMIN)
    return sign_in(OFFICER)


def _book(
    pilots: Iterable[Sequence[object]] = (), rounds: Iterable[Sequence[object]] | None = ()
) -> bytes:
    """An .xlsx with both sheets, or without that of rounds."""
    made = openpyxl.Workbook()
    first: Any = made.active
    first.title = "Pilots"
    second: Any = made.create_sheet("Rondes" if rounds is not None else "Eigen blad")
    for sheet, headers, rows in ((first, PILOTS, pilots), (second, ROUNDS, rounds or ())):
        for row in (headers, *rows):
            sheet.append(list(row))
    return saved(made)


def _send(client: FlaskClient, content: bytes, name: str = "eerder.xlsx") -> TestResponse:
    data = {"file": (io.BytesIO(content), name)}
    return client.post(URL, data=data, content_type="multipart/form-data")


def _sealed(preview: TestResponse) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', preview.text) or re.search(
        r'value="([^"]+)"[^>]* name="rows"', preview.text
    )
    assert found, words(preview)
    return html.unescape(found[1])


def _take(client: FlaskClient, preview: TestResponse) -> TestResponse:
    return client.post(URL, data={"rows": _sealed(preview)})


def _counts() -> tuple[int, ...]:
    models = (SubsidyScheme, SubsidyRound, SubsidyApplication, Pilot)
    return tuple(db.session.scalar(select(func.count()).select_from(one)) or 0 for one in models)


def test_history_is_shown_first_and_kept_as_its_source_tells_it(
    app: Flask, officer: FlaskClient
) -> None:
    preview = _send(officer, _book([GRANTED, UNKNOWN, REJECTED], [ROUND]), "map/eerder.xlsx")
    text = words(preview)
    assert preview.status_code == 200, text
    assert "Nieuwe regelingen 1 Nieuwe rondes 1 Nieuwe aanvragen 3 Waarvan met een pilot 1" in text
    assert "€ 9.300,50 gedeeltelijk toegekend voorjaar 2010" in text.replace("\u00a0", " ")
    assert "31 mei 2010 telt niet mee" in text
    with app.app_context():
        assert _counts() == (0, 0, 0, 0)
    assert _take(officer, preview).status_code == 303
    with app.app_context():
        assert _counts() == (1, 1, 3, 1)
        in_round = db.session.scalars(select(SubsidyRound)).one()
        assert (in_round.status, in_round.closing_inclusive) == (RoundStatus.DECIDED, False)
        assert (in_round.scheme.legal_basis, in_round.ceiling_cents) == ("", 100_000_00)
        granted, unknown, rejected = in_round.applications
        assert (granted.requested_cents, granted.declared_cents) == (12_000_00, 9_300_50)
        assert granted.declared is not None
        assert granted.declared.words == "voorjaar 2010"
        assert granted.points == ["Eerste punt", "Tweede punt"]
        assert unknown.declared_outcome is ApplicationStatus.GRANTED_SOME
        assert (unknown.requested_cents, unknown.declared_cents) == (None, None)
        assert (unknown.declared_on, unknown.region_id, unknown.place) == (None, None, "")
        assert rejected.declared_on == date(2010, 6, 1)
        counts = counts_on(TODAY, [in_round])[in_round.id]
        assert (counts.applications, counts.granted_in_some_way) == (7, 4)
        assert counts.granted_cents is None
        pilot = db.session.scalars(select(Pilot)).one()
        assert (pilot.granted_cents, pilot.is_by_analogy) == (9_300_50, True)
        assert [region.code for region in pilot.regions] == ["limburg"]


def test_one_entry_tells_of_the_file(app: Flask, officer: FlaskClient) -> None:
    _take(officer, _send(officer, _book([GRANTED, UNKNOWN]), "eerder.xlsx"))
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.action == "programme.subsidies_imported")
        entry = db.session.scalars(query).one()
        assert entry.detail is not None
        details = entry.detail.details
        assert len(details["sha256"]) == 64
        assert (details["rounds"], details["applications"], details["pilots"]) == (1, 2, 1)
        told = sentence_of(entry.action)
        assert told is not None
        assert "eerder.xlsx" in told.format(actor="Iemand", **details)


def test_a_round_of_which_only_totals_are_known(app: Flask, officer: FlaskClient) -> None:
    only_totals = (*NAMES, None, None, None, None, None, 112, None, SOURCE)
    assert _take(officer, _send(officer, _book([], [only_totals]))).status_code == 303
    with app.app_context():
        in_round = db.session.scalars(select(SubsidyRound)).one()
        assert (in_round.unlisted_applications, in_round.unlisted_granted) == (None, 112)
        counts = counts_on(TODAY, [in_round])[in_round.id]
        assert (counts.applications, counts.granted_in_some_way) == (None, 112)


def test_what_is_there_stays_as_it_is(app: Flask, officer: FlaskClient) -> None:
    _take(officer, _send(officer, _book([GRANTED], [ROUND])))
    again = _send(officer, _book([GRANTED], [ROUND]))
    assert again.status_code == 422
    assert "Alles uit dit bestand staat er al." in words(again)
    other = list(GRANTED)
    other[2], other[8] = "  het  PLEIN ", 10_000
    preview = _send(officer, _book([other, UNKNOWN], [ROUND]))
    text = words(preview)
    assert "Nieuwe rondes 0 Nieuwe aanvragen 1" in text
    assert "Rust aan de balie het PLEIN Ronde 2010 bestaat al, met andere gegevens" in text
    assert "Bij Ronde 2010 staan al aantallen van aanvragen zonder eigen regel." in text
    assert _take(officer, preview).status_code == 303
    with app.app_context():
        assert _counts() == (1, 1, 2, 1)
        first = db.session.scalars(select(SubsidyApplication)).first()
        assert first is not None
        assert first.declared_cents == 9_300_50


def test_every_mistake_is_told_at_once_with_its_cell(app: Flask, officer: FlaskClient) -> None:
    with app.app_context(), unit_of_work():
        make_round(make_scheme(get_programme(), name="Loopt nog"), name="Zomer")

    def pilot(**changes: object) -> list[object]:
        values = dict(zip(PILOTS, REJECTED, strict=True)) | {"Titel": f"Titel {changes}"}
        return list((values | changes).values())

    pilots = [
        pilot(Regio="Atlantis"),
        pilot(**{"Besluit": "misschien"}),
        pilot(**{"Toegekend bedrag": 1_000}),
        pilot(**{"Toegekend bedrag": 9_000, "Besluit": "toegekend"}),
        pilot(**{"Gevraagd bedrag": 0}),
        pilot(**{"Besloten op": "ooit"}),
        pilot(**{"Besloten op": date(2012, 7, 17)}),
        pilot(Bron=None),
        pilot(Regeling="loopt  NOG", Ronde="Zomer"),
        REJECTED,
        REJECTED,
    ]
    rounds = [
        (*NAMES, "1 mei 2010", "1 maart 2010", "ja", None, 3, 5, None, SOURCE),
        (NAMES[0], "Ronde 2011", None, "1 maart 2011", None, -5, 1.5, None, None, SOURCE),
        (NAMES[0], "Ronde 2013", None, "eind 2013", None, None, None, 0, 100, SOURCE),
    ]
    response = _send(officer, _book(pilots, rounds))
    text = words(response)
    assert response.status_code == 422
    for message in (
        "blad Pilots, E2 De regio Atlantis is niet bekend.",
        "blad Pilots, J3 Deze waarde staat niet in de lijst. Kies uit: toegekend",
        "blad Pilots, I4 Een toegekend bedrag hoort bij een toekenning.",
        "blad Pilots, I5 Er kan niet meer zijn toegekend dan is gevraagd.",
        "blad Pilots, H6 Vul een bedrag boven nul in.",
        "blad Pilots, K7 Vul een datum in, zo precies als de bron",
        "blad Pilots, K8 Deze dag moet nog komen.",
        "blad Pilots, L9 Vul deze cel in.",
        "blad Pilots, B10 Deze ronde bestaat al en is niet afgehandeld.",
        "blad Pilots, F11, F12 Deze regel staat er meer dan één keer.",
        "blad Rondes, D2 Tussen de eerste dag en de sluitingsdag kan niemand aanvragen.",
        "blad Rondes, H2 Er kunnen niet meer aanvragen zijn toegekend dan er zijn gedaan.",
        "blad Rondes, E3 Vul ja of nee in",
        "blad Rondes, F3 Vul een bedrag boven nul in.",
        "blad Rondes, G3 Vul een heel getal in.",
        "blad Rondes, D4 Deze dag moet nog komen.",
        "blad Rondes, I4 Zonder toegekende aanvragen is er ook geen bedrag.",
        "Het bestand is niet ingelezen.",
    ):
        assert message in text, f"{message}\n{text}"
    with app.app_context():
        assert _counts() == (1, 1, 0, 0)


def test_a_csv_is_either_of_both_tables(app: Flask, officer: FlaskClient) -> None:
    lines = [
        "Regeling;Ronde;Organisatie;Titel;Besluit;Toegekend bedrag;Bron",
        f"{NAMES[0]};{NAMES[1]};Café;Reünie;toegekend;1.234,50;Brief",
    ]
    preview = _send(officer, "\r\n".join(lines).encode("cp1252"), "pilots.csv")
    assert "Nieuwe rondes 1 Nieuwe aanvragen 1" in words(preview)
    assert _take(officer, preview).status_code == 303
    lines = ["Regeling;Ronde;Toegekend zonder regel;Bron", f"{NAMES[0]};Ronde 2009;45;Brief"]
    preview = _send(officer, "\n".join(lines).encode(), "rondes.csv")
    assert "Nieuwe regelingen 0 Nieuwe rondes 1 Nieuwe aanvragen 0" in words(preview)
    assert _take(officer, preview).status_code == 303
    with app.app_context():
        first, second = db.session.scalars(select(SubsidyRound).order_by(SubsidyRound.number))
        # of a round of which only an application is known, nobody knows how many more there were
        assert (first.unlisted_applications, first.unlisted_granted) == (None, None)
        assert (second.number, second.unlisted_granted) == (2, 45)


def test_the_template_comes_back_as_empty(officer: FlaskClient) -> None:
    response = officer.get("/subsidies/inlezen/sjabloon")
    assert "eerdere-subsidies.xlsx" in response.headers["Content-Disposition"]
    made = openpyxl.load_workbook(io.BytesIO(response.data))
    assert made.sheetnames == ["Pilots", "Rondes", "Uitleg"]
    heads = [[cell.value for cell in made[name][1]] for name in ("Pilots", "Rondes")]
    assert heads == [list(PILOTS), list(ROUNDS)]
    again = _send(officer, response.data)
    assert again.status_code == 422
    assert "Het bestand heeft geen regels." in words(again)


def test_a_file_without_the_sheet_of_rounds_says_so(officer: FlaskClient) -> None:
    preview = _send(officer, _book([UNKNOWN], None))
    assert preview.status_code == 200
    assert "Het blad Rondes ontbreekt." in words(preview)
    refused = _send(officer, b"x" * 100, "foto.png")
    assert words(refused).count("Gebruik een .xlsx of een .csv.") == 1
    assert "Kies een bestand." in words(officer.post(URL, data={}))


def test_a_stale_preview_is_refused_and_shown_anew(app: Flask, officer: FlaskClient) -> None:
    preview = _send(officer, _book([GRANTED, UNKNOWN]))
    with app.app_context(), unit_of_work():
        scheme = make_scheme(get_programme(), name=NAMES[0])
        in_round = make_round(scheme, name=NAMES[1], status=RoundStatus.DECIDED)
        made = make_declared(in_round, None)
        made.organisation_name, made.title = "De Brug", "Samen sterk"
    refused = _take(officer, preview)
    assert refused.status_code == 409
    assert "Intussen is er iets veranderd." in words(refused)
    assert "Nieuwe rondes 0 Nieuwe aanvragen 1" in words(refused)
    with app.app_context():
        assert _counts() == (1, 1, 1, 0)
    assert _take(officer, refused).status_code == 303
    with app.app_context():
        assert _counts() == (1, 1, 2, 1)


def test_rows_that_we_did_not_seal_are_refused(
    app: Flask, officer: FlaskClient, sign_in: SignIn
) -> None:
    sealed = _sealed(_send(officer, _book([UNKNOWN])))
    for client, rows in ((officer, f"x{sealed}"), (sign_in(ADMIN), sealed)):
        response = client.post(URL, data={"rows": rows})
        assert response.status_code == 422
        assert "Deze gegevens zijn niet meer te lezen." in words(response)
    with app.app_context():
        assert _counts() == (0, 0, 0, 0)


def test_administrators_may_and_others_may_not(
    app: Flask, officer: FlaskClient, sign_in: SignIn
) -> None:
    with app.app_context(), unit_of_work():
        make_person(get_programme(), Role.MANDATE_HOLDER, email="holder@vpt.example")
    admin = sign_in(ADMIN)
    assert f'href="{URL}"' in admin.get("/subsidies").text
    assert _take(admin, _send(admin, _book([GRANTED], [ROUND]))).status_code == 303
    holder = sign_in("holder@vpt.example")
    assert f'href="{URL}"' not in holder.get("/subsidies").text
    assert holder.get(URL).status_code == 403
    assert _send(holder, _book([UNKNOWN])).status_code == 403


def test_a_long_list_is_divided(officer: FlaskClient) -> None:
    rows = [(*UNKNOWN[:5], f"Titel {number}", *UNKNOWN[6:]) for number in range(201)]
    response = _send(officer, _book(rows))
    assert response.status_code == 422
    assert "Lees hoogstens 200 regels tegelijk in." in words(response)
