"""The pages with figures: what each person sees and can do there."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories.people import make_person
from tests.factories.regions import make_region
from tests.integration.figures.figure_scene import (
    SEASONS,
    add_claims_of_the_nights,
    add_sets,
    make_scene,
)
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureClaim, FigureDelivery, FigureRow, FigureSet
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
NIGHTS = "/cijfers/jaarwisseling"


@dataclass
class Places:
    """The form fields of the set of the nights: by category and season."""

    fields: dict[tuple[str, str], str]
    codes: dict[tuple[str, str], str]
    claims: dict[str, int]
    rows: dict[str, int]


@pytest.fixture
def nights(app: Flask) -> Places:
    with app.app_context(), unit_of_work():
        scene = make_scene()
        make_person(scene.programme, Role.ADMINISTRATOR, email="admin@vpt.example")
        make_person(
            scene.programme,
            Role.PROJECT_LEADER,
            region=make_region(scene.programme),
            email="leader@vpt.example",
        )
        figures = scene.nights()
        add_claims_of_the_nights(figures)
        places = {
            (row.name, column.label): (row.id, column.id)
            for row in figures.categories
            for column in figures.periods
        }
        return Places(
            {name: f"value_{row}_{column}" for name, (row, column) in places.items()},
            {name: f"{row}-{column}" for name, (row, column) in places.items()},
            {claim.subject: claim.id for claim in figures.claims},
            {row.name: row.id for row in figures.categories},
        )


def _text(page: str) -> str:
    main = re.split("<main[^>]*>", page)[-1].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def _get(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.get_data(as_text=True)


def _post(client: FlaskClient, url: str, data: dict[str, str], expected: int = 303) -> str:
    response = client.post(url, data=data)
    page = response.get_data(as_text=True)
    assert response.status_code == expected, _text(page)
    return page


def test_everyone_reads_and_only_officers_are_offered_more(nights: Places, sign_in: SignIn) -> None:
    client = sign_in("leader@vpt.example")
    listed = _text(_get(client, "/cijfers"))
    assert "Cijfers jaarwisseling" in listed
    assert "06-01-2012" in listed
    assert "2 kloppen niet" in listed
    assert "Cijferreeks toevoegen" not in listed
    page = _text(_get(client, NIGHTS))
    assert "186 +7,5%" in page
    assert "Cijfers invullen" not in page
    assert "Cijfers invullen" in _text(_get(sign_in("officer@vpt.example"), NIGHTS))
    for path in ("/nieuw", "/jaarwisseling/bewerken", "/jaarwisseling/leveringen/nieuw"):
        assert client.get(f"/cijfers{path}").status_code == 403
    admin = sign_in("admin@vpt.example")
    assert admin.get("/cijfers/nieuw").status_code == 200
    assert admin.get(f"{NIGHTS}/leveringen/nieuw").status_code == 403


def test_the_newest_season_comes_first_and_blank_is_not_zero(
    nights: Places, sign_in: SignIn
) -> None:
    page = _get(sign_in("leader@vpt.example"), NIGHTS)
    table = page.partition('id="cijfers"')[2].partition("</table>")[0]
    headers = re.findall(r'<th scope="col"[^>]*>([^<]+)<', table)
    assert headers == ["Categorie", *reversed(SEASONS)]
    assault = _text(f"<main>{table.partition('Mishandeling')[2]}</main>")
    assert assault.split("–")[0].strip() == "28 +27,3% 22"
    assert assault.count("niet bekend") == 2


def test_the_check_tells_the_two_errors_first(nights: Places, sign_in: SignIn) -> None:
    client = sign_in("leader@vpt.example")
    page = _get(client, "/cijfers/controle")
    table = page.partition('id="controles"')[2].partition("</table>")[0]
    subjects = re.findall(r">(T\d)</a>", table)
    assert sorted(subjects[:2]) == ["T4", "T7"]
    text = _text(f"<main>{table}</main>")
    assert "-24% Brief -19% verschil: +5 klopt niet" in text
    assert "70% Brief 71% verschil: +1 klopt niet" in text
    assert "noemt geen getal -42,9% zelf berekend" in text
    assert "bijna 2 keer" in text
    wrong = _get(client, "/cijfers/controle?oordeel=klopt-niet&reeks=jaarwisseling")
    assert set(re.findall(r">(T\d)</a>", wrong)) == {"T4", "T7"}
    derived = _get(client, "/cijfers/controle?oordeel=zelf-berekend")
    assert re.findall(r">(T\d)</a>", derived) == ["T3"]
    assert client.get("/cijfers/controle?oordeel=onzin").status_code == 200


def test_a_delivery_is_filled_in_and_shows_what_it_replaced(
    app: Flask, nights: Places, sign_in: SignIn
) -> None:
    client = sign_in("officer@vpt.example")
    form = _text(_get(client, f"{NIGHTS}/leveringen/nieuw"))
    assert "nu: 186" in form
    assert "nog geen cijfer" in form
    data = {
        "version": "1",
        "source": "Politie",
        "cutoff_on": "1 maart 2012",
        "reason": "Nagekomen meldingen",
        nights.fields["Incidenten", "2011-2012"]: "ca. 1.190",
        nights.fields["Mishandeling", "2009-2010"]: "onbekend",
        nights.fields["Aanhoudingen", "2011-2012"]: "143",
    }
    _post(client, f"{NIGHTS}/leveringen/nieuw", data)
    with app.app_context():
        [first, second] = db.session.query(FigureDelivery).order_by(FigureDelivery.number)
        assert (first.number, second.number, len(second.rows)) == (1, 2, 2)
    shown = _text(_get(client, NIGHTS))
    assert "ongeveer 1.190 ongeveer +587,9%; in de bron: ca. 1.190; herzien, eerder: 186" in shown
    assert "onbekend" in shown
    delivery = _text(_get(client, f"{NIGHTS}/leveringen/2"))
    assert "Incidenten 2011-2012 ongeveer 1.190 ca. 1.190 186 levering 1" in delivery
    assert "Nagekomen meldingen" in delivery
    assert client.get(f"{NIGHTS}/leveringen/3").status_code == 404


def test_what_was_known_before_a_revision_stays_to_be_read(
    app: Flask, nights: Places, sign_in: SignIn
) -> None:
    client = sign_in("officer@vpt.example")
    data = {
        "version": "1",
        "source": "Politie",
        "cutoff_on": "1-3-2012",
        "reason": "Nagekomen",
        nights.fields["Incidenten", "2011-2012"]: "190",
    }
    _post(client, f"{NIGHTS}/leveringen/nieuw", data)
    before = _text(_get(client, f"{NIGHTS}?per=01-02-2012"))
    assert "186 +7,5%" in before
    assert "zoals ze op 1 februari 2012 bekend waren" in before
    assert "190" not in before.partition("Geschiedenis")[0]
    check = _text(_get(client, "/cijfers/controle?oordeel=klopt-niet"))
    assert "2011-2012: 190 (herzien, eerder: 186 (peildatum 06-01-2012))" in check
    assert client.get(f"{NIGHTS}?per=ooit").status_code == 200


def test_all_errors_of_a_delivery_come_at_once_and_nothing_typed_is_lost(
    app: Flask, nights: Places, sign_in: SignIn
) -> None:
    client = sign_in("officer@vpt.example")
    wrong, fine = (
        nights.fields["Incidenten", "2011-2012"],
        nights.fields["Aanhoudingen", "2011-2012"],
    )
    data = {"source": "", "cutoff_on": "morgen", wrong: "veel", fine: "150", "reason": "Omdat"}
    page = _post(client, f"{NIGHTS}/leveringen/nieuw", data, 422)
    text = _text(page)
    assert "Vul in uit welke bron de cijfers komen." in text
    assert "Vul een datum in" in text
    assert "Incidenten, 2011-2012: Vul een getal in" in text
    for typed in ("veel", "150", "morgen"):
        assert f'value="{typed}"' in page
    data |= {"source": "Politie", "cutoff_on": "1-9-2012", wrong: "-3", "reason": ""}
    text = _text(_post(client, f"{NIGHTS}/leveringen/nieuw", data, 422))
    assert "De peildatum ligt in de toekomst." in text
    assert "Een cijfer kan niet onder nul zijn." in text
    with app.app_context():
        assert db.session.query(FigureDelivery).count() == 1


def test_a_delivery_next_to_another_one_is_shown_again(
    app: Flask, nights: Places, sign_in: SignIn
) -> None:
    client = sign_in("officer@vpt.example")
    data = {
        "version": "0",
        "source": "Politie",
        "cutoff_on": "1-3-2012",
        "reason": "Nagekomen",
        nights.fields["Incidenten", "2011-2012"]: "190",
    }
    page = _post(client, f"{NIGHTS}/leveringen/nieuw", data, 409)
    assert 'name="version" value="1"' in page
    _post(client, f"{NIGHTS}/leveringen/nieuw", {**data, "version": "1"})
    with app.app_context():
        assert db.session.query(FigureRow).filter_by(revision_no=2).count() == 1


def test_a_set_is_made_laid_out_and_stopped(app: Flask, nights: Places, sign_in: SignIn) -> None:
    client = sign_in("admin@vpt.example")
    data = {
        "code": "aro",
        "title": "Meldingen naar soort",
        "unit": "number",
        "decimals": "0",
        "new_categories": "Fysiek\r\nVerbaal\r\nTotaal",
        "new_periods": "2010\r\n2011",
    }
    text = _text(_post(client, "/cijfers/nieuw", {**data, "code": "nieuw", "decimals": "9"}, 422))
    assert "Gebruik alleen kleine letters" in text
    assert "0 tot en met 4" in text
    _post(client, "/cijfers/nieuw", data)
    with app.app_context():
        figures = db.session.query(FigureSet).filter_by(code="aro").one()
        rows = {row.name: row.id for row in figures.categories}
        columns = [column.id for column in figures.periods]
        version = figures.version
    edit = _layout(rows, columns, version)
    assert "Fysiek weghalen" in _text(_get(client, "/cijfers/aro/bewerken"))
    _post(client, "/cijfers/aro/bewerken", edit)
    stale = _post(client, "/cijfers/aro/bewerken", {**edit, "title": "Van een ander"}, 409)
    assert "Van een ander" in stale
    page = _text(_get(client, "/cijfers/aro"))
    assert "Fysiek geweld onderdeel van Totaal" in page
    assert page.index("Totaal") < page.index("Fysiek geweld")
    assert "Verbaal" not in page.partition("Controle")[0]
    _post(client, "/cijfers/aro/stoppen", {})
    assert "Deze cijferreeks is gestopt" in _text(_get(client, "/cijfers/aro"))
    assert "al gestopt" in _text(_post(client, "/cijfers/aro/stoppen", {}, 409))
    _post(client, "/cijfers/aro/heropenen", {})
    assert "gestopt op" not in _text(_get(client, "/cijfers/aro"))


def _layout(rows: dict[str, int], columns: list[int], version: int) -> dict[str, str]:
    """Put the total first, rename a row, take one away and add a period."""
    data = {
        "version": str(version),
        "title": "Meldingen naar soort",
        "decimals": "0",
        "new_periods": "2012",
        f"category_{rows['Totaal']}_name": "Totaal",
        f"category_{rows['Totaal']}_place": "0",
        f"category_{rows['Totaal']}_adds_up": "y",
        f"category_{rows['Fysiek']}_name": "Fysiek geweld",
        f"category_{rows['Fysiek']}_place": "1",
        f"category_{rows['Fysiek']}_part_of": str(rows["Totaal"]),
        f"category_{rows['Verbaal']}_name": "Verbaal",
        f"category_{rows['Verbaal']}_is_removed": "y",
    }
    for number, column in enumerate(columns):
        data[f"period_{column}_label"] = str(2010 + number)
        data[f"period_{column}_place"] = str(number)
        data[f"period_{column}_starts_on"] = f"1-1-{2010 + number}"
        data[f"period_{column}_ends_on"] = f"31-12-{2010 + number}"
    return data


def test_a_claim_is_added_changed_and_removed(app: Flask, nights: Places, sign_in: SignIn) -> None:
    client = sign_in("officer@vpt.example")
    assert "In verzekering gesteld, 2011-2012: 61" in _text(
        _get(client, f"{NIGHTS}/uitspraken/nieuw")
    )
    data = {
        "subject": "Deel van de aanhoudingen",
        "kind": "share",
        "first": nights.codes["Aanhoudingen", "2011-2012"],
        "second": nights.codes["In verzekering gesteld", "2011-2012"],
        "qualifier": "exact",
        "stated": "42,7%",
        "source": "Brief",
    }
    again = _text(
        _post(
            client,
            f"{NIGHTS}/uitspraken/nieuw",
            {**data, "source": "", "second": data["first"]},
            422,
        )
    )
    assert "Vul in welke bron dit zegt." in again
    assert "Kies elk cijfer één keer." in again
    _post(client, f"{NIGHTS}/uitspraken/nieuw", data)
    assert "Deel van de aanhoudingen" in _text(_get(client, "/cijfers/controle?oordeel=klopt"))
    with app.app_context():
        claim = db.session.query(FigureClaim).filter_by(subject=data["subject"]).one()
        number, decimals, version = claim.id, claim.decimals, claim.version
    assert decimals == 1
    edit = f"{NIGHTS}/uitspraken/{number}/bewerken"
    page = _get(client, edit)
    assert 'value="42,7"' in page
    _post(client, edit, {**data, "stated": "43", "version": str(version)})
    _post(client, edit, {**data, "stated": "50", "version": str(version)}, 409)
    assert "43%" in _text(_get(client, "/cijfers/controle?oordeel=klopt"))
    _post(client, f"{NIGHTS}/uitspraken/{number}/verwijderen", {})
    assert client.get(edit).status_code == 404
    history = _text(_get(client, NIGHTS)).partition("Geschiedenis")[2]
    assert "een uitspraak verwijderd: Deel van de aanhoudingen" in history


def test_a_sum_takes_more_than_two_figures(app: Flask, nights: Places, sign_in: SignIn) -> None:
    client = sign_in("officer@vpt.example")
    first, second, *others = (nights.codes["Incidenten", season] for season in SEASONS)
    data = {
        "subject": "Vier nachten samen",
        "kind": "sum",
        "first": first,
        "second": second,
        "others": others,
        "qualifier": "exact",
        "stated": "",
    }
    response = client.post(f"{NIGHTS}/uitspraken/nieuw", data=data)
    assert response.status_code == 303
    shown = _text(_get(client, "/cijfers/controle?oordeel=zelf-berekend"))
    assert "Vier nachten samen Cijfers jaarwisseling: som noemt geen getal 891" in shown


def test_what_does_not_exist_is_not_found(nights: Places, sign_in: SignIn) -> None:
    client = sign_in("officer@vpt.example")
    for path in ("/niets", "/niets/leveringen/1", "/niets/uitspraken/1/bewerken"):
        assert client.get(f"/cijfers{path}").status_code == 404


def test_pages_keep_to_a_fixed_number_of_queries(
    app: Flask, nights: Places, sign_in: SignIn
) -> None:
    client = sign_in("officer@vpt.example")
    counts = []
    for codes in (range(2), range(2, 20)):
        with app.app_context(), unit_of_work():
            add_sets(codes)
        counts.append([_queries(app, client, url) for url in ("/cijfers", "/cijfers/controle")])
    assert counts[0] == counts[1]


def _queries(app: Flask, client: FlaskClient, url: str) -> int:
    with app.app_context():
        engine = db.engine
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        _get(client, url)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)
