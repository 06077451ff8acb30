"""What a contract lacks before its parties sign it, and before it is evaluated."""

from dataclasses import replace
from datetime import date

import pytest

from vpt_regio.domain.rules.contracts import (
    AgreementFacts,
    ContractFacts,
    EndFacts,
    PartyFacts,
    Place,
    end_gaps,
    gaps,
    left_parties,
    warnings,
)

STARTS, ENDS, TODAY = date(2012, 1, 1), date(2012, 12, 31), date(2013, 1, 7)
MUNICIPALITY, POLICE = PartyFacts(1, "Gemeente"), PartyFacts(2, "Politie")
AGREEMENT = AgreementFacts(10, 1, responsible_id=1, responsible="Gemeente", due_on=ENDS)
COMPLETE = ContractFacts(STARTS, ENDS, (MUNICIPALITY, POLICE), (AGREEMENT,))


def with_agreement(**values: object) -> ContractFacts:
    return replace(COMPLETE, agreements=(replace(AGREEMENT, **values),))  # type: ignore[arg-type]


def test_a_complete_contract_has_no_gaps() -> None:
    assert gaps(COMPLETE) == ()
    assert warnings(COMPLETE) == ()


def test_everything_that_is_missing_is_told_at_once() -> None:
    empty = ContractFacts(STARTS, ENDS, (replace(MUNICIPALITY, is_partner=False),))
    found = gaps(empty)
    assert [gap.code for gap in found] == ["too_few_parties", "party_left", "no_agreements"]
    assert [gap.place for gap in found] == [Place.PARTIES, Place.PARTIES, Place.AGREEMENTS]


@pytest.mark.parametrize("parties", [(), (MUNICIPALITY,)])
def test_it_takes_two_partners(parties: tuple[PartyFacts, ...]) -> None:
    facts = replace(COMPLETE, parties=parties)
    assert "too_few_parties" in [gap.code for gap in gaps(facts)]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"due_on": None}, "no_target"),
        ({"due_on": date(2013, 1, 1)}, "due_after_end"),
        ({"due_on": date(2011, 12, 31)}, "due_before_start"),
        ({"responsible_id": 9, "responsible": "Onderwijs"}, "responsible_no_party"),
    ],
)
def test_what_each_agreement_needs(values: dict[str, object], code: str) -> None:
    [gap] = gaps(with_agreement(**values))
    assert (gap.code, gap.agreement_id, gap.params["number"]) == (code, 10, "1")
    assert gap.message % gap.params


@pytest.mark.parametrize("due_on", [STARTS, ENDS])
def test_the_first_and_the_last_day_are_within_the_contract(due_on: date) -> None:
    assert gaps(with_agreement(due_on=due_on)) == ()


def test_a_missing_baseline_only_warns() -> None:
    facts = with_agreement(has_baseline=False)
    assert gaps(facts) == ()
    assert [warning.code for warning in warnings(facts)] == ["no_baseline"]


def test_who_left_is_known() -> None:
    gone = replace(POLICE, is_partner=False)
    assert left_parties(replace(COMPLETE, parties=(MUNICIPALITY, gone))) == (gone,)


def test_an_end_value_or_a_reason_closes_a_promise() -> None:
    measured = EndFacts(1, 1, ENDS, measured_on=ENDS)
    explained = EndFacts(2, 2, ENDS, measured_on=None, reason="De registratie is gestopt.")
    assert end_gaps((measured, explained), today=TODAY) == ()


def test_every_missing_end_value_is_told() -> None:
    facts = tuple(EndFacts(number, number, ENDS, measured_on=None) for number in (1, 2, 3))
    assert [(gap.code, gap.agreement_id) for gap in end_gaps(facts, today=TODAY)] == [
        ("no_end_value", 1),
        ("no_end_value", 2),
        ("no_end_value", 3),
    ]


def test_before_its_deadline_no_reason_helps() -> None:
    early = EndFacts(1, 1, date(2013, 6, 30), measured_on=None, reason="Geen zin.")
    [gap] = end_gaps((early,), today=TODAY)
    assert gap.code == "not_due"
    assert gap.message % gap.params == (
        "De deadline van afspraak 1 is pas op 30-06-2013. Evalueer het contract daarna."
    )


def test_on_the_deadline_itself_a_promise_can_be_judged() -> None:
    assert end_gaps((EndFacts(1, 1, TODAY, measured_on=TODAY),), today=TODAY) == ()
