// Before the first paint: what this browser chose last.
(() => {
  const root = document.documentElement;
  try {
    const { theme, language } = JSON.parse(localStorage.getItem("parley") ?? "{}") ?? {};
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (typeof language === "string" && language !== root.lang) {
      root.lang = language;
      root.dataset.waiting = "";
      setTimeout(() => delete root.dataset.waiting, 1500);
    }
  } catch {
    // No storage.
  }
})();

// A press that is faster than the page's code waits for it, instead of being lost or loading the page anew.
{
  let wanted;
  const hold = (event) => {
    // Pages without any such code, as the one for no network, act by themselves.
    if (document.readyState !== "loading" && !document.getElementById("fresh-islands")) return;
    const key = event.type === "submit" ? event.submitter : event.target.closest?.("button");
    if (!key) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wanted = { key, name: nameOf(key), sends: key.type === "submit" };
  };
  const nameOf = (key) => key.getAttribute("aria-label") ?? key.textContent;
  /** The key itself, or the one that the page's code has put in its place. */
  const found = () =>
    wanted.key.isConnected
      ? wanted.key
      : [...document.querySelectorAll("button")].find((key) =>
        wanted.sends ? key.type === "submit" : nameOf(key) === wanted.name
      );
  const press = () => {
    const key = found();
    key?.click();
    return key !== undefined;
  };
  for (const type of ["click", "submit"]) addEventListener(type, hold, true);
  let isOver = false;
  const release = () => {
    if (isOver) return;
    isOver = true;
    for (const type of ["click", "submit"]) removeEventListener(type, hold, true);
    if (wanted === undefined || press()) return;
    const changes = new MutationObserver(() => press() && changes.disconnect());
    changes.observe(document.body, { childList: true, subtree: true });
    // Whoever has waited so long has forgotten it.
    setTimeout(() => changes.disconnect(), 10_000);
  };
  // What a page does once it is drawn comes a frame later, and only then its keys have something to act on.
  document.addEventListener("fresh-alive", () => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(release, 100)));
    // Nobody draws frames for a tab that is not looked at.
    setTimeout(release, 1_000);
  }, { once: true });
}
