// Go to the section that the address names, once its content is there; keep the focus where it was
// when a part of the page is made anew; name the tab after the page.
"use strict";

(() => {
  const own = { search: null, hash: "" };

  const visit = (fresh) => {
    const { search, hash } = window.location;
    if (search === own.search && hash === own.hash) return;
    const section = hash && document.getElementById(hash.slice(1));
    if (section) {
      section.focus({ preventScroll: true });
      section.scrollIntoView({ block: "start" });
    }
    // Before the new content has come, the section may still be that of another file.
    if (fresh || search === own.search) Object.assign(own, { search, hash });
  };

  let last = null;
  document.addEventListener("focusin", (event) => {
    last = { id: event.target.id, part: event.target.closest("[data-keeps-focus]") };
  });

  const keepFocus = () => {
    if (!last || (document.activeElement && document.activeElement !== document.body)) return;
    const again = last.id && document.getElementById(last.id);
    const target = again || last.part;
    if (target && target.isConnected) target.focus({ preventScroll: true });
  };

  const known = window.dash_clientside || {};
  window.dash_clientside = Object.assign({}, known, {
    bpr: Object.assign({}, known.bpr, {
      visit: () => {
        const asked = window.dash_clientside.callback_context.triggered;
        const fresh = asked.some((one) => one.prop_id.endsWith(".children"));
        window.requestAnimationFrame(() => visit(fresh));
        return window.dash_clientside.no_update;
      },
      nameTab: () => {
        window.requestAnimationFrame(() => {
          const page = document.querySelector("nav a.on");
          const program = document.title.split(" ― ").pop();
          document.title = page ? `${page.firstChild.textContent} ― ${program}` : program;
        });
        return window.dash_clientside.no_update;
      },
      keepFocus: () => {
        window.requestAnimationFrame(keepFocus);
        return window.dash_clientside.no_update;
      },
    }),
  });
})();
