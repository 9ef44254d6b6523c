/** What other features draw of trust. */
export { OpenSign, Shield } from "./Shield.tsx";
export { OpenWords, TrustRemark, TrustSection, useTrustWords } from "./TrustParts.tsx";
export { WordsKey, WordsRow } from "./TrustParts.tsx";
export { reasonOf } from "./trust_words.ts";
export { TrustNotices } from "./TrustNotices.tsx";
export { TrustOverlay } from "./TrustOverlay.tsx";
