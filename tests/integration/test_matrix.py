"""The generated matrix: every route × every identity × the own and another region.

What must happen follows from the policy table alone. A route with a part of its address that
`Values` does not know fails, so that no route can stay out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.factories.world import World, make_world
from vpt_regio import policies
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.uow import unit_of_work

# a job is found by the person who started it only, whatever their role: its own tests cover it
NOT_IN_MATRIX = {"jobs.show", "jobs.download"}
IDENTITIES = (
    "leader.limburg@vpt.example",
    "leader.groningen@vpt.example",
    "manager.limburg@vpt.example",
    "manager.groningen@vpt.example",
    "officer@vpt.example",
    "holder@vpt.example",
    "admin@vpt.example",
    "reader@vpt.example",
    "reader.limburg@vpt.example",
    "roleless@vpt.example",
)


@dataclass
class Answers:
    """What went against the policy, gathered over the whole walk."""

    checked: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, request: str, expected: str, status: int) -> None:
        self.checked += 1
        agrees = {
            "sign in": status == 303,
            "not found": status == 404,
            "forbidden": status == 403,
            # the input is empty, so it may be refused; it may not be hidden or break
            "allowed": status < 500 and status not in {403, 404},
        }[expected]
        if not agrees:
            self.wrong.append(f"{request}: {status}, expected {expected}")


def _routes(app: Flask) -> list[tuple[Rule, str]]:
    """Return every route with its method; those that change things come last."""
    routes = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint not in NOT_IN_MATRIX
        and hasattr(app.view_functions[rule.endpoint], "vpt_permission")
    ]
    return sorted(routes, key=lambda route: (route[1], route[0].endpoint))


class Policy:
    """What the policy says of the requests of one person: from permission and subject alone.

    It reads each subject once, so that it holds until something changes.
    """

    def __init__(self, app: Flask, email: str) -> None:
        self.views = app.view_functions
        self.person = db.session.query(Person).filter_by(email=email).one()
        self.subjects: dict[Any, Any] = {}

    def expects(self, rule: Rule, values: dict[str, Any]) -> str:
        view = self.views[rule.endpoint]
        subject = self._subject(view.vpt_loader, values) if view.vpt_loader else None
        if view.vpt_loader and (subject is None or not policies.can_see(self.person, subject)):
            return "not found"
        return "allowed" if policies.can(self.person, view.vpt_permission, subject) else "forbidden"

    def _subject(self, loader: Callable[..., Any], values: dict[str, Any]) -> Any:
        key = (loader, *sorted(values.items()))
        if key not in self.subjects:
            self.subjects[key] = loader(**values)
        return self.subjects[key]


def _send(client: FlaskClient, method: str, url: str) -> int:
    response = client.open(url, method=method, data={} if method == "POST" else None)
    return response.status_code


@pytest.fixture
def world(app: Flask) -> World:
    with app.app_context(), unit_of_work():
        return make_world()


def _distinct(world: World, rule: Rule) -> list[dict[str, Any]]:
    """Return the parts of the address for each region, or once when they are the same."""
    own, other = (world.values[region].of(rule) for region in ("limburg", "groningen"))
    return [own] if own == other else [own, other]


@dataclass
class Request:
    """A request of the walk with what the policy says of it."""

    rule: Rule
    values: dict[str, Any]
    url: str
    expected: str


def _plan(app: Flask, world: World, email: str, method: str) -> list[Request]:
    with app.test_request_context():
        policy = Policy(app, email)
        return [
            Request(rule, values, url_for(rule.endpoint, **values), policy.expects(rule, values))
            for rule, found in _routes(app)
            if found == method
            for values in _distinct(world, rule)
        ]


def _walk(
    app: Flask, world: World, sign_in: Callable[..., FlaskClient], email: str, method: str
) -> Answers:
    answers, client, may_differ = Answers(), sign_in(email), False
    for request in _plan(app, world, email, method):
        expected = request.expected
        if may_differ:
            with app.test_request_context():
                expected = Policy(app, email).expects(request.rule, request.values)
        status = _send(client, method, request.url)
        answers.note(f"{email} {method} {request.url}", expected, status)
        # what was done changes what the policy says from then on
        may_differ = may_differ or (method == "POST" and status < 400)
    return answers


def test_reading_follows_the_policy(
    app: Flask, world: World, sign_in: Callable[..., FlaskClient]
) -> None:
    """Reading changes nothing, so that everybody walks in the same world."""
    for email in IDENTITIES:
        answers = _walk(app, world, sign_in, email, "GET")
        assert answers.wrong == []
        assert answers.checked > 50


@pytest.mark.parametrize("email", IDENTITIES)
def test_writing_follows_the_policy(
    app: Flask, world: World, sign_in: Callable[..., FlaskClient], email: str
) -> None:
    answers = _walk(app, world, sign_in, email, "POST")
    assert answers.wrong == []
    assert answers.checked > 30


def test_nobody_gets_further_than_the_sign_in_page(app: Flask, world: World) -> None:
    answers = Answers()
    client = app.test_client()
    for rule, method in _routes(app):
        values = world.values["limburg"].of(rule)
        with app.test_request_context():
            url = url_for(rule.endpoint, **values)
        answers.note(f"nobody {method} {url}", "sign in", _send(client, method, url))
    assert answers.wrong == []
