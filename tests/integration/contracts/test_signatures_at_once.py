"""Two people who record the last two signatures at the same moment: the contract then holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.contracts import make_contract
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.extensions import db
from vpt_regio.models.contracts import ContractSignature, PerformanceContract
from vpt_regio.uow import unit_of_work

LEADER, MANAGER = "leider.limburg@vpt.example", "manager.limburg@vpt.example"
ADDRESS = "/prestatiecontracten/1/handtekeningen"
SIGNATURE = {"signatory": "Tekenaar", "position": "Directeur", "signed_on": "02-07-2012"}


@pytest.fixture
def parties(app: Flask) -> list[int]:
    """A contract of two parties that both are to sign; their organisations."""
    with app.app_context(), unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        leader = make_person(programme, Role.PROJECT_LEADER, region=region, email=LEADER)
        make_person(programme, Role.ACCOUNT_MANAGER, region=region, email=MANAGER)
        contract = make_contract(region, status=ContractStatus.SIGNING, author=leader)
        return [party.organisation_id for party in contract.parties]


def send_together(sends: list[tuple[FlaskClient, dict[str, Any]]]) -> list[int]:
    barrier = Barrier(len(sends))

    def send(one: tuple[FlaskClient, dict[str, Any]]) -> int:
        client, data = one
        barrier.wait(timeout=30)
        return client.post(ADDRESS, data=data).status_code

    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(send, sends))


def outcome(app: Flask) -> tuple[ContractStatus, int]:
    with app.app_context():
        contract = db.session.get_one(PerformanceContract, 1)
        return contract.status, db.session.query(ContractSignature).count()


def test_the_last_two_signatures_at_once(
    app: Flask, sign_in: Callable[..., FlaskClient], parties: list[int]
) -> None:
    clients = [sign_in(LEADER), sign_in(MANAGER)]
    data = [{**SIGNATURE, "organisation_id": str(party)} for party in parties]
    assert send_together(list(zip(clients, data, strict=True))) == [303, 303]
    assert outcome(app) == (ContractStatus.AGREED, 2)


def test_the_same_signature_twice_at_once(
    app: Flask, sign_in: Callable[..., FlaskClient], parties: list[int]
) -> None:
    data = {**SIGNATURE, "organisation_id": str(parties[0])}
    clients = [sign_in(LEADER), sign_in(MANAGER)]
    assert sorted(send_together([(client, data) for client in clients])) == [303, 422]
    assert outcome(app) == (ContractStatus.SIGNING, 1)
