// Every request of the page says for which survey the page was loaded, so that two tabs on two
// surveys never mix; one that finds the login ended goes to the login. Who does nothing for long is
// told before the login ends, and can go on.
"use strict";

(() => {
  const edition = document.querySelector('meta[name="bpr-edition"]');
  const plain = window.fetch.bind(window);
  const idle = document.querySelector('meta[name="bpr-idle-minutes"]');
  const WARNED = 2 * 60 * 1000;
  const SEEN = "bpr-seen";
  const seen = () => window.localStorage.setItem(SEEN, String(Date.now())); // by every tab

  const isOwn = (input) => {
    const address = input instanceof Request ? input.url : input;
    return new URL(address, window.location.href).origin === window.location.origin;
  };

  const logInAgain = () => {
    const { pathname, search } = window.location;
    const query = new URLSearchParams({ next: pathname + search, why: "idle" });
    window.location.assign(`/login?${query}`);
    return new Promise(() => {}); // nothing more to show: the page is left
  };

  window.fetch = (input, init) => {
    if (!isOwn(input)) return plain(input, init);
    const known = (init && init.headers) || (input instanceof Request ? input.headers : {});
    const headers = new Headers(known);
    if (edition) headers.set("X-BPR-Edition", edition.content);
    return plain(input, Object.assign({}, init, { headers })).then((response) => {
      seen();
      return response.status === 401 ? logInAgain() : response;
    });
  };

  const warning = () => {
    const bar = document.createElement("div");
    const go = document.createElement("button");
    bar.id = "idle";
    bar.setAttribute("role", "alert");
    bar.append("操作がないので、まもなく自動でログアウトします。記録していない入力は残りません。");
    go.type = "button";
    go.className = "button";
    go.textContent = "使い続ける";
    go.addEventListener("click", () => {
      window.fetch("/_dash-layout").then(() => bar.remove());
    });
    bar.append(go);
    return bar;
  };

  if (idle) {
    seen();
    window.setInterval(() => {
      const left = Number(idle.content) * 60 * 1000 - (Date.now() - Number(window.localStorage.getItem(SEEN)));
      const bar = document.getElementById("idle");
      if (left > WARNED) bar && bar.remove();
      else if (left <= 0) logInAgain();
      else if (!bar) document.body.prepend(warning());
    }, 5000);
  }

  const known = window.dash_clientside || {};
  window.dash_clientside = Object.assign({}, known, {
    bpr: Object.assign({}, known.bpr, {
      goToEdition: (number) => {
        if (number && (!edition || number !== edition.content)) {
          window.location.assign(`${window.location.pathname}?edition=${number}`);
        }
        return window.dash_clientside.no_update;
      },
    }),
  });
})();
