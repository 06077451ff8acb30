"""The map of tiles."""

from collections import Counter

from vpt_regio.domain.tiles import PROVINCES, TILE_CODES, TILES


def test_every_police_region_has_a_place_of_its_own() -> None:
    assert len(TILES) == 25
    assert len(TILE_CODES) == 25
    assert len({tile.short for tile in TILES}) == 25
    assert len({(tile.column, tile.row) for tile in TILES}) == 25


def test_the_twelve_provinces_hold_each_tile_once() -> None:
    assert len(PROVINCES) == 12
    held = Counter(code for codes in PROVINCES.values() for code in codes)
    assert held == Counter(TILE_CODES)
