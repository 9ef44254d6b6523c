// The offline page: its language, and the automatic return.
const root = document.documentElement;
const sections = [...document.querySelectorAll("section")];
let chosen = "";
try {
  chosen = (JSON.parse(localStorage.getItem("parley") ?? "{}") ?? {}).language ?? "";
} catch {
  // No storage.
}
const primary = (tag) => tag.toLowerCase().split("-")[0];
const spoken = [chosen, ...(navigator.languages ?? []), "en"]
  .map((tag) => sections.find((section) => primary(section.lang) === primary(String(tag))))
  .find((section) => section !== undefined);
root.lang = spoken.lang;
root.dir = spoken.dir || "ltr";
delete root.dataset.waiting;
for (const section of sections) section.hidden = section !== spoken;

/** Reloads the same address. A link would lose the fragment, and an invite with it. */
const again = () => location.reload();
for (const button of document.querySelectorAll("section button")) {
  button.addEventListener("click", again);
}

// Returns automatically, unless this page was opened under its own address.
if (!location.pathname.endsWith("/away.html")) {
  const health = new URL("healthz", document.currentScript.src);
  const firstMs = 2_000;
  const longestMs = 30_000;
  let pause = firstMs;
  let timer;
  const ask = async () => {
    clearTimeout(timer);
    const signal = AbortSignal.timeout(10_000);
    const answers = await fetch(health, { cache: "no-store", signal })
      .then(({ ok }) => ok, () => false);
    if (answers) return again();
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
    pause = Math.min(pause * 1.5, longestMs);
  };
  const askNow = () => {
    pause = firstMs;
    if (!document.hidden) void ask();
  };
  timer = setTimeout(ask, firstMs);
  addEventListener("online", askNow);
  addEventListener("pageshow", ({ persisted }) => persisted && askNow());
  document.addEventListener("visibilitychange", askNow);
  // Another link to the same page was opened.
  addEventListener("hashchange", again);
  for (const line of document.querySelectorAll("section [role=status]")) line.hidden = false;
}
