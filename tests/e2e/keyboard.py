"""A reader without a mouse: Tab and Shift+Tab from one control to the next, and what each of them shows and opens."""

from __future__ import annotations

from dataclasses import dataclass

from browser_walk import wait_for_run
from playwright.sync_api import Locator, Page

LONGEST_WALK = 160

# Everything that a mouse can use, by the stop that Tab makes for it: of tabs, choices and pills one is stopped at and
# the arrows reach the rest, and what stands in one frame with a field (the arrow of a select, the calendar of a date,
# the steps of a number) is done with the field's own keys.
LIST_CONTROLS = """
() => {
  const wanted = "a[href], button, input, select, textarea, summary, [role=tab], [role=spinbutton], [role=combobox]";
  const frames = "[role=tablist], [role=radiogroup], [role=toolbar], [role=group], [data-testid=stNumberInput], "
    + "[data-testid=stMultiSelect]";
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && e.getClientRects().length && !e.disabled && e.getAttribute("aria-disabled") !== "true" && e.type !== "file"
    && e.type !== "date";
  const stops = new Map();
  return [...document.querySelectorAll(wanted)].filter(shown).map((control, place) => {
    const frame = control.closest(frames) ?? control;
    if (!stops.has(frame)) stops.set(frame, place);
    control.dataset.stopp = stops.get(frame);
    const name = control.getAttribute("aria-label") || control.textContent || control.type || control.tagName;
    return [stops.get(frame), name.trim().slice(0, 60)];
  });
}
"""

# What has the focus, and whether it can be seen: a line of 3 px in the ink of the text, around something that is itself
# in view and that no frame around it cuts the line off.
READ_FOCUS = """
() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const above = (e) => (e.parentElement ? [e.parentElement, ...above(e.parentElement)] : []);
  const isSeen = (frame) => {
    const look = getComputedStyle(frame), box = frame.getBoundingClientRect();
    return look.outlineStyle === "solid" && parseFloat(look.outlineWidth) >= 3
      && look.outlineColor === "rgb(22, 32, 43)" && box.width >= 16 && box.height >= 16 && look.clipPath === "none"
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      && [frame, ...above(frame)].reduce((product, e) => product * Number(getComputedStyle(e).opacity), 1) > 0.5
      && above(frame).every((e) => {
        const around = e.getBoundingClientRect();
        const reach = parseFloat(look.outlineWidth) + parseFloat(look.outlineOffset) - 1;
        return getComputedStyle(e).overflowX === "visible"
          || box.left - around.left >= reach || around.right - box.right >= reach;
      });
  };
  const testid = focused.dataset.testid ?? "";
  const role = focused.getAttribute("role") ?? "";
  return {
    stop: focused.dataset.stopp === undefined ? null : Number(focused.dataset.stopp),
    name: (focused.getAttribute("aria-label") || focused.textContent || focused.tagName).trim().slice(0, 60),
    kind: focused.tagName === "SUMMARY" ? "expander" : testid === "stPopoverButton" ? "popover"
      : role === "combobox" ? "select" : "",
    seen: [focused, ...above(focused)].slice(0, 5).some(isSeen), ordered: focused.tabIndex <= 0,
  };
}
"""


@dataclass(frozen=True)
class Focus:
    """What has the focus: its stop (None for a region that scrolls), its name, what it opens, and how it is shown."""

    stop: int | None
    name: str
    kind: str
    seen: bool
    ordered: bool


def read_focus(page: Page) -> Focus | None:
    """What has the focus now; None when it is on no control of the page."""
    found = page.evaluate(READ_FOCUS)
    if found is not None and not found["seen"]:
        # Plotly fades its button in.
        page.wait_for_timeout(500)
        found = page.evaluate(READ_FOCUS)
    return None if found is None else Focus(**found)


def list_controls(page: Page) -> dict[int, str]:
    """The stops that Tab has to make on the page as it is now, and what stands at each."""
    named: dict[int, str] = {}
    for stop, name in page.evaluate(LIST_CONTROLS):
        named.setdefault(stop, name)
    return named


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the control has the focus; fails with the way that was walked."""
    wanted.wait_for(state="attached")
    walked = []
    for _ in range(LONGEST_WALK):
        if wanted.evaluate("(e) => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
        focus = read_focus(page)
        walked.append(focus.name if focus else "–")
    raise AssertionError(f"Tab does not lead there: {walked}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Walk to the control, press the key on it, and wait for what follows."""
    tab_to(page, wanted)
    page.keyboard.press(key)
    page.wait_for_timeout(100)
    wait_for_run(page)


def choose(page: Page, select: Locator, option: str) -> None:
    """Walk to the select, open it by arrow, walk to the option by arrow, up or down, and take it."""
    tab_to(page, select)
    page.keyboard.press("ArrowDown")
    wanted = page.get_by_role("option", name=option, exact=True)
    wanted.wait_for()
    for _ in range(LONGEST_WALK):
        active = select.get_attribute("aria-activedescendant")
        if active is not None and wanted.get_attribute("id") == active:
            break
        is_above = wanted.evaluate(
            "(e, active) => Boolean(e.compareDocumentPosition(document.getElementById(active) ?? e) & 4)", active
        )
        page.keyboard.press("ArrowUp" if is_above else "ArrowDown")
    else:
        raise AssertionError(f"the arrows do not lead to {option}")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    wait_for_run(page)


def write(page: Page, field: Locator, text: str) -> None:
    """Walk to the field and write the text in place of what stands there."""
    tab_to(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
