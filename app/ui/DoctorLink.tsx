import type { JSX } from "preact";
import { useBase } from "./base.ts";
import { useWords } from "./words.ts";

/** Where one is in trouble: the page that finds out why. In a tab of its own, so that a call goes on. */
export function DoctorLink(): JSX.Element {
  const { common } = useWords();
  return (
    <a class="doctor-link" href={`${useBase()}/doctor`} target="_blank" rel="noopener">
      {common.doctor}
    </a>
  );
}
