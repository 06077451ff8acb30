"""Messages about a subsidised pilot: to the policy officers, and to the recipient.

The recipient is written to at the address in the application; without one (a letter on paper)
nothing is sent. The link of the applicant is not in it: it was sent before, and is not kept.
"""

from vpt_regio import outbox
from vpt_regio.domain.subsidy_codes import NOTICE_KIND_LABELS
from vpt_regio.models.pilot_reports import ChangeNotice, PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.policies import Actor
from vpt_regio.queries.settlements import asks_report
from vpt_regio.services.application_notices import CLOSING, GREETING
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.notices import tell_officers


def tell_noticed(notice: ChangeNotice, *, actor: Actor) -> None:
    """Tell the policy officers that there is a notice to answer."""
    what = NOTICE_KIND_LABELS[notice.kind].lower()
    end = (
        f"\n\nVoorgestelde laatste dag: {day_in_words(notice.proposed_end_on)}."
        if notice.proposed_end_on
        else ""
    )
    _tell_officers(
        notice.pilot,
        "melding over een pilot",
        f"Er is een verandering gemeld ({what}):\n\n{notice.explanation}{end}\n\n"
        "Beantwoord de melding.",
        path=f"/pilots/{notice.pilot_id}/meldingen/{notice.id}",
        actor=actor,
    )


def tell_answered(notice: ChangeNotice, *, has_moved: bool) -> None:
    """Tell the recipient what is answered to a notice, and by when everything is to be done."""
    pilot = notice.pilot
    agreed = "Wij zijn akkoord." if notice.is_agreed else "Wij zijn niet akkoord."
    days = ""
    if has_moved and pilot.ends_on is not None:
        days = f"\n\nDe laatste dag van de pilot is nu {day_in_words(pilot.ends_on)}."
    if has_moved and pilot.settlement_request_due is not None and asks_report(pilot):
        days += (
            f" U verantwoordt de pilot uiterlijk op {day_in_words(pilot.settlement_request_due)}."
        )
    _tell_recipient(
        pilot,
        "antwoord op uw melding",
        f"Op {day_in_words(notice.noticed_on)} meldde u een verandering.\n\n"
        f"{agreed}\n\n{notice.answer}{days}",
    )


def tell_submitted(report: PilotFinalReport, *, actor: Actor) -> None:
    """Tell the policy officers that there is a final report to assess."""
    _tell_officers(
        report.pilot,
        "eindverslag is ingediend",
        "Het eindverslag van de pilot wacht op een beoordeling.",
        path=f"/pilots/{report.pilot_id}/eindverslag",
        actor=actor,
    )


def tell_returned(report: PilotFinalReport) -> None:
    """Tell the recipient what has to be better, and until when."""
    pilot, until = report.pilot, ""
    if pilot.settlement_request_due is not None:
        until = f" Dat kan tot en met {day_in_words(pilot.settlement_request_due)}."
    _tell_recipient(
        pilot,
        "eindverslag teruggestuurd",
        f"Uw eindverslag is nog niet goed. Dit moet beter:\n\n{report.return_note}\n\n"
        f"Pas het eindverslag aan en dien het opnieuw in.{until}",
    )


def tell_accepted(report: PilotFinalReport) -> None:
    """Tell the recipient that the report is enough, and what comes next."""
    _tell_recipient(
        report.pilot,
        "eindverslag aangenomen",
        "Wij hebben uw eindverslag aangenomen. Wij stellen nu de subsidie vast."
        " U krijgt daarover een besluit.",
    )


def _tell_officers(pilot: Pilot, event: str, message: str, *, path: str, actor: Actor) -> None:
    who = f" van {pilot.organisation_name}" if pilot.organisation_name else ""
    tell_officers(
        pilot.programme_id,
        subject=f"Pilot ‘{pilot.title}’: {event}",
        message=f"Het gaat om de pilot ‘{pilot.title}’{who}.\n\n{message}",
        path=path,
        actor=actor,
    )


def _tell_recipient(pilot: Pilot, event: str, message: str) -> None:
    application = pilot.application
    if application is None or not application.contact_email:
        return
    about = f"Het gaat om de pilot ‘{pilot.title}’, waarvoor u subsidie kreeg.\n\n"
    outbox.post(
        application.contact_email,
        subject=f"Uw pilot: {event}",
        body=f"{GREETING}{about}{message}{CLOSING}",
    )
