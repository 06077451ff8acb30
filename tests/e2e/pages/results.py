"""The pages of performance contracts, of what was measured for them, and of figures."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.pages.screen import Screen

# of the first line with values, and of the first line with a target
DASHES = """chart => [".vpt-series", ".vpt-step"].map(
  kind => getComputedStyle(chart.querySelector(kind)).strokeDasharray)"""


class ContractPages(Screen):
    """The contracts of one region, for whoever drafts, signs or measures."""

    def draft(self, region: str, fields: dict[str, str]) -> str:
        """Draft a contract, and return its address."""
        self.open(f"/regios/{region}/prestaties")
        self.follow("Prestatiecontract opstellen")
        self.fill(fields)
        self.press("Concept opslaan")
        self.expect_said("Het concept is bewaard.")
        return self.page.url.removesuffix("/partijen")

    def choose_parties(self, contract: str, names: tuple[str, ...]) -> None:
        self.open(f"{contract}/partijen")
        for name in names:
            self.choose("Partijen", name)
        self.press("Partijen opslaan")
        self.expect_said("De partijen zijn vastgelegd.")

    def begin_agreement(self, contract: str, indicator: str) -> None:
        """Choose what an agreement is measured by; its form is shown then."""
        self.open(contract)
        self.follow("Afspraak toevoegen")
        self.select("Indicator", f"{indicator} (procent)")
        self.press("Verder")
        self.expect_text(f"Indicator: {indicator}.")

    def sign(self, contract: str, party: str, day: str) -> None:
        """Record one signature; the person stays where the next one is recorded."""
        self.open(f"{contract}/handtekeningen")
        self.select("Partij", party)
        self.fill(
            {
                "Wie heeft getekend?": f"Directeur van {party}",
                "In welke functie?": "directeur",
                "Datum van ondertekening": day,
                "Kenmerk van het document": "VB-2012-7 (voorbeeld)",
            }
        )
        self.press("Handtekening vastleggen")

    def expect_signed(self, contract: str, count: int, total: int, *, status: str) -> None:
        self.open(contract)
        expect(self.main.get_by_text(status, exact=True).first).to_be_visible()
        signed = self.row("Partijen en handtekeningen", "directeur")
        expect(signed.filter(has_text="getekend")).to_have_count(count)
        if count < total:
            self.expect_text(f"{count} van {total} getekend")

    def measure(self, agreement: str, fields: dict[str, str]) -> None:
        self.open(agreement)
        self.follow("Meting vastleggen")
        self.fill(fields)
        self.press("Opslaan")

    def correct(self, agreement: str, day: str, fields: dict[str, str]) -> None:
        """Replace the latest value of a day by another one."""
        self.open(agreement)
        row = self.row("Metingen, met elke eerdere waarde", day)
        row.get_by_role("link").first.click()
        self.fill(fields)
        self.press("Opslaan")
        self.expect_said("De meting is verbeterd.")

    def change_target(self, agreement: str, fields: dict[str, str]) -> None:
        self.open(agreement)
        self.follow("Streefwaarde wijzigen")
        self.fill(fields)
        self.press("Opslaan")

    def fact(self, term: str) -> Locator:
        """Return a line of a list of facts, found by its term."""
        return self.main.get_by_role("term").get_by_text(term, exact=True).locator("..")

    def expect_facts(self, facts: dict[str, str]) -> None:
        for term, text in facts.items():
            expect(self.fact(term).first).to_contain_text(text)

    def expect_row(self, caption: str, name: str, *texts: str) -> None:
        """Expect texts in the only row of a table that has a name."""
        row = self.row(caption, name)
        expect(row).to_have_count(1)
        for text in texts:
            expect(row).to_contain_text(text)

    def expect_typed(self, fields: dict[str, str]) -> None:
        for label, text in fields.items():
            expect(self.field(label)).to_have_value(text)

    def expect_refused(self, message: str, typed: dict[str, str]) -> None:
        """Expect a message about what was sent, and all that was typed still in its place."""
        expect(self.errors).to_contain_text(message)
        self.expect_typed(typed)

    def dashes(self, chart: Locator) -> list[str]:
        """Return how the values and the target are dashed in a line chart."""
        found: list[str] = chart.evaluate(DASHES)
        return found

    def numbers(self, caption: str, name: str) -> list[int]:
        """Return the whole numbers in the cells of a row of a table, in their order."""
        cells = self.row(caption, name).get_by_role("cell").all_inner_texts()
        return [int(text) for text in cells if re.fullmatch(r"\d+", text.strip())]


class FigurePages(Screen):
    """The pages with figures, for whoever brings them in."""

    def upload(self, address: str, path: Path, fields: dict[str, str]) -> None:
        self.open(address)
        self.follow("Cijfers uit een bestand inlezen")
        self.main.get_by_label("Bestand", exact=True).set_input_files(path)
        self.fill(fields)
        self.press("Bestand controleren")

    def subjects_with(self, caption: str, verdict: str) -> list[str]:
        """Return the beginnings of the rows of a table that have a verdict."""
        rows = self.table(caption).get_by_role("row")
        found = rows.filter(has=self.page.get_by_role("cell", name=verdict, exact=True))
        return found.get_by_role("rowheader").all_inner_texts()
