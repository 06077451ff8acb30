"""Fiction: what was paid, changed, accounted for and held under the covenants.

No source tells a payment; every reference and text says that it is an example.
"""

from dataclasses import dataclass
from datetime import date

from vpt_regio.demo.covenants import FOLLOW_UP
from vpt_regio.demo.people import FIRST_MANAGER, SECOND_MANAGER


@dataclass(frozen=True)
class AmendmentFacts:
    """A change of a covenant that was drafted and signed here; money in cents."""

    covenant: str
    manager: str
    drafted_on: date
    signed_on: date
    reason: str
    document: str
    new_end_on: date | None = None
    new_plan_due_on: date | None = None
    amount_cents: int | None = None


AMENDMENTS = (
    AmendmentFacts(
        covenant=FOLLOW_UP.number,
        manager=SECOND_MANAGER,
        drafted_on=date(2012, 6, 18),
        signed_on=date(2012, 6, 25),
        reason="Voorbeeld: de werkgevers willen de training een half jaar langer geven.",
        document="Wijziging 1 (voorbeeld)",
        new_end_on=date(2014, 6, 30),
        new_plan_due_on=date(2012, 12, 31),
    ),
    AmendmentFacts(
        covenant=FOLLOW_UP.number,
        manager=SECOND_MANAGER,
        drafted_on=date(2012, 6, 18),
        signed_on=date(2012, 6, 25),
        reason="Voorbeeld: voor de langere training is meer geld nodig.",
        document="Wijziging 2 (voorbeeld)",
        amount_cents=12_500_00,
    ),
)


@dataclass(frozen=True)
class PaymentFacts:
    """Money that the ministry paid, in cents; with the document of the supplement, if it is one."""

    covenant: str
    amount_cents: int
    paid_on: date
    reference: str
    region: str | None = None
    supplement: str = ""


PAYMENTS = (
    PaymentFacts("VPT-2012-2", 100_000_00, date(2012, 2, 13), "Voorschot Limburg (voorbeeld)"),
    PaymentFacts(
        "VPT-2012-1",
        50_000_00,
        date(2012, 4, 10),
        "Voorschot Midden Nederland (voorbeeld)",
        region="midden-nederland",
    ),
    PaymentFacts(
        "VPT-2012-1",
        50_000_00,
        date(2012, 4, 10),
        "Voorschot IJsselland (voorbeeld)",
        region="ijsselland",
    ),
    PaymentFacts(
        FOLLOW_UP.number, 100_000_00, date(2012, 5, 21), "Voorschot Gelderland (voorbeeld)"
    ),
    PaymentFacts(
        FOLLOW_UP.number,
        12_500_00,
        date(2012, 7, 13),
        "Aanvulling Gelderland (voorbeeld)",
        supplement="Wijziging 2 (voorbeeld)",
    ),
)


@dataclass(frozen=True)
class AccountFacts:
    """The final account of a region; without a day of submission it is still being written."""

    covenant: str
    region: str
    author: str
    started_on: date
    results: str
    explanation: str = ""
    submitted_on: date | None = None


# those of the regions that merged are still to be begun
ACCOUNTS = (
    AccountFacts(
        covenant="VPT-2010-1",
        region="groningen",
        author="projectleider.groningen@vpt.example",
        started_on=date(2012, 7, 3),
        results="Voorbeeldtekst. Alle activiteiten zijn uitgevoerd; de werkgevers gaan zelf door.",
        explanation=(
            "Voorbeeld: wat het Rijk betaalde, staat niet in de bron. Daarom staat hier meer"
            " besteed dan ontvangen."
        ),
        submitted_on=date(2012, 7, 10),
    ),
    AccountFacts(
        covenant="VPT-2010-3",
        region="noord-en-oost-gelderland",
        author="projectleider.noord-en-oost-gelderland@vpt.example",
        started_on=date(2012, 7, 9),
        results="Voorbeeldtekst. De partners hebben de norm bekend gemaakt.",
    ),
)


@dataclass(frozen=True)
class StatementFacts:
    """A year of a specific grant that was accounted for with the annual accounts."""

    covenant: str
    region: str
    by: str
    year: int
    delivered_on: date
    reference: str


STATEMENT = StatementFacts(
    covenant="VPT-2010-2",
    region="amsterdam-amstelland",
    by="opvolger.amsterdam-amstelland@vpt.example",
    year=2011,
    delivered_on=date(2012, 7, 5),
    reference="Jaarrekening 2011 (voorbeeld)",
)


@dataclass(frozen=True)
class HoldFacts:
    """A region or a covenant that stands still; without a day of lifting it does so still."""

    manager: str
    placed_on: date
    reason: str
    region: str = ""
    covenant: str = ""
    lifted_on: date | None = None
    lift_reason: str = ""


HOLDS = (
    HoldFacts(
        manager=FIRST_MANAGER,
        region="ijsselland",
        placed_on=date(2012, 6, 4),
        reason="Voorbeeld: de partners overleggen eerst over de rol van de projectleider.",
        lifted_on=date(2012, 6, 7),
        lift_reason="Voorbeeld: de partners zijn het eens.",
    ),
    HoldFacts(
        manager=SECOND_MANAGER,
        covenant="VPT-2010-2",
        placed_on=date(2012, 7, 12),
        reason="Voorbeeld: er is nog een vraag over de jaarrekening van 2011.",
    ),
)
