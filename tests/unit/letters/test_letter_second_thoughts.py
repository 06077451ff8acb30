"""Ties that look certain and are not: what stays silent, and what is tied otherwise."""

import pytest

from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import Finding, LetterDocument
from vpt_regio.domain.rules.letter_layout import blocks_of

VISITS = """
Bezoeken
Onderdeel\t2010\t2011
Bezoeken met boete\t310\t280
Boetes (€)\t93.000\t84.000
"""
QUARTERS = """
Telefoon in 2011
Kwartaal\tOproepen\tOpgenomen
1e kwartaal\t48.210\t91%
2e kwartaal\t51.640\t84%
3e kwartaal\t47.930\t88%
"""
KINDS = """
Meldingen
Aard\t1e halfjaar 2011\t2e halfjaar 2011
Fysiek\t20\t26
Verbaal\t194\t174
Totaal\t214\t200
"""
PUPILS = """
Leerlingen
Leerlingen\t2009\t2010\t2011
Aantal leerlingen\t400\t380\t342
"""


def last(text: str) -> list[Finding]:
    found = check_letter(LetterDocument(tuple(blocks_of(text))))
    lines = text.strip().splitlines()
    return [one for one in found if one.text == lines[-1]]


def test_a_row_that_says_more_than_the_sentence_is_a_part() -> None:
    text = f"{VISITS}\nIn 2011 waren er 1.050 bezoeken."
    assert {one.agrees for one in last(text)} <= {None}


def test_what_falls_is_no_share() -> None:
    text = f"{KINDS}\nFysiek geweld kwam vaker voor, terwijl verbaal geweld met 13% terugliep."
    found = [one for one in last(text) if "13" in one.stated]
    assert [(one.agrees, one.computed) for one in found] == [(False, "−10,3%")]


def test_a_multiple_of_two_changes_is_held_against_those() -> None:
    text = "De daling in 2011 ({new}%) van het aantal leerlingen was twee keer zo groot als die in"
    right = last(f"{PUPILS}\n{text.format(new='10')} 2010 (5%).")
    assert [one.agrees for one in right if one.kind == "factor"] == [True]


def test_an_ordinal_names_its_own_row_alone() -> None:
    right = last(f"{QUARTERS}\nIn het derde kwartaal is 88% van de oproepen opgenomen.")
    other = last(f"{QUARTERS}\nIn het derde kwartaal is 84% van de oproepen opgenomen.")
    assert [one.agrees for one in right if "88" in one.stated] == [True]
    assert [one.agrees for one in other if "84" in one.stated] == [None]


@pytest.mark.parametrize(("total", "agrees"), [("998", True), ("989", False)])
def test_a_number_that_counts_the_parts_is_none_of_them(total: str, agrees: bool) -> None:
    parts = "412 in Aa, 309 in Bee en 277 in Cee"
    found = last(f"Dat was in de drie dorpen, te weten {parts}, derhalve in totaal {total}.")
    assert [(one.computed, one.agrees) for one in found if total in one.claim] == [("998", agrees)]
