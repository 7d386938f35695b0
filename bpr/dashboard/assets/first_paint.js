// The page that the document held is taken away when the app has drawn it (bpr/dashboard/first_paint.py).
(() => {
  const paint = document.getElementById("first-paint");
  const app = document.getElementById("react-entry-point");
  if (!paint || !app) return;
  const watch = new MutationObserver(look);
  function end() {
    watch.disconnect();
    paint.remove();
  }
  function look() {
    if (app.querySelector("main h1")) end();
  }
  watch.observe(app, { childList: true, subtree: true });
  window.addEventListener("error", end, { once: true }); // whatever goes wrong is not to be hidden
  look();
})();
