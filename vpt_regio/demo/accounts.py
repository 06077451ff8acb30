"""The six accounts of the demonstration: `python -m vpt_regio.demo.accounts` prints them."""

import os
from dataclasses import dataclass

import click
from flask import Flask

from config import UnsafeSettings
from vpt_regio.domain.roles import Role
from vpt_regio.queries.people import has_demo_accounts

PASSWORD = "proef-met-vpt-regio"  # noqa: S105 - shown on the sign-in page; production refuses it


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration; `region` is the code of its region."""

    email: str
    name: str
    role: Role
    region: str | None = None


ACCOUNTS = (
    DemoAccount(
        "projectleider.limburg@vpt.example",
        "Projectleider Limburg",
        Role.PROJECT_LEADER,
        "limburg",
    ),
    DemoAccount("accountmanager@vpt.example", "Accountmanager", Role.ACCOUNT_MANAGER, "limburg"),
    DemoAccount("beleid@vpt.example", "Beleidsmedewerker", Role.POLICY_OFFICER),
    DemoAccount("mandaat@vpt.example", "Mandaathouder", Role.MANDATE_HOLDER),
    DemoAccount("beheer@vpt.example", "Functioneel beheerder", Role.ADMINISTRATOR),
    DemoAccount("lezer@vpt.example", "Lezer", Role.READER),
)


def start_text(address: str) -> str:
    """Return what the start of a demonstration shows: the address, the accounts, the password."""
    width = max(len(account.email) for account in ACCOUNTS)
    lines = [f"  {account.email:<{width}}  {account.name}" for account in ACCOUNTS]
    return "\n".join(
        (
            f"VPT Regio staat klaar op {address}",
            "",
            "Log in met een van deze accounts:",
            *lines,
            "",
            f"Het wachtwoord is steeds: {PASSWORD}",
        )
    )


def refuse_in_production(app: Flask) -> None:
    """Stop the start of a production system that has accounts of the demonstration.

    Raises UnsafeSettings. A database without tables passes: it still has to be migrated.
    """
    if app.config["VPT_ENV"] != "production":
        return
    with app.app_context():
        if has_demo_accounts():
            raise UnsafeSettings(
                "the database holds accounts of the demonstration, whose password is public;"
                " use a database of its own for production, or close those accounts first"
            )


if __name__ == "__main__":
    port = os.environ.get("PORT", "8000")
    click.echo(start_text(os.environ.get("VPT_BASE_URL", f"http://127.0.0.1:{port}")))
