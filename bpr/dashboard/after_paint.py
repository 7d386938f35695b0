"""Scripts wait until something is drawn: what the document holds is seen first.

A browser that has a script at hand runs it before it draws, and fetching ours keeps it busy too.
"""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Final

HELD: Final = "text/held"
"""Type under which a browser leaves a script alone."""
_SCRIPT: Final = re.compile(r"<script(?P<rest>[^>]*)>")
_KIND: Final = re.compile(r'\stype="[^"]*"')
LOADER: Final = """
(() => {
  const held = [...document.querySelectorAll("script[type='text/held']")];
  let begun = false;
  const end = () => document.getElementById("first-paint")?.remove(); // a failure is not hidden
  function run() {
    while (held.length) {
      const old = held.shift();
      const script = document.createElement("script");
      const source = old.getAttribute("src");
      const last = source && !held[0]?.hasAttribute("src");
      if (source) script.src = source;
      else script.text = old.text;
      script.async = false; // in their order
      script.onerror = end;
      if (last) script.onload = run;
      old.replaceWith(script);
      if (last) return;
    }
  }
  const begin = () => {
    if (!begun) run();
    begun = true;
  };
  if (document.hidden || !window.PerformanceObserver) begin();
  else new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
  setTimeout(begin, 500); // where nothing is drawn
})();
"""
LOADER_HASH: Final = f"'sha256-{b64encode(sha256(LOADER.encode()).digest()).decode()}'"
"""What the Content-Security-Policy must name, so that it may run."""


def hold(scripts: str) -> str:
    """Return the script elements as ones that wait for `LOADER`."""
    return _SCRIPT.sub(
        lambda found: f'<script type="{HELD}"{_KIND.sub("", found["rest"])}>', scripts
    )
