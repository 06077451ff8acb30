"""Claims that follow from the numbers in the sentence and in the one before it."""

import random

import pytest

from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import Finding, LetterDocument
from vpt_regio.domain.rules.letter_doubt import is_far
from vpt_regio.domain.rules.letter_layout import blocks_of

MOST_BY_CHANCE = 0.05


def check(text: str) -> list[Finding]:
    return check_letter(LetterDocument(tuple(blocks_of(text))))


@pytest.mark.parametrize(
    "text",
    [
        "Er kwamen 80 brieven, waarvan er 52 zijn beantwoord, dat wil zeggen 65%.",
        "Er zijn 3.200 brieven, waarvan er 1.120 zijn gelezen. Die 35% is hoger dan vorig jaar.",
        "Het budget is € 2,4 miljoen, waarvan € 1,8 miljoen voor Zeeland en € 0,6 miljoen voor"
        " Drenthe, oftewel 75% en 25%.",
        "De vragenlijst is door 480 van de 640 leden ingevuld, een respons van 75%.",
        "Bij 33 van de 88 bezochte zaken is ten minste één gebrek gevonden, oftewel 37,5%.",
        "Over is € 0,8 mln., dat is 16% van het beschikbare budget van € 5,0 mln.",
        "Van de 420 vragen gingen er 139 over geld; dat is een op de drie.",
        "Van de 520 zaken zijn er 130 gesloten. Dat is een kwart.",
        "In de zaal zaten 90 van de 150 leden. Van hen stemden er 72 voor, dat is 80%.",
        "Er zijn 260 aanvragen ontvangen. In totaal zijn 169 aanvragen toegekend, oftewel 65% van"
        " de aanvragen.",
        "Er zijn 640 leden. Van hen werken er 320 in de zorg, 192 in de bouw en 128 elders; dit"
        " komt neer op respectievelijk 50%, 30% en 20% van het totaal.",
        "De kosten zijn € 90.000 voor het Rijk en € 30.000 voor de gemeente, die dus een kwart"
        " betaalt.",
    ],
)
def test_a_share_of_two_numbers_nearby_agrees(text: str) -> None:
    found = [one for one in check(text) if one.kind == "share"]
    assert found
    assert {one.agrees for one in found} == {True}, found


@pytest.mark.parametrize(
    ("text", "computed", "cause"),
    [
        ("Er zijn 32 vragen gesteld, waarvan er 12 open staan, wat neerkomt op 44%.", "37,5%", ""),
        ("Over is € 0,8 mln., dat is 20% van het budget van € 5,0 mln.", "16%", ""),
        ("Van de 520 zaken zijn er 130 gesloten. Dat is een vijfde.", "25%", ""),
        (
            "Tegen 240 van de 1.200 aanslagen is bezwaar gemaakt. In 60 zaken is het bezwaar"
            " gegrond, dat is 5% van de bezwaren.",
            "25%",
            "niet van 240",
        ),
        (
            "Er zijn drie partijen, namelijk AB, het BKZ, de CD en de VNG. Zij zijn het eens.",
            "4",
            "",
        ),
    ],
)
def test_a_share_that_the_words_tie_is_flagged(text: str, computed: str, cause: str) -> None:
    wrong = [one for one in check(text) if one.agrees is False]
    assert [one.computed for one in wrong] == [computed]
    assert cause in wrong[0].explanation


@pytest.mark.parametrize(
    "text",
    [
        "Er kwamen 80 brieven en 52 klachten. Ongeveer 31% van de lezers is ouder dan zestig.",
        "Er zijn 80 brieven en 52 klachten. Volgens de dienst is 65% van de schrijvers tevreden.",
        "Er kwamen 80 brieven. Van de lezers is 30% tevreden.",
    ],
)
def test_a_share_of_something_else_is_left_alone(text: str) -> None:
    assert {one.agrees for one in check(text)} <= {None}


@pytest.mark.parametrize(
    "text",
    [
        "Er kwamen 231 vragen binnen, waar dat er in 2010 nog 77 waren. Dat is drie keer zo veel.",
        "Het aantal zaken bedroeg 450; in 2010 waren het er 400. De groei is daarmee 12,5%.",
        "Er zijn 570 zaken, 30 minder dan de 600 zaken in 2010. Dat is een daling van 5%.",
        "Het aantal zaken kwam uit op 900, waarmee het 10% lager ligt dan in 2010, toen 1.000"
        " zaken speelden.",
        "Nu is 61% tevreden, waar dat bij de start 52% was, een verschil van 9 procentpunt.",
        "In 2011 zijn 560 zaken gemeld. In 2010 waren dit er nog 500, hetgeen neerkomt op een"
        " stijging van 12%.",
        "In 2010 zijn 500 zaken gemeld. In 2011 waren dat er 560, een toename van 12%.",
        "Er waren 660 zaken, tegen 600 in het jaar ervoor. Dat zijn er 60 meer, een toename van"
        " 10%.",
        "Er zijn 84 zaken, 12 meer dan in 2010. Dat komt neer op een toename van 17%.",
        "Het aantal balies nam met 12 toe tot 60, een toename van 25%.",
        "In 2010 waren er 210 zaken en in 2011 405. Het aantal is daarmee bijna verdubbeld.",
        "Het aantal ging van 200 in 2010 naar 800 in 2011. Daarmee is het in één jaar tijd"
        " verviervoudigd.",
    ],
)
def test_a_change_over_two_sentences_agrees(text: str) -> None:
    found = [one for one in check(text) if one.kind in ("change", "points", "factor")]
    assert found
    assert {one.agrees for one in found} == {True}, found


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("Er zijn 570 zaken, 30 minder dan de 600 zaken in 2010. Dat is een daling van 9%.", "−5%"),
        (
            "In 2011 zijn 560 zaken gemeld. In 2010 waren dit er nog 500, hetgeen neerkomt op een"
            " stijging van 21%.",
            "12%",
        ),
        ("Het aantal stoelen steeg met 50% (van 3 naar 9).", "200%"),
        ("Er zijn 84 zaken, 12 meer dan in 2010. Dat is een toename van 14%.", "16,7%"),
        ("Er zijn 84 zaken, waar dat er in 2010 nog 70 waren, een stijging van 2%.", "20%"),
    ],
)
def test_a_change_over_two_sentences_is_flagged(text: str, computed: str) -> None:
    assert [one.computed for one in check(text) if one.agrees is False] == [computed]


@pytest.mark.parametrize(
    "text",
    [
        "Er waren 40 ruzies, toen 12 agenten kwamen. Dat is een daling van 20%.",
        "In 2011 zijn 560 zaken gemeld. In 2010 waren er 40 agenten, een stijging van 12% in de"
        " zomer.",
        "Toen het verzuim nog 5,6% bedroeg, was dat te hoog.",
    ],
)
def test_numbers_of_different_things_make_no_change(text: str) -> None:
    assert False not in {one.agrees for one in check(text)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Van de 640 leden waren er 410 aanwezig. De overige 230 leden hebben gebeld.", "230"),
        (
            "Er zijn 900 leden. Van hen wonen er 400 in de stad en 350 in een dorp, terwijl de"
            " overige 150 verhuisd zijn.",
            "150",
        ),
        (
            "Limburg kreeg € 45.000, Zeeland € 30.000 en Drenthe € 20.000. Met deze bijdragen is"
            " in totaal € 95.000 gemoeid.",
            "€ 95.000",
        ),
        (
            "Er zijn 40 aanvragen toegekend. Met een bedrag van € 86.400 is per aanvraag gemiddeld"
            " € 2.160 verleend.",
            "€ 2.160",
        ),
        ("Het aantal balies ging van 65 naar 52, dus met 13 balies minder.", "13"),
        (
            "Een melding kost gemiddeld € 650. Met 2.400 meldingen was ruim € 1,5 miljoen gemoeid.",
            "ruim € 1,5 miljoen",
        ),
    ],
)
def test_a_count_that_follows_from_others_agrees(text: str, claim: str) -> None:
    found = check(text)
    assert False not in {one.agrees for one in found}
    assert claim in [one.claim for one in found if one.agrees]


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("Van de 640 leden waren er 410 aanwezig. De overige 320 leden hebben gebeld.", "230"),
        (
            "Limburg kreeg € 45.000, Zeeland € 30.000 en Drenthe € 20.000. Met deze bijdragen is"
            " in totaal € 98.000 gemoeid.",
            "€ 95.000",
        ),
        (
            "Noord telde 4.120 gasten, west 2.880 en zuid 510; alles bij elkaar 7.150.",
            "7.510",
        ),
        (
            "Er zijn 1.250 giften gedaan voor samen € 23,5 mln., zodat gemiddeld € 1.880 per gift"
            " is gegeven.",
            "€ 18.800",
        ),
        (
            "Regio's met geld:\n\n- Limburg: € 12,4 mln. voor 5 projecten\n- Zeeland: € 8,1 mln."
            " voor 3\n- Drenthe: € 6,0 mln. voor 4\n\nDaarmee is in totaal € 25,6 mln. verleend.",
            "€ 26.500.000",
        ),
        (
            "Er waren 2.040 meldingen. Vaak ging het om schelden, in 884 gevallen, ofwel 34%.",
            "43,3%",
        ),
        (
            "Bij gemiddeld € 65 per boete staan deze 24.000 boetes voor een bedrag van € 156.000.",
            "€ 1.560.000",
        ),
    ],
)
def test_a_count_that_follows_from_others_is_flagged(text: str, computed: str) -> None:
    assert [one.computed for one in check(text) if one.agrees is False] == [computed]


@pytest.mark.parametrize(
    "text",
    [
        "Er kwamen 640 brieven en 410 klachten. De overige 85 zaken gaan over iets anders.",
        "Limburg kreeg € 45.000 en Zeeland € 30.000. In totaal is € 210.000 beschikbaar.",
        "Een boete is gemiddeld € 65. In 2011 waren er 240 boetes en is € 9.000 betaald.",
    ],
)
def test_a_count_of_something_else_is_left_alone(text: str) -> None:
    assert {one.agrees for one in check(text)} <= {None}


@pytest.mark.parametrize(
    "text",
    [
        "De afname was 2,1%, terwijl Utrecht met een daling van 140 plaatsen op 1,8% uitkwam.",
        "De opbrengst steeg met 25% tot € 75.000; gemiddeld werd € 12 betaald, tegen € 10 in 2011.",
        "Er waren 500 bezoekers. Van deze 500 bezoekers waren 260 ouder dan zestig jaar, ruim de"
        " helft dus.",
        "Van de 900 ouders hebben 295 in de laatste zes maanden iets gemeld; bijna een derde dus.",
        "De groei in dit jaar (8,4%) was ruim twee keer zo groot als die in het jaar daarvoor"
        " (4,1%).",
        "Het aandeel is met 4 procentpunten gestegen tot 71%.",
        "In het westen nam het aantal zaken af met 12,4%, tegen 5,0% in het zuiden.",
        "Twee van de drie teams liepen achter, namelijk Zuid en West.",
        "Het ging om de drie havens, te weten 51 in A, 20 in B en 9 in C, in totaal 80.",
        "Het verzuim daalde van 6,2% naar 5,8%, terwijl het landelijk gemiddelde 4,9% bedroeg.",
        "Van de 1.200 leden zijn er 300 jonger dan 25 jaar, een kwart dus.",
        "Het budget steeg met 60% tot € 3.000; in 2011 was dat per persoon nog € 15 tegen € 14.",
    ],
)
def test_numbers_of_another_part_of_the_sentence_are_not_held_against_a_claim(text: str) -> None:
    assert False not in {one.agrees for one in check(text)}


def test_shares_in_turn_are_each_held_against_their_own_part() -> None:
    text = (
        "Er zijn 640 leden. Van hen werken er 320 in de zorg, 192 in de bouw en 128 elders; dit"
        " komt neer op respectievelijk 50%, 33% en 20% van het totaal."
    )
    assert [(one.stated, one.agrees) for one in check(text) if one.kind == "share"] == [
        ("50%", True),
        ("33%", False),
        ("20%", True),
    ]


@pytest.mark.parametrize(
    ("stated", "computed", "far"),
    [("24%", "18,8%", False), ("3%", "1%", False), ("61%", "2,6%", True), ("", "5", False)],
)
def test_what_is_miles_away_is_no_slip(stated: str, computed: str, far: bool) -> None:
    assert is_far(stated, computed) is far


def test_the_chance_that_a_random_number_agrees_is_small() -> None:
    """Every number of a claim is drawn anew: what then agrees, agrees by chance."""
    chance = random.Random(7)  # noqa: S311 - for tests
    agreed = 0
    rounds = 400
    for _ in range(rounds):
        a, b, c = (chance.randint(40, 990) for _ in range(3))
        share = chance.randint(2, 98)
        text = (
            f"Er kwamen {max(a, b)} brieven en {c} klachten. Daarvan gaan er {min(a, b)} over geld."
            f" Dat is dus {share}% van het totaal."
        )
        found = [one for one in check(text) if one.claim.startswith(f"{share}%")]
        agreed += any(one.agrees for one in found)
    assert agreed / rounds < MOST_BY_CHANCE


def test_a_sentence_with_more_numbers_than_anybody_writes_is_not_read() -> None:
    found = check(f"Er zijn {'12% van 34, ' * 40}en meer.")
    assert [one.agrees for one in found] == [None]
    assert "te lang" in found[0].explanation
