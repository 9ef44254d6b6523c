import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { roomName } from "../../protocol/names.ts";
import { useWords } from "../ui/words.ts";
import { planWordsOf } from "../ui/words/late/plans.ts";
import type { Plan } from "./mod.ts";
import { localText, momentOf, nextHour } from "./plan_times.ts";

const lengths = [15, 30, 45, 60, 90, 120] as const;

/** Asks for the name and the time of a room. */
export function PlanForm({ newName, onPlan, onCancel }: {
  newName: () => string;
  onPlan: (plan: Plan) => void;
  onCancel: () => void;
}): JSX.Element {
  const words = planWordsOf(useWords());
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [room, setRoom] = useState(newName);
  const [when, setWhen] = useState(() => localText(nextHour(Date.now()), zone));
  const [minutes, setMinutes] = useState(60);
  const [trouble, setTrouble] = useState<"room" | "when">();
  const submit = (event: Event) => {
    event.preventDefault();
    const name = roomName(room);
    const at = momentOf(when, zone);
    if (name === undefined) return setTrouble("room");
    if (at === undefined || at + minutes * 60_000 < Date.now()) return setTrouble("when");
    onPlan({ id: crypto.randomUUID?.() ?? `${Date.now()}`, room: name, at, minutes });
  };
  return (
    <form class="plan-form" onSubmit={submit} aria-label={words.plan}>
      <label>
        {words.room}
        <input
          class="field"
          value={room}
          dir="auto"
          aria-invalid={trouble === "room"}
          onInput={(event) => setRoom(event.currentTarget.value)}
        />
      </label>
      <label>
        {words.when}
        <input
          class="field"
          type="datetime-local"
          required
          value={when}
          aria-invalid={trouble === "when"}
          onInput={(event) => setWhen(event.currentTarget.value)}
        />
      </label>
      <Length minutes={minutes} onChoose={setMinutes} />
      <p class="plan-note" role={trouble === undefined ? undefined : "alert"}>
        {trouble === undefined ? words.here : words.trouble[trouble]}
      </p>
      <div class="plan-keys">
        <button type="button" class="quiet" onClick={onCancel}>{words.cancel}</button>
        <button type="submit" class="primary">{words.save}</button>
      </div>
    </form>
  );
}

function Length({ minutes, onChoose }: {
  minutes: number;
  onChoose: (minutes: number) => void;
}): JSX.Element {
  const words = planWordsOf(useWords());
  return (
    <label>
      {words.length}
      <select
        class="field"
        value={String(minutes)}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {lengths.map((length) => (
          <option key={length} value={String(length)}>
            {words.minutes.replace("{count}", String(length))}
          </option>
        ))}
      </select>
    </label>
  );
}
