"""Words that are not about anything: they name no row of a table and narrow none down."""

import re
from typing import Final

_TEXT: Final = """
    a aan aanleiding aantal aantallen aanzienlijk aanzienlijke achter af afgelopen afgerond
    afgetekend afzonderlijk al aldus alle alleen als alsmede andere ans april augustus bedraagt
    bedragen bedroeg beeld begin behoorlijk behoorlijke beide bekend beliep beloopt beperkt
    beperkte beschouwd bestaat bestond betekende betekenden betekent betreft betrof bij bijlage
    bijna binnen bleef blijft blijkt boekjaar boven bovendien bovenstaande brief ca cijfer
    cijferreeks cijfers circa daadwerkelijk daalde daalden daar daarbij daardoor daarentegen
    daarmee daarna daarnaast daarom daarop daaruit daarvan daarvoor dan dankzij dat de december
    dergelijke deze dit ditmaal door doordat duidelijk duidelijke dus echter een eerder eerdere
    eerst eerste eerstvolgende eind elk en enkele er ervan ervoor euro eveneens exact februari
    feitelijk figuur flink flinke formeel formele fors forse gaan gaat gebleven gedaan gedurende
    geen gegevens geheel gehele gekomen geleden geleid gelijk gelukkig gemeld gemelde genomen
    gerapporteerd gerapporteerde geregistreerd geregistreerde geregistreerden gering geringe
    geteld ging gingen grafiek groot grote gunstig haar had hadden halfjaar halve heb hebben
    heeft heel helaas hele helft hen het hierdoor hiermee hierop hieruit hiervan hij hoger
    hoogte hun ieder immers in inclusief inmiddels is jaar jaarlijks jaarwisseling januari jaren
    jl juli juni kalenderjaar kan keer kende kent keren klein kleine komen komt kortom kwam
    kwamen kwartaal laat laatste landelijk landelijke later licht lichte liefst ligt maal maand
    maanden maar maart medio meer meest meeste mei men met meting metingen mijn minder na naar
    nader nam namelijk namen nauwelijks neemt nemen niet nieuwe niveau nog nogal nogmaals
    november nu nulmeting of oktober om omdat omvang onder onderstaande onderzochte ongeveer ons
    ontwikkeling ook op opmerkelijk opnieuw opvallend opzichte oudejaarsdag over overzicht
    peildatum peiling per percentage periode plaatsgevonden positief precies precieze procent
    procentpunt procentpunten rapportage rapportageperiode reeds registratie relatief resp
    respectievelijk resultaat resultaten ronde ruim ruime samen schooljaar seizoen september
    sinds situatie slechts sluit sprake stand steeds steeg stegen sterk sterke stevig stevige
    stond stuks tabel tabellen tegen tegenover telde telden telt ten tenslotte ter terwijl
    tevens tijdens toch toe tonen toont tot totaal totaalaantal totale totaliter trend tussen
    tweede uit uiteindelijk uitgekomen uitkomsten uw vaak van vanaf vandaag vastgesteld veel
    verder verdere vergeleken vergelijkbaar vergelijkbare vergelijking verslagjaar
    verslagperiode via viel vier volgende volgens voor voorgaand voorgaande voortgangsrapportage
    vorig vorige vrijwel waar waarbij waarde waardoor waarmee waarvan waren was wat we wederom
    week weer weken wel welk welke werd werden weten wie wij wijst worden wordt ze zeer zich zie
    zien zijn zijnde zo zoals zodat zogenaamde zowel één
"""

SMALL_WORDS: Final = frozenset(re.findall(r"\S+", _TEXT))
