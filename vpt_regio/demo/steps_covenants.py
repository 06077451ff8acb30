"""How the covenants came, changed, were paid and accounted for, and which stood still."""

from collections.abc import Iterator
from functools import partial

from vpt_regio import clock
from vpt_regio.demo import covenants, money, people, programme, world
from vpt_regio.demo.agenda import Step
from vpt_regio.domain.enums import AmendmentKind, FundingInstrument, PartyRole, PaymentKind
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.accountability import record_statement
from vpt_regio.services.amendment_checks import AmendmentContent
from vpt_regio.services.amendments import draft_amendment, sign_amendment
from vpt_regio.services.covenant_checks import Party
from vpt_regio.services.covenants import (
    create_covenant,
    import_historic_amendment,
    import_historic_covenant,
    record_funding,
    sign_covenant,
)
from vpt_regio.services.final_accounts import edit_account, start_account, submit_account
from vpt_regio.services.holds import lift_hold, place_hold
from vpt_regio.services.payments import record_payment


def first_steps() -> Iterator[Step]:
    """Yield how covenants came: on one day before the work under them."""
    for covenant in covenants.IMPORTED:
        yield Step(covenant.recorded_on, partial(_covenant, covenant))
    yield Step(covenants.EXTENSION_RECORDED_ON, _extensions)
    for made_up in covenants.MADE_UP:
        yield Step(made_up.drafted_on, partial(_draft, made_up))
        if made_up.signed_on:
            yield Step(made_up.signed_on, partial(_sign, made_up))


def steps() -> Iterator[Step]:
    """Yield what happened under them: on one day after the work of the regions."""
    for amendment in money.AMENDMENTS:
        yield Step(amendment.drafted_on, partial(_draft_amendment, amendment))
        yield Step(amendment.signed_on, partial(_sign_amendment, amendment))
    for payment in money.PAYMENTS:
        yield Step(payment.paid_on, partial(_pay, payment))
    for account in money.ACCOUNTS:
        yield Step(account.started_on, partial(_write_account, account))
        if account.submitted_on:
            yield Step(account.submitted_on, partial(_submit_account, account))
    yield Step(money.STATEMENT.delivered_on, partial(_state, money.STATEMENT))
    for hold in money.HOLDS:
        yield Step(hold.placed_on, partial(_hold, hold))
        if hold.lifted_on:
            yield Step(hold.lifted_on, partial(_lift, hold))


def _covenant(facts: covenants.CovenantFacts) -> None:
    minister = Party(programme.MINISTER, role=PartyRole.MINISTER)
    officer = world.person(people.OFFICER)
    covenant = import_historic_covenant(
        get_programme(),
        number=facts.number,
        title=facts.title,
        regions=[world.region(code) for code in facts.regions],
        signed=facts.signed,
        end=facts.end,
        advance_cents=facts.advance_cents,
        min_hours_per_week=facts.min_hours_per_week,
        plan_due_on=facts.plan_due_on,
        parties=[minister, *(Party(name) for name in facts.counterparties)],
        status=CovenantStatus.IN_FORCE,
        source=facts.source,
        actor=officer,
    )
    if facts.funding is not FundingInstrument.UNKNOWN:
        record_funding(covenant, funding=facts.funding, actor=officer)


def _extensions() -> None:
    for facts in covenants.COVENANTS_2010:
        import_historic_amendment(
            world.covenant(facts.number),
            kind=AmendmentKind.EXTENSION,
            signed=covenants.EXTENSION_SIGNED,
            new_end=covenants.EXTENDED_UNTIL,
            reason=covenants.EXTENSION_REASON,
            actor=world.person(people.OFFICER),
        )


def _draft(facts: covenants.MadeUpCovenant) -> None:
    create_covenant(
        get_programme(),
        number=facts.number,
        title=facts.title,
        regions=[world.region(facts.region)],
        counterparties=[Party(facts.counterparty, facts.signatory)],
        minister_signatory=facts.minister_signatory,
        advance_cents=facts.advance_cents,
        min_hours_per_week=facts.min_hours_per_week,
        original_end_on=facts.original_end_on,
        plan_due_on=facts.plan_due_on,
        funding=facts.funding,
        actor=world.person(people.OFFICER),
    )


def _sign(facts: covenants.MadeUpCovenant) -> None:
    covenant = world.covenant(facts.number)
    sign_covenant(covenant, signed_on=facts.signed_on, actor=world.person(people.OFFICER))


def _draft_amendment(facts: money.AmendmentFacts) -> None:
    is_extension = facts.new_end_on is not None
    draft_amendment(
        world.covenant(facts.covenant),
        kind=AmendmentKind.EXTENSION if is_extension else AmendmentKind.AMOUNT,
        content=AmendmentContent(
            reason=facts.reason,
            document_reference=facts.document,
            new_end_on=facts.new_end_on,
            new_plan_due_on=facts.new_plan_due_on,
            amount_cents=facts.amount_cents,
        ),
        actor=world.person(facts.manager),
    )


def _sign_amendment(facts: money.AmendmentFacts) -> None:
    amendment = world.amendment(facts.covenant, facts.document)
    sign_amendment(amendment, signed_on=facts.signed_on, actor=world.person(people.OFFICER))


def _pay(facts: money.PaymentFacts) -> None:
    amendment = world.amendment(facts.covenant, facts.supplement) if facts.supplement else None
    record_payment(
        world.covenant(facts.covenant),
        kind=PaymentKind.SUPPLEMENT if amendment else PaymentKind.ADVANCE,
        amount_cents=facts.amount_cents,
        paid_on=facts.paid_on,
        reference=facts.reference,
        region=world.region(facts.region) if facts.region else None,
        amendment=amendment,
        actor=world.person(people.OFFICER),
    )


def _write_account(facts: money.AccountFacts) -> None:
    author = world.person(facts.author)
    account = start_account(
        world.covenant(facts.covenant), region=world.region(facts.region), actor=author
    )
    edit_account(account, results=facts.results, explanation=facts.explanation, actor=author)


def _submit_account(facts: money.AccountFacts) -> None:
    account = world.account(facts.covenant, facts.region)
    submit_account(account, actor=world.person(facts.author))


def _state(facts: money.StatementFacts) -> None:
    record_statement(
        world.covenant(facts.covenant),
        region=world.region(facts.region),
        year=facts.year,
        delivered_on=facts.delivered_on,
        reference=facts.reference,
        actor=world.person(facts.by),
    )


def _hold(facts: money.HoldFacts) -> None:
    place_hold(
        world.region(facts.region) if facts.region else world.covenant(facts.covenant),
        reason=facts.reason,
        starts_on=clock.today(),
        actor=world.person(facts.manager),
    )


def _lift(facts: money.HoldFacts) -> None:
    hold = world.hold(facts.reason)
    lift_hold(hold, reason=facts.lift_reason, actor=world.person(facts.manager))
