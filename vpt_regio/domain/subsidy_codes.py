"""The closed lists of subsidies, stored by value, with their Dutch labels."""

from enum import StrEnum

from vpt_regio.domain.text import N_


class RoundStatus(StrEnum):
    """``CLOSED`` follows from the closing day and is never stored."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class ApplicationStatus(StrEnum):
    """``GRANTED_SOME``: a source says "(partly) granted" and not which of the two."""

    DRAFT = "draft"
    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    UNDER_ASSESSMENT = "under_assessment"
    GRANTED = "granted"
    PARTIALLY_GRANTED = "partially_granted"
    GRANTED_SOME = "granted_some"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TOO_LATE = "too_late"


class PilotStatus(StrEnum):
    """``RUNNING`` and ``FINISHED`` follow from the dates of an awarded pilot: never stored."""

    AWARDED = "awarded"
    RUNNING = "running"
    FINISHED = "finished"
    REPORTED = "reported"
    SETTLED = "settled"
    CLOSED = "closed"
    REVOKED = "revoked"
    LAPSED = "lapsed"
    WITHOUT_GRANT = "without_grant"
    ENDED = "ended"


class ProposalStatus(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class ProposalKind(StrEnum):
    """What somebody proposes, for somebody else to decide."""

    GRANT = "grant"
    PARTIAL_GRANT = "partial_grant"
    REJECTION = "rejection"
    SETTLEMENT = "settlement"
    REVOCATION = "revocation"


PROPOSAL_KIND_LABELS: dict[ProposalKind, str] = {
    ProposalKind.GRANT: N_("toekennen"),
    ProposalKind.PARTIAL_GRANT: N_("gedeeltelijk toekennen"),
    ProposalKind.REJECTION: N_("afwijzen"),
    ProposalKind.SETTLEMENT: N_("vaststellen"),
    ProposalKind.REVOCATION: N_("intrekken"),
}


class RejectionGround(StrEnum):
    """Why an application is rejected."""

    TOO_LATE = "too_late"
    INCOMPLETE = "incomplete"
    OUT_OF_SCOPE = "out_of_scope"
    CEILING = "ceiling"
    QUALITY = "quality"
    NO_NEED = "no_need"
    OTHER = "other"


REJECTION_GROUND_LABELS: dict[RejectionGround, str] = {
    RejectionGround.TOO_LATE: N_("De aanvraag is na de sluitingsdag ontvangen."),
    RejectionGround.INCOMPLETE: N_("De aanvraag is niet op tijd aangevuld."),
    RejectionGround.OUT_OF_SCOPE: N_("De aanvraag past niet bij het doel van de ronde."),
    RejectionGround.CEILING: N_("Het subsidieplafond is bereikt."),
    RejectionGround.QUALITY: N_("De aanpak is niet voldoende uitgewerkt."),
    RejectionGround.NO_NEED: N_("De activiteiten kunnen zonder subsidie doorgaan."),
    RejectionGround.OTHER: N_("Een andere reden, die in de toelichting staat."),
}


class SettlementGround(StrEnum):
    """Why a subsidy is settled at a lower amount. Source: Awb 4:46, second paragraph, a to d."""

    NOT_DONE = "not_done"
    OBLIGATIONS = "obligations"
    FALSE_DATA = "false_data"
    WRONG_AWARD = "wrong_award"


SETTLEMENT_GROUND_LABELS: dict[SettlementGround, str] = {
    SettlementGround.NOT_DONE: N_("a. De activiteiten zijn niet of niet helemaal uitgevoerd."),
    SettlementGround.OBLIGATIONS: N_("b. De ontvanger heeft niet aan de verplichtingen voldaan."),
    SettlementGround.FALSE_DATA: N_(
        "c. De ontvanger heeft onjuiste of onvolledige gegevens gegeven."
    ),
    SettlementGround.WRONG_AWARD: N_(
        "d. De toekenning was onjuist en de ontvanger wist dat of had dat moeten weten."
    ),
}


class RevocationGround(StrEnum):
    """Why a subsidy is revoked. Source: Awb 4:48 before, and 4:49 after the settlement."""

    NOT_DONE = "not_done"
    OBLIGATIONS = "obligations"
    FALSE_DATA = "false_data"
    WRONG_AWARD = "wrong_award"
    NO_BUDGET = "no_budget"


REVOCATION_GROUND_LABELS: dict[RevocationGround, str] = {
    RevocationGround.NOT_DONE: N_("De activiteiten zijn niet uitgevoerd of gaan niet door."),
    RevocationGround.OBLIGATIONS: N_("De ontvanger heeft niet aan de verplichtingen voldaan."),
    RevocationGround.FALSE_DATA: N_("De ontvanger heeft onjuiste of onvolledige gegevens gegeven."),
    RevocationGround.WRONG_AWARD: N_(
        "De toekenning was onjuist en de ontvanger wist dat of had dat moeten weten."
    ),
    RevocationGround.NO_BUDGET: N_("Er is geen geld voor in de begroting, zoals was voorbehouden."),
}


class PilotOutcome(StrEnum):
    """What is done with what a pilot taught."""

    SCALE_UP = "scale_up"
    ADAPT = "adapt"
    STOP = "stop"


PILOT_OUTCOME_LABELS: dict[PilotOutcome, str] = {
    PilotOutcome.SCALE_UP: N_("opschalen"),
    PilotOutcome.ADAPT: N_("aanpassen"),
    PilotOutcome.STOP: N_("stoppen"),
}


class ProgressState(StrEnum):
    """How a pilot goes in a half-year."""

    ON_TRACK = "on_track"
    DELAYED = "delayed"
    STOPPED = "stopped"
    DONE = "done"


PROGRESS_STATE_LABELS: dict[ProgressState, str] = {
    ProgressState.ON_TRACK: N_("op schema"),
    ProgressState.DELAYED: N_("vertraagd"),
    ProgressState.STOPPED: N_("gestopt"),
    ProgressState.DONE: N_("klaar"),
}


class NoticeKind(StrEnum):
    """What a recipient has to tell at once."""

    DELAY = "delay"
    OTHER_ACTIVITIES = "other_activities"
    NOT_DONE = "not_done"
    OTHER = "other"


NOTICE_KIND_LABELS: dict[NoticeKind, str] = {
    NoticeKind.DELAY: N_("De activiteiten zijn later klaar."),
    NoticeKind.OTHER_ACTIVITIES: N_("De activiteiten veranderen."),
    NoticeKind.NOT_DONE: N_("De activiteiten gaan niet of niet helemaal door."),
    NoticeKind.OTHER: N_("Iets anders verandert."),
}


class ReportLineKind(StrEnum):
    """What a line of a final report is about; only a line of costs has amounts."""

    ACTIVITY = "activity"
    COST = "cost"


class FinalReportStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class MoneyDirection(StrEnum):
    """Which way money went: to the recipient, or back after a recovery."""

    PAID = "paid"
    RECOVERED = "recovered"


MONEY_DIRECTION_LABELS: dict[MoneyDirection, str] = {
    MoneyDirection.PAID: N_("betaald aan de ontvanger"),
    MoneyDirection.RECOVERED: N_("terugbetaald door de ontvanger"),
}


class CountKind(StrEnum):
    """What a source counts of a historic scheme."""

    GRANTED = "granted"
    TO_FINISH = "to_finish"


COUNT_KIND_LABELS: dict[CountKind, str] = {
    CountKind.GRANTED: N_("toegekende projecten"),
    CountKind.TO_FINISH: N_("projecten die nog klaar moeten komen"),
}
