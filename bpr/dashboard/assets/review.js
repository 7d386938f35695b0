// The review by keyboard: 1-4 choose, Enter records, N and B move, U undoes, A takes look-alikes in.
// Keys count only on that page, never while something is typed or a modifier is held, and not
// between one task and the next: nobody decides on a task that he does not see.
"use strict";

(() => {
  const MOVES = { n: "review-next", b: "review-back", u: "review-undo" };
  const CLASSES = ["core", "expert", "routine", "nonroutine"];
  const PATIENCE = 3000;
  let leaving = 0;

  const leave = (button) => {
    leaving = Date.now();
    button.click();
  };

  const choose = (name) => {
    const radio = document.querySelector(`.choices input[value="${name}"]`);
    if (!radio) return;
    radio.click();
    document.getElementById("review-reason").focus();
  };

  const record = (event, save) => {
    const at = event.target;
    const reason = at.id === "review-reason" && !at.getAttribute("aria-activedescendant");
    const plain = at.type === "radio" || at.id === "review-heading" || at === document.body;
    if (!reason && !plain) return;
    event.preventDefault();
    leaving = Date.now();
    // The last letters of the reason reach the page only after this event.
    window.setTimeout(() => save.click(), 50);
  };

  document.addEventListener("keydown", (event) => {
    const save = document.getElementById("review-save");
    if (!save || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const typing = event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea");
    const key = event.key.toLowerCase();
    if (Date.now() - leaving < PATIENCE) {
      if (!typing) event.preventDefault();
    } else if (key === "enter") {
      record(event, save);
    } else if (typing) {
      // The letter belongs to the text.
    } else if (/^[1-4]$/.test(key)) {
      event.preventDefault();
      choose(CLASSES[Number(key) - 1]);
    } else if (key === "a") {
      const also = document.getElementById("review-also");
      if (also) also.click();
    } else if (MOVES[key]) {
      event.preventDefault();
      leave(document.getElementById(MOVES[key]));
    }
  });

  const known = window.dash_clientside || {};
  window.dash_clientside = Object.assign({}, known, {
    bpr: Object.assign({}, known.bpr, {
      // The next task begins at its heading, so that readers speak it and the keys go on working.
      focusReview: () => {
        leaving = 0;
        window.requestAnimationFrame(() => {
          const heading = document.getElementById("review-heading");
          if (heading) heading.focus({ preventScroll: true });
        });
        return window.dash_clientside.no_update;
      },
    }),
  });
})();
