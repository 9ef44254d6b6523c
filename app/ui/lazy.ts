/** What every page loads late. */

/** Starts the service worker, once the page has come to rest. */
export const loadShell = () => import("./shell.ts");

/** If somebody asks for the list of keys. */
export const loadShortcutsDialog = () => import("./ShortcutsDialog.tsx");
