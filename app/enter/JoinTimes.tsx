import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { Stages } from "./join_timing.ts";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

const order: readonly (keyof Stages)[] = ["page", "room", "link", "picture"];

/** How long each stage of joining took. */
export function JoinTimes({ call }: { call: Call }): JSX.Element {
  const { links } = useWords();
  const stages = call.joinTiming.stages.value;
  return (
    <section class="join-times" aria-labelledby="join-times">
      <h3 id="join-times">{links.joinTimes}</h3>
      <dl>
        {order.map((stage) => {
          const ms = stages[stage];
          return (
            <div key={stage}>
              <dt>{links.stages[stage]}</dt>
              <dd class={ms === undefined ? "pending" : ""}>
                {ms === undefined ? links.notYet : fill(links.ms, { ms: Math.round(ms) })}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
