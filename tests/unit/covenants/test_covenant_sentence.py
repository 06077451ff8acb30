"""The line about a covenant for the letter, in every state and with the dates of the sources."""

from dataclasses import replace
from datetime import date

import pytest

from vpt_regio.domain.enums import CovenantStatus
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.covenant_sentence import (
    CovenantLine,
    ExtensionLine,
    covenant_sentence,
)

LIMBURG = CovenantLine(
    regions=["Limburg"],
    status=CovenantStatus.IN_FORCE,
    signed=FuzzyDate.exactly(date(2012, 3, 12)),
    original_end=FuzzyDate.exactly(date(2013, 12, 31)),
)
OF_2010 = CovenantLine(
    regions=["Groningen"],
    status=CovenantStatus.IN_FORCE,
    signed=FuzzyDate.parse("voorjaar 2010"),
    original_end=FuzzyDate.parse("eind 2011"),
    extensions=(
        ExtensionLine(
            signed=FuzzyDate.parse("niet in bron"),
            new_end=FuzzyDate.parse("halverwege 2012"),
            reason="de regio is nog volop bezig met de uitvoering.",
        ),
    ),
)


def test_limburg():
    assert covenant_sentence(LIMBURG) == (
        "Het convenant met de regio Limburg is op 12 maart 2012 ondertekend"
        " en eindigt uiterlijk op 31 december 2013."
    )


def test_a_region_of_2010_keeps_the_vague_words_and_tells_the_reason():
    assert covenant_sentence(OF_2010) == (
        "Het convenant met de regio Groningen is in het voorjaar van 2010 ondertekend en eindigt"
        " uiterlijk halverwege 2012, verlengd bij wijziging (was eind 2011)."
        " Reden van de verlenging: de regio is nog volop bezig met de uitvoering."
    )


def test_one_covenant_over_two_regions():
    line = replace(LIMBURG, regions=["IJsselland", "Midden-Nederland"])
    assert covenant_sentence(line).startswith(
        "Het convenant met de regio's IJsselland en Midden-Nederland is op"
    )


def test_three_regions():
    line = replace(LIMBURG, regions=["Drenthe", "Fryslân", "Groningen"])
    assert "de regio's Drenthe, Fryslân en Groningen is" in covenant_sentence(line)


def test_two_extensions_each_with_the_end_before_it():
    extensions = (
        ExtensionLine(
            FuzzyDate.exactly(date(2013, 5, 2)), FuzzyDate.exactly(date(2014, 6, 30)), "meer tijd"
        ),
        ExtensionLine(
            FuzzyDate.exactly(date(2014, 2, 1)), FuzzyDate.exactly(date(2014, 12, 31)), "borging"
        ),
    )
    assert covenant_sentence(replace(LIMBURG, extensions=extensions)) == (
        "Het convenant met de regio Limburg is op 12 maart 2012 ondertekend en eindigt uiterlijk"
        " op 31 december 2014, verlengd bij wijziging van 2 mei 2013 (was 31 december 2013) en bij"
        " wijziging van 1 februari 2014 (was 30 juni 2014). Reden van de verlenging: borging."
    )


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"status": CovenantStatus.EXPIRED}, "ondertekend en liep tot en met 31 december 2013."),
        (
            {"status": CovenantStatus.TERMINATED, "ended_on": date(2012, 11, 1)},
            "ondertekend en is voortijdig beëindigd op 1 november 2012;"
            " het zou uiterlijk op 31 december 2013 eindigen.",
        ),
        (
            {"status": CovenantStatus.TERMINATED, "original_end": None},
            "ondertekend en is voortijdig beëindigd.",
        ),
        (
            {"status": CovenantStatus.CLOSED, "ended_on": date(2013, 12, 31)},
            "ondertekend, liep tot en met 31 december 2013 en is afgesloten.",
        ),
        ({"status": CovenantStatus.CLOSED, "original_end": None}, "ondertekend en is afgesloten."),
        ({"status": CovenantStatus.DRAFT}, "is nog niet ondertekend."),
        (
            {"original_end": None},
            "ondertekend; een uiterste einddatum staat niet in de bron.",
        ),
        (
            {"status": CovenantStatus.EXPIRED, "original_end": FuzzyDate.parse("halverwege 2012")},
            "ondertekend en liep tot halverwege 2012.",
        ),
    ],
)
def test_every_state_has_its_own_ending(changes, end):
    assert covenant_sentence(replace(LIMBURG, **changes)).endswith(end)


def test_a_signature_that_no_source_dates():
    line = replace(LIMBURG, signed=FuzzyDate.parse("niet in bron"))
    assert "is ondertekend (de datum staat niet in de bron)" in covenant_sentence(line)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("najaar 2011", "in het najaar van 2011"),
        ("zomer 2011", "in de zomer van 2011"),
        ("maart 2012", "in maart 2012"),
        ("2012", "in 2012"),
        ("eind 2011", "eind 2011"),
    ],
)
def test_a_vague_day_gets_the_preposition_that_it_asks(words, said):
    line = replace(LIMBURG, signed=FuzzyDate.parse(words))
    assert f"is {said} ondertekend" in covenant_sentence(line)


def test_a_letter_is_silent_on_days_that_no_source_tells():
    line = replace(LIMBURG, signed=FuzzyDate.parse("niet in bron"), original_end=None)
    said = "Het convenant met de regio Limburg is ondertekend."
    assert covenant_sentence(line, only_known=True) == said
    later = replace(line, extensions=[ExtensionLine(None, FuzzyDate.parse("halverwege 2012"))])
    assert covenant_sentence(later, only_known=True) == (
        f"{said[:-1]} en eindigt uiterlijk halverwege 2012, verlengd bij wijziging."
    )
