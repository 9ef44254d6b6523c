import type { JSX } from "preact";
import { useBase } from "./base.ts";
import { useWords } from "./words.ts";

/** The mark alone: a filled speech tile behind an outlined one. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" width="28" height="26" viewBox="0 0 28 26" aria-hidden="true">
      <path
        class="mark-fill"
        d="M5 0h7a5 5 0 0 1 5 5v6a5 5 0 0 1-5 5H1.5A1.5 1.5 0 0 1 0 14.500V5a5 5 0 0 1 5-5z"
      />
      <path
        class="mark-line"
        d="M14 8.250h7.500a5 5 0 0 1 5 5v10a1.500 1.500 0 0 1-1.500 1.500H14a5 5 0 0 1-5-5v-6.500a5 5 0 0 1 5-5z"
      />
    </svg>
  );
}

/** Mark and name, the way home. */
export function Brand(): JSX.Element {
  const { common } = useWords();
  return (
    <a class="brand" href={`${useBase()}/`} aria-label={common.home}>
      <Mark />
      <span>{common.product}</span>
    </a>
  );
}
