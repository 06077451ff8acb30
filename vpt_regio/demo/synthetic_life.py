"""Which synthetic region it is, with its names and chances, and what all of them share."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

ADMINISTRATOR = "beheer@voorbeeld.example"
OFFICER = "beleid@voorbeeld.example"
HOLDER = "mandaat@voorbeeld.example"

REGIONS_PER_MANAGER = 5


@dataclass(frozen=True)
class Life:
    """Which region, and the seed of its chances."""

    number: int
    seed: int

    @property
    def code(self) -> str:
        return f"voorbeeld-{self.number:03}"

    @property
    def name(self) -> str:
        return f"Voorbeeldregio {self.number:03}"

    @property
    def leader(self) -> str:
        return f"projectleider-{self.number:03}@voorbeeld.example"

    @property
    def organisation(self) -> str:
        return f"Voorbeeldorganisatie {self.number:03}"

    @property
    def manager_number(self) -> int:
        return 1 + (self.number - 1) // REGIONS_PER_MANAGER

    @property
    def manager(self) -> str:
        return f"accountmanager-{self.manager_number:03}@voorbeeld.example"

    def chances(self, what: str) -> Random:
        """Return chances of their own for a part of the life, whatever was drawn before."""
        return Random(f"{self.seed}/{self.number}/{what}")  # noqa: S311 - no secret is made


@dataclass(frozen=True)
class Plan:
    """What all regions share: from when to when, and how large each plan is."""

    start: date
    end: date
    scale: int
    halves: int

    def after(self, days: int) -> date:
        return self.start + timedelta(days=days)
