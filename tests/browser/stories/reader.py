"""Somebody who reads his mail in the sandbox, follows its links in the same browser, and presses buttons."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.conftest import Worker


@dataclass
class Reader:
    """A person, his address, and his browser."""

    page: Page
    address: str
    site: str
    sandbox: str
    work: Worker

    def follow(self, link: str) -> None:
        """Open his latest mail, and follow the link in it that leads there."""
        self.work()
        self.page.goto(self.sandbox)
        self.page.goto(f"{self.site}/sandbox/mailboxes/{self.address}")
        self.page.locator(".list a").first.click()
        self.page.get_by_role("link", name="As text").click()
        self.page.locator(f".card a[href*='{link}']").first.click()
        expect(self.page.locator(".sandbox")).to_have_count(0)

    def mails(self) -> int:
        """How many he has got."""
        self.work()
        self.page.goto(self.sandbox)
        self.page.goto(f"{self.site}/sandbox/mailboxes/{self.address}")
        return self.page.locator(".list li").count()

    def press(self, button: str) -> None:
        """Press the first button that is called so."""
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def fill(self, label: str, text: str) -> None:
        """Write something into a field."""
        self.page.get_by_label(label, exact=True).first.fill(text)

    def reads(self, text: str) -> None:
        """It stands on the page, or does so in a moment."""
        expect(self.page.locator("main")).to_contain_text(text)

    def sign_in(self) -> None:
        """Ask for a link, and come in by it."""
        self.page.goto(f"{self.site}/team/sign-in")
        self.fill("Your e-mail address", self.address)
        self.press("Send me a link")
        self.reads("Please look into your mailbox")
        self.follow("/team/sign-in/")
        self.press("Sign in")
        self.reads("Open")
