"""Messages about a final account: to who must act on it, and to who waits for it."""

from vpt_regio.domain.roles import Role
from vpt_regio.models.covenant_money import FinalAccount
from vpt_regio.models.people import Person
from vpt_regio.services.notices import tell


def tell_submitted(account: FinalAccount, *, actor: Person) -> None:
    """Tell the account manager that there is an account to review."""
    _tell(Role.ACCOUNT_MANAGER, account, actor, "is ingediend", "wacht op uw beoordeling.")


def tell_withdrawn(account: FinalAccount, *, actor: Person) -> None:
    """Tell the account manager that there is nothing to review any more."""
    _tell(
        Role.ACCOUNT_MANAGER,
        account,
        actor,
        "is weer een concept",
        "is weer een concept. U hoeft die nu niet te beoordelen.",
    )


def tell_returned(account: FinalAccount, *, actor: Person) -> None:
    """Tell the project leader what has to be better."""
    message = (
        f"is teruggestuurd:\n\n{account.return_note}\n\n"
        "Pas de eindverantwoording aan en dien die opnieuw in."
    )
    _tell(Role.PROJECT_LEADER, account, actor, "is teruggestuurd", message)


def tell_accepted(account: FinalAccount, *, actor: Person) -> None:
    """Tell the project leader that the account is accepted, and what is still to be paid back."""
    _tell(Role.PROJECT_LEADER, account, actor, "is aangenomen", "is aangenomen.")


def _tell(role: Role, account: FinalAccount, actor: Person, event: str, message: str) -> None:
    region, covenant = account.region, account.covenant
    tell(
        role,
        region,
        subject=f"Eindverantwoording {region.name} {event}",
        message=f"De eindverantwoording over convenant {covenant.number} {message}",
        path=f"/convenanten/{covenant.id}/eindverantwoording/{region.code}",
        actor=actor,
    )
