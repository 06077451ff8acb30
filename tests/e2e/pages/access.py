"""Signing in, and the pages on which an administrator gives and takes access."""

from playwright.sync_api import expect

from tests.e2e.pages.screen import Screen
from vpt_regio.demo.accounts import PASSWORD


class Visitor(Screen):
    """Somebody who is not signed in, or not any more."""

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Fill in the sign-in page, where the person is already."""
        self.fill({"E-mailadres": email, "Wachtwoord": password})
        self.press("Inloggen")

    def choose_password(self, link: str, password: str) -> None:
        self.open(link)
        self.page.get_by_label("Nieuw wachtwoord", exact=True).fill(password)
        self.fill({"Nieuw wachtwoord, nog een keer": password})
        self.press("Wachtwoord opslaan")

    def expect_sign_in_page(self) -> None:
        self.expect_heading("Inloggen")


class Administrator(Screen):
    """Whoever manages people."""

    def open_person(self, name: str) -> None:
        self.open("/beheer/personen")
        self.main.get_by_role("link", name=name, exact=True).click()

    def close_account(self, name: str) -> None:
        self.open_person(name)
        self.follow("Account sluiten")
        self.fill({"Reden": "Voorbeeld: ander werk."})
        self.press("Account sluiten")
        self.expect_said("Het account is gesloten.")

    def end_role(self, name: str, last_day: str) -> None:
        self.open_person(name)
        self.follow("Beëindigen")
        self.fill({"Laatste dag": last_day})
        self.press("Rol beëindigen")
        expect(self.row("Rollen van deze persoon", "voorbij")).to_be_visible()

    def newest_link_to(self, email: str) -> str:
        """Return the one-time link in the newest message to an address."""
        self.open("/beheer/berichten")
        self.row("Berichten", email).first.get_by_role("link").click()
        words = self.main.inner_text().split()
        return next(word for word in words if "/eenmalig/" in word)
