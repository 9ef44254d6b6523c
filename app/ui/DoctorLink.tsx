import type { JSX } from "preact";
import { useBase } from "./base.ts";
import { useWords } from "./words.ts";

/** A link to the doctor's page. It opens in a new tab, so that a call continues. */
export function DoctorLink(): JSX.Element {
  const { common } = useWords();
  return (
    <a class="doctor-link" href={`${useBase()}/doctor`} target="_blank" rel="noopener">
      {common.doctor}
    </a>
  );
}
