/** What a call loads of trust. */

/** After the first pictures. */
export const loadTrustStore = () => import("./trust_store.ts");

/** With the first safety words that are opened. */
export const loadSafetyWords = () => import("./late.ts");
