"""The letters of decisions on subsidies: what they tell, and that each reads as one text."""

import io
from dataclasses import dataclass
from datetime import date

import pytest
from docx import Document

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_instalment,
    make_limits,
    make_payment,
    make_round,
    make_scheme,
)
from vpt_regio.documents.fields import Field
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import (
    ProposalKind,
    RejectionGround,
    RevocationGround,
    SettlementGround,
)
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import DECISION_LABELS, Decision
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.services.decision_letters import letter_fields, render_letter
from vpt_regio.services.settlements import (
    decide_revocation,
    decide_settlement,
    propose_revocation,
    propose_settlement,
)
from vpt_regio.services.subsidy_decisions import decide_application
from vpt_regio.services.subsidy_proposals import LineProposal, propose
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


@dataclass
class Stage:
    programme: Programme
    application: SubsidyApplication
    officer: Person
    decider: Person

    @property
    def pilot(self) -> Pilot:
        pilot = pilot_of(self.application)
        assert pilot is not None
        return pilot


@pytest.fixture
def stage() -> Stage:
    with unit_of_work():
        programme = make_programme()
        make_limits(programme)
        in_round = make_round(make_scheme(programme), name="Ronde april 2012")
        application = make_application(
            in_round, title="Veilig aan de balie", organisation_name="Stichting Balie"
        )
        officer = make_person(programme, Role.POLICY_OFFICER)
        return Stage(programme, application, officer, make_decider(programme))


def _grant(stage: Stage) -> Decision:
    with unit_of_work():
        proposal = propose(
            stage.application, ProposalKind.GRANT, reasoning="Goed plan.", actor=stage.officer
        )
        return decide_application(proposal, note="", actor=stage.decider)


def _letter(decision: Decision) -> str:
    """Return the words of the letter; every field that it has must be filled in or gone."""
    document = Document(io.BytesIO(render_letter(decision)[0]))
    return "\n".join(node.text for node in document.element.body.iter() if node.text)


def test_the_letter_of_a_grant_tells_what_to_do_and_when(stage: Stage) -> None:
    first = _grant(stage)
    with unit_of_work():
        make_instalment(stage.pilot, 7_500_00, planned_on=date(2012, 9, 3))
    letter = _letter(first)
    for part in (
        "Stichting Balie",
        "29 mei 2012",
        "Ik geef u een subsidie van €\u00a015.000,- voor ‘Veilig aan de balie’.",
        "Goed plan.",
        "– Onderdeel 2: €\u00a05.000,-",
        "– €\u00a07.500,- op 3 september 2012",
        "31 augustus 2013",
        "Meld het meteen",
        "arrangement 1 van het Uniform Subsidiekader",
        "op dezelfde manier toe",
        "U hoeft niet te vragen om de subsidie vast te stellen",
        "Begroting 2012, artikel 1",
        "27 augustus 2012 (zes weken) bezwaar maken bij de minister",
        "Namens de minister,",
        first.reference,
    ):
        assert part in letter
    with unit_of_work():
        lines = stage.application.lines
        proposal = propose(
            stage.application,
            ProposalKind.PARTIAL_GRANT,
            lines=[
                LineProposal(lines[0].id, lines[0].requested_cents),
                LineProposal(lines[1].id, 1_000_50, "De huur is te hoog"),
            ],
            reasoning="Na bezwaar.",
            actor=stage.officer,
        )
        second = decide_application(proposal, note="", actor=stage.decider)
    letter = _letter(second)
    for part in (
        "een deel van de subsidie die u vroeg",
        "– Onderdeel 2: €\u00a01.000,50 van de €\u00a05.000,- die u vroeg."
        " Reden: De huur is te hoog.",
        f"Dit besluit komt in de plaats van besluit {first.reference} van 16 juli 2012.",
    ):
        assert part in letter
    # the plan of payments is that of the standing decision
    assert "7.500" not in letter_fields(first)[Field.INSTALMENTS]


def test_a_higher_arrangement_asks_for_more(stage: Stage) -> None:
    with unit_of_work():
        stage.application = make_application(stage.application.round, amounts=(125_000_00,))
    fields = letter_fields(_grant(stage))
    assert "arrangement 3" in fields[Field.ARRANGEMENT]
    assert "accountant" in fields[Field.DUTIES]
    assert "uiterlijk op 30 november 2013" in fields[Field.REQUEST_DUE]


def test_the_letter_of_a_rejection_tells_the_ground(stage: Stage) -> None:
    with unit_of_work():
        proposal = propose(
            stage.application,
            ProposalKind.REJECTION,
            ground=RejectionGround.CEILING,
            reasoning="Andere aanvragen gaan voor.",
            actor=stage.officer,
        )
        decision = decide_application(proposal, note="", actor=stage.decider)
    letter = _letter(decision)
    for part in ("Ik wijs uw aanvraag af.", "Het subsidieplafond is bereikt.", "gaan voor."):
        assert part in letter
    assert "arrangement" not in letter


@pytest.mark.parametrize(
    ("settled", "paid", "told"),
    [
        (15_000_00, 10_000_00, "U krijgt nog €\u00a05.000,-."),
        (15_000_00, 15_000_00, "u hoeft niets terug te betalen"),
        (9_999_99, 10_000_00, "Dat is €\u00a00,01 te veel."),
    ],
)
def test_the_letter_of_a_settlement_tells_what_it_does_to_the_money(
    stage: Stage, settled: int, paid: int, told: str
) -> None:
    _grant(stage)
    is_lower = settled < 15_000_00
    with unit_of_work():
        make_payment(stage.pilot, paid, recorder=stage.officer)
        proposal = propose_settlement(
            stage.pilot,
            amount_cents=settled,
            ground=SettlementGround.NOT_DONE if is_lower else None,
            reasoning="Gezien het verslag.",
            is_ex_officio=True,
            actor=stage.officer,
        )
        decision = decide_settlement(proposal, note="", actor=stage.decider)
    letter = _letter(decision)
    assert told in letter
    assert ("tweede lid, onder a. De activiteiten" in letter) is is_lower
    assert "ambtshalve" in letter
    assert "€\u00a015.000,-" in letter


def test_the_letter_of_a_revocation_tells_the_ground_and_the_money(stage: Stage) -> None:
    _grant(stage)
    with unit_of_work():
        proposal = propose_revocation(
            stage.pilot,
            ground=RevocationGround.NOT_DONE,
            reasoning="De proef gaat niet door.",
            actor=stage.officer,
        )
        decision = decide_revocation(proposal, note="", actor=stage.decider)
    fields = letter_fields(decision)
    assert fields[Field.GROUND] == "De activiteiten zijn niet uitgevoerd of gaan niet door."
    assert "Ik trek de subsidie" in fields[Field.TEXT]
    assert fields[Field.PAID] == "€\u00a00,-"
    letter = _letter(decision)
    assert DECISION_LABELS[decision.kind] in letter
    assert "U hebt nog geen geld ontvangen." in letter
