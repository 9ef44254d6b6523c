// Before the first paint: applies the last chosen theme and language.
(() => {
  const root = document.documentElement;
  try {
    const { theme, language } = JSON.parse(localStorage.getItem("parley") ?? "{}") ?? {};
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (typeof language === "string" && language !== root.lang) {
      root.lang = language;
      root.dir = language === "ar" ? "rtl" : "ltr";
      root.dataset.waiting = "";
      setTimeout(() => delete root.dataset.waiting, 1500);
    }
  } catch {
    // No storage.
  }
})();

// Opens the socket of a link that joins at once: it is there when the page's code is.
{
  const { socket, subprotocols } = document.currentScript.dataset;
  if (socket) {
    const address = location.origin.replace("http", "ws") + socket;
    self.earlySocket = new WebSocket(address, subprotocols.split(" "));
  }
}

// Holds clicks and input until the page's code has loaded.
{
  let wanted;
  const written = new Map();
  const hold = (event) => {
    // Pages without code need nothing held.
    const code = document.querySelector("body script[type=module]");
    if (document.readyState !== "loading" && code === null) return;
    const key = event.type === "submit" ? event.submitter : event.target.closest?.("button");
    if (!key) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wanted = { key, name: nameOf(key), sends: key.type === "submit" };
  };
  const note = ({ target }) => {
    if (target.type === "text") written.set(target.name, target.value);
  };
  const nameOf = (key) => key.getAttribute("aria-label") ?? key.textContent;
  // The pressed key, or the element that replaced it.
  const found = () =>
    wanted.key.isConnected
      ? wanted.key
      : [...document.querySelectorAll("button")].find((key) =>
        wanted.sends ? key.type === "submit" : nameOf(key) === wanted.name
      );
  const press = () => {
    if (wanted === undefined) return;
    const key = found();
    if (key === undefined) return;
    wanted = undefined;
    // After the typed text has been applied.
    setTimeout(() => key.click());
  };
  // The code may have replaced the box.
  const write = () => {
    for (const [name, value] of written) {
      const box = document.getElementsByName(name)[0];
      if (box === undefined) continue;
      written.delete(name);
      if (document.activeElement === document.body) box.focus();
      box.value = value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  let isReady = false;
  const giveBack = () => {
    write();
    if (isReady) press();
    if (isReady && written.size === 0 && wanted === undefined) changes.disconnect();
  };
  const changes = new MutationObserver(giveBack);
  const release = () => {
    if (isReady) return;
    isReady = true;
    for (const type of ["click", "submit"]) removeEventListener(type, hold, true);
    giveBack();
  };
  for (const type of ["click", "submit"]) addEventListener(type, hold, true);
  addEventListener("input", note, true);
  document.addEventListener("fresh-alive", () => {
    removeEventListener("input", note, true);
    changes.observe(document.body, { childList: true, subtree: true });
    giveBack();
    // Keys work only after the page has been rendered.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(release, 100)));
    // Hidden tabs get no animation frames.
    setTimeout(release, 1_000);
    // Old input is dropped.
    setTimeout(() => changes.disconnect(), 10_000);
  }, { once: true });
}

// Reloads a page whose code failed to load because the network changed, a few times in a row.
{
  // A browser may refuse this, as after a hundred changes in a row; then nothing is counted or
  // reloaded.
  const remember = (state) => {
    try {
      history.replaceState(state, "");
      return true;
    } catch {
      return false;
    }
  };
  const lost = () => {
    const { tries = 0 } = history.state ?? {};
    if (remember({ tries: tries + 1 }) && tries < 6) {
      setTimeout(() => location.reload(), 500 * 2 ** tries);
    }
  };
  addEventListener("error", ({ target }) => {
    if (target.type === "module") lost();
    // Style sheets can load later.
    if (target.rel === "stylesheet") {
      setTimeout(() => target.replaceWith(target.cloneNode()), 1_000);
    }
  }, true);
  document.addEventListener("fresh-alive", () => remember(null));
}
