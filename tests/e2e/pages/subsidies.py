"""The pages of a subsidy: its application, the decision on it, the pilot and its money."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from docx import Document
from playwright.sync_api import Locator, expect

from tests.e2e.pages.screen import Screen

ANNEX = "Pilots met subsidie uit deze ronde"


class SubsidyPages(Screen):
    """What everybody reads: facts, rows of tables, and files."""

    def fact(self, term: str) -> Locator:
        """Return a line of a list of facts, found by its term."""
        return self.main.get_by_role("term").get_by_text(term, exact=True).locator("..")

    def expect_facts(self, facts: dict[str, str]) -> None:
        for term, text in facts.items():
            expect(self.fact(term).first).to_contain_text(text)

    def expect_status(self, status: str) -> None:
        expect(self.main.get_by_text(status, exact=True).first).to_be_visible()

    def expect_row(self, caption: str, name: str, *texts: str) -> None:
        """Expect texts in the only row of a table that has a name."""
        row = self.row(caption, name)
        expect(row).to_have_count(1)
        for text in texts:
            expect(row).to_contain_text(text)

    def expect_refused(self, message: str, typed: dict[str, str]) -> None:
        """Expect a message about what was sent, and all that was typed still in its place."""
        expect(self.errors).to_contain_text(message)
        for label, text in typed.items():
            expect(self.field(label)).to_have_value(text)

    def document(self, address: str) -> Any:
        """Return a Word document that can be downloaded from an address."""
        answer = self.page.request.get(address)
        assert answer.status == 200, address
        return Document(BytesIO(answer.body()))

    def expect_round(
        self, address: str, sentence: str, amounts: dict[str, str], total: str
    ) -> None:
        """Expect the sentence, the table and the total of a round, on its page and in Word.

        `amounts` has the amount by organisation, as the page writes it.
        """
        self.open(address)
        self.expect_text(sentence)
        self.expect_facts({"Toegekend bedrag": total})
        # the first row is the header
        expect(self.table(ANNEX).get_by_role("row")).to_have_count(len(amounts) + 1)
        for name, amount in amounts.items():
            self.expect_row(ANNEX, name, amount)
        annex = self.document(f"{address}/bijlage")
        assert sentence in all_text(annex)
        rows = [all_text(row) for row in annex.tables[0]._tbl.tr_lst]
        assert len(rows) == len(amounts) + 2
        for row, (name, amount) in zip(rows[1:-1], amounts.items(), strict=True):
            assert name in row
            assert as_in_letter(amount) in row
        assert as_in_letter(total) in rows[-1]


class ApplicantPages(SubsidyPages):
    """The own application and pilot of somebody without an account, by a link."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.link = ""

    def take(self, link: str) -> None:
        self.link = link
        assert self.open(link) == 200

    def write(self, fields: dict[str, str], lines: list[tuple[str, str]]) -> None:
        """Fill in the application, with the lines of its budget, without saving it."""
        self.open(f"{self.link}/wijzigen")
        self.fill(fields)
        for number, (words, amount) in enumerate(lines, 1):
            self.fill({f"Onderdeel {number}: waarvoor": words})
            self.fill({f"Onderdeel {number}: bedrag": amount})

    def save(self) -> None:
        self.press("Bewaren")
        self.expect_said("Uw aanvraag is bewaard.")

    def add_document(self, name: str, content: bytes) -> None:
        self.open(f"{self.link}/documenten")
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.main.get_by_label("Document", exact=True).set_input_files(file)
        self.press("Document toevoegen")
        self.expect_said("Het document is toegevoegd.")

    def report(self, fields: dict[str, str], activity: dict[str, str]) -> None:
        """Write the final report with one activity, and submit it."""
        self.open(f"{self.link}/pilot/eindverslag")
        self.fill(fields)
        self.fill({f"Activiteit 1: {label}": text for label, text in activity.items()})
        self.press("Eindverslag bewaren")
        self.expect_said("Uw eindverslag is bewaard.")
        self.open(f"{self.link}/pilot/eindverslag/indienen")
        self.press("Eindverslag indienen")
        self.expect_said("Uw eindverslag is ingediend.")


class MinistryPages(SubsidyPages):
    """Applications, proposals and pilots, for whoever handles or decides on them."""

    def link_to(self, email: str) -> str:
        """Return the link in the newest message about an application to an address."""
        self.open("/beheer/berichten")
        self.row("Berichten", email).first.get_by_role("link").click()
        words = self.main.inner_text().split()
        # the server of a test has a port of its own
        return urlsplit(next(word for word in words if "/aanvraag/" in word)).path

    def decide(self, title: str) -> str:
        """Decide on a proposal from *Mijn werk*, and return the address of the decision."""
        self.open("/mijn-werk")
        self.clicks = 0
        self.follow(title)
        self.follow("Beslissen", exact=True)
        self.press("Besluit nemen")
        self.expect_said("Het besluit is genomen.")
        return self.page.url

    def settle(self, pilot: str, fields: dict[str, str], ground: str) -> None:
        """Propose to settle a subsidy; a ground is chosen when there is one."""
        self.open(f"{pilot}/vaststelling")
        self.fill(fields)
        if ground:
            self.select("Reden voor een lager bedrag", ground)
        self.press("Voorstel doen")

    def plan(self, pilot: str, instalments: list[tuple[str, str]]) -> dict[str, str]:
        """Plan instalments, each a day and an amount; return what was typed."""
        self.open(f"{pilot}/geld/termijnen")
        typed: dict[str, str] = {}
        for number, (day, amount) in enumerate(instalments, 1):
            typed |= {f"Termijn {number}: datum": day, f"Termijn {number}: bedrag": amount}
        self.fill(typed)
        self.press("Opslaan")
        return typed

    def pay(self, pilot: str, fields: dict[str, str], *, instalment: int) -> None:
        self.open(f"{pilot}/geld/betaling")
        # the first choice is that it belongs to none
        self.field("Termijn").select_option(index=instalment)
        self.fill(fields)
        self.press("Opslaan")

    def receive(self, pilot: str, fields: dict[str, str]) -> None:
        self.open(f"{pilot}/terugvordering")
        self.follow("Ontvangst vastleggen")
        self.fill(fields)
        self.press("Ontvangst vastleggen")

    def expect_money(self, pilot: str, amounts: dict[str, str]) -> None:
        """Expect the whole sum of the money of a pilot, line by line."""
        self.open(f"{pilot}/geld")
        lines = [f"{term} {amount}" for term, amount in amounts.items()]
        expect(self.table("Optelling").get_by_role("row")).to_have_text(["Post Bedrag", *lines])


def all_text(part: Any) -> str:
    """Return every word of a Word document or of a part of one, also in content controls."""
    element = getattr(part, "element", part)
    text = "\n".join(
        "".join(paragraph.xpath(".//w:t/text()")) for paragraph in element.xpath(".//w:p")
    )
    return text.replace("\N{NO-BREAK SPACE}", " ")


def as_in_letter(amount: str) -> str:
    """Return an amount of a page as a letter writes it: whole euros end in a dash."""
    plain = amount.replace("\N{NO-BREAK SPACE}", " ")
    return f"{plain.removesuffix(',00')},-" if plain.endswith(",00") else plain
