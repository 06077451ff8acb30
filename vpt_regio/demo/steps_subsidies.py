"""How the schemes and rounds came in, and how the second window went from request to decision."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from vpt_regio import clock
from vpt_regio.demo import people, subsidies, subsidies_2012, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.subsidies_2012 import Asked
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalKind, RejectionGround
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.outbox import page_address
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.subsidy_proposals import open_proposal
from vpt_regio.services.applicant_links import make_link
from vpt_regio.services.application_contents import ApplicationData, LineData
from vpt_regio.services.applications import (
    import_application,
    record_late,
    start_application,
    submit_application,
    take_up,
    withdraw_application,
)
from vpt_regio.services.subsidy_decisions import decide_together
from vpt_regio.services.subsidy_proposals import LineProposal, propose
from vpt_regio.services.subsidy_round_checks import RoundData, Unlisted
from vpt_regio.services.subsidy_rounds import (
    finish_round,
    import_round,
    open_round,
    start_round,
)
from vpt_regio.services.subsidy_schemes import (
    SchemeData,
    import_scheme_count,
    set_limits,
    start_scheme,
)

LINK_HOLDS = timedelta(days=30)


def steps() -> Iterator[Step]:
    """Yield the steps up to the decisions; what follows stands in `steps_pilots`."""
    day = subsidies.RECORDED_ON
    yield Step(day, _limits)
    yield Step(day, _schemes)
    yield Step(day, _round_2011)
    for facts in subsidies.PILOTS_2011:
        yield Step(subsidies.LISTED_ON, partial(_granted_2011, facts))
    yield from _second_window()
    yield Step(subsidies_2012.NEXT_PLANNED_ON, _next_round)
    yield Step(subsidies_2012.NEXT_OPENS_ON, _open_next)


def _second_window() -> Iterator[Step]:
    told = subsidies_2012
    yield Step(told.OPENED_ON, _second_round)
    for asked in told.APPLICATIONS:
        yield Step(_next_day(asked), partial(_receive, asked))
    for asked in told.APPLICATIONS:
        if not asked.is_withdrawn:
            yield Step(told.PROPOSED_ON, partial(_propose, asked))
    yield Step(told.DECIDED_ON, _decide)
    yield Step(told.FINISHED_ON, _finish)


def _officer() -> Person:
    return world.person(people.OFFICER)


def _limits() -> None:
    set_limits(
        get_programme(),
        second_from_cents=subsidies.ARRANGEMENTS[2],
        third_from_cents=subsidies.ARRANGEMENTS[3],
        holds_from=subsidies.ARRANGEMENTS_FROM,
        source=subsidies.ARRANGEMENT_SOURCE,
        actor=_officer(),
    )


def _schemes() -> None:
    for facts in (subsidies.PREVENTION, subsidies.INCENTIVE):
        data = SchemeData(
            name=facts.name,
            legal_basis=facts.legal_basis,
            objective=facts.objective,
            starts_on=facts.starts_on,
            ends_on=facts.ends_on,
            period_words=facts.period_words,
            source=facts.source,
        )
        start_scheme(get_programme(), data=data, actor=_officer())
    scheme = world.scheme(subsidies.INCENTIVE.name)
    for count in subsidies.INCENTIVE_COUNTS:
        import_scheme_count(
            scheme,
            kind=count.kind,
            from_year=count.from_year,
            to_year=count.to_year,
            number=count.number,
            note=count.note,
            source=subsidies.LETTER,
            actor=_officer(),
        )
    import_round(
        scheme,
        data=RoundData(name=subsidies.INCENTIVE_ROUND, source=subsidies.LETTER),
        unlisted=Unlisted(applications=None, granted=subsidies.INCENTIVE_GRANTED),
        actor=_officer(),
    )


def _round_2011() -> None:
    import_round(
        world.scheme(subsidies.PREVENTION.name),
        data=RoundData(
            name=subsidies.ROUND_2011,
            opens=subsidies.OPENED_2011,
            closes=subsidies.CLOSED_2011,
            source=subsidies.LETTER,
        ),
        unlisted=Unlisted(applications=subsidies.UNLISTED_2011, granted=0),
        actor=_officer(),
    )


def _granted_2011(facts: subsidies.GrantedPilot) -> None:
    import_application(
        world.subsidy_round(subsidies.ROUND_2011),
        _data(
            organisation=facts.organisation,
            place=facts.place,
            region=facts.region,
            title=facts.title,
            points=facts.points,
            measures=facts.measures,
        ),
        declared_outcome=ApplicationStatus.GRANTED_SOME,
        declared_cents=facts.cents,
        declared=subsidies.DECIDED_2011,
        declared_source=subsidies.ANNEX,
        actor=_officer(),
    )


def _second_round() -> None:
    told = subsidies_2012
    data = RoundData(
        name=told.ROUND_2012,
        opens=FuzzyDate.exactly(told.OPENED_ON),
        closes=FuzzyDate.exactly(told.CLOSES_ON),
        closing_inclusive=False,
        ceiling_cents=told.CEILING,
        conditions=told.CONDITIONS,
        source=subsidies.LETTER,
    )
    scheme = world.scheme(subsidies.PREVENTION.name)
    open_round(start_round(scheme, data=data, actor=_officer()), actor=_officer())


def _receive(asked: Asked) -> None:
    application = _start(asked, world.subsidy_round(subsidies_2012.ROUND_2012))
    if asked.is_too_late:
        record_late(
            application,
            received_at=asked.received_at,
            note=subsidies_2012.LATE_NOTE,
            actor=_officer(),
        )
        return
    submit_application(application, received_at=asked.received_at, actor=_officer())
    if asked.is_withdrawn:
        withdraw_application(application, note=subsidies_2012.WITHDRAWN_NOTE, actor=_officer())


def _next_day(asked: Asked) -> date:
    """Return the day on which the ministry enters what came in by post."""
    return asked.received_at.date() + timedelta(days=1)


def _start(asked: Asked, in_round: SubsidyRound) -> SubsidyApplication:
    data = _data(
        organisation=asked.organisation,
        place=asked.place,
        region=asked.region,
        title=asked.title,
        points=asked.points,
        measures=asked.measures,
        asked=asked,
    )
    return start_application(in_round, data, actor=_officer())


def _data(
    *,
    organisation: str,
    place: str,
    region: str | None,
    title: str,
    points: tuple[str, ...],
    measures: tuple[str, ...],
    asked: Asked | None = None,
) -> ApplicationData:
    return ApplicationData(
        organisation_name=organisation,
        place=place,
        contact_name="",
        contact_email="aanvrager@vpt.example" if asked else "",
        title=title,
        description="\n".join(points),
        hypothesis="",
        starts_on=asked.starts_on if asked else None,
        ends_on=asked.ends_on if asked else None,
        measure_ids=tuple(world.measure(code).id for code in measures),
        lines=tuple(LineData(line.description, line.cents) for line in asked.lines)
        if asked
        else (),
        region_id=world.region(region).id if region else None,
    )


def _propose(asked: Asked) -> SubsidyProposal:
    application = take_up_of(asked)
    if asked.is_too_late:
        return propose(
            application,
            ProposalKind.REJECTION,
            ground=RejectionGround.TOO_LATE,
            reasoning=subsidies_2012.LATE_NOTE,
            actor=_officer(),
        )
    if asked.rejection:
        return propose(
            application,
            ProposalKind.REJECTION,
            ground=asked.rejection,
            reasoning=asked.reasoning,
            actor=_officer(),
        )
    is_whole = all(line.granted_cents == line.cents for line in asked.lines)
    lines = [
        LineProposal(kept.id, told.granted_cents or 0, told.reason)
        for kept, told in zip(application.lines, asked.lines, strict=True)
    ]
    return propose(
        application,
        ProposalKind.GRANT if is_whole else ProposalKind.PARTIAL_GRANT,
        lines=lines,
        reasoning=asked.reasoning,
        actor=_officer(),
    )


def take_up_of(asked: Asked) -> SubsidyApplication:
    application = world.application(asked.title)
    take_up(application, actor=_officer())
    return application


def _decide() -> None:
    proposals = [
        proposal
        for asked in subsidies_2012.APPLICATIONS
        if (proposal := open_proposal(world.application(asked.title)))
    ]
    decide_together(proposals, note="", actor=world.person(people.HOLDER))


def _finish() -> None:
    finish_round(world.subsidy_round(subsidies_2012.ROUND_2012), actor=_officer())


def _next_round() -> None:
    told = subsidies_2012
    data = RoundData(
        name=told.NEXT_ROUND,
        opens=FuzzyDate.exactly(told.NEXT_OPENS_ON),
        closes=FuzzyDate.exactly(told.NEXT_CLOSES_ON),
        ceiling_cents=told.NEXT_CEILING,
    )
    scheme = world.scheme(subsidies.PREVENTION.name)
    open_round(start_round(scheme, data=data, actor=_officer()), actor=_officer())


def _open_next() -> None:
    """Let somebody begin with an application, by a link that is in the mail."""
    in_round = world.subsidy_round(subsidies_2012.NEXT_ROUND)
    application = _start(subsidies_2012.NEXT_ASKED, in_round)
    make_link(
        application,
        email=application.contact_email,
        valid_until=clock.real_now() + LINK_HOLDS,
        link_to=page_of_applicant,
        actor=_officer(),
    )


def page_of_applicant(token: str) -> str:
    """Return where the link leads to."""
    return page_address(f"/aanvraag/{token}")
