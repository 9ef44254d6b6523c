/** What files load late. */

/** With the first file that is chosen or offered. */
export const loadFilesStore = () => import("./files_store.ts");

/** With the first file there is to show. */
export const loadFileViews = () => import("./late.ts");
