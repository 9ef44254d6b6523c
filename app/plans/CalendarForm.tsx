import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { planWordsOf } from "../ui/words/late/plans.ts";
import { calendarFile, calendarType, withoutFragment } from "./calendar.ts";
import type { Plan } from "./mod.ts";

/** Makes the calendar file of a plan; the secret of its link goes in only if the person says so. */
export function CalendarForm({ plan, link, onDone }: {
  plan: Plan;
  link: string;
  onDone: () => void;
}): JSX.Element {
  const words = planWordsOf(useWords());
  const [isWhole, setWhole] = useState(false);
  const whole = new URL(link, location.href).href;
  const isSecret = whole !== withoutFragment(whole);
  const download = () => {
    const { id, room, at, minutes } = plan;
    const title = fill(words.event, { room });
    const text = calendarFile({
      ...{ id, title, at, minutes, reminder: title, now: Date.now() },
      link: isWhole ? whole : withoutFragment(whole),
    });
    const address = URL.createObjectURL(new Blob([text], { type: calendarType }));
    const anchor = document.createElement("a");
    anchor.href = address;
    anchor.download = `${room}.ics`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    onDone();
  };
  return (
    <div class="plan-calendar">
      {isSecret && (
        <label class="plan-check">
          <input
            type="checkbox"
            checked={isWhole}
            onChange={({ currentTarget }) => setWhole(currentTarget.checked)}
          />
          <span>
            {words.withSecret}
            <small>{isWhole ? words.secretIn : words.secretOut}</small>
          </span>
        </label>
      )}
      <div class="plan-keys">
        <button type="button" class="secondary" onClick={download}>{words.download}</button>
      </div>
    </div>
  );
}
