"""How indicators came, and how contracts were drafted, signed, measured, changed and evaluated."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from vpt_regio.demo import indicators, people, results, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.results_regions import CONTRACTS
from vpt_regio.demo.steps_foundation import partner_name
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.models.contracts import Agreement, PerformanceContract
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Organisation
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.agreements import AgreementContent, add_agreement
from vpt_regio.services.contract_evaluation import evaluate_contract
from vpt_regio.services.contract_signatures import Signed, record_signature
from vpt_regio.services.contracts import (
    ContractContent,
    cancel_contract,
    draft_contract,
    offer_contract,
    set_parties,
)
from vpt_regio.services.indicators import IndicatorContent, create_indicator, retire_indicator
from vpt_regio.services.measurements import MeasurementContent, record_measurement
from vpt_regio.services.revisions import ReferenceContent, RevisionContent, change_reference


def steps() -> Iterator[Step]:
    """Yield the steps; a value comes before the report of its day."""
    yield Step(indicators.ADDED_ON, _indicators)
    name, day = indicators.RETIRED
    yield Step(day, partial(_retire, name))
    for story in CONTRACTS:
        yield from _contract_steps(story)


def _contract_steps(story: results.ContractStory) -> Iterator[Step]:
    yield Step(story.drafted_on, partial(_draft, story))
    if story.offered_on:
        yield Step(story.offered_on, partial(_offer, story))
    for signature in story.signatures:
        yield Step(signature.day, partial(_sign, story, signature))
    if story.cancelled:
        yield Step(story.cancelled[0], partial(_cancel, story, story.cancelled[1]))
    for place, promise in enumerate(story.promises):
        for measured in promise.measured:
            yield Step(measured.recorded_on, partial(_measure, story, place, measured))
        for change in promise.changes:
            yield Step(change.day, partial(_change, story, place, change))
    if story.evaluation:
        yield Step(story.evaluation.day, partial(_evaluate, story, story.evaluation))


def _indicators() -> None:
    for code, content in indicators.NATIONAL:
        create_indicator(
            get_programme(),
            content=_of_type(content, code),
            actor=world.person(people.OFFICER),
        )
    region, code, content = indicators.OF_REGION
    create_indicator(
        get_programme(),
        content=_of_type(content, code),
        region=world.region(region),
        actor=world.person(f"projectleider.{region}@vpt.example"),
    )


def _of_type(content: IndicatorContent, code: str) -> IndicatorContent:
    return replace(content, agreement_type_id=world.agreement_type(code).id)


def _retire(name: str) -> None:
    retire_indicator(world.indicator(name), actor=world.person(people.OFFICER))


def _draft(story: results.ContractStory) -> None:
    region, author = world.region(story.region), world.person(story.author)
    content = ContractContent(
        title=story.title,
        starts_on=story.starts_on,
        ends_on=story.ends_on,
        purpose=story.purpose,
        action_plan=world.plan(story.region, story.covenant) if story.covenant else None,
    )
    contract = draft_contract(region, content=content, actor=author)
    set_parties(
        contract, organisations=[_party(contract, kind) for kind in story.parties], actor=author
    )
    for promise in story.promises:
        _promise(contract, promise, author)


def _promise(contract: PerformanceContract, promise: results.Promise, author: Person) -> None:
    plan = contract.action_plan
    add_agreement(
        contract,
        content=AgreementContent(
            statement=promise.statement,
            responsible=_party(contract, promise.responsible),
            indicator=world.indicator(promise.indicator),
            agreement_type=world.agreement_type(promise.type_code) if promise.type_code else None,
            free_type=promise.free_type,
            activities=[world.activity(plan, key) for key in promise.activities] if plan else (),
            baseline=_reference(promise.baseline) if promise.baseline else None,
            target=_reference(promise.target) if promise.target else None,
        ),
        actor=author,
    )


def _party(contract: PerformanceContract, kind: str) -> Organisation:
    return world.organisation(partner_name(kind, contract.region.name))


def _reference(told: results.Reference, document: str = "") -> ReferenceContent:
    return ReferenceContent(
        told.given, told.day, source=results.SOURCE, document_reference=document
    )


def _offer(story: results.ContractStory) -> None:
    offer_contract(world.contract(story.title), actor=world.person(story.author))


def _sign(story: results.ContractStory, signature: results.Signature) -> None:
    contract = world.contract(story.title)
    record_signature(
        contract,
        organisation=_party(contract, signature.party),
        signed=Signed(
            signed_on=signature.day,
            signatory=f"Directeur {signature.party} (voorbeeld)",
            position="directeur",
            document_reference=f"Ondertekend blad van {signature.party} (voorbeeld)",
        ),
        actor=world.person(signature.by),
    )


def _cancel(story: results.ContractStory, note: str) -> None:
    cancel_contract(world.contract(story.title), note=note, actor=world.person(story.author))


def _measure(story: results.ContractStory, place: int, told: results.Measured) -> None:
    content = MeasurementContent(
        given=told.given or Given(),
        is_measured=told.given is not None,
        qualifier=told.qualifier,
        source=results.SOURCE if told.given else "",
        note=told.note,
    )
    record_measurement(
        _agreement(story, place),
        cutoff_on=told.cutoff_on,
        content=content,
        reason=told.reason,
        actor=world.person(told.by or story.author),
    )


def _change(story: results.ContractStory, place: int, change: results.Change) -> None:
    content = RevisionContent(
        _reference(change.to, change.document), holds_from=change.day, reason=change.reason
    )
    change_reference(
        _agreement(story, place),
        change.kind,
        content=content,
        actor=world.person(story.author),
    )


def _evaluate(story: results.ContractStory, evaluation: results.Evaluation) -> None:
    contract = world.contract(story.title)
    by_id = {
        agreement.id: evaluation.reasons[agreement.number]
        for agreement in contract.agreements
        if agreement.number in evaluation.reasons
    }
    evaluate_contract(
        contract, note=evaluation.note, reasons=by_id, actor=world.person(evaluation.by)
    )


def _agreement(story: results.ContractStory, place: int) -> Agreement:
    return world.contract(story.title).agreements[place]
