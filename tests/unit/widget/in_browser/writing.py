"""How a parent writes."""

from playwright.sync_api import Page


def write(page: Page, text: str) -> None:
    page.locator("#message").fill(text)
    page.keyboard.press("Enter")
