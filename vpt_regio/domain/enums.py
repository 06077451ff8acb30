"""The closed lists of the programme, stored by value, with their Dutch labels.

Lists that an administrator may extend (measures, policy lines, sectors, types of agreement)
are data and do not belong here. The labels of a status stand in its workflow.
"""

from enum import StrEnum

from vpt_regio.domain.text import N_


class RegionStatus(StrEnum):
    EXPLORING = "exploring"
    ACTIVE = "active"
    MERGED = "merged"
    ENDED = "ended"
    CONTINUED_UNFUNDED = "continued_unfunded"


class CovenantStatus(StrEnum):
    """``EXPIRED`` follows from the end date and is never stored."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    TERMINATED = "terminated"
    CLOSED = "closed"
    EXPIRED = "expired"


class ActionPlanStatus(StrEnum):
    """The status of one version of an action plan."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    PROVISIONALLY_ADOPTED = "provisionally_adopted"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AmendmentStatus(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class FinalAccountStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class RemarkStatus(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"


class RemarkWeight(StrEnum):
    """Whether a remark stands in the way of approval."""

    MUST = "must"
    COULD = "could"


REMARK_WEIGHT_LABELS: dict[RemarkWeight, str] = {
    RemarkWeight.MUST: N_("moet"),
    RemarkWeight.COULD: N_("mag"),
}


class AmendmentKind(StrEnum):
    """What an amendment of a covenant changes."""

    EXTENSION = "extension"
    AMOUNT = "amount"
    PARTY = "party"
    MERGER = "merger"


AMENDMENT_LABELS: dict[AmendmentKind, str] = {
    AmendmentKind.EXTENSION: N_("verlenging"),
    AmendmentKind.AMOUNT: N_("aanvulling"),
    AmendmentKind.PARTY: N_("andere partij"),
    AmendmentKind.MERGER: N_("samenvoeging van regio's"),
}


class FundingInstrument(StrEnum):
    """How the money of a covenant is given, and so how it is accounted for."""

    UNKNOWN = "unknown"
    OWN_RULES = "own_rules"
    SPECIFIC_GRANT = "specific_grant"


FUNDING_LABELS: dict[FundingInstrument, str] = {
    FundingInstrument.UNKNOWN: N_("nog niet bepaald"),
    FundingInstrument.OWN_RULES: N_("subsidie volgens eigen regels"),
    FundingInstrument.SPECIFIC_GRANT: N_("specifieke uitkering, verantwoord bij de jaarrekening"),
}


class PaymentKind(StrEnum):
    ADVANCE = "advance"
    SUPPLEMENT = "supplement"
    REPAYMENT = "repayment"


PAYMENT_LABELS: dict[PaymentKind, str] = {
    PaymentKind.ADVANCE: N_("voorschot"),
    PaymentKind.SUPPLEMENT: N_("aanvulling"),
    PaymentKind.REPAYMENT: N_("terugbetaling door de regio"),
}


class ExemptionVerdict(StrEnum):
    """What the account manager thinks of a measure that is left out."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


EXEMPTION_LABELS: dict[ExemptionVerdict, str] = {
    ExemptionVerdict.ACCEPTED: N_("akkoord"),
    ExemptionVerdict.REJECTED: N_("niet akkoord"),
}


class ObjectionOutcome(StrEnum):
    """How an objection ended. Source: General Administrative Law Act, chapter 7."""

    INADMISSIBLE = "inadmissible"
    UNFOUNDED = "unfounded"
    FOUNDED = "founded"
    WITHDRAWN = "withdrawn"


OBJECTION_LABELS: dict[ObjectionOutcome, str] = {
    ObjectionOutcome.INADMISSIBLE: N_("niet-ontvankelijk"),
    ObjectionOutcome.UNFOUNDED: N_("ongegrond"),
    ObjectionOutcome.FOUNDED: N_("gegrond"),
    ObjectionOutcome.WITHDRAWN: N_("ingetrokken"),
}


class PeriodStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    COLLECTING = "collecting"
    FROZEN = "frozen"
    SENT = "sent"
    CLOSED = "closed"


class ReportStatus(StrEnum):
    """The last four exist on the board only: they follow from dates and are never stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOT_STARTED = "not_started"
    EXCUSED = "excused"
    LATE = "late"
    MISSING = "missing"


class AgreementLevel(StrEnum):
    """How far the partners of a region agree. Source: the covenant's first watch duty."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


AGREEMENT_LEVEL_LABELS: dict[AgreementLevel, str] = {
    AgreementLevel.NONE: N_("geen"),
    AgreementLevel.PARTIAL: N_("gedeeltelijk"),
    AgreementLevel.FULL: N_("volledig"),
}


class WatchDuty(StrEnum):
    """What the account manager watches: six aspects under four headings."""

    CONSENSUS_ANALYSIS = "consensus_analysis"
    CONSENSUS_APPROACH = "consensus_approach"
    COOPERATION = "cooperation"
    COORDINATION = "coordination"
    PROGRESS = "progress"
    USE_OF_FUNDS = "use_of_funds"


WATCH_DUTY_LABELS: dict[WatchDuty, str] = {
    WatchDuty.CONSENSUS_ANALYSIS: N_("Overeenstemming over de analyse van het probleem"),
    WatchDuty.CONSENSUS_APPROACH: N_("Overeenstemming over de aanpak"),
    WatchDuty.COOPERATION: N_("Samenwerking van de partners"),
    WatchDuty.COORDINATION: N_("Afstemming van de activiteiten"),
    WatchDuty.PROGRESS: N_("Voortgang van het project"),
    WatchDuty.USE_OF_FUNDS: N_("Inzet van de middelen"),
}

WATCH_DUTY_HEADINGS: dict[str, tuple[WatchDuty, ...]] = {
    N_("Overeenstemming"): (WatchDuty.CONSENSUS_ANALYSIS, WatchDuty.CONSENSUS_APPROACH),
    N_("Samenwerking"): (WatchDuty.COOPERATION,),
    N_("Afstemming"): (WatchDuty.COORDINATION,),
    N_("Voortgang en middelen"): (WatchDuty.PROGRESS, WatchDuty.USE_OF_FUNDS),
}
"""Heading → its aspects, in the order of the screen."""


class DutyScore(StrEnum):
    INSUFFICIENT = "insufficient"
    PARTIAL = "partial"
    SUFFICIENT = "sufficient"
    NOT_YET = "not_yet"


DUTY_SCORE_LABELS: dict[DutyScore, str] = {
    DutyScore.INSUFFICIENT: N_("onvoldoende"),
    DutyScore.PARTIAL: N_("gedeeltelijk"),
    DutyScore.SUFFICIENT: N_("voldoende"),
    DutyScore.NOT_YET: N_("nog niet te beoordelen"),
}


class Phase(StrEnum):
    """What money is spent on. Source: the covenant pays for making the plan and carrying it out."""

    DEVELOPMENT = "development"
    IMPLEMENTATION = "implementation"


PHASE_LABELS: dict[Phase, str] = {
    Phase.DEVELOPMENT: N_("ontwikkeling"),
    Phase.IMPLEMENTATION: N_("uitvoering"),
}


class Rag(StrEnum):
    """The overall judgement in a report."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


RAG_LABELS: dict[Rag, str] = {
    Rag.GREEN: N_("groen"),
    Rag.AMBER: N_("oranje"),
    Rag.RED: N_("rood"),
}


class ActivityStatus(StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    DONE = "done"
    DELAYED = "delayed"
    CANCELLED = "cancelled"


ACTIVITY_STATUS_LABELS: dict[ActivityStatus, str] = {
    ActivityStatus.NOT_STARTED: N_("niet gestart"),
    ActivityStatus.RUNNING: N_("loopt"),
    ActivityStatus.DONE: N_("afgerond"),
    ActivityStatus.DELAYED: N_("vertraagd"),
    ActivityStatus.CANCELLED: N_("vervallen"),
}


class OrganisationKind(StrEnum):
    POLICE = "police"
    PUBLIC_PROSECUTION = "public_prosecution"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    MINISTRY = "ministry"
    SAFETY_REGION = "safety_region"
    EMPLOYER = "employer"
    OTHER = "other"


ORGANISATION_KIND_LABELS: dict[OrganisationKind, str] = {
    OrganisationKind.POLICE: N_("politie"),
    OrganisationKind.PUBLIC_PROSECUTION: N_("Openbaar Ministerie"),
    OrganisationKind.MUNICIPALITY: N_("gemeente"),
    OrganisationKind.PROVINCE: N_("provincie"),
    OrganisationKind.MINISTRY: N_("ministerie"),
    OrganisationKind.SAFETY_REGION: N_("veiligheidsregio"),
    OrganisationKind.EMPLOYER: N_("werkgever"),
    OrganisationKind.OTHER: N_("overig"),
}


class PartyRole(StrEnum):
    """The side a party takes in a covenant."""

    MINISTER = "minister"
    COUNTERPARTY = "counterparty"


PARTY_ROLE_LABELS: dict[PartyRole, str] = {
    PartyRole.MINISTER: N_("minister"),
    PartyRole.COUNTERPARTY: N_("wederpartij"),
}


class TerritoryType(StrEnum):
    POLICE_REGION = "police_region"
    PROVINCE = "province"
    COMBINATION = "combination"


TERRITORY_TYPE_LABELS: dict[TerritoryType, str] = {
    TerritoryType.POLICE_REGION: N_("politieregio"),
    TerritoryType.PROVINCE: N_("provincie"),
    TerritoryType.COMBINATION: N_("combinatie"),
}


class PlanSection(StrEnum):
    """The sections of an action plan, in their order."""

    PROBLEM_ANALYSIS = "problem_analysis"
    APPROACH = "approach"
    ACTIVITIES = "activities"
    BUDGET = "budget"
    AGREEMENT = "agreement"
    EMBEDDING = "embedding"


PLAN_SECTION_LABELS: dict[PlanSection, str] = {
    PlanSection.PROBLEM_ANALYSIS: N_("Probleemanalyse"),
    PlanSection.APPROACH: N_("Aanpak"),
    PlanSection.ACTIVITIES: N_("Activiteiten"),
    PlanSection.BUDGET: N_("Begroting"),
    PlanSection.AGREEMENT: N_("Overeenstemming van de partners"),
    PlanSection.EMBEDDING: N_("Borging"),
}
