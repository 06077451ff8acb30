"""The pages on which a region books its hours and its money."""

from playwright.sync_api import expect

from tests.e2e.pages.screen import Screen

HOURS = "/regios/limburg/uren"
SPENDING = "/regios/limburg/uitgaven"


class BookPages(Screen):
    """The books of Limburg."""

    def book_week(self, week: str, hours: str) -> None:
        self.open(HOURS)
        self.fill({"Week": week, "Uren": hours, "Toelichting": "Voorbeeld"})
        self.press("Uren boeken")

    def write_expenditure(self, day: str, description: str, amount: str) -> None:
        """Fill in an expenditure without sending it."""
        self.open(f"{SPENDING}/nieuw")
        self.fill({"Datum van de uitgave": day, "Omschrijving": description, "Bedrag": amount})
        self.choose("Fase", "ontwikkeling")

    def book(self, day: str, description: str, amount: str) -> None:
        self.write_expenditure(day, description, amount)
        self.press("Uitgave boeken")

    def expect_typed(self, fields: dict[str, str]) -> None:
        for label, text in fields.items():
            expect(self.field(label)).to_have_value(text)

    def expect_booked_once(self, description: str) -> None:
        self.open(SPENDING)
        expect(self.row("Boekingen", description)).to_have_count(1)
