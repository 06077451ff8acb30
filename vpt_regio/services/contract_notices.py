"""Messages about a performance contract: to who must act on it, and to who waits for it."""

from vpt_regio.domain.roles import Role
from vpt_regio.models.contracts import ContractSignature, PerformanceContract
from vpt_regio.models.people import Person
from vpt_regio.services.notices import tell

BOTH = (Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER)


def tell_offered(contract: PerformanceContract, *, actor: Person) -> None:
    """Tell the account manager that the parties can sign."""
    parties = ", ".join(party.organisation.name for party in contract.parties)
    message = f"ligt ter ondertekening. De partijen zijn: {parties}."
    _tell(contract, "ligt ter ondertekening", message, actor=actor, roles=(Role.ACCOUNT_MANAGER,))


def tell_taken_back(contract: PerformanceContract, note: str, *, actor: Person) -> None:
    """Tell the account manager that the signatures lapsed."""
    message = (
        "is teruggenomen om te wijzigen. De handtekeningen zijn vervallen:"
        f" alle partijen tekenen straks opnieuw.\n\nReden: {note}"
    )
    _tell(contract, "is teruggenomen", message, actor=actor, roles=(Role.ACCOUNT_MANAGER,))


def tell_cancelled(contract: PerformanceContract, note: str, *, actor: Person) -> None:
    """Tell the account manager that there is nothing to sign any more."""
    message = f"is vervallen. Er wordt niet meer getekend.\n\nReden: {note}"
    _tell(contract, "is vervallen", message, actor=actor, roles=(Role.ACCOUNT_MANAGER,))


def tell_signed(
    contract: PerformanceContract, signature: ContractSignature, *, signed: int, actor: Person
) -> None:
    """Tell the others who record signatures that one came in."""
    message = (
        f"is getekend door {signature.organisation.name}."
        f" Er hebben nu {signed} van de {len(contract.parties)} partijen getekend."
    )
    _tell(contract, "is door een partij getekend", message, actor=actor)


def tell_withdrawn(
    contract: PerformanceContract, withdrawal: ContractSignature, *, actor: Person
) -> None:
    """Tell the others who record signatures that one does not count any more."""
    message = (
        f"is nog niet getekend door {withdrawal.organisation.name}:"
        f" die handtekening was verkeerd vastgelegd.\n\nReden: {withdrawal.reason}"
    )
    _tell(contract, "mist weer een handtekening", message, actor=actor)


def tell_concluded(contract: PerformanceContract, *, actor: Person) -> None:
    """Tell everybody that the last party signed and the contract holds."""
    _tell(contract, "geldt", "is door alle partijen getekend en geldt nu.", actor=actor)


def tell_evaluated(contract: PerformanceContract, *, actor: Person) -> None:
    """Tell the project leader how the contract was evaluated."""
    message = f"is geëvalueerd:\n\n{contract.evaluation}"
    _tell(contract, "is geëvalueerd", message, actor=actor, roles=(Role.PROJECT_LEADER,))


def _tell(
    contract: PerformanceContract,
    event: str,
    message: str,
    *,
    actor: Person,
    roles: tuple[Role, ...] = BOTH,
) -> None:
    region = contract.region
    for role in roles:
        tell(
            role,
            region,
            subject=f"Prestatiecontract {contract.number} {region.name} {event}",
            message=f"Het prestatiecontract ‘{contract.title}’ van {region.name} {message}",
            path=f"/prestatiecontracten/{contract.id}",
            actor=actor,
        )
