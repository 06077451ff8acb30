"""How pilots ran: paid, reported, changed, settled, and what they taught."""

from collections.abc import Iterator
from functools import partial

from vpt_regio.demo import people, subsidies, subsidies_2012, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.subsidies_2012 import HOSPITAL, HOUSING, TRANSPORT, YOUTH_CARE, Paid
from vpt_regio.domain.subsidy_codes import (
    NoticeKind,
    PilotOutcome,
    ProgressState,
    ReportLineKind,
)
from vpt_regio.models.people import Person
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.settlements import open_proposal
from vpt_regio.services.final_reports import (
    FinalReportData,
    ReportLineData,
    accept_final_report,
    submit_final_report,
    write_final_report,
)
from vpt_regio.services.objections import record_objection
from vpt_regio.services.pilot_contents import PilotData
from vpt_regio.services.pilot_money import InstalmentRow, plan_instalments, record_payment
from vpt_regio.services.pilot_notices import answer_notice, give_notice
from vpt_regio.services.pilot_progress import record_progress
from vpt_regio.services.pilots import close_pilot, end_pilot, import_pilot, record_outcome
from vpt_regio.services.recoveries import demand_recovery, receive_recovery
from vpt_regio.services.settlements import decide_settlement, propose_settlement

TRANSPORT_LEADER = "projectleider.groningen@vpt.example"
YOUTH_CARE_LEADER = "projectleider.noord-en-oost-gelderland@vpt.example"


def steps() -> Iterator[Step]:
    """Yield the steps after the decisions on applications."""
    for facts in subsidies.PILOTS_2011:
        yield Step(subsidies.LISTED_ON, partial(_pilot_2011, facts))
    for own in subsidies.WITHOUT_GRANT:
        yield Step(subsidies.LISTED_ON, partial(_own_pilot, own))
    yield Step(subsidies_2012.OBJECTION_ON, _objection)
    yield from _payments()
    yield from _transport()
    yield from _hospital()
    yield from _youth_care()


def _payments() -> Iterator[Step]:
    for title, instalments in subsidies_2012.INSTALMENTS.items():
        yield Step(subsidies_2012.FINISHED_ON, partial(_plan, title, instalments))
        for place, paid in enumerate(instalments):
            if paid.paid_on:
                yield Step(paid.paid_on, partial(_pay, title, place, paid))


def _transport() -> Iterator[Step]:
    told = subsidies_2012
    yield Step(told.NOTICE_ON, _notice)
    yield Step(told.NOTICE_ANSWERED_ON, _answer)
    yield Step(told.PROGRESS_ON, _progress)


def _hospital() -> Iterator[Step]:
    proposed_on, decided_on, _ = subsidies_2012.HOSPITAL_SETTLED
    yield Step(proposed_on, _propose_ex_officio)
    yield Step(decided_on, partial(_settle, HOSPITAL.title))
    yield Step(decided_on, _close)


def _youth_care() -> Iterator[Step]:
    told = subsidies_2012
    proposed_on, decided_on, *_ = told.YOUTH_CARE_SETTLED
    yield Step(told.YOUTH_CARE_REPORTED, _final_report)
    yield Step(told.YOUTH_CARE_ACCEPTED, _accept)
    yield Step(proposed_on, _propose_lower)
    yield Step(decided_on, partial(_settle, YOUTH_CARE.title))
    yield Step(told.RECOVERY_DEMANDED, _demand)
    yield Step(told.RECOVERY_RECEIVED[0], _receive)


def _officer() -> Person:
    return world.person(people.OFFICER)


def _holder() -> Person:
    return world.person(people.HOLDER)


def _pilot_2011(facts: subsidies.GrantedPilot) -> None:
    application = world.application(facts.title)
    import_pilot(
        get_programme(),
        PilotData(
            title=facts.title,
            description="\n".join(facts.points),
            organisation_name=facts.organisation,
            place=facts.place,
            region_ids=(world.region(facts.region).id,) if facts.region else (),
            measure_ids=tuple(world.measure(code).id for code in facts.measures),
            starts=subsidies.UNKNOWN_DAY,
            ends=subsidies.UNKNOWN_DAY,
            source=subsidies.ANNEX,
        ),
        application=application,
        granted_cents=facts.cents,
        awarded_on=subsidies.RECORDED_ON,
        actor=_officer(),
    )


def _own_pilot(own: subsidies.OwnPilot) -> None:
    pilot = import_pilot(
        get_programme(),
        PilotData(
            title=own.title,
            description="\n".join(own.points),
            organisation_name=own.organisation,
            place=own.place,
            region_ids=tuple(world.region(code).id for code in own.regions),
            measure_ids=tuple(world.measure(code).id for code in own.measures),
            starts=own.starts,
            ends=own.ends,
            source=subsidies.LETTER,
        ),
        actor=_officer(),
    )
    if own.outcome is not None:
        outcome, day, reason = own.outcome
        record_outcome(
            pilot, outcome, reason=reason, source=subsidies.LETTER, on=day, actor=_officer()
        )
    if own.is_ended:
        end_pilot(pilot, actor=_officer())


def _objection() -> None:
    decision = world.application(HOUSING.title).proposals[-1].decision
    if decision is None:
        raise LookupError("nothing was decided on the application")
    record_objection(
        decision,
        received_on=subsidies_2012.OBJECTION_ON,
        objector=HOUSING.organisation,
        grounds=subsidies_2012.OBJECTION_GROUNDS,
        actor=_officer(),
    )


def _plan(title: str, instalments: tuple[Paid, ...]) -> None:
    rows = [InstalmentRow(one.planned_on, one.cents) for one in instalments]
    plan_instalments(world.pilot(title), rows, actor=_officer())


def _pay(title: str, place: int, paid: Paid) -> None:
    pilot = world.pilot(title)
    record_payment(
        pilot,
        amount_cents=paid.cents,
        paid_on=paid.paid_on or paid.planned_on,
        reference=f"Betaling pilot {pilot.id}-{place + 1} (voorbeeld)",
        instalment=pilot.instalments[place],
        actor=_officer(),
    )


def _notice() -> None:
    give_notice(
        world.pilot(TRANSPORT.title),
        NoticeKind.DELAY,
        explanation=subsidies_2012.NOTICE,
        proposed_end_on=subsidies_2012.NOTICE_NEW_END,
        actor=world.person(TRANSPORT_LEADER),
    )


def _answer() -> None:
    notice = world.pilot(TRANSPORT.title).notices[0]
    answer_notice(notice, answer=subsidies_2012.NOTICE_ANSWER, is_agreed=True, actor=_officer())


def _progress() -> None:
    record_progress(
        world.pilot(TRANSPORT.title),
        world.period("2012-1"),
        state=ProgressState.DELAYED,
        result=subsidies_2012.PROGRESS_RESULT,
        obstacle=subsidies_2012.PROGRESS_OBSTACLE,
        next_step=subsidies_2012.PROGRESS_NEXT,
        actor=world.person(TRANSPORT_LEADER),
    )


def _propose_ex_officio() -> None:
    propose_settlement(
        world.pilot(HOSPITAL.title),
        amount_cents=subsidies_2012.HOSPITAL_SETTLED[2],
        ground=None,
        reasoning="Voorbeeld: de activiteiten zijn klaar en er is niets gemeld.",
        is_ex_officio=True,
        actor=_officer(),
    )


def _settle(title: str) -> None:
    proposal = open_proposal(world.pilot(title))
    if proposal is None:
        raise LookupError(f"nothing is proposed for {title}")
    decide_settlement(proposal, note="", actor=_holder())


def _close() -> None:
    pilot = world.pilot(HOSPITAL.title)
    record_outcome(
        pilot,
        PilotOutcome.SCALE_UP,
        reason="Voorbeeld: wie weet hoe lang het duurt, wacht rustiger. Andere posten volgen.",
        actor=_officer(),
    )
    close_pilot(pilot, actor=_officer())


def _final_report() -> None:
    leader = world.person(YOUTH_CARE_LEADER)
    report = write_final_report(
        world.pilot(YOUTH_CARE.title),
        FinalReportData(
            results="Voorbeeld: medewerkers voelden zich veiliger bij dubbele bezoeken.",
            lessons="Voorbeeld: kies vooraf bij welke bezoeken het nodig is.",
            obligations="Voorbeeld: aan alle verplichtingen is voldaan, behalve het aantal.",
            lines=(
                ReportLineData(
                    ReportLineKind.ACTIVITY,
                    "Dubbele bezoeken",
                    planned="400 bezoeken",
                    realised="200 bezoeken",
                    explanation="Voorbeeld: er was te weinig personeel.",
                ),
                ReportLineData(
                    ReportLineKind.ACTIVITY,
                    "Begeleiding en nazorg",
                    planned="Voor iedereen met een voorval",
                    realised="Voor iedereen met een voorval",
                ),
            ),
        ),
        actor=leader,
    )
    submit_final_report(report, actor=leader)


def _accept() -> None:
    report = world.pilot(YOUTH_CARE.title).final_report
    if report is None:
        raise LookupError("nobody wrote a final report")
    accept_final_report(report, actor=_officer())


def _propose_lower() -> None:
    _, _, cents, ground, reasoning = subsidies_2012.YOUTH_CARE_SETTLED
    propose_settlement(
        world.pilot(YOUTH_CARE.title),
        amount_cents=cents,
        ground=ground,
        reasoning=reasoning,
        actor=_officer(),
    )


def _demand() -> None:
    demand_recovery(world.pilot(YOUTH_CARE.title), actor=_officer())


def _receive() -> None:
    day, cents = subsidies_2012.RECOVERY_RECEIVED
    receive_recovery(
        world.pilot(YOUTH_CARE.title).recoveries[0],
        amount_cents=cents,
        paid_on=day,
        reference="Ontvangst pilot (voorbeeld)",
        actor=_officer(),
    )
