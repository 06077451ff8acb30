"""What a person can do on any page: read, follow links, press buttons and fill in fields."""

from playwright.sync_api import Locator, Page, expect


class Screen:
    """One person before the browser; `clicks` counts the links and buttons they used."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def errors(self) -> Locator:
        """The list of everything that is wrong with the form that was sent."""
        return self.main.get_by_role("alert").filter(has_text="Verbeter eerst dit:")

    def open(self, path: str) -> int:
        """Go to an address and return the status of the answer."""
        response = self.page.goto(path)
        assert response is not None
        return response.status

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.clicks += 1
        self.main.get_by_role("link", name=name, exact=exact).first.click()

    def press(self, name: str) -> None:
        self.clicks += 1
        self.main.get_by_role("button", name=name, exact=True).click()

    def fill(self, fields: dict[str, str]) -> None:
        """Type a text in each field, found by (the beginning of) its label."""
        for label, text in fields.items():
            self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        # a region around a table has a name too
        inputs = self.main.locator("input, select, textarea")
        return self.main.get_by_label(label).and_(inputs).first

    def select(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def choose(self, question: str, answer: str) -> None:
        """Choose one of the answers to a question, or tick one of its boxes."""
        group = self.main.get_by_role("radiogroup", name=question)
        group = group.or_(self.main.get_by_role("group", name=question))
        group.get_by_label(answer, exact=True).check()

    def table(self, caption: str) -> Locator:
        return self.main.get_by_role("table", name=caption)

    def row(self, caption: str, text: str) -> Locator:
        """Return the row of a table that has a text."""
        return self.table(caption).get_by_role("row").filter(has_text=text)

    def offers(self, name: str) -> bool:
        """Return whether there is a button or a link with a name."""
        button = self.main.get_by_role("button", name=name, exact=True)
        return button.or_(self.main.get_by_role("link", name=name, exact=True)).count() > 0

    def expect_said(self, text: str) -> None:
        """Wait for the answer to what was just done."""
        expect(self.main.get_by_role("status").filter(has_text=text)).to_be_visible()

    def expect_heading(self, text: str) -> None:
        expect(self.main.get_by_role("heading", level=1)).to_have_text(text)

    def expect_text(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text)

    def send(self, path: str, fields: dict[str, str] | None = None) -> int:
        """Send a form past the page, as a script would, and return the status of the answer."""
        token = self.page.locator("input[name=csrf_token]").first.input_value()
        answer = self.page.request.post(
            path, form={"csrf_token": token, **(fields or {})}, max_redirects=0
        )
        return answer.status
