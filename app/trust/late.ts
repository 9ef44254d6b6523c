/** The safety words of two people, in one module; see lazy.ts. */
export { SafetyWords } from "./SafetyWords.tsx";
