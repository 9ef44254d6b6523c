// Runs before the first paint: the theme and the language this browser chose last time.
(() => {
  const root = document.documentElement;
  try {
    const { theme, language } = JSON.parse(localStorage.getItem("parley") ?? "{}") ?? {};
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (typeof language === "string" && language !== root.lang) {
      // The server wrote the page in another language. It shows once the words are exchanged, or soon anyway.
      root.lang = language;
      root.dataset.waiting = "";
      setTimeout(() => delete root.dataset.waiting, 1500);
    }
  } catch {
    // Blocked or corrupt storage: the page looks as the server sent it.
  }
})();
