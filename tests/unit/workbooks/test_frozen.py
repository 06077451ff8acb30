"""Cells as plain values and back, the rows of a next version, and its errata."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from vpt_regio.domain.rules.errata import paired
from vpt_regio.workbooks.plain import canonical, from_plain, to_plain
from vpt_regio.workbooks.renewal import Opened, errata_of, realigned, renewed
from vpt_regio.workbooks.spec import Kind, Typed

SITE = "https://vpt.example"
LIMBURG = Opened("HO-1", "Te laag.", frozenset({"limburg"}))
NATIONAL = Opened("HO-2", "Een ronde.")
COLUMNS = [
    {"key": "region", "header": "Regio", "kind": "text"},
    {"key": "amount", "header": "Bedrag", "kind": "money"},
    {"key": "link", "header": "Link", "kind": "link"},
]
DECLARED = {"title": "Blad", "columns": COLUMNS}


def row(region: str, amount: int | None, link: str = "/a", note: str = "") -> dict[str, Any]:
    regions = [] if region == "-" else [region]
    return {
        "cells": [region, amount, link],
        "notes": {"amount": note} if note else {},
        "regions": regions,
    }


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, Kind.MONEY),
        (True, Kind.TEXT),
        ("n.v.t.", Kind.INTEGER),
        (12_34, Kind.MONEY),
        (date(2012, 2, 29), Kind.DATE),
        (Decimal("1.50"), Kind.DECIMAL),
        (Fraction(1, 3), Kind.PERCENT),
        (0.1, Kind.NUMBER),
        (Typed(Kind.EXACT_PERCENT, Fraction(427, 1000)), Kind.MIXED),
    ],
)
def test_a_cell_keeps_its_type(value: object, kind: Kind) -> None:
    stored = canonical(to_plain(value, kind))
    again = from_plain(json.loads(stored), kind, SITE)
    assert (again, type(again)) == (value, type(value))


def test_a_path_gets_its_site_and_what_no_cell_holds_is_refused() -> None:
    assert from_plain("/regios/limburg", Kind.LINK, SITE) == f"{SITE}/regios/limburg"
    assert from_plain("/regios/limburg", Kind.TEXT, SITE) == "/regios/limburg"
    with pytest.raises(TypeError):
        to_plain(object(), Kind.MONEY)


def test_only_what_was_opened_is_renewed_and_stays_in_its_place() -> None:
    old = [row("-", 1), row("limburg", 2), row("oost", 3), row("limburg", 4)]
    new = [row("-", 9), row("limburg", 5), row("oost", 9)]
    assert renewed(old, new, [LIMBURG]) == [row("-", 1), row("limburg", 5), row("oost", 3)]
    assert renewed(old, new, [NATIONAL])[0] == row("-", 9)
    assert renewed([row("-", 1), row("oost", 3)], new, [LIMBURG]) == [
        row("-", 1), row("limburg", 5), row("oost", 3),
    ]  # fmt: skip


def test_errata_name_each_cell_and_its_decision() -> None:
    old = [row("oost", 1), row("limburg", 100), row("limburg", 700, "/b")]
    new = [row("oost", 2), row("limburg", 250, note="herzien"), row("limburg", 700, "/b")]
    found = list(errata_of(DECLARED, old, new, [LIMBURG]))
    assert [(one.row, one.column, one.was, one.becomes, one.decision) for one in found] == [
        ("3: limburg", "Bedrag", Typed(Kind.MONEY, 100), Typed(Kind.MONEY, 250), "HO-1"),
        ("3: limburg", "Bedrag (notitie)", None, "herzien", "HO-1"),
    ]


def test_whole_rows_come_and_go() -> None:
    gone, come = [row("limburg", 100)], [row("limburg", 100), row("limburg", 300, "/b")]
    (added,) = errata_of(DECLARED, gone, come, [LIMBURG])
    assert (added.column, added.was) == ("(hele rij)", None)
    assert str(added.becomes).startswith("Regio: limburg; Bedrag: €")
    (dropped,) = errata_of(DECLARED, come, gone, [LIMBURG])
    assert (dropped.row, dropped.becomes) == ("3: limburg (vervallen)", None)


def test_a_row_without_a_first_cell_is_named_by_its_next() -> None:
    nameless, empty = row("limburg", 500), row("limburg", None)
    nameless["cells"][0] = empty["cells"][0] = None
    found = errata_of(DECLARED, [], [nameless, empty], [LIMBURG])
    assert [one.row for one in found] == ["2: €\u00a05,00", "3"]


def test_rows_pair_by_what_stayed_the_same() -> None:
    old = [["a", "1", "x"], ["b", "2", "y"]]
    assert paired(old, [["a", "9", "x"], ["c", "7", "z"], ["b", "2", "y"]]) == [
        (0, 0), (None, 1), (1, 2),
    ]  # fmt: skip


def test_columns_that_were_declared_later_stay_empty() -> None:
    now = {"columns": [COLUMNS[0], {"key": "new"}, COLUMNS[1]]}
    assert realigned([row("oost", 3)], DECLARED, now)[0]["cells"] == ["oost", None, 3]
