"""Messages about a half-year report: to who must act on it, and to who waits for it."""

from vpt_regio.domain.roles import Role
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport
from vpt_regio.services.notices import tell


def tell_submitted(report: ProgressReport, *, actor: Person) -> None:
    """Tell the account manager that there is a report to review."""
    _tell(
        Role.ACCOUNT_MANAGER,
        report,
        actor,
        subject=f"Rapportage {report.region.name} is ingediend",
        message=f"De rapportage over {report.period.name} wacht op uw beoordeling.",
    )


def tell_withdrawn(report: ProgressReport, *, actor: Person) -> None:
    """Tell the account manager that there is nothing to review any more."""
    _tell(
        Role.ACCOUNT_MANAGER,
        report,
        actor,
        subject=f"Indiening rapportage {report.region.name} is ingetrokken",
        message=(
            f"De rapportage over {report.period.name} is weer een concept. U hoeft die nu niet te"
            " beoordelen."
        ),
    )


def tell_returned(report: ProgressReport, *, actor: Person) -> None:
    """Tell the project leader what has to be better."""
    _tell(
        Role.PROJECT_LEADER,
        report,
        actor,
        subject=f"Rapportage {report.region.name} is teruggestuurd",
        message=(
            f"De rapportage over {report.period.name} is teruggestuurd:\n\n"
            f"{report.return_note}\n\nPas de rapportage aan en dien die opnieuw in."
        ),
    )


def tell_accepted(report: ProgressReport, *, actor: Person) -> None:
    """Tell the project leader that nothing more is to be done."""
    _tell(
        Role.PROJECT_LEADER,
        report,
        actor,
        subject=f"Rapportage {report.region.name} is aangenomen",
        message=f"De rapportage over {report.period.name} is aangenomen.",
    )


def _tell(role: Role, report: ProgressReport, actor: Person, *, subject: str, message: str) -> None:
    path = f"/halfjaren/{report.period.code}/rapportages/{report.region.code}"
    tell(role, report.region, subject=subject, message=message, path=path, actor=actor)
