"""Two people in one part of a plan: the second sees both and chooses."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.action_plans import fill, make_in_review, make_plan, make_stage
from tests.factories.people import make_person
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.uow import unit_of_work

FIRST, SECOND = "leider.limburg@vpt.example", "tweede@vpt.example"
MANAGER = "manager.limburg@vpt.example"
SignIn = Callable[..., FlaskClient]
VERSION = re.compile(r'name="version" value="(\d+)"')
LONG = "Wij werken in twaalf gemeenten aan een norm.\nDaarna volgt het melden."


@dataclass(frozen=True)
class Part:
    """A form of a plan: its page, where it is sent, and what the two people type in it."""

    page: str
    address: str
    theirs: dict[str, str]
    mine: dict[str, str]
    shown: tuple[str, str]
    stored: str


ACTIVITY = {"title": "Campagne", "description": "", "measures": "1"}
PARTS = [
    Part(
        "onderdelen/aanpak",
        "onderdelen/aanpak",
        {"approach": LONG},
        {"approach": LONG.replace("twaalf", "dertien")},
        ("twaalf", "dertien"),
        "approach",
    ),
    Part(
        "activiteiten/1/bewerken",
        "activiteiten/1/bewerken",
        {**ACTIVITY, "is_awareness": "y", "target_group": "Agenten"},
        {**ACTIVITY, "target_group": "Artsen"},
        ("Agenten", "Artsen"),
        "target_group",
    ),
    Part(
        "begroting",
        "begroting/geld-van-anderen",
        {"other_funding_cents": "100", "other_funding_note": "De provincie"},
        {"other_funding_cents": "250", "other_funding_note": "De gemeente"},
        ("De provincie", "De gemeente"),
        "other_funding_note",
    ),
    Part(
        "overeenstemming",
        "overeenstemming",
        {"consensus_analysis": "none", "consensus_approach": "full"},
        {"consensus_analysis": "partial", "consensus_approach": "full"},
        ("geen", "gedeeltelijk"),
        "consensus_analysis",
    ),
]


@pytest.fixture
def plan(app: Flask) -> str:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_person(
            stage.programme,
            Role.PROJECT_LEADER,
            region=stage.region,
            email=SECOND,
            name="Tweede",
        )
        plan = make_plan(stage)
        fill(plan.latest, stage)
        return f"/plannen/{plan.id}"


def _version(page: str, after: str = "") -> str:
    """Return the version of the form that is sent to an address, or of the only form."""
    found = VERSION.search(page, page.index(after) if after else 0)
    assert found is not None
    return found.group(1)


def _stored(app: Flask, part: Part) -> str:
    with app.app_context():
        version = db.session.get_one(ActionPlan, 1).latest
        subject = version.activities[0] if "activiteiten" in part.page else version
        return str(getattr(subject, part.stored))


def _collide(plan: str, part: Part, sign_in: SignIn) -> tuple[FlaskClient, str]:
    """Let the first save while the second types; return the second with the page they get."""
    first, second = sign_in(FIRST), sign_in(SECOND)
    after = f'action="{plan}/{part.address}"' if part.page != part.address else ""
    seen = _version(second.get(f"{plan}/{part.page}").text, after)
    saved = first.post(f"{plan}/{part.address}", data={**part.theirs, "version": seen})
    assert saved.status_code == 303
    answer = second.post(f"{plan}/{part.address}", data={**part.mine, "version": seen})
    assert answer.status_code == 409
    return second, answer.text


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.page)
def test_both_texts_are_shown_and_mine_can_be_kept(
    app: Flask, plan: str, part: Part, sign_in: SignIn
) -> None:
    second, page = _collide(plan, part, sign_in)
    conflict = page[page.index("Nu opgeslagen door iemand anders") :]
    for text in part.shown:
        assert text in conflict
    after = f'action="{plan}/{part.address}"' if part.page != part.address else ""
    again = {**part.mine, "version": _version(page, after)}
    assert second.post(f"{plan}/{part.address}", data=again).status_code == 303
    assert _stored(app, part) == part.mine[part.stored]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.page)
def test_one_button_lets_the_other_text_stand(
    app: Flask, plan: str, part: Part, sign_in: SignIn
) -> None:
    second, page = _collide(plan, part, sign_in)
    assert 'name="conflict" value="theirs"' in page
    data = {**part.mine, "version": "1", "conflict": "theirs"}
    answer = second.post(f"{plan}/{part.address}", data=data, follow_redirects=True)
    assert "blijft staan" in answer.text
    assert _stored(app, part) == part.theirs[part.stored]


def test_a_long_text_shows_the_difference_word_by_word(plan: str, sign_in: SignIn) -> None:
    _second, page = _collide(plan, PARTS[0], sign_in)
    assert "Het verschil, woord voor woord" in page
    assert "verwijderd: </span> twaalf" in page
    assert "toegevoegd: </span> dertien" in page


def test_choices_read_as_words(plan: str, sign_in: SignIn) -> None:
    _second, page = _collide(plan, PARTS[1], sign_in)
    start = page.index("Nu opgeslagen door iemand anders")
    conflict = page[start : page.index("<form", start)]
    assert "Deze activiteit vergroot de bewustwording" in conflict
    assert ">ja<" in conflict
    assert ">nee<" in conflict


@pytest.mark.parametrize(
    ("address", "typed", "shown"),
    [
        (
            "toezicht",
            [
                {"score_progress": "partial", "note_progress": "Traag"},
                {"score_progress": "sufficient", "note_progress": "Vlot"},
            ],
            ("gedeeltelijk", "voldoende"),
        ),
        ("toereikendheid", [{"reasoning": "Genoeg"}, {"reasoning": "Ruim"}], ("Genoeg", "Ruim")),
    ],
    ids=["duties", "sufficiency"],
)
def test_two_reviewers_do_not_overwrite_each_other(
    app: Flask,
    sign_in: SignIn,
    address: str,
    typed: list[dict[str, str]],
    shown: tuple[str, str],
) -> None:
    with app.app_context(), unit_of_work():
        url = f"/plannen/{make_in_review(make_stage()).action_plan_id}/beoordeling"
    first, second = sign_in(MANAGER), sign_in(MANAGER)
    seen = _version(second.get(url).text, f'action="{url}/{address}"')
    answers = [
        client.post(f"{url}/{address}", data={**values, "version": seen})
        for client, values in zip((first, second), typed, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [303, 409]
    page = answers[1].text
    start = page.index("Nu opgeslagen door iemand anders")
    conflict = page[start : page.index("<form", start)]
    assert all(text in conflict for text in shown)
    again = {**typed[1], "version": _version(page, f'action="{url}/{address}"')}
    assert second.post(f"{url}/{address}", data=again).status_code == 303


def test_without_a_conflict_there_is_no_such_button(plan: str, sign_in: SignIn) -> None:
    page = sign_in(FIRST).get(f"{plan}/onderdelen/aanpak").text
    assert 'name="conflict"' not in page
