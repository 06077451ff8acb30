"""The figure check of a letter: what it flags, what it lets stand, and what it leaves alone."""

import pytest

from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import (
    Finding,
    FindingKind,
    LetterDocument,
    LetterTable,
)
from vpt_regio.domain.rules.letter_layout import blocks_of

# the facts of the letter of March 2012, in other words
NEW_YEAR = """
Nieuwjaar

Rond de viering zijn in totaal 186 incidenten geregistreerd. Er volgden 143 aanhoudingen, waarvan
61 in verzekeringstellingen. Het aantal incidenten is dus met 7,5% licht toege-
nomen ten opzichte van de jaarwisseling 2010–2011. Vergeleken met 2009–2010 en de meting van
2008–2009 is er een afname van respectievelijk 39% en 24%.
 2011–2012 2010–2011 2009–2010 2008–2009

Aantal incidenten 186 173 303 229
Aantal aanhoudingen 143 177 109 246
Aantal in verzekeringgestelden 61 31 22 38

Bron: opgave van de politie, peildatum 6 januari 2012.

Het aantal aanhoudingen is met 19% gedaald ten opzichte van vorig jaar (van 177 naar 143). Het
aantal inverzekeringstellingen is bijna verdubbeld (van 31 naar 61). Vooral openlijke
geweldpleging nam toe (70%; van 31 naar 53), net als mishandeling (27%; van 22 naar 28)1.

Onderzoek

Het aandeel slachtoffers is van 66% in 2007, via 65% in 2009 gedaald naar 59% in 2011.

 Verbaal Persoonlijk Fysiek Totaal

Rijksoverheid 149 207 47 403

 Management Staf Binnendienst Buitendienst Totaal

Rijksoverheid 23 37 245 98 403

Er zijn elf aanvragen gedaan, waarvan zes zijn toegekend (zie bijlage).

Organisatie Toegekend
subsidiebedrag

Eerste

€ 20 000,-

Tweede

€ 9 300,-

Derde

€ 50 000,-

Vierde

€ 10 000,-

Vijfde

€ 22 061,-

Zesde

€ 50 000,-
"""
TABLE = """
In 2024 zijn er 412 meldingen gedaan.

  2021  2022  2023  2024
Aantal meldingen  350  371  398  412
Aantal aangiften  120  96  101  88
Slachtoffers (%)  61  58,5  57  52

"""


def check(text: str, *known: LetterTable) -> list[Finding]:
    return check_letter(LetterDocument(tuple(blocks_of(text))), known)


def said(sentence: str) -> list[Finding]:
    """Check one sentence below the table of meldingen, and return what is found in it alone."""
    found = check(f"{TABLE}{sentence}\n")
    return [one for one in found if one.text in sentence and one.kind is not FindingKind.NUMBER]


def test_the_letter_of_2012_has_two_faults_and_nothing_right_is_flagged() -> None:
    found = check(NEW_YEAR)
    wrong = [one for one in found if one.agrees is False]
    assert [(one.stated, one.computed) for one in wrong] == [("−24%", "−18,8%"), ("70%", "71,0%")]
    assert "vorige brief" in wrong[0].explanation
    assert "‘2008–2009’ en ‘2010–2011’" in wrong[0].explanation
    assert "afgekapt" in wrong[1].explanation
    right = {(one.claim, one.computed) for one in found if one.agrees}
    assert right >= {
        ("7,5% toename", "7,51%"),
        ("39% afname", "−38,6%"),
        ("19% afname", "−19,2%"),
        ("bijna verdubbeld", "1,97 keer"),
        ("27% toename", "27,3%"),
        ("143", "143"),
        ("61", "61"),
        ("zes", "6"),
        ("daling van 66% naar 59%", "−7 procentpunt"),
    }
    totals = [one for one in found if one.kind is FindingKind.TOTAL]
    assert [(one.stated, one.agrees) for one in totals] == [("403", True)] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Het aantal meldingen steeg in 2024 met 3,5 procent vergeleken met een jaar eerder.",
        "Sinds 2021 nam het aantal aangiften met 27% af.",
        "In de periode 2021–2024 steeg het aantal meldingen met 17,7%.",
        "Het aantal aangiften daalde met ruim een kwart ten opzichte van 2021.",
        "Het percentage slachtoffers is met 5 procentpunt gedaald ten opzichte van 2023.",
        "In 2022 waren er 96 aangiften, een vijfde minder dan in 2021.",
        "Er zijn 412 meldingen gedaan; dat zijn er 14 meer dan in 2023.",
        "Het aantal meldingen en het aantal aangiften veranderden ten opzichte van 2023 met"
        " respectievelijk +3,5% en −12,9%.",
        "Het aantal aangiften is ruim 25% lager dan in 2021 en bijna 13% lager dan in 2023.",
        "Ten opzichte van 2021 en 2023 nam het aantal meldingen toe met respectievelijk 17,7% en"
        " 3,5%.",
        "Het aantal meldingen is met 3,5% gestegen ten opzichte van 2023 en met 17,7% ten opzichte"
        " van 2021.",
        "Er waren 12 stoelen, vorig jaar waren dat er tien. Dat is een toename van een vijfde.",
        "In 2010 waren er 80 zaken en in 2011 60. Het aantal zaken is dus met 25% gedaald.",
        "In de helft van de gevallen (42 van de 84) is aangifte gedaan.",
        "In totaal is een bedrag van € 1,2 miljoen verdeeld: € 450.000, € 350.000 en € 400.000.",
        "Er waren 12 trainingen met 540 deelnemers, gemiddeld 45 per training.",
        "De kosten zijn € 36.000 per jaar, ofwel € 3.000 per maand.",
        "Er waren drie keer zoveel vragen bij de balie (300) als aan de telefoon (100).",
        "De straf steeg van 40 naar 90 uur, een toename van 125%.",
        "De kosten stegen van € 250.000 naar € 260.000, een stijging van 4%.",
        "Het budget van € 1,2 miljoen is met 10% verhoogd naar € 1,32 miljoen.",
        "Er kwamen 45 vragen binnen, tegenover 15 vragen een jaar eerder: een verdrievoudiging.",
        "Vijf van de zes projecten (83%) zijn afgerond.",
        "Van de 40 deelnemers waren er 30 tevreden (75%).",
        "Er waren 80 deelnemers, waarvan 20 (25%) nieuw.",
        "De bedragen waren € 20.000, € 9.300 en € 50.000, in totaal € 79.300.",
        "In totaal 403 keer: 149 verbaal, 207 persoonlijk en 47 fysiek.",
        "Er doen drie regio's mee, namelijk Limburg, Zeeland en Drenthe.",
    ],
)
def test_what_is_right_agrees(sentence: str) -> None:
    found = said(sentence)
    assert found
    assert {one.agrees for one in found} == {True}, found


@pytest.mark.parametrize(
    ("sentence", "cause"),
    [
        ("Het aantal meldingen daalde met 3,5% ten opzichte van 2023.", "richting"),
        ("Het aantal meldingen steeg met 7% ten opzichte van 2023.", "vorige brief"),
        ("Het percentage slachtoffers daalde met 5% (van 57% naar 52%).", "procentpunt"),
        ("Het aantal aangiften nam met 40% af ten opzichte van 2021.", "rekenfout"),
        ("Het aantal stoelen steeg met 100% (van 30 naar 15).", "verwisseld"),
        ("Er kwamen 93 vragen, vorig jaar 31: van 31 naar 93 is verdubbeld.", "rekenfout"),
        ("Vijf van de zes projecten (84%) zijn afgerond.", "rekenfout"),
        ("In totaal 404 keer: 149 verbaal, 207 persoonlijk en 47 fysiek.", "telfout"),
        ("Er doen vier regio's mee, namelijk Limburg, Zeeland en Drenthe.", "telfout"),
        (
            "In 2011 waren er 60 zaken tegenover 80 in 2010. Dat is een daling van 33%.",
            "verwisseld",
        ),
        ("In bijna een kwart van de gevallen (12 van de 85) speelde alcohol mee.", "rekenfout"),
        ("In totaal waren er 412 vragen, waarvan 187 in A, 134 in B en 92 in C.", "telfout"),
        ("Er waren 10 trainingen met 380 deelnemers, gemiddeld 36 per training.", "rekenfout"),
        ("Het aantal balies daalde met 35, van 410 naar 385.", "rekenfout"),
        ("Er waren 12 aanvragen, waarvan 14 toegekend.", "geheel"),
    ],
)
def test_what_is_wrong_is_flagged_with_its_likely_cause(sentence: str, cause: str) -> None:
    wrong = [one for one in said(sentence) if one.agrees is False]
    assert len(wrong) == 1
    assert cause in wrong[0].explanation


@pytest.mark.parametrize(
    "sentence",
    [
        "Wij streven naar een daling van 25% van het aantal meldingen ten opzichte van 2021.",
        "In Limburg daalde het aantal meldingen met 12% ten opzichte van 2023.",
        "Naast de meldingen daalde het verzuim met 8% ten opzichte van 2022.",
        "Het aantal aangiften bij scholen nam af met 40% ten opzichte van 2023.",
        "Bij de balie steeg het aantal meldingen tegen baliemensen met 40% ten opzichte van 2023.",
        "Er waren 60 zaken tegenover 80 in 2010. Dat is minder dan de landelijke daling van 30%.",
        "Er waren 60 zaken tegenover 80 in 2010. De zaken zijn dus niet met 50% gedaald.",
        "Er waren 60 zaken tegenover 80 in 2010. Dat is een daling van 5% bij vrouwen.",
        "Er zijn elf aanvragen ingediend, waarvan zes toegekend en vier afgewezen.",
        "In totaal deden 120 mensen mee, van wie 60 vrouwen, 45 jongeren en 50 nieuwkomers.",
        "Ongeveer 60% van de gemeenten heeft een protocol.",
        "Het aantal meldingen steeg met 9%.",
        "Sinds 2019 is het aantal meldingen met 80% gestegen.",
        "Sinds 2021 is het aantal meldingen met bijna 20% toegenomen.",
    ],
)
def test_what_cannot_be_tied_to_two_numbers_is_never_right_nor_wrong(sentence: str) -> None:
    found = said(sentence)
    assert {one.agrees for one in found} == {None}
    assert all("Niet te controleren" in one.explanation for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Zie artikel 12, tweede lid, Kamerstukken II 2010/11, 28 684, nr. 325 en bijlage 3.",
        "Op 6 oktober 2011 om 14.30 uur, op pagina 12, zijn 1–3 punten besproken.",
        "Er waren 12 aanvallen tegen 30 medewerkers, een stijging.",
        "Het aantal slachtoffers van 18 tot 65 jaar is gedaald.",
        "In 2011 zijn er 8 pilots gestart, twee minder dan in 2010.",
        "In totaal zijn 30 projecten gestart: 20 zijn afgerond en 8 lopen nog.",
        "Er zijn 12 trainingen geweest in 3 regio's, gemiddeld 45 deelnemers per training.",
        "De game is al vijfenzestigduizend keer gespeeld.",
    ],
)
def test_dates_references_and_ranges_claim_nothing(sentence: str) -> None:
    assert said(sentence) == []


def test_a_paragraph_is_no_source_of_changes_and_averages() -> None:
    text = (
        "In 2023 waren er 50 aangiften meer dan in 2022. Gemiddeld waren er in 2024 42 aangiften"
        " per maand. Het aantal aangiften nam tussen 2021 en 2022 af met 20% en tussen 2023 en 2024"
        " met 12,9%. De kosten stegen met 4%."
    )
    found = check(f"{TABLE}{text}\n")
    assert [(one.stated, one.agrees) for one in found if one.kind is FindingKind.CHANGE] == [
        ("−20%", True),
        ("−12,9%", True),
        ("4%", None),
    ]


def test_a_list_below_a_sentence_is_counted() -> None:
    right = check("De volgende drie regio's doen mee:\n\n- Limburg\n- Zeeland\n- Drenthe\n")
    wrong = check("De volgende vier regio's doen mee:\n\n- Limburg\n- Zeeland\n- Drenthe\n")
    assert [(one.kind, one.agrees) for one in right] == [(FindingKind.LIST, True)]
    assert [(one.computed, one.agrees) for one in wrong] == [("3", False)]


def test_a_total_of_a_table_that_does_not_add_up_is_flagged() -> None:
    text = "\tNoord\tZuid\tTotaal\nMeldingen\t10\t20\t31\nAangiften\t5\t6\t11\n"
    found = [one for one in check(text) if one.kind is FindingKind.TOTAL]
    assert [(one.computed, one.agrees) for one in found] == [("30", False), ("11", True)]


def test_a_number_that_differs_from_its_figure_set_is_flagged() -> None:
    known = LetterTable(
        (("", "2021", "2022", "2023", "2024"), ("Meldingen", "350", "371", "399", "412")),
        title="Meldingen",
        origin="cijferreeks ‘Meldingen’",
        rank=1,
    )
    wrong = [one for one in check(TABLE, known) if one.agrees is False]
    assert [(one.stated, one.computed) for one in wrong] == [("398", "399")]
    assert "cijferreeks ‘Meldingen’" in wrong[0].explanation


def test_figure_sets_serve_a_letter_without_tables() -> None:
    known = LetterTable(
        (("", "2023", "2024"), ("Meldingen", "200", "250")),
        title="Meldingen",
        origin="cijferreeks ‘Meldingen’",
        rank=1,
    )
    found = check("Het aantal meldingen steeg met 20% ten opzichte van 2023.", known)
    assert [(one.computed, one.agrees) for one in found] == [("25%", False)]
    assert "cijferreeks ‘Meldingen’" in found[0].explanation
