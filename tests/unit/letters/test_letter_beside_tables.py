"""Sentences beside the tables of their letter: what agrees with them, and what they leave alone."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from vpt_regio.domain.rules.letter_beside import agreeing_step
from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import Finding, LetterDocument, LetterTable
from vpt_regio.domain.rules.letter_layout import blocks_of
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_tables import grid_of
from vpt_regio.domain.rules.letter_tables_said import TablesSaid

KINDS = """
Meldingen naar soort
Soort\t2009\t2010\t2011
Schelden\t640\t588\t531
Spugen\t118\t127\t109
Brandstichting\t36\t30\t18
Totaal\t794\t745\t658
"""
SHARES = """
Toezicht in 2011
Branche\tControles\tMet gebrek\tBoetes (€)
Bakkers\t400\t168\t840.000
Kappers\t250\t75\t300.000
Slagers\t150\t60\t360.000
Totaal\t800\t303\t1.500.000
"""
HALVES = """
Verkeer
Periode\tPassages (x 1.000)\tBekeuringen
1e halfjaar 2010\t4.812\t168.400
2e halfjaar 2010\t5.036\t171.200
1e halfjaar 2011\t5.410\t200.200
2e halfjaar 2011\t5.275\t184.600
"""


def said(table: str, *sentences: str) -> list[Finding]:
    """Check sentences below a table as one paragraph, and return what is found in the last."""
    text = f"{table}\n{' '.join(sentences)}\n"
    found = check_letter(LetterDocument(tuple(blocks_of(text))))
    return [one for one in found if one.text == sentences[-1]]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("In 2011 ging het 531 keer om schelden en is 109 keer gespuugd.", {"531", "109"}),
        ("Er waren in 2011 in totaal 658 meldingen.", {"658"}),
        ("Bij het spugen ging het om 18 gevallen minder dan een jaar eerder.", {"18"}),
        ("Dat zijn er in totaal 87 minder dan in 2010.", {"87"}),
        ("Het schelden maakt ruim 80% van het totaal uit.", {"ruim 80%"}),
        ("Schelden en spugen waren samen goed voor 640 meldingen.", {"640"}),
        ("De brandstichtingen daalden met 12, oftewel 40%.", {"12", "40%"}),
        ("De drie soorten daalden alle.", {"drie"}),
        ("De daling was te zien bij drie van de drie soorten.", {"drie"}),
        ("Hoewel het daalde, was schelden in 2011 81% van alle meldingen.", {"81%"}),
        ("Brandstichting kwam in 2009 nog twee keer zo vaak voor.", set()),
    ],
)
def test_what_follows_from_rows_and_years_agrees(sentence: str, claims: set[str]) -> None:
    found = said(KINDS, sentence)
    assert {one.claim.split(" ")[0] for one in found if one.agrees} >= {
        one.split(" ")[0] for one in claims
    }
    assert all(one.agrees is not False for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Bij de bakkers werd in 42% van de gevallen een gebrek gevonden.",
        "Een vijfde van de boetes (20%) kwam voor rekening van de kappers.",
        "In 175 zaken was bij de kappers alles in orde.",
        "De slagers betaalden per gebrek gemiddeld € 6.000.",
        "De bakkers en de kappers waren samen goed voor 650 controles.",
        "Er zijn 800 controles verricht.",
    ],
)
def test_what_follows_from_columns_agrees(sentence: str) -> None:
    found = said(SHARES, sentence)
    assert found
    assert {one.agrees for one in found} == {True}, found


def test_half_years_make_a_year() -> None:
    found = said(
        HALVES,
        "In heel 2011 zijn 10,7 miljoen passages geteld.",
        "Daarbij werden 384.800 bekeuringen uitgedeeld, 13,3% meer dan in 2010.",
    )
    assert [one.agrees for one in found] == [True, True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Landelijk bedroeg de daling 12%.",
        "Naar verwachting daalt het schelden in 2012 met 9,7%.",
        "Volgens de branche is 80% van de klanten tevreden.",
        "In Gouda ging het 77 keer om schelden.",
    ],
)
def test_what_is_of_elsewhere_or_a_guess_is_neither_right_nor_wrong(sentence: str) -> None:
    assert {one.agrees for one in said(KINDS, sentence)} <= {None}


@pytest.mark.parametrize(
    ("table", "sentence", "right", "cause"),
    [
        (KINDS, "Het schelden kwam in 2011 uit op 513.", "531", "verwisseld"),
        (KINDS, "Het spugen daalde ten opzichte van 2010 met 9,7%.", "−14,17%", "rekenfout"),
        (KINDS, "Het spugen daalde ten opzichte van 2010 met 16,5%.", "−14,17%", "verwisseld"),
        (KINDS, "Schelden en spugen waren in 2011 samen goed voor 604 gevallen.", "640", "verwiss"),
        (SHARES, "De kappers hadden een gebrek in 40% van de controles.", "30%", "‘Slagers’"),
        (SHARES, "De bakkers betaalden € 804.000.", "€ 840.000", "verwisseld"),
        (SHARES, "Bij de kappers ging het om 24,7% van het totaal.", "24,75%", "afgekapt"),
    ],
)
def test_a_slip_beside_a_table_is_flagged(
    table: str, sentence: str, right: str, cause: str
) -> None:
    wrong = [one for one in said(table, sentence) if one.agrees is False]
    assert [one.computed for one in wrong] == [right]
    assert cause in wrong[0].explanation


@pytest.mark.parametrize(
    "sentence",
    [
        "Het schelden bij de balie kwam in 2011 uit op 214.",
        "In de avond daalde het schelden ten opzichte van 2010 met 4,1%.",
        "Naast het schelden daalde het verzuim met 8% ten opzichte van 2010.",
        "Het schelden kwam in 2008 uit op 513.",
        "Het schelden kwam in 2011 uit op ongeveer 513.",
        "Landelijk kwam het schelden in 2011 uit op 513.",
    ],
)
def test_what_may_be_of_something_else_is_not_flagged(sentence: str) -> None:
    assert False not in {one.agrees for one in said(KINDS, sentence)}


def test_a_number_at_random_is_hardly_ever_right() -> None:
    tables = [
        LetterTable(tuple(tuple(line.split("\t")) for line in lines), title, f"tabel {number}")
        for number, text in enumerate((KINDS, SHARES, HALVES), 1)
        for title, *lines in [text.strip().splitlines()]
    ]
    grids = [grid for table in tables if (grid := grid_of(table)) is not None]
    tables_said = TablesSaid(grids, {grid.origin: "" for grid in grids})
    texts = (
        "In 2011 is 531 keer gescholden, 9,7% minder dan in 2010.",
        "Bij de bakkers werd in 42% van de gevallen een gebrek gevonden.",
        "Er zijn in totaal 800 controles verricht, gemiddeld € 4.950 per gebrek.",
        "De bekeuringen namen in 2011 met 45.200 toe, oftewel 13,3%.",
    )
    chance = random.Random(7)  # noqa: S311 - for tests
    right = tried = 0
    for sentence in map(Sentence, texts):
        scene = tables_said.scene(sentence, [], "")
        for number in sentence.numbers:
            size = len(str(int(number.value / number.step)))
            for _ in range(150):
                value = Fraction(chance.randrange(10 ** (size - 1), 10**size)) * number.step
                tried += 1
                right += agreeing_step(scene, replace(number, value=value)) is not None
    assert tried > 1000
    assert right < tried * 0.03
