"""Figures from a file, page by page: choose, see what changes, take over."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.figures import make_figure_set
from tests.factories.people import make_person
from tests.factories.regions import make_region
from tests.integration.figures.figure_scene import Scene, add_claims_of_the_nights, make_scene
from tests.integration.figures.import_files import (
    HEADING,
    UPLOAD,
    book,
    figures_of,
    rows_of,
    send,
    take,
    words,
)
from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureDelivery, FigureRow, FigureSet
from vpt_regio.models.people import Person, UserSession
from vpt_regio.queries.figures import get_set
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.figures import retire_set
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
OFFICER = "officer@vpt.example"
NEW = ("Mishandeling", "2009-2010", 25)
CHANGED = ("Incidenten", "2011-2012", 190)
SAME = ("Incidenten", "2010-2011", 173)
REASON = "Nagekomen meldingen"


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    """A policy officer, with the figures of the nights in one delivery."""
    with app.app_context(), unit_of_work():
        add_claims_of_the_nights(make_scene().nights())
    return sign_in(OFFICER)


def _set() -> FigureSet:
    found = get_set("jaarwisseling")
    assert found is not None
    return found


def _deliver_more(value: int) -> None:
    """Somebody else fills in a figure by hand."""
    with unit_of_work():
        person = db.session.scalars(select(Person).where(Person.email == OFFICER)).one()
        figure_set = _set()
        Scene(get_programme(), person).deliver(
            figure_set, {("Aanhoudingen", "2011-2012"): value}, on=date(2012, 7, 1), reason=REASON
        )


def _deliveries() -> list[FigureDelivery]:
    return list(db.session.scalars(select(FigureDelivery).order_by(FigureDelivery.number)))


def _values(delivery: FigureDelivery) -> dict[tuple[str, str], Decimal | None]:
    return {(row.category.name, row.period.label): row.value for row in delivery.rows}


def test_a_file_is_shown_first_and_stored_as_it_was_shown(app: Flask, officer: FlaskClient) -> None:
    content = book([NEW, CHANGED, SAME, ("Aanhoudingen", "2010-2011", None)])
    preview = send(officer, content, "map/nieuw.xlsx", reason=REASON)
    text = words(preview)
    assert preview.status_code == 200
    assert "Mishandeling 2009-2010 nog geen cijfer 25 nieuw" in text
    assert "Incidenten 2011-2012 186 190 gewijzigd" in text
    assert "Nieuw 1 Gewijzigd 1 Ongewijzigd 1 Leeg of niet in het bestand 17" in text
    assert "blad Sheet, C5 Deze cel is leeg en is overgeslagen." in text
    with app.app_context():
        assert len(_deliveries()) == 1
    stored = take(officer, preview, reason=REASON)
    assert stored.headers["Location"] == "/cijfers/jaarwisseling/leveringen/2"
    with app.app_context():
        delivery = _deliveries()[-1]
        assert _values(delivery) == {NEW[:2]: 25, CHANGED[:2]: 190}
        assert (delivery.file_name, delivery.reason) == ("nieuw.xlsx", REASON)
        assert len(delivery.sha256) == 64
    page = officer.get(stored.headers["Location"])
    assert "De cijfers zijn overgenomen." in page.get_data(as_text=True)


def test_a_csv_of_an_older_program_is_read(app: Flask, officer: FlaskClient) -> None:
    with app.app_context(), unit_of_work():
        figure_set = make_figure_set(
            get_programme(),
            "prijzen",
            categories=("Café", "Reünie"),
        )
        figure_set.decimals = 2
    lines = [
        "Waarde;Kwalificatie;Gedrukte waarde;Periode;categorie;Eigen",
        "1234,5;ca.;ruim 1.200;2010;Café;x",
        "1.000,25;;;2011;CAFÉ;",
        "onbekend;;;2011;Reünie;y",
    ]
    url = "/cijfers/prijzen/inlezen"
    preview = send(officer, "\r\n".join(lines).encode("cp1252"), "prijzen.csv", url)
    text = words(preview)
    assert "Café 2010 nog geen cijfer ongeveer 1.234,5 in de bron: ruim 1.200 nieuw" in text
    assert "Café 2011 nog geen cijfer 1.000,25 nieuw" in text
    assert "Reünie 2011 nog geen cijfer onbekend nieuw" in text
    assert "De kolom Eigen hoort niet bij deze tabel en is niet gelezen." in text
    assert "gelezen als Windows-1252" in text
    assert take(officer, preview, url).status_code == 303
    with app.app_context():
        rows = list(db.session.scalars(select(FigureRow).order_by(FigureRow.id)))[-3:]
        assert [(row.value, row.qualifier) for row in rows] == [
            (Decimal("1234.5"), Qualifier.CIRCA),
            (Decimal("1000.25"), Qualifier.EXACT),
            (None, Qualifier.EXACT),
        ]


def test_the_template_comes_back_as_nothing_new(app: Flask, officer: FlaskClient) -> None:
    response = officer.get("/cijfers/jaarwisseling/sjabloon")
    assert "cijfers-jaarwisseling.xlsx" in response.headers["Content-Disposition"]
    rows = rows_of(response.data)
    assert len(rows) == 20
    assert rows[0] == ("Incidenten", "2008-2009", 229, "precies", None)
    assert rows[12] == ("Openlijke geweldpleging", "2008-2009", None, None, None)
    refused = send(officer, response.data)
    assert refused.status_code == 422
    assert "Deze levering verandert niets" in words(refused)
    with app.app_context():
        assert len(_deliveries()) == 1


def test_every_mistake_is_told_at_once_with_its_cell(app: Flask, officer: FlaskClient) -> None:
    rows = [
        ("Branden", "2010-2011", 1),
        ("Incidenten", "2012-2013", 1),
        ("Incidenten", "2008-2009", "veel"),
        ("Incidenten", "2009-2010", -1),
        ("Incidenten", "2010-2011", 1.5),
        ("Incidenten", "2011-2012", 1, "misschien"),
        ("Aanhoudingen", "2008-2009", 1, "", "x" * 101),
        ("Aanhoudingen", "2009-2010", 10**14),
        (None, "2010-2011", 1),
        ("Aanhoudingen", None, 1),
        ("Aanhoudingen", "2011-2012", "=1/0"),
        ("Mishandeling", "2011-2012", 1),
        ("Mishandeling", "2011-2012", 1),
        ("Mishandeling", "2010-2011", None, "ongeveer"),
    ]
    response = send(officer, book(rows), source="Politie Nederland", cutoff_on="morgen")
    assert response.status_code == 422
    text = words(response)
    for message in (
        "blad Sheet, A2 De categorie Branden hoort niet bij deze cijferreeks.",
        "blad Sheet, B3 De periode 2012-2013 hoort niet bij deze cijferreeks.",
        "blad Sheet, C4 Hier staat geen getal.",
        "blad Sheet, C5 Een cijfer kan niet onder nul zijn.",
        "blad Sheet, C6 Vul een heel getal in: deze cijferreeks heeft geen decimalen.",
        "blad Sheet, D7 Deze waarde staat niet in de lijst. Kies uit: precies, ongeveer",
        "blad Sheet, E8 Deze tekst is te lang. Gebruik hoogstens 100 tekens.",
        "blad Sheet, C9 Dit getal is te groot.",
        "blad Sheet, A10, B11 Vul deze cel in.",
        "blad Sheet, C12",
        "blad Sheet, A13, A14 Mishandeling in 2011-2012 staat er meer dan één keer.",
        "blad Sheet, C15 Hier staat geen waarde, maar wel een kwalificatie",
        "Het bestand is niet ingelezen.",
        "Peildatum: Vul een datum in als dag-maand-jaar",
    ):
        assert message in text, text
    page = response.get_data(as_text=True)
    assert 'value="Politie Nederland"' in page
    assert 'value="morgen"' in page
    with app.app_context():
        assert len(_deliveries()) == 1


def test_the_same_file_is_taken_once(app: Flask, officer: FlaskClient) -> None:
    content = book([NEW])
    first, second = send(officer, content), send(officer, content)
    assert take(officer, first).status_code == 303
    again = send(officer, content, "ander.xlsx")
    assert again.status_code == 422
    assert "Dit bestand is al ingelezen: het is levering 2, vastgelegd op 16-07-2012." in words(
        again
    )
    late = take(officer, second, source="Een ander")
    assert late.status_code == 422
    assert "Dit bestand is al ingelezen: het is levering 2" in words(late)
    with app.app_context():
        assert len(_deliveries()) == 2


def test_a_stale_preview_is_refused_and_shown_anew(app: Flask, officer: FlaskClient) -> None:
    changes = [CHANGED, ("Aanhoudingen", "2011-2012", 150)]
    preview = send(officer, book(changes), reason=REASON)
    with app.app_context():
        _deliver_more(150)
    refused = take(officer, preview, reason=REASON)
    text = words(refused)
    assert refused.status_code == 409
    assert "Intussen is er een andere levering bij gekomen." in text
    assert "Nieuw 0 Gewijzigd 1 Ongewijzigd 1" in text
    with app.app_context():
        assert len(_deliveries()) == 2
    assert take(officer, refused, reason=REASON).status_code == 303
    with app.app_context():
        assert _values(_deliveries()[-1]) == {CHANGED[:2]: 190}


def test_a_stale_preview_with_nothing_left_has_no_button(app: Flask, officer: FlaskClient) -> None:
    preview = send(officer, book([("Aanhoudingen", "2011-2012", 150)]), reason=REASON)
    with app.app_context():
        _deliver_more(150)
    refused = take(officer, preview, reason=REASON)
    assert refused.status_code == 409
    assert "Intussen is er een andere levering bij gekomen." in words(refused)
    assert "Er is niets meer om over te nemen" in words(refused)
    assert "Overnemen</button>" not in refused.get_data(as_text=True)


def test_a_set_that_changed_makes_the_preview_stale(app: Flask, officer: FlaskClient) -> None:
    preview = send(officer, book([NEW]))
    with app.app_context(), unit_of_work():
        _set().title = "Andere naam"
    assert take(officer, preview).status_code == 409


def test_other_fields_are_mended_without_the_file(app: Flask, officer: FlaskClient) -> None:
    preview = send(officer, book([CHANGED]), cutoff_on="31-02-2012", source="")
    assert preview.status_code == 422
    assert "Vul in uit welke bron de cijfers komen." in words(preview)
    unexplained = take(officer, preview)
    assert unexplained.status_code == 422
    assert "Vul in waarom cijfers veranderen." in words(unexplained)
    later = take(officer, unexplained, reason=REASON, cutoff_on="17-07-2012")
    assert later.status_code == 422
    assert "De peildatum ligt in de toekomst." in words(later)
    assert take(officer, later, reason=REASON).status_code == 303


def test_what_would_no_longer_agree_is_told(app: Flask, officer: FlaskClient) -> None:
    with app.app_context(), unit_of_work():
        figure_set = _set()
        total, *_rest = figure_set.categories
        total.adds_up = True
        for part in figure_set.categories[3:]:
            part.part_of_id = total.id
    rows = [("Incidenten", "2011-2012", 81), ("Incidenten", "2010-2011", 54)]
    text = words(send(officer, book(rows), reason=REASON))
    assert "Let op: dit klopt straks niet meer" in text
    assert "Incidenten, 2010-2011" in text
    assert "Incidenten, 2011-2012 Cijfers jaarwisseling: totaal" not in text
    assert "T4" in text
    quiet = words(send(officer, book([NEW])))
    assert "Let op: dit klopt straks niet meer" not in quiet


def test_a_file_without_qualifiers_leaves_them(app: Flask, officer: FlaskClient) -> None:
    about = ("Aanhoudingen", "2011-2012", 143, "ongeveer")
    preview = send(officer, book([about]), reason=REASON)
    assert "Aanhoudingen 2011-2012 143 ongeveer 143 gewijzigd" in words(preview)
    assert take(officer, preview, reason=REASON).status_code == 303
    short = book([about[:3], NEW], headers=("Categorie", "Periode", "Waarde"))
    text = words(send(officer, short))
    assert "Nieuw 1 Gewijzigd 0 Ongewijzigd 1" in text
    full = words(send(officer, book([about[:3], NEW])))
    assert "Nieuw 1 Gewijzigd 1 Ongewijzigd 0" in full


def test_figures_that_we_did_not_seal_are_refused(app: Flask, officer: FlaskClient) -> None:
    sealed = figures_of(send(officer, book([NEW])))
    with app.app_context(), unit_of_work():
        programme = get_programme()
        make_figure_set(programme, "ander")
        make_person(programme, Role.POLICY_OFFICER, email="second@vpt.example")
    for url, figures in (
        (UPLOAD, "A"),
        (UPLOAD, f"x{sealed}"),
        ("/cijfers/ander/inlezen", sealed),
    ):
        response = officer.post(url, data={**HEADING, "figures": figures})
        assert response.status_code == 422
        assert "Deze cijfers zijn niet meer te lezen." in words(response)
    with app.app_context():
        assert len(_deliveries()) == 1


def test_bad_files_are_refused_with_a_reason(officer: FlaskClient) -> None:
    for content, name, message in (
        (b"", "", "Kies een bestand."),
        (b"", "leeg.xlsx", "Het bestand is leeg."),
        (b"x" * 100, "foto.png", "Gebruik een .xlsx of een .csv."),
        (b"\x00\xff" * 50, "cijfers.csv", "Dit is geen CSV-bestand."),
        (b"PK\x03\x04" + b"x" * 50, "cijfers.xlsx", "niet goed opgebouwd"),
        (book([NEW])[:-40], "cijfers.xlsx", "niet goed opgebouwd"),
        (b"Naam;Aantal\nx;1\n", "cijfers.csv", "Deze kolommen horen erin: Categorie"),
        (b"Categorie;Periode\nIncidenten;2010-2011\n", "c.csv", "De kolom Waarde ontbreekt."),
    ):
        response = send(officer, content, name)
        assert response.status_code == 422, name
        assert message in words(response), name


def test_a_huge_file_is_refused(officer: FlaskClient) -> None:
    kind = "multipart/form-data; boundary=grens"
    huge = officer.post(UPLOAD, data=b"x" * (13 * 1024 * 1024), content_type=kind)
    assert huge.status_code == 413
    long = "Categorie;Periode;Waarde\n" + "Incidenten;2010-2011;1\n" * 10_001
    response = send(officer, long.encode(), "lang.csv")
    assert response.status_code == 422
    assert "De tabel is te lang. Gebruik hoogstens 10000 rijen." in words(response)
    assert len(response.data) < 100_000


def test_a_name_that_looks_like_a_formula_stays_a_name(app: Flask, officer: FlaskClient) -> None:
    names = ("=HYPERLINK(A1)", "+1", "-1", "@x", "<b>vet</b>")
    with app.app_context(), unit_of_work():
        make_figure_set(get_programme(), "formules", categories=names)
    response = officer.get("/cijfers/formules/sjabloon")
    assert [row[0] for row in rows_of(response.data)][::2] == list(names)
    assert b"<f>" not in response.data
    url = "/cijfers/formules/inlezen"
    lines = [f"{name};2011;{number}" for number, name in enumerate(names, 1)]
    csv = "\n".join(["Categorie;Periode;Waarde", *lines])
    preview = send(officer, csv.encode(), "formules.csv", url)
    assert "<b>vet</b>" not in preview.get_data(as_text=True)
    assert take(officer, preview, url).status_code == 303
    with app.app_context():
        assert sorted(_values(_deliveries()[-1])) == sorted((name, "2011") for name in names)


def test_a_set_that_stopped_takes_no_file(app: Flask, officer: FlaskClient) -> None:
    preview = send(officer, book([NEW]))
    with app.app_context(), unit_of_work():
        person = db.session.scalars(select(Person).where(Person.email == OFFICER)).one()
        retire_set(_set(), actor=person)
    refused = take(officer, preview)
    assert refused.status_code == 409
    again = send(officer, book([NEW]))
    assert again.status_code == 422
    assert "Deze cijferreeks is gestopt." in words(again)


def test_only_who_manages_figures_may_take_them(
    app: Flask, officer: FlaskClient, sign_in: SignIn
) -> None:
    figures = figures_of(send(officer, book([NEW])))
    with app.app_context(), unit_of_work():
        programme = get_programme()
        region = make_region(programme)
        make_person(programme, Role.PROJECT_LEADER, region=region, email="leader@vpt.example")
    leader = sign_in("leader@vpt.example")
    assert send(leader, book([NEW])).status_code == 403
    assert leader.get(UPLOAD).status_code == 403
    assert leader.get("/cijfers/jaarwisseling/sjabloon").status_code == 403
    assert leader.post(UPLOAD, data={**HEADING, "figures": figures}).status_code == 403
    with app.app_context():
        assert len(_deliveries()) == 1


def test_an_expired_session_does_not_lose_the_preview(
    app: Flask, officer: FlaskClient, sign_in: SignIn
) -> None:
    figures = figures_of(send(officer, book([NEW])))
    with app.app_context(), unit_of_work() as session:
        session.query(UserSession).update({"seen_at": datetime(2020, 1, 1, tzinfo=UTC)})
    data = {**HEADING, "source": "Brief", "figures": figures, "form_name": "FigureImportForm"}
    headers = {"Referer": f"http://localhost{UPLOAD}"}
    asked = officer.post(UPLOAD, data=data, headers=headers)
    assert asked.location.startswith("/inloggen?volgende=")
    [back] = parse_qs(urlsplit(asked.location).query)["volgende"]
    preview = sign_in(OFFICER, officer).get(back)
    assert "Mishandeling 2009-2010 nog geen cijfer 25 nieuw" in words(preview)
    assert 'value="Brief"' in preview.text
    assert take(officer, preview).status_code == 303
