"""The browser of a worker: ended where it no longer answers, and then another one takes its place.

Some calls (a key press, a script, the end of a page) wait for the browser without a limit. Once in
some thousand tests no answer seems to come, and the worker would wait for ever.
"""

import os
import shutil
from contextlib import suppress
from threading import Timer

import psutil
from playwright.sync_api import Browser, Playwright

PATIENCE = 200
"""Seconds that a test may take which uses a browser; the longest takes some 40."""
GONE = "TargetClosedError|has been closed|Connection closed"
"""What a call says whose browser was ended."""


def find_chromium() -> str | None:
    """The browser of this machine, or the one that BPR_CHROMIUM names; best the one without a window."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("BPR_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


class Chromium:
    """Gives a browser that answers."""

    def __init__(self, playwright: Playwright, path: str) -> None:
        self._playwright, self._path = playwright, path
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        """Return the running browser, or start one."""
        if self._browser is None or not self._browser.is_connected():
            launch = self._playwright.chromium.launch
            self._browser = launch(executable_path=self._path, args=["--no-sandbox"])
        return self._browser

    def watch(self) -> Timer:
        """Begin to wait; whoever is still waiting for the browser in the end is told that it is gone."""
        patience = Timer(PATIENCE, self._end)
        patience.daemon = True
        patience.start()
        return patience

    def close(self) -> None:
        """End the browser as usual."""
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()

    def _end(self) -> None:
        name = os.path.basename(os.path.realpath(self._path))  # noqa: PTH119 - of a text
        for process in psutil.Process().children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it went with the one before
                if "chrom" in process.name() or process.name() == name:
                    process.kill()
