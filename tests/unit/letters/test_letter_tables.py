"""The tables of a letter: how they are read, their totals, and the columns that were computed."""

import pytest

from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import Finding, LetterDocument, LetterTable
from vpt_regio.domain.rules.letter_layout import blocks_of
from vpt_regio.domain.rules.letter_tables import grid_of


def check(*rows: str) -> list[Finding]:
    """Check a letter of one table, with `|` between its cells."""
    lines = "\n".join(row.replace("|", "\t") for row in rows)
    return check_letter(LetterDocument(tuple(blocks_of(lines))))


def outcomes(*rows: str) -> dict[str, bool | None]:
    return {one.claim: one.agrees for one in check(*rows)}


def test_a_mean_and_a_share_are_no_sums() -> None:
    found = outcomes(
        "Wijk|Balies|Met camera|Aandeel|Gemiddelde duur",
        "Noord|40|10|25%|12",
        "Oost|60|30|50%|15",
        "West|20|15|75%|18",
        "Totaal|120|55|46%|15",
    )
    assert found == dict.fromkeys(
        [
            "120 (Totaal, Balies)",
            "55 (Totaal, Met camera)",
            "25% (Noord, Aandeel)",
            "50% (Oost, Aandeel)",
            "75% (West, Aandeel)",
            "46% (Totaal, Aandeel)",
        ],
        True,
    )


def test_shares_of_a_total_may_add_up_to_one_hundred() -> None:
    found = outcomes(
        "Soort|Zaken|Aandeel", "Licht|30|30%", "Zwaar|50|50%", "Ander|20|20%", "Totaal|100|100%"
    )
    assert found["100% (Totaal, Aandeel)"] is True
    assert found["30% (Licht, Aandeel)"] is True


@pytest.mark.parametrize(
    ("wrong", "rows"),
    [
        (
            "12% (Oost, Aandeel)",
            ("Wijk|Ja|Alle|Aandeel", "Noord|10|40|25%", "Oost|12|60|12%", "West|15|20|75%"),
        ),
        (
            "-5 (Oost, Verschil)",
            ("Wijk|2009|2010|Verschil", "Noord|10|14|4", "Oost|16|12|-5", "West|15|20|5"),
        ),
        (
            "25,0% (Oost, Verandering)",
            (
                "Wijk|2009|2010|Verandering",
                "Noord|10|14|40,0%",
                "Oost|16|12|25,0%",
                "West|15|20|33,3%",
            ),
        ),
        (
            "31 (Totaal, 2010)",
            ("Wijk|2009|2010", "Noord|10|14", "Oost|16|12", "West|15|6", "Totaal|41|31"),
        ),
    ],
)
def test_the_one_cell_that_does_not_come_out_is_flagged(wrong: str, rows: tuple[str, ...]) -> None:
    found = outcomes(*rows)
    assert [claim for claim, agrees in found.items() if agrees is False] == [wrong]
    assert sum(agrees is True for agrees in found.values()) >= 1


@pytest.mark.parametrize(
    "rows",
    [
        ("Wijk|Balies|Tevreden", "Noord|40|71%", "Oost|60|64%", "Totaal|100|67%"),
        ("Wijk|2009|2010", "Noord|10|14", "Oost|16|12", "Het hele land|512|633"),
        ("Wijk|Score", "Noord|7,1", "Oost|6,4", "West|6,9", "Totaal|6,8"),
        ("Wijk|Ja|Alle|Aandeel", "Noord|10|40|31%", "Oost|12|60|12%", "West|15|20|75%"),
    ],
)
def test_what_follows_from_nothing_is_not_flagged(rows: tuple[str, ...]) -> None:
    assert False not in outcomes(*rows).values()


def test_parts_below_their_whole_and_a_sum_by_another_name_are_seen() -> None:
    parts = outcomes(
        "|2009|2010", "Klachten totaal|500|450", "waarvan licht|300|260", "waarvan zwaar|200|190"
    )
    assert parts == {
        "500 (Klachten totaal, 2009)": True,
        "450 (Klachten totaal, 2010)": True,
    }
    named = outcomes("Wijk|Balies", "Noord|140", "Oost|60", "West|20", "Drie wijken|220")
    assert named == {"220 (Drie wijken, Balies)": True}


def test_a_column_of_totals_adds_up_what_stands_before_it() -> None:
    found = outcomes(
        "Jaar|Binnen (x 1.000)|Buiten (x 1.000)|Leden totaal (x 1.000)|Boeken (x 1 mln.)",
        "2007|100|20|120|7,5",
        "2009|110|25|135|7,1",
        "2011|120|31|153|6,8",
    )
    assert list(found.values()) == [True, True, False]
    assert "153 (2011, Leden totaal (x 1.000))" in found


def test_cells_are_read_with_signs_marks_and_the_unit_of_their_column() -> None:
    table = LetterTable(
        (
            ("Soort", "Bedrag (x € 1.000)", "Mutatie", "Aandeel"),
            ("Licht", "1 250", "– 3,5%", "12 %"),
            ("Zwaar", "750*", "+ 2,0%", "88 %"),
        )
    )
    grid = grid_of(table)
    assert grid is not None
    assert [[float(v or 0) for v in row] for row in grid.values] == [
        [1_250_000, -3.5, 12],
        [750_000, 2, 88],
    ]


def test_a_row_without_its_last_cells_keeps_its_label() -> None:
    found = outcomes("Wijk|2009|2010", "Noord|10|14", "Oost|16|12", "West|15|", "Totaal|41|")
    assert found == {"41 (Totaal, 2009)": True}
