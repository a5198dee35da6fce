"""One page in a browser that draws figures, one at a time, for as long as the process wants it.

The page is loaded once and Plotly draws each figure in it: an order of magnitude quicker than a browser, or a page, a
figure. The browser is spoken to in a thread of its own, so that any thread may ask.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from choreographer import Browser

PATIENCE = 60.0
"""Seconds for one figure; a machine that is busy with other things takes its time."""

PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><style id="size"></style>
<style>body { margin: 0 } img { display: block }</style><img id="page" alt="">
<script src="%s" charset="utf-8"></script><script src="%s" charset="utf-8"></script>
<script>
const draw = async (figure, form, scale) => {
  const { width, height } = figure.layout;
  const drawn = await Plotly.toImage(figure, { format: form === "pdf" ? "svg" : form, width, height, scale });
  if (form !== "pdf") return drawn;
  document.getElementById("size").textContent = `@page { size: ${width}px ${height}px; margin: 0 }`;
  const page = document.getElementById("page");
  page.src = drawn;
  await page.decode();
  return "";
};
</script></html>"""
"""Takes the address of plotly.js and of the locale."""


class ChartPage:
    """A running browser with the page. Not safe in several threads at once: the caller holds a lock."""

    def __init__(self, browser: str, page: Path) -> None:
        """Start the browser and load the page. Raises RuntimeError or TimeoutError where that does not work."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="diagramsida", daemon=True)
        self._thread.start()
        try:
            self._wait(self._open(browser, page))
        except BaseException:
            self.close()
            raise

    def draw(self, figure: str, form: str, scale: float) -> bytes:
        """The figure (Plotly's JSON, with width and height) as "png", "svg" or "pdf". Raises RuntimeError."""
        drawn: bytes = self._wait(self._draw(figure, form, scale))
        return drawn

    def close(self) -> None:
        """Let the browser go. May be called for one that has died."""
        with contextlib.suppress(Exception):
            self._wait(self._browser.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _wait(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, PATIENCE), self._loop).result(PATIENCE + 5)

    async def _open(self, browser: str, page: Path) -> None:
        self._browser = Browser(browser, headless=True)
        await self._browser.open()
        self._tab = await self._browser.create_tab(page.as_uri())
        # Asked too early, the answer is that of the empty page before.
        while not await self._evaluate("document.readyState === 'complete' && typeof draw === 'function'"):
            await asyncio.sleep(0.05)

    async def _draw(self, figure: str, form: str, scale: float) -> bytes:
        drawn = await self._evaluate(f"draw({figure}, {json.dumps(form)}, {scale!r})")
        if form == "svg":
            return unquote(drawn.partition(",")[2]).encode("utf-8")
        if form == "png":
            return base64.b64decode(drawn.partition(",")[2])
        printed = await self._send(
            "Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True, "pageRanges": "1"}
        )
        return base64.b64decode(printed["data"])

    async def _evaluate(self, expression: str) -> Any:
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = await self._send("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    async def _send(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        answer = await self._tab.send_command(command, params=parameters)
        if "error" in answer:
            raise RuntimeError(str(answer["error"]))
        result: dict[str, Any] = answer["result"]
        return result
