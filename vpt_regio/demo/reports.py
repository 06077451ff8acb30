"""Fiction: the half-year reports of the regions. No source tells what each region reported."""

from dataclasses import dataclass, field
from datetime import date

from vpt_regio.demo.people import BRABANT, FIRST_MANAGER, SECOND_MANAGER, THIRD_MANAGER
from vpt_regio.domain.enums import ActivityStatus, DutyScore, Rag

RESULTS = (
    "Voorbeeldtekst. De partners kwamen drie keer bij elkaar. Meer werkgevers leggen voorvallen"
    " vast en weten bij wie zij terechtkunnen."
)
OUTLOOK = (
    "Voorbeeldtekst. Volgend halfjaar helpen de partners elkaar met trainingen en met een snelle"
    " reactie aan de dader."
)


@dataclass(frozen=True)
class Delay:
    """An activity that does not go as planned, and why."""

    key: str
    percent: int
    obstacle: str
    status: ActivityStatus = ActivityStatus.DELAYED


@dataclass(frozen=True)
class ReportContent:
    """The report of a region on a period; a day that is None did not come (yet)."""

    region: str
    period: str
    author: str
    started_on: date
    rag: Rag | None = Rag.GREEN
    rag_explanation: str = ""
    obstacles: str = ""
    delays: tuple[Delay, ...] = ()
    submitted_on: date | None = None
    manager: str = ""
    returned_on: date | None = None
    return_note: str = ""
    resubmitted_on: date | None = None
    accepted_on: date | None = None
    scores: tuple[DutyScore, ...] = ()
    """Of the watch duties, in their order; nothing: the account manager gave no judgement."""
    results: str = field(default=RESULTS)
    outlook: str = field(default=OUTLOOK)


def leader(code: str) -> str:
    return f"projectleider.{code}@vpt.example"


GOING_WELL = (DutyScore.SUFFICIENT,) * 5 + (DutyScore.PARTIAL,)
LAGGING = (DutyScore.PARTIAL,) * 2 + (DutyScore.SUFFICIENT,) * 2 + (DutyScore.NOT_YET,) * 2
SUCCESSOR_LEADER = "opvolger.amsterdam-amstelland@vpt.example"

REPORTS_2011 = (
    ReportContent(
        region="groningen",
        period="2011-2",
        author=leader("groningen"),
        started_on=date(2012, 1, 9),
        submitted_on=date(2012, 1, 16),
        manager=FIRST_MANAGER,
        accepted_on=date(2012, 1, 23),
        scores=GOING_WELL,
    ),
    ReportContent(
        region="amsterdam-amstelland",
        period="2011-2",
        author=SUCCESSOR_LEADER,
        started_on=date(2012, 1, 10),
        rag=Rag.AMBER,
        rag_explanation="Voorbeeld: de overdracht aan een nieuwe projectleider kostte tijd.",
        obstacles="Voorbeeldtekst. In december was er weinig tijd voor overleg.",
        delays=(Delay("register", 20, "Voorbeeld: twee werkgevers wachten op nieuwe software."),),
        submitted_on=date(2012, 1, 19),
        manager=SECOND_MANAGER,
        returned_on=date(2012, 1, 24),
        return_note="Voorbeeld: beschrijf ook wat de training tot nu toe heeft opgeleverd.",
        resubmitted_on=date(2012, 1, 30),
        accepted_on=date(2012, 2, 2),
        scores=LAGGING,
    ),
    ReportContent(
        region="noord-en-oost-gelderland",
        period="2011-2",
        author=leader("noord-en-oost-gelderland"),
        started_on=date(2012, 1, 11),
        submitted_on=date(2012, 1, 18),
        manager=SECOND_MANAGER,
        accepted_on=date(2012, 1, 26),
        scores=GOING_WELL,
    ),
    ReportContent(
        region="midden-west-brabant",
        period="2011-2",
        author=leader("midden-west-brabant"),
        started_on=date(2012, 1, 16),
        rag=Rag.RED,
        rag_explanation="Voorbeeld: het overleg met Zeeland vroeg tijd; twee activiteiten liggen"
        " stil.",
        obstacles="Voorbeeldtekst. De partners willen eerst weten hoe zij samen verdergaan.",
        delays=(
            Delay("norm", 15, "Voorbeeld: er is nog geen gezamenlijk ontwerp."),
            Delay("train", 10, "Voorbeeld: de trainers waren niet beschikbaar."),
        ),
        # six days after the deadline
        submitted_on=date(2012, 1, 25),
        manager=SECOND_MANAGER,
        accepted_on=date(2012, 1, 31),
        scores=LAGGING,
    ),
    ReportContent(
        region="zeeland",
        period="2011-2",
        author=leader("zeeland"),
        started_on=date(2012, 1, 10),
        submitted_on=date(2012, 1, 17),
        manager=THIRD_MANAGER,
        accepted_on=date(2012, 1, 24),
        scores=GOING_WELL,
    ),
)

REPORTS_2012 = (
    ReportContent(
        region="groningen",
        period="2012-1",
        author=leader("groningen"),
        started_on=date(2012, 7, 5),
        submitted_on=date(2012, 7, 9),
        manager=FIRST_MANAGER,
        accepted_on=date(2012, 7, 12),
    ),
    ReportContent(
        region="amsterdam-amstelland",
        period="2012-1",
        author=SUCCESSOR_LEADER,
        started_on=date(2012, 7, 6),
        rag=Rag.AMBER,
        rag_explanation="Voorbeeld: het registreren bleef achter bij de planning.",
        delays=(Delay("register", 70, "Voorbeeld: één werkgever is nog niet overgestapt."),),
        submitted_on=date(2012, 7, 11),
    ),
    ReportContent(
        region="noord-en-oost-gelderland",
        period="2012-1",
        author=leader("noord-en-oost-gelderland"),
        started_on=date(2012, 7, 5),
        delays=(
            Delay(
                "respond",
                40,
                "Voorbeeld: de werkgevers kiezen een eigen draaiboek.",
                ActivityStatus.CANCELLED,
            ),
        ),
        submitted_on=date(2012, 7, 6),
        manager=SECOND_MANAGER,
        returned_on=date(2012, 7, 10),
        return_note="Voorbeeld: leg uit waarom het draaiboek is vervallen en wat ervoor komt.",
    ),
    ReportContent(
        region=BRABANT,
        period="2012-1",
        author=leader(BRABANT),
        started_on=date(2012, 7, 9),
        rag=None,
        outlook="",
    ),
    ReportContent(
        region="midden-nederland",
        period="2012-1",
        author=leader("midden-nederland"),
        started_on=date(2012, 7, 10),
        submitted_on=date(2012, 7, 12),
    ),
    ReportContent(
        region="ijsselland",
        period="2012-1",
        author=leader("ijsselland"),
        started_on=date(2012, 7, 13),
        rag=None,
        results="",
        outlook="",
    ),
)

REPORTS = REPORTS_2011 + REPORTS_2012


def progress(starts_on: date, ends_on: date, day: date) -> tuple[ActivityStatus, int]:
    """Return how far an activity that goes as planned is on a day: status and percent."""
    if day < starts_on:
        return ActivityStatus.NOT_STARTED, 0
    if day >= ends_on:
        return ActivityStatus.DONE, 100
    share = (day - starts_on).days / (ends_on - starts_on).days
    return ActivityStatus.RUNNING, max(round(share * 18) * 5, 5)
