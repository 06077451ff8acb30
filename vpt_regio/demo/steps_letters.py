"""How letters were registered, and how commitments went on until a letter answered them."""

from collections.abc import Iterator
from functools import partial

from vpt_regio.demo import people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.letters import COMMITMENTS, LETTERS, SPEAKER, CommitmentFacts, LetterFacts
from vpt_regio.queries.letters import newest_version
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.commitments import (
    add_interim_letter,
    fulfil,
    record_commitment,
    start_commitment,
)
from vpt_regio.services.letters import register_letter

REGISTERED = {facts.reference: facts.registered_on for facts in LETTERS}


def steps() -> Iterator[Step]:
    """Yield the steps; a letter about a half-year is registered before it is told to be sent."""
    for letter in LETTERS:
        yield Step(letter.registered_on, partial(_register, letter))
    for facts in COMMITMENTS:
        yield Step(facts.recorded_on, partial(_record, facts))
        answers = [reference for reference, _note in facts.told]
        answers += [facts.fulfilled_by] if facts.fulfilled_by else []
        if answers:
            first = max(facts.recorded_on, min(REGISTERED[one] for one in answers))
            yield Step(first, partial(_start, facts))
        for reference, note in facts.told:
            day = max(facts.recorded_on, REGISTERED[reference])
            yield Step(day, partial(_tell, facts, reference, note))
        if facts.fulfilled_by:
            day = max(facts.recorded_on, REGISTERED[facts.fulfilled_by])
            yield Step(day, partial(_fulfil, facts))


def _register(facts: LetterFacts) -> None:
    period = world.period(facts.period) if facts.period else None
    register_letter(
        get_programme(),
        reference=facts.reference,
        subject=facts.subject,
        unit=facts.unit,
        addressee=SPEAKER,
        sender=facts.sender,
        co_signatories=facts.co_signatories,
        written_on=facts.written_on,
        dossier=facts.dossier,
        number=facts.number,
        period=period,
        snapshot=newest_version(period.id) if period else None,
        source=facts.source,
        annexes=facts.annexes,
        actor=world.person(people.OFFICER),
    )


def _record(facts: CommitmentFacts) -> None:
    record_commitment(get_programme(), data=facts.data, actor=world.person(people.OFFICER))


def _start(facts: CommitmentFacts) -> None:
    start_commitment(world.commitment(facts.data.text), actor=world.person(people.OFFICER))


def _tell(facts: CommitmentFacts, reference: str, note: str) -> None:
    add_interim_letter(
        world.commitment(facts.data.text),
        letter=world.letter(reference),
        note=note,
        actor=world.person(people.OFFICER),
    )


def _fulfil(facts: CommitmentFacts) -> None:
    fulfil(
        world.commitment(facts.data.text),
        letter=world.letter(facts.fulfilled_by),
        outcome=facts.outcome,
        actor=world.person(people.OFFICER),
    )
