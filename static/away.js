// The page for when there is no network: its language, and coming back by itself.
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
delete root.dataset.waiting;
for (const section of sections) section.hidden = section !== spoken;
addEventListener("online", () => location.reload());
