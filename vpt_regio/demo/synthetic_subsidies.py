"""A synthetic subsidy round for each half-year: an application from each region, and decisions."""

from datetime import date, timedelta

from vpt_regio import clock
from vpt_regio.demo import world
from vpt_regio.demo.subsidies import ARRANGEMENT_SOURCE, ARRANGEMENTS, ARRANGEMENTS_FROM
from vpt_regio.demo.synthetic_life import HOLDER, OFFICER, Life
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.subsidy_codes import ProposalKind, RejectionGround
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.application_contents import ApplicationData, LineData
from vpt_regio.services.applications import start_application, submit_application, take_up
from vpt_regio.services.pilot_money import record_payment
from vpt_regio.services.subsidy_decisions import decide_application
from vpt_regio.services.subsidy_proposals import LineProposal, propose
from vpt_regio.services.subsidy_round_checks import RoundData
from vpt_regio.services.subsidy_rounds import finish_round, open_round, start_round
from vpt_regio.services.subsidy_schemes import SchemeData, set_limits, start_scheme

SCHEME = "Voorbeeldregeling"
OPENS, RECEIVED, CLOSES, PROPOSED, DECIDED, PAID = 7, 30, 60, 75, 80, 95
"""Days after the first day of a half-year."""
KINDS = (
    ProposalKind.GRANT,
    ProposalKind.GRANT,
    ProposalKind.PARTIAL_GRANT,
    ProposalKind.REJECTION,
)
LINES = (("Training", 1_500_00), ("Materiaal", 500_00))
REASON = "Voorbeeld: volgens de regels van de ronde."


def begin() -> None:
    """Make the scheme of all rounds, with the limits of the arrangements."""
    officer = world.person(OFFICER)
    start_scheme(get_programme(), data=SchemeData(SCHEME, legal_basis="Voorbeeld"), actor=officer)
    set_limits(
        get_programme(),
        second_from_cents=ARRANGEMENTS[2],
        third_from_cents=ARRANGEMENTS[3],
        holds_from=ARRANGEMENTS_FROM,
        source=ARRANGEMENT_SOURCE,
        actor=officer,
    )


def hold_round(half: HalfYear, lives: list[Life]) -> None:
    """Let each region apply in the round of a half-year, and decide on all of them."""
    officer = world.person(OFFICER)
    with clock.at(_day(half, 1)):
        in_round = start_round(
            world.scheme(SCHEME),
            data=RoundData(
                name=f"Ronde {half.code}",
                opens=FuzzyDate.exactly(_day(half, OPENS)),
                closes=FuzzyDate.exactly(_day(half, CLOSES)),
            ),
            actor=officer,
        )
        open_round(in_round, actor=officer)
    for life in lives:
        _apply(in_round, life, half, officer)
    with clock.at(_day(half, PAID)):
        finish_round(in_round, actor=officer)


def _apply(in_round: SubsidyRound, life: Life, half: HalfYear, officer: Person) -> None:
    chances = life.chances(f"subsidy/{half.code}")
    with clock.at(_day(half, RECEIVED)):
        application = start_application(
            in_round, _data(life, half, times=chances.randint(1, 40)), actor=officer
        )
        submit_application(application, actor=officer)
    with clock.at(_day(half, PROPOSED)):
        take_up(application, actor=officer)
        proposal = _propose(application, chances.choice(KINDS), officer)
    with clock.at(_day(half, DECIDED)):
        decide_application(proposal, note="", actor=world.person(HOLDER))
    pilot = pilot_of(application)
    if pilot is not None and pilot.granted_cents:
        db.session.expire(pilot)
        with clock.at(_day(half, PAID)):
            record_payment(
                pilot,
                amount_cents=pilot.granted_cents // 2,
                paid_on=clock.today(),
                reference=f"Voorbeeld {pilot.id}",
                actor=officer,
            )


def _data(life: Life, half: HalfYear, *, times: int) -> ApplicationData:
    starts_on = _day(half, PAID)
    return ApplicationData(
        organisation_name=life.organisation,
        place=life.name,
        contact_name="",
        contact_email=life.leader,
        title=f"Voorbeeldpilot {life.number:03} in {half.code}",
        description="Voorbeeld: medewerkers oefenen.\nVoorbeeld: er wordt gemeten.",
        hypothesis="",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=365),
        measure_ids=(world.measure(f"M{1 + life.number % 8}").id,),
        lines=tuple(LineData(name, cents * times) for name, cents in LINES),
        region_id=world.region(life.code).id,
    )


def _propose(
    application: SubsidyApplication, kind: ProposalKind, officer: Person
) -> SubsidyProposal:
    if kind is ProposalKind.REJECTION:
        return propose(
            application, kind, ground=RejectionGround.QUALITY, reasoning=REASON, actor=officer
        )
    first, second = application.lines
    part = second.requested_cents if kind is ProposalKind.GRANT else 0
    lines = (
        LineProposal(first.id, first.requested_cents),
        LineProposal(second.id, part, "" if part else REASON),
    )
    return propose(application, kind, lines=lines, reasoning=REASON, actor=officer)


def _day(half: HalfYear, days: int) -> date:
    return half.start + timedelta(days=days)
