/** The style sheet of what is drawn after the first pictures. */

/** The `rel` of its link until it is loaded; browsers load nothing for it. */
export const lateSheetRel = "late-stylesheet";

/** Loads it; resolves when it applies, or when it cannot be loaded now. */
export function loadLateSheet(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>(`link[rel="${lateSheetRel}"]`);
  if (link === null) return Promise.resolve();
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
    link.rel = "stylesheet";
  });
}
