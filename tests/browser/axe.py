"""axe-core in a tab: every rule it has, best practice included, and no level of violation let through."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Whatever axe knows, the experimental rules and those of WCAG AAA too, except:
# - color-contrast-enhanced asks 7:1 of every text. We keep 7:1 for what is read at length and 4.5:1 (AA) for captions
#   and labels, by decision; tests/unit/test_style_guide.py holds the tokens to both.
# - css-orientation-lock fetches every style sheet anew, and from the wrong folder where one imports another. No sheet
#   of ours asks for the orientation: tests/unit/test_style_guide.py sees to that.
LEFT_OUT = ("color-contrast-enhanced", "css-orientation-lock")
RUN = """async ([context, leftOut]) => {
  const enabled = axe.getRules().map(rule => [rule.ruleId, {enabled: !leftOut.includes(rule.ruleId)}]);
  const options = {rules: Object.fromEntries(enabled), resultTypes: ["violations"], iframes: false, preload: false};
  const found = await axe.run(context ?? document, options);
  return found.violations.flatMap(violation => violation.nodes.map(node =>
    [violation.id + ":", node.target.join(" "), node.html.slice(0, 160), node.failureSummary].join(" | ")));
}"""


def violations(page: Page, *, within: str | None = None) -> list[str]:
    """What axe says against a page, or a part of it: rule, place, markup and how to mend it."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found: Any = page.evaluate(RUN, [within, LEFT_OUT])
    return [str(line) for line in found]
