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
  let again;
  const hold = (event) => {
    // Pages without any such code, as the one for no network, act by themselves.
    if (document.readyState !== "loading" && !document.getElementById("fresh-islands")) return;
    const form = event.type === "submit" && event.target;
    const key = form || event.target.closest?.("button");
    if (!key) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    again = () => form ? form.requestSubmit() : key.isConnected && key.click();
  };
  for (const type of ["click", "submit"]) addEventListener(type, hold, true);
  document.addEventListener("fresh-alive", () => {
    for (const type of ["click", "submit"]) removeEventListener(type, hold, true);
    again?.();
  }, { once: true });
}
