"""Inventories: a survey among the organisations of a region, what it found and what follows."""

from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.maturity import Inventory, InventoryFinding
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.services import audit, transitions
from vpt_regio.services.plan_parts import PlanPart, cleaned, require_same

# far more than a region has
MOST_ORGANISATIONS = 100_000


def create_inventory(
    region: Region,
    *,
    name: str,
    actor: Person,
    held: FuzzyDate | None = None,
    declared_organisations: int | None = None,
    source: str = "",
) -> Inventory:
    """Add an inventory; when it was held may be known vaguely."""
    role = policies.require(actor, Permission.MATURITY_RECORD, region)
    raise_all(_errors(name, held, declared_organisations))
    inventory = Inventory(region=region)
    _fill(inventory, name, held, declared_organisations, source)
    db.session.add(inventory)
    db.session.flush()
    details = _values(inventory)
    audit.record("inventory.created", inventory, actor=actor, role=role, details=details)
    return inventory


def change_inventory(
    inventory: Inventory,
    *,
    name: str,
    actor: Person,
    expected_version: int | None = None,
    held: FuzzyDate | None = None,
    declared_organisations: int | None = None,
    source: str = "",
) -> Inventory:
    """Change what is said of an inventory; its findings have a way of their own."""
    role = policies.require(actor, Permission.MATURITY_RECORD, inventory)
    transitions.check_version(inventory, expected_version)
    raise_all(_errors(name, held, declared_organisations))
    before = _values(inventory)
    _fill(inventory, name, held, declared_organisations, source)
    db.session.flush()
    after = _values(inventory)
    if after != before:
        details = {"name": inventory.name, "before": before, "after": after}
        audit.record("inventory.changed", inventory, actor=actor, role=role, details=details)
    return inventory


def add_finding(
    inventory: Inventory, *, body: str, follow_up: str, actor: Person
) -> InventoryFinding:
    """Add what an inventory found, after the findings that it has."""
    role = policies.require(actor, Permission.MATURITY_RECORD, inventory)
    text, follow = _texts(body, follow_up)
    last = max((one.position for one in inventory.findings), default=0)
    finding = InventoryFinding(position=last + 1, body=text, follow_up=follow)
    inventory.findings.append(finding)
    db.session.flush()
    details = {"name": inventory.name, "body": text, "follow_up": follow}
    audit.record("inventory.finding_added", inventory, actor=actor, role=role, details=details)
    return finding


def finding_part(finding: InventoryFinding) -> PlanPart:
    """Return what the form of a finding shows, as a part with a version of its own."""
    return PlanPart(lambda: {"body": finding.body, "follow_up": finding.follow_up})


def change_finding(
    inventory: Inventory,
    *,
    finding: InventoryFinding | None,
    body: str,
    follow_up: str,
    actor: Person,
    expected_version: int | None = None,
) -> InventoryFinding:
    """Change a finding, or what the region does with it. None stands for one that is gone."""
    role = policies.require(actor, Permission.MATURITY_RECORD, inventory)
    found = _present(inventory, finding)
    require_same(finding_part(found), expected_version)
    text, follow = _texts(body, follow_up)
    if (found.body, found.follow_up) == (text, follow):
        return found
    before = {"body": found.body, "follow_up": found.follow_up}
    found.body, found.follow_up = text, follow
    after = {"body": text, "follow_up": follow}
    details = {"name": inventory.name, "before": before, "after": after}
    audit.record("inventory.finding_changed", inventory, actor=actor, role=role, details=details)
    return found


def remove_finding(
    inventory: Inventory, *, finding: InventoryFinding | None, actor: Person
) -> None:
    """Take out a finding that was written down wrongly; what it said stays in the history."""
    role = policies.require(actor, Permission.MATURITY_RECORD, inventory)
    found = _present(inventory, finding)
    details = {"name": inventory.name, "body": found.body, "follow_up": found.follow_up}
    inventory.findings.remove(found)
    db.session.flush()
    audit.record("inventory.finding_removed", inventory, actor=actor, role=role, details=details)


def _present(inventory: Inventory, finding: InventoryFinding | None) -> InventoryFinding:
    if finding is None or finding not in inventory.findings:
        raise WrongState(N_("Deze bevinding is al verwijderd."))
    return finding


def _texts(body: str, follow_up: str) -> tuple[str, str]:
    errors: list[DomainError] = []
    text = cleaned(body, field="body")
    follow = cleaned(follow_up, field="follow_up")
    if not text:
        errors.append(Invalid(N_("Schrijf op wat er is gevonden."), field="body"))
    raise_all(errors)
    return text, follow


def _errors(name: str, held: FuzzyDate | None, declared: int | None) -> list[DomainError]:
    errors: list[DomainError] = []
    if not name.strip():
        errors.append(Invalid(N_("Vul een naam in voor de inventarisatie."), field="name"))
    if held is not None and held.on is not None and held.on > clock.today():
        text = N_("Een inventarisatie kan niet in de toekomst gehouden zijn.")
        errors.append(Invalid(text, field="held"))
    if declared is not None and declared < 0:
        text = N_("Een aantal organisaties kan niet negatief zijn.")
        errors.append(Invalid(text, field="declared_organisations"))
    if declared is not None and declared > MOST_ORGANISATIONS:
        text = N_("Dit aantal is te groot. Controleer het aantal nullen.")
        errors.append(Invalid(text, field="declared_organisations"))
    return errors


def _fill(
    inventory: Inventory, name: str, held: FuzzyDate | None, declared: int | None, source: str
) -> None:
    inventory.name = name.strip()
    inventory.held_on = held.on if held else None
    inventory.held_precision = held.precision.value if held else None
    inventory.held_words = held.words if held else ""
    inventory.declared_organisations = declared
    inventory.source = source


def _values(inventory: Inventory) -> dict[str, Any]:
    return {
        "name": inventory.name,
        "held_on": inventory.held_on,
        "held_precision": inventory.held_precision,
        "held_words": inventory.held_words,
        "declared_organisations": inventory.declared_organisations,
        "source": inventory.source,
    }
