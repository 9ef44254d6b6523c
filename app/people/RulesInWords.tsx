import type { JSX } from "preact";
import type { Rules } from "../../protocol/mod.ts";
import { useWords } from "../ui/words.ts";

const doors = ["locked", "knocking", "password"] as const;
const deeds = ["chat", "screen", "files"] as const;

/** The room settings in words, for everyone else. */
export function RulesInWords({ rules }: { rules: Rules }): JSX.Element | null {
  const { owners } = useWords();
  const said = [
    ...doors.filter((rule) => rules[rule]),
    ...deeds.filter((deed) => rules[deed] === "owners"),
  ].map((rule) => owners.rules[rule]);
  if (said.length === 0) return null;
  return (
    <section class="room-rules" aria-labelledby="rules-title">
      <h3 id="rules-title">{owners.title}</h3>
      <ul class="rules-in-words">
        {said.map((line) => <li key={line}>{line}</li>)}
      </ul>
    </section>
  );
}
