"""Fiction: the contracts of the other regions, one at each stage of its life."""

from datetime import date

from vpt_regio.demo import indicators
from vpt_regio.demo.people import BRABANT, THIRD_MANAGER
from vpt_regio.demo.results import (
    ContractStory,
    Evaluation,
    Measured,
    Promise,
    Reference,
    purpose_of,
    share,
    signed,
    value,
)
from vpt_regio.demo.results_gelderland import BEFORE, END_2011, END_2012, GELDERLAND, HALF_2012
from vpt_regio.domain.rules.measured_values import Given

END_2013 = date(2013, 12, 31)


def _leader(code: str) -> str:
    return f"projectleider.{code}@vpt.example"


def _reaction(
    responsible: str,
    *,
    target: int,
    due: date,
    baseline: Given,
    measured: tuple[Measured, ...] = (),
) -> Promise:
    return Promise(
        type_code="reactie",
        indicator=indicators.REACTION,
        statement="Voorbeeld: werkgevers reageren binnen twee dagen naar de dader.",
        responsible=responsible,
        baseline=Reference(baseline, BEFORE),
        target=Reference(value(target), due),
        measured=measured,
    )


def _reported(
    responsible: str, *, target: int, due: date, baseline: int, measured: tuple[Measured, ...] = ()
) -> Promise:
    return Promise(
        type_code="melden",
        indicator=indicators.REPORTED,
        statement="Voorbeeld: medewerkers melden voorvallen vaker dan nu.",
        responsible=responsible,
        baseline=Reference(value(baseline), BEFORE),
        target=Reference(value(target), due),
        measured=measured,
    )


GRONINGEN = ContractStory(
    region="groningen",
    title="Veilig werken in Groningen 2011–2012 (voorbeeld)",
    purpose=purpose_of("Groningen"),
    author=_leader("groningen"),
    covenant="VPT-2010-1",
    parties=("Politie", "Ziekenhuis", "Brandweer", "Vervoerbedrijf"),
    starts_on=date(2011, 9, 1),
    ends_on=HALF_2012,
    drafted_on=date(2011, 7, 11),
    offered_on=date(2011, 7, 18),
    signatures=signed(
        _leader("groningen"),
        ("Politie", date(2011, 8, 22)),
        ("Ziekenhuis", date(2011, 8, 24)),
        ("Brandweer", date(2011, 8, 29)),
        ("Vervoerbedrijf", date(2011, 8, 31)),
    ),
    promises=(
        _reaction(
            "Ziekenhuis",
            baseline=share(19, 52),
            target=80,
            due=HALF_2012,
            measured=(
                Measured(date(2012, 1, 9), END_2011, share(33, 60)),
                Measured(date(2012, 7, 6), HALF_2012, share(52, 63)),
            ),
        ),
        _reported(
            "Vervoerbedrijf",
            baseline=84,
            target=150,
            due=HALF_2012,
            measured=(
                Measured(date(2012, 1, 9), END_2011, value(96)),
                Measured(date(2012, 7, 6), HALF_2012, value(131)),
            ),
        ),
        Promise(
            type_code="aangifte",
            indicator=indicators.POLICE,
            statement="Voorbeeld: werkgevers doen zelf aangifte als een medewerker dat niet durft.",
            responsible="Politie",
            baseline=Reference(share(14, 40), BEFORE),
            target=Reference(value(55), HALF_2012),
            measured=(
                Measured(date(2012, 1, 9), END_2011, share(18, 41)),
                Measured(
                    date(2012, 7, 6),
                    HALF_2012,
                    note="Voorbeeld: de politie telt de aangiften van juni nog.",
                ),
            ),
        ),
    ),
)

ZEELAND = ContractStory(
    region="zeeland",
    title="Veilig werken in Zeeland najaar 2011 (voorbeeld)",
    purpose=purpose_of("Zeeland"),
    author=_leader("zeeland"),
    parties=("Politie", "Ambulancedienst", "Welzijnswerk"),
    starts_on=date(2011, 7, 1),
    ends_on=END_2011,
    drafted_on=date(2011, 6, 14),
    offered_on=date(2011, 6, 17),
    signatures=signed(
        _leader("zeeland"),
        ("Politie", date(2011, 6, 20)),
        ("Ambulancedienst", date(2011, 6, 23)),
        ("Welzijnswerk", date(2011, 6, 28)),
    ),
    promises=(
        _reported(
            "Ambulancedienst",
            baseline=41,
            target=60,
            due=END_2011,
            measured=(Measured(date(2012, 1, 10), END_2011, value(64)),),
        ),
        Promise(
            type_code="norm",
            indicator=indicators.NORM,
            statement="Voorbeeld: de drie partijen hangen dezelfde norm op.",
            responsible="Welzijnswerk",
            target=Reference(value(1), END_2011),
            measured=(
                Measured(
                    date(2012, 1, 10),
                    END_2011,
                    note="Voorbeeld: de partijen hebben dit nog niet vastgesteld.",
                ),
            ),
        ),
    ),
    evaluation=Evaluation(
        date(2012, 1, 30),
        THIRD_MANAGER,
        "Voorbeeld: het melden ging goed. De norm komt terug in een volgend contract.",
        {2: "Voorbeeld: de norm wordt samen met Midden-West Brabant gemaakt."},
    ),
)

AMSTERDAM_FIRST_LEADER = _leader("amsterdam-amstelland")
AMSTERDAM_LEADER = "opvolger.amsterdam-amstelland@vpt.example"

AMSTERDAM_CANCELLED = ContractStory(
    region="amsterdam-amstelland",
    title="Veilig werken in Amsterdam-Amstelland 2011 (voorbeeld)",
    author=AMSTERDAM_FIRST_LEADER,
    parties=("Politie", "Vervoerbedrijf"),
    starts_on=date(2011, 8, 1),
    ends_on=END_2011,
    drafted_on=date(2011, 7, 4),
    offered_on=date(2011, 7, 12),
    signatures=signed(AMSTERDAM_FIRST_LEADER, ("Politie", date(2011, 7, 21))),
    promises=(_reported("Vervoerbedrijf", baseline=410, target=450, due=date(2011, 12, 31)),),
    cancelled=(
        date(2011, 8, 29),
        "Voorbeeld: de partners kiezen voor een contract dat langer loopt.",
    ),
)

AMSTERDAM = ContractStory(
    region="amsterdam-amstelland",
    title="Veilig werken in Amsterdam-Amstelland 2011–2013 (voorbeeld)",
    purpose=purpose_of("Amsterdam-Amstelland"),
    author=AMSTERDAM_FIRST_LEADER,
    parties=("Politie", "Vervoerbedrijf", "Ziekenhuis"),
    starts_on=date(2011, 11, 1),
    ends_on=date(2013, 6, 30),
    drafted_on=date(2011, 9, 12),
    offered_on=date(2011, 9, 26),
    signatures=signed(
        AMSTERDAM_FIRST_LEADER,
        ("Vervoerbedrijf", date(2011, 10, 3)),
        ("Politie", date(2011, 10, 10)),
        ("Ziekenhuis", date(2011, 10, 24)),
    ),
    promises=(
        _reaction(
            "Ziekenhuis",
            baseline=share(12, 50),
            target=70,
            due=END_2012,
            measured=(
                Measured(date(2012, 1, 12), END_2011, share(20, 64), by=AMSTERDAM_LEADER),
                Measured(date(2012, 7, 6), HALF_2012, share(35, 81), by=AMSTERDAM_LEADER),
            ),
        ),
        _reported(
            "Vervoerbedrijf",
            baseline=410,
            target=600,
            due=date(2013, 6, 30),
            measured=(
                Measured(date(2012, 1, 12), END_2011, value(455), by=AMSTERDAM_LEADER),
                Measured(date(2012, 7, 6), HALF_2012, value(530), by=AMSTERDAM_LEADER),
            ),
        ),
    ),
)

MIDDEN_WEST_BRABANT = ContractStory(
    region="midden-west-brabant",
    title="Veilig werken in Midden-West Brabant 2011–2012 (voorbeeld)",
    purpose=purpose_of("Midden-West Brabant"),
    author=_leader("midden-west-brabant"),
    parties=("Politie", "Openbaar Ministerie", "Ziekenhuis"),
    starts_on=date(2011, 10, 1),
    ends_on=END_2012,
    drafted_on=date(2011, 9, 5),
    offered_on=date(2011, 9, 12),
    signatures=signed(
        _leader("midden-west-brabant"),
        ("Politie", date(2011, 9, 15)),
        ("Openbaar Ministerie", date(2011, 9, 19)),
        ("Ziekenhuis", date(2011, 9, 27)),
    ),
    promises=(
        # after the merger the leader of the new region goes on with it
        _reaction(
            "Ziekenhuis",
            baseline=share(25, 70),
            target=70,
            due=END_2012,
            measured=(
                Measured(date(2012, 1, 17), END_2011, share(30, 72)),
                Measured(date(2012, 7, 10), HALF_2012, share(38, 75), by=_leader(BRABANT)),
            ),
        ),
        # of the present half-year nothing was recorded yet
        _reported(
            "Politie",
            baseline=120,
            target=200,
            due=END_2012,
            measured=(Measured(date(2012, 1, 17), END_2011, value(133)),),
        ),
    ),
)

MIDDEN_NEDERLAND = ContractStory(
    region="midden-nederland",
    title="Veilig werken in Midden Nederland 2012–2013 (voorbeeld)",
    purpose=purpose_of("Midden Nederland"),
    author=_leader("midden-nederland"),
    parties=("Politie", "Ziekenhuis", "Ambulancedienst", "Jeugdzorg"),
    starts_on=date(2012, 9, 1),
    ends_on=END_2013,
    drafted_on=date(2012, 6, 4),
    offered_on=date(2012, 6, 14),
    signatures=signed(
        _leader("midden-nederland"),
        ("Politie", date(2012, 6, 18)),
        ("Ambulancedienst", date(2012, 6, 25)),
        ("Ziekenhuis", date(2012, 7, 5)),
    ),
    promises=(
        _reaction("Ziekenhuis", baseline=share(22, 49), target=75, due=END_2013),
        _reported("Jeugdzorg", baseline=75, target=120, due=END_2013),
    ),
)

IJSSELLAND = ContractStory(
    region="ijsselland",
    title="Veilig werken in IJsselland 2012–2013 (voorbeeld)",
    purpose=purpose_of("IJsselland"),
    author=_leader("ijsselland"),
    parties=("Politie", "Openbaar Ministerie", "Welzijnswerk"),
    starts_on=date(2012, 9, 1),
    ends_on=END_2013,
    drafted_on=date(2012, 6, 11),
    offered_on=date(2012, 6, 18),
    signatures=signed(
        _leader("ijsselland"),
        ("Politie", date(2012, 6, 26)),
        ("Welzijnswerk", date(2012, 7, 3)),
        ("Openbaar Ministerie", date(2012, 7, 10)),
    ),
    promises=(
        Promise(
            type_code="schade",
            indicator=indicators.DAMAGES,
            statement="Voorbeeld: werkgevers vragen schade vaker terug bij de dader.",
            responsible="Openbaar Ministerie",
            target=Reference(value(15_000), END_2013),
        ),
    ),
)

LIMBURG = ContractStory(
    region="limburg",
    title="Veilig werken in Limburg 2012–2013 (voorbeeld)",
    purpose=purpose_of("Limburg"),
    author=_leader("limburg"),
    parties=("Politie", "Ziekenhuis", "Vervoerbedrijf"),
    starts_on=date(2012, 9, 1),
    ends_on=END_2013,
    # left as a draft for more than a month
    drafted_on=date(2012, 6, 11),
    promises=(
        _reaction("Ziekenhuis", baseline=share(17, 51), target=70, due=END_2013),
        # its baseline and target are still to be chosen
        Promise(
            type_code="melden",
            indicator=indicators.REPORTED,
            statement="Voorbeeld: medewerkers melden elk voorval.",
            responsible="Vervoerbedrijf",
        ),
    ),
)

CONTRACTS = (
    GELDERLAND,
    GRONINGEN,
    ZEELAND,
    AMSTERDAM_CANCELLED,
    AMSTERDAM,
    MIDDEN_WEST_BRABANT,
    MIDDEN_NEDERLAND,
    IJSSELLAND,
    LIMBURG,
)
