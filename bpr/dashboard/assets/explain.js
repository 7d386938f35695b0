// The meaning of a word stands beside it, wherever the word is: not cut by a table's or a panel's
// edge. It shows by hover, focus and tap (explain.css); Escape puts it away; one shows at a time.
// A row of words is one stop for Tab; the arrow keys move within it.
"use strict";

(() => {
  const GAP = 6;
  const EDGE = 16;
  let shown = null;

  const place = () => {
    if (!shown) return;
    const told = shown.querySelector(".explanation");
    const word = shown.querySelector(".term").getBoundingClientRect();
    const right = document.documentElement.clientWidth - told.offsetWidth - EDGE;
    const below = word.bottom + GAP;
    const fits = below + told.offsetHeight + EDGE <= window.innerHeight;
    told.style.left = `${Math.max(EDGE, Math.min(word.left, right))}px`;
    told.style.top = `${fits ? below : Math.max(EDGE, word.top - GAP - told.offsetHeight)}px`;
  };

  const show = (event) => {
    const word = event.target instanceof Element && event.target.closest(".explained");
    if (!word || word.contains(event.relatedTarget)) return; // within the word nothing changes
    if (shown && shown !== word) shown.dataset.dismissed = "";
    delete word.dataset.dismissed;
    shown = word;
    place();
  };

  for (const kind of ["pointerover", "focusin", "click"]) document.addEventListener(kind, show);
  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    const row = STEPS[event.key] && event.target.closest(".explained-row");
    if (!row) return;
    event.preventDefault();
    const words = [...row.querySelectorAll(".term")];
    const next = words.indexOf(event.target) + STEPS[event.key] + words.length;
    words.forEach((word) => word.setAttribute("tabindex", "-1"));
    words[next % words.length].setAttribute("tabindex", "0");
    words[next % words.length].focus();
  });

  document.addEventListener(
    "keydown",
    (event) => {
      const told = shown && shown.querySelector(".explanation");
      if (event.key !== "Escape" || !told || !told.offsetWidth) return;
      shown.dataset.dismissed = "";
      event.stopPropagation();
    },
    { capture: true }
  );
})();
