"""How a performance contract stands, in the sentences of the annex."""

from types import SimpleNamespace
from typing import Any

import pytest

from vpt_regio.documents.annex_content import Paragraph
from vpt_regio.domain.indicator_codes import Attainment
from vpt_regio.services.annex_contracts import contracts_chapter

BEHIND, MET = Attainment.BEHIND, Attainment.MET
UNKNOWN, COURSE = Attainment.UNKNOWN, Attainment.ON_COURSE


def _source(found: list[Attainment]) -> Any:
    standings = [
        SimpleNamespace(
            id=number,
            contract_id=1,
            attainment=one,
            statement="Meer melden.",
            indicator=SimpleNamespace(unit="aantal", decimals=0),
            baseline=None,
            latest=None,
            target=None,
        )
        for number, one in enumerate(found)
    ]
    region = SimpleNamespace(name="Limburg", region_id=1, code="limburg")
    return SimpleNamespace(agreements=[("Limburg", one) for one in standings], regions=[region])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([BEHIND], "Het prestatiecontract telt één afspraak. Die blijft achter."),
        (
            [UNKNOWN],
            "Het prestatiecontract telt één afspraak. Of die is gehaald, is nog niet te zeggen.",
        ),
        (
            [UNKNOWN, UNKNOWN],
            "Het prestatiecontract telt twee afspraken. Of ze zijn gehaald, is nog niet te zeggen.",
        ),
        (
            [BEHIND, BEHIND],
            "Het prestatiecontract telt twee afspraken."
            " Daarvan is er nog geen gehaald en blijven er twee achter.",
        ),
        (
            [MET, COURSE, UNKNOWN],
            "Het prestatiecontract telt drie afspraken."
            " Daarvan is er één gehaald en ligt er één op koers;"
            " van één is dat nog niet te zeggen.",
        ),
    ],
)
def test_how_the_agreements_of_a_region_stand(found: list[Attainment], expected: str) -> None:
    (section,) = contracts_chapter(_source(found)).sections
    told = section.blocks[0]
    assert isinstance(told, Paragraph)
    assert "".join(run.text for run in told.runs) == expected
