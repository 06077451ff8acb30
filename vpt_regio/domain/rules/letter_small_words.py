"""Words that are not about anything: they name no row of a table and narrow none down."""

import re
from typing import Final

_TEXT: Final = """
    a aan aantal aantallen aanzienlijk aanzienlijke achter af afgelopen afgerond afgetekend
    afzonderlijk al aldus alle alleen als alsmede andere ans april augustus bedraagt bedragen
    bedroeg beeld begin behoorlijk behoorlijke beide bekend beliep beloopt beschouwd bestaat
    bestond betekende betekenden betekent betreft betrof bij bijna binnen bleef blijft blijkt
    boven bovendien ca cijfer cijfers circa daalde daalden daar daarbij daardoor daarentegen
    daarmee daarna daarnaast daarom daarop daaruit daarvan daarvoor dan dankzij dat de december
    dergelijke deze dit ditmaal door doordat duidelijk duidelijke dus echter een eerder eerdere
    eerst eerste eind elk en enkele er ervan ervoor euro eveneens exact februari figuur flink
    flinke formeel fors forse gaan gaat gebleven gedaan gedurende geen geheel gehele gekomen
    geleden geleid gelijk gelukkig gemeld gemelde gemiddeld genomen gerapporteerd gerapporteerde
    geregistreerd geregistreerde geregistreerden geteld ging gingen gunstig haar had hadden
    halfjaar halve heb hebben heeft heel helaas hele helft hen het hierdoor hiermee hierop
    hieruit hiervan hij hoger hoogte hun ieder immers in inclusief inmiddels is jaar jaarlijks
    jaarwisseling januari jaren jl juli juni kan keer kende kent keren komen komt kortom kwam
    kwamen kwartaal laat laatste later licht lichte liefst ligt maal maand maanden maar maart
    medio meer meest meeste mei men met meting metingen mijn minder na naar nader nam namelijk
    namen nauwelijks neemt nemen niet nieuwe niveau nog nogal november nu nulmeting of oktober
    om omdat omvang onder ongeveer ons ontwikkeling ook op opmerkelijk opnieuw opvallend
    opzichte over peiling per percentage periode plaatsgevonden positief precies precieze
    procent procentpunt procentpunten reeds registratie relatief resp respectievelijk resultaat
    resultaten ronde ruim ruime samen seizoen september sinds situatie slechts sluit sprake
    steeds steeg stegen sterk sterke stevig stevige stond stuks tabel tegen tegenover telde
    telden telt ten tenslotte ter terwijl tevens tijdens toch toe tonen toont tot totaal
    totaalaantal totale totaliter trend tussen tweede uit uiteindelijk uitgekomen uw vaak van
    vanaf vandaag vastgesteld veel verder vergeleken vergelijkbaar vergelijkbare vergelijking
    via viel vier volgende volgens voor voorgaand voorgaande vorig vorige vrijwel waar waarbij
    waarde waardoor waarmee waarvan waren was wat we week weer weken wel welk welke werd werden
    weten wie wij wijst worden wordt ze zeer zich zie zien zijn zijnde zo zoals zodat zogenaamde
    zowel één
"""

SMALL_WORDS: Final = frozenset(re.findall(r"\S+", _TEXT))
