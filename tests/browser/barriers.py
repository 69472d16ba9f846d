"""Known barriers on a page: axe-core, with the rules of WCAG 2.2 AA and below."""
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
"""What is right is not listed: a page has hundreds of such lines, and to hand them over takes longer than to find them."""


def assert_no_known_barrier(page: Page) -> None:
    found = Axe().run(page, options=OPTIONS)

    assert found.violations_count == 0, found.generate_report()
