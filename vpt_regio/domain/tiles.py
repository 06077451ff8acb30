"""The map of the country as equal tiles: one tile a police region, in its rough place.

There were 25 police regions until 2013; a province is a set of their tiles.
"""

from dataclasses import dataclass

from vpt_regio.domain.text import N_


@dataclass(frozen=True)
class Tile:
    """A tile: its place on the map (from the top left corner, counted from 0) and its names."""

    code: str
    column: int
    row: int
    name: str
    short: str


TILES: tuple[Tile, ...] = (
    Tile("fryslan", 4, 0, N_("Fryslân"), "FRL"),
    Tile("groningen", 5, 0, N_("Groningen"), "GRN"),
    Tile("noord-holland-noord", 2, 1, N_("Noord-Holland Noord"), "NHN"),
    Tile("drenthe", 5, 1, N_("Drenthe"), "DRE"),
    Tile("kennemerland", 1, 2, N_("Kennemerland"), "KEN"),
    Tile("zaanstreek-waterland", 2, 2, N_("Zaanstreek-Waterland"), "ZWA"),
    Tile("flevoland", 3, 2, N_("Flevoland"), "FLE"),
    Tile("ijsselland", 4, 2, N_("IJsselland"), "IJS"),
    Tile("twente", 5, 2, N_("Twente"), "TWE"),
    Tile("hollands-midden", 1, 3, N_("Hollands Midden"), "HMI"),
    Tile("amsterdam-amstelland", 2, 3, N_("Amsterdam-Amstelland"), "AMS"),
    Tile("gooi-en-vechtstreek", 3, 3, N_("Gooi en Vechtstreek"), "GVE"),
    Tile("gelderland-midden", 4, 3, N_("Gelderland-Midden"), "GEM"),
    Tile("noord-en-oost-gelderland", 5, 3, N_("Noord- en Oost-Gelderland"), "NOG"),
    Tile("haaglanden", 0, 4, N_("Haaglanden"), "HGL"),
    Tile("rotterdam-rijnmond", 1, 4, N_("Rotterdam-Rijnmond"), "RIJ"),
    Tile("zuid-holland-zuid", 2, 4, N_("Zuid-Holland-Zuid"), "ZHZ"),
    Tile("utrecht", 3, 4, N_("Utrecht"), "UTR"),
    Tile("gelderland-zuid", 4, 4, N_("Gelderland-Zuid"), "GEZ"),
    Tile("zeeland", 0, 5, N_("Zeeland"), "ZEE"),
    Tile("midden-en-west-brabant", 2, 5, N_("Midden- en West-Brabant"), "MWB"),
    Tile("brabant-noord", 3, 5, N_("Brabant-Noord"), "BRN"),
    Tile("limburg-noord", 4, 5, N_("Limburg-Noord"), "LIN"),
    Tile("brabant-zuid-oost", 3, 6, N_("Brabant Zuid-Oost"), "BZO"),
    Tile("limburg-zuid", 4, 6, N_("Limburg-Zuid"), "LIZ"),
)

TILE_CODES: frozenset[str] = frozenset(tile.code for tile in TILES)

PROVINCES: dict[str, tuple[str, ...]] = {
    "drenthe": ("drenthe",),
    "flevoland": ("flevoland",),
    "fryslan": ("fryslan",),
    "gelderland": ("gelderland-midden", "gelderland-zuid", "noord-en-oost-gelderland"),
    "groningen": ("groningen",),
    "limburg": ("limburg-noord", "limburg-zuid"),
    "noord-brabant": ("brabant-noord", "brabant-zuid-oost", "midden-en-west-brabant"),
    "noord-holland": (
        "amsterdam-amstelland",
        "gooi-en-vechtstreek",
        "kennemerland",
        "noord-holland-noord",
        "zaanstreek-waterland",
    ),
    "overijssel": ("ijsselland", "twente"),
    "utrecht": ("utrecht",),
    "zeeland": ("zeeland",),
    "zuid-holland": ("haaglanden", "hollands-midden", "rotterdam-rijnmond", "zuid-holland-zuid"),
}
"""Province → the tiles that form it; no tile lies in two provinces."""
