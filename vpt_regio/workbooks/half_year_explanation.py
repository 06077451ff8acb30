"""The first sheet of the half-year workbook: what it covers and what its figures mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PERIOD
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.queries.figure_tables import FigureTable
from vpt_regio.queries.half_year_notices import ExtraTime, OpenedAgain
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.workbooks.frozen import SHA256_PLACE
from vpt_regio.workbooks.half_year_source import PROVISIONAL, HalfYearSource
from vpt_regio.workbooks.spec import Kind, TextRow, TextSheet, TextStyle

MEANINGS: Final = (
    (
        "Leeg en nul",
        "Een lege cel betekent: niet bekend of niet gemeten. Een 0 betekent dat er niets was.",
    ),
    (
        "Status",
        "De status van regio's, convenanten en plannen. Is het halfjaar vastgezet,"
        " dan is dit de stand van de laatste dag van het halfjaar. Loopt het halfjaar nog, dan is"
        " dit de stand van vandaag. De dag staat hierboven bij ‘Statussen op’.",
    ),
    (
        "Vage datums",
        "Is de dag niet bekend, dan staan er de woorden uit de bron, zoals ‘eind 2010’."
        " Zo'n cel is tekst en geen datum.",
    ),
    (
        "Voorschot en aanvulling",
        "Het voorschot uit het convenant, en wat daar met ondertekende wijzigingen bij kwam."
        " Heeft een convenant meer regio's, dan staat bij elke regio haar deel. De delen samen"
        " zijn het hele bedrag. Op het blad Convenanten staat steeds het hele bedrag.",
    ),
    (
        "Begroot",
        "De begrotingsregels van de versie van het plan die geldt: de goedgekeurde versie, en"
        " anders de voorlopig vastgestelde. Op het blad Plannen van aanpak staat het bedrag van"
        " elke versie.",
    ),
    (
        "Besteed in halfjaar",
        "Alle uitgaven van de regio die in het halfjaar zijn geboekt, met de correcties.",
    ),
    (
        "Besteed totaal",
        "Alle uitgaven op het getoonde convenant tot en met de laatste dag van het halfjaar.",
    ),
    ("Resteert", "Voorschot plus aanvulling, min besteed totaal."),
    ("Besteed %", "Besteed totaal, gedeeld door voorschot plus aanvulling."),
    (
        "Urennorm halfjaar",
        "De uren per week uit het convenant, keer het aantal dagen dat het convenant in dit"
        " halfjaar van kracht was, gedeeld door 7.",
    ),
    (
        "Uren gemaakt",
        "De geboekte uren van alle projectleiders van de regio. Een week hoort bij het halfjaar"
        " waarin de donderdag van die week valt.",
    ),
    (
        "Maatregelen gedekt",
        "Het aantal maatregelen waaraan minstens één activiteit van het plan werkt. Geldt er nog"
        " geen versie van het plan, dan is de nieuwste versie geteld. Een maatregel die met een"
        " reden buiten het plan blijft, telt niet mee. Op het blad Dekking maatregelen staat"
        " daar ‘n.v.t.’, met de reden als notitie.",
    ),
    (
        "Activiteiten",
        "De activiteiten van de versie van het plan die geldt. Status, voortgang, resultaat,"
        " knelpunt en vervolg komen uit de rapportage van de regio. Zolang die niet is ingediend,"
        " zijn deze cellen leeg.",
    ),
    (
        "Oordeel",
        "Het oordeel van de regio over het halfjaar: groen, oranje of rood. Ook dit is leeg"
        " zolang de rapportage niet is ingediend.",
    ),
    (
        "Prestatiecontracten en afspraken",
        "De contracten die in dit halfjaar liepen. Een afspraak is gehaald als de laatste meting"
        " voor dit halfjaar de streefwaarde haalt. Niet gemeten is geen nul en telt niet als"
        " gehaald. Nulmeting en streefwaarde zijn die aan het eind van het halfjaar golden;"
        " eerdere staan in de notitie bij de cel.",
    ),
    (
        "Verandering",
        "Altijd berekend, nooit overgetypt: bij percentages het verschil in procentpunt, bij"
        " andere eenheden in procent van de oude waarde. Pas aan het eind wordt afgerond op één"
        " decimaal; een half gaat van nul af.",
    ),
    (
        "Subsidierondes en pilots",
        "De rondes die waren geopend en de pilots die er waren op de dag bij ‘Peildatum geld en"
        " uren’. Wat daarna is besloten, betaald of teruggevorderd, telt niet mee. Is van een"
        " ronde of pilot geen dag bekend, dan telt zij mee als zij voor de brief is vastgelegd."
        " Kent een bron een aantal of bedrag niet, dan is de cel leeg. In de notitie staat wat wel"
        " bekend is. Kolommen waarin dat kan, hebben daarom geen totaal.",
    ),
    (
        "Bijlage pilots",
        "De pilots die voor het eerst subsidie kregen in dit halfjaar, in de volgorde van"
        " toekenning. Is die dag niet bekend, dan hoort een pilot bij het halfjaar waarin zijn"
        " ronde sloot. Een later besluit over dezelfde aanvraag verandert dat niet.",
    ),
    (
        "Cijfers en cijfercontrole",
        "De cijferreeksen van het programma, elk met bron en peildatum. Op het blad Cijfercontrole"
        " staat wat een bron zegt naast wat uit de cijfers volgt. Het klopt als de berekening,"
        " afgerond op evenveel decimalen als de bron, hetzelfde getal geeft.",
    ),
)

SOURCES: Final = "Bronnen"

REASONS: Final = {
    ReportStatus.NOT_STARTED: "De regio is nog niet aan de rapportage begonnen.",
    ReportStatus.DRAFT: "De regio schrijft nog aan de rapportage.",
    ReportStatus.SUBMITTED: "De rapportage is ingediend. De accountmanager beoordeelt die nog.",
    ReportStatus.RETURNED: "De rapportage is teruggestuurd.",
    ReportStatus.LATE: "De termijn is voorbij en de rapportage is niet ingediend.",
    ReportStatus.EXCUSED: "De regio heeft uitstel en heeft nog niets ingediend.",
    ReportStatus.MISSING: "De brief is verstuurd zonder rapportage van deze regio.",
}


def _lines(source: HalfYearSource) -> Iterator[TextRow]:
    yield from _identity(source)
    yield from _undelivered(source)
    yield TextRow("")
    yield TextRow("Wat de cijfers betekenen", style=TextStyle.HEADING)
    for label, meaning in MEANINGS:
        yield TextRow(label, meaning, Kind.LONG_TEXT)
    yield TextRow("")
    yield TextRow(SOURCES, style=TextStyle.HEADING)
    yield TextRow(
        "Cijfers",
        "De registratie van dit programma in VPT Regio: convenanten, plannen van aanpak, geboekte"
        " uren en uitgaven, subsidies en de halfjaarrapportages van de regio's.",
        Kind.LONG_TEXT,
    )
    for table in source.figure_tables:
        yield TextRow(table.figure_set.title, _delivered(table), Kind.LONG_TEXT)
    for version, origin in _lists(source):
        yield TextRow(f"Maatregelen, lijst {version}", origin, Kind.LONG_TEXT)


def _identity(source: HalfYearSource) -> Iterator[TextRow]:
    period, extent = source.period, source.extent
    yield TextRow(f"Voortgangsoverzicht {period.name}", style=TextStyle.TITLE)
    yield TextRow("Programma", period.programme.name)
    yield TextRow("Ministerie", period.programme.ministry)
    yield TextRow("Halfjaar", f"{period.name} ({period.code})")
    yield TextRow("Van", period.starts_on, Kind.DATE)
    yield TextRow("Tot en met", period.ends_on, Kind.DATE)
    yield TextRow("Peildatum geld en uren", min(period.ends_on, extent.as_of), Kind.DATE)
    yield TextRow("Statussen op", extent.as_of, Kind.DATE)
    yield TextRow("Lopende convenanten", _running(source))
    yield TextRow("Brief aan de Tweede Kamer", period.letter_on, Kind.DATE)
    yield TextRow(
        "Rapportages uiterlijk op", period.due_on(DeadlineKind.REPORTS_SUBMITTED), Kind.DATE
    )
    yield TextRow("Status van het halfjaar", PERIOD.state(period.status).label)
    yield from _version(source)
    yield TextRow("Gemaakt op", f"{source.made_at.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}")
    yield TextRow("Gemaakt door", source.made_by)
    yield TextRow("Meer informatie", "Open dit halfjaar in VPT Regio", link=_page(source))


def _version(source: HalfYearSource) -> Iterator[TextRow]:
    if source.version is None:
        status = f"{PROVISIONAL}: de cijfers zijn niet vastgezet en kunnen nog veranderen"
        yield TextRow("Status van dit overzicht", status, Kind.LONG_TEXT)
        yield TextRow("Vastgezette versie", "geen: er is dus ook geen volgnummer en geen SHA-256")
        return
    status = f"vastgesteld, versie {source.version}: de cijfers zijn vastgezet"
    yield TextRow("Status van dit overzicht", status, Kind.LONG_TEXT)
    yield TextRow("Vastgezette versie", source.version, Kind.INTEGER)
    yield TextRow("SHA-256 van de versie", SHA256_PLACE, Kind.LONG_TEXT)


def _running(source: HalfYearSource) -> str:
    """Both numbers, since one covenant may cover several regions."""
    covered = [
        row.covenant_id for row in source.regions if row.covenant_status is CovenantStatus.IN_FORCE
    ]
    covenants = len(set(covered))
    of_covenants = "convenant" if covenants == 1 else "convenanten"
    of_regions = "regio" if len(covered) == 1 else "regio's"
    return f"{covenants} {of_covenants} in {len(covered)} {of_regions}"


def _page(source: HalfYearSource) -> str:
    return source.link("halfjaren", source.period.code)


def _undelivered(source: HalfYearSource) -> Iterator[TextRow]:
    yield TextRow("")
    yield TextRow("Regio's zonder aangenomen rapportage", style=TextStyle.HEADING)
    if not source.undelivered:
        yield TextRow("Geen", "Alle rapportages die zijn gevraagd, zijn aangenomen.")
    for row in source.undelivered:
        yield TextRow(row.name, _reason(row, source), Kind.LONG_TEXT)
    yield TextRow("")
    yield TextRow("Uitstel en heropening", style=TextStyle.HEADING)
    notices = source.notices
    if not notices.extra_time and not notices.reopenings:
        yield TextRow("Geen", "Geen regio kreeg uitstel en er is niets heropend.")
    for extra in notices.extra_time:
        yield TextRow(f"Uitstel: {extra.region}", _extra_time(extra), Kind.LONG_TEXT)
    for opened in notices.reopenings:
        yield TextRow(f"Heropening {opened.reference}", _opened(opened, source), Kind.LONG_TEXT)


def _reason(row: RegionRow, source: HalfYearSource) -> str:
    status = row.report_status
    assert status is not None  # noqa: S101  # only regions that owe a report are listed
    note = source.return_notes.get(row.region_id)
    why = source.notices.explanations.get(row.region_id)
    said = f"{REASONS[status]} Reden: {note}" if note else REASONS[status]
    return f"{said} Toelichting: {why}" if why else said


def _extra_time(extra: ExtraTime) -> str:
    said = f"Uitstel tot en met {extra.extended_to:%d-%m-%Y}. Reden: {extra.reason}"
    if extra.withdrawn_on is None:
        return said
    return f"{said} Dit uitstel is op {extra.withdrawn_on:%d-%m-%Y} ingetrokken."


def _opened(opened: OpenedAgain, source: HalfYearSource) -> str:
    """The decision as the colophon prints it; what still holds is worked off in this version."""
    what = f"regio {opened.region}" if opened.region else "wat bij geen regio hoort"
    said = (
        f"Op {opened.decided_on:%d-%m-%Y} is {what} heropend, tot en met"
        f" {opened.expires_on:%d-%m-%Y}. Reden: {opened.reason}"
    )
    if opened.version_no is not None:
        return f"{said} Verwerkt in versie {opened.version_no}."
    if opened.closed_on is not None:
        return f"{said} Beëindigd op {opened.closed_on:%d-%m-%Y} zonder nieuwe versie."
    if opened.expires_on < source.made_at.astimezone(AMSTERDAM).date():
        return f"{said} Verlopen zonder nieuwe versie."
    return f"{said} Verwerkt in versie {source.version}." if source.version else said


def _delivered(table: FigureTable) -> str:
    """Where the newest figures of a set come from; without a delivery there are none yet."""
    if table.latest is None:
        return "nog geen cijfers"
    scope = f" {table.latest.scope_note}" if table.latest.scope_note else ""
    return f"{table.latest.source}, peildatum {table.latest.cutoff_on:%d-%m-%Y}.{scope}"


def _lists(source: HalfYearSource) -> Iterator[tuple[str, str]]:
    """The versions of the list of measures in use, with where each comes from."""
    origins: dict[str, dict[str, None]] = {}
    for measure in source.measures:
        origins.setdefault(measure.list_version, {})[measure.source] = None
    for version, sources in origins.items():
        yield version, "; ".join(source for source in sources if source) or "niet in bron"


EXPLANATION = TextSheet("explanation", "Toelichting", _lines, contents=True)
