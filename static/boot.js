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
