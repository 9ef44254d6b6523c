/** What speaking another language than that of the page loads. */

/** The catalogues of all languages. */
export const loadCatalogues = () => import("./late/languages.ts");
