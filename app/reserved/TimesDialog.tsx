import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { attempt } from "../../protocol/attempt.ts";
import { counted, fill } from "../ui/phrases.ts";
import { timeOfDay } from "../ui/clock.ts";
import { Switch } from "../ui/Switch.tsx";
import { powerWordsOf } from "../ui/words/late/powers.ts";
import { useWords } from "../ui/words.ts";
import type { PowersStore } from "./mod.ts";
import { ReservedDialog } from "./ReservedDialog.tsx";
import { type DayHours, hoursOf, weekOf } from "./week.ts";

/** The choices for the end, minutes from now on. */
const ends = [15, 30, 45, 60, 90, 120] as const;
const minuteMs = 60_000;

interface Props {
  readonly call: Call;
  readonly store: PowersStore;
}

/** When the call ends, and when people may come in. */
export function TimesDialog({ call, store }: Props): JSX.Element {
  const words = powerWordsOf(useWords());
  const close = () => store.dialog.value = undefined;
  return (
    <ReservedDialog title={words.timesTitle} onClose={close}>
      <End call={call} store={store} />
      <Hours call={call} store={store} onSaved={close} />
    </ReservedDialog>
  );
}

function End({ call, store }: Props): JSX.Element {
  const { common: { locale } } = useWords();
  const words = powerWordsOf(useWords());
  const end = store.times?.end ?? null;
  const set = (inMs: number | null) => void call.session.send({ type: "set-end", inMs });
  if (end !== null) {
    return (
      <div class="reserved-field" role="group" aria-label={words.end}>
        <span>{words.end}</span>
        <small>{fill(words.endAt, { time: timeOfDay(end, locale) })}</small>
        <button type="button" class="secondary" onClick={() => set(null)}>{words.noEnd}</button>
      </div>
    );
  }
  return (
    <label class="rules-row">
      <span>{words.end}</span>
      <select
        class="field"
        value=""
        onChange={({ currentTarget: { value } }) => value && set(Number(value) * minuteMs)}
      >
        <option value="">{words.endNone}</option>
        {ends.map((count) => (
          <option key={count} value={count}>
            {fill(words.endIn, { time: counted(words.minutes, { count, locale }) })}
          </option>
        ))}
      </select>
    </label>
  );
}

function Hours({ call, store, onSaved }: Props & { onSaved: () => void }): JSX.Element {
  const words = powerWordsOf(useWords());
  const known = store.times?.hours ?? null;
  const [isOn, setOn] = useState(known !== null);
  const [zone, setZone] = useState(known?.zone ?? ownZone());
  const [week, setWeek] = useState<readonly DayHours[]>(weekOf(known));
  return (
    <form
      class="reserved-form"
      onSubmit={(event) => {
        event.preventDefault();
        call.session.send({ type: "set-hours", hours: isOn ? hoursOf(week, zone) : null });
        onSaved();
      }}
    >
      <Switch label={words.hours} note={words.hoursLine} checked={isOn} onSwitch={setOn} />
      {isOn && (
        <>
          <Week
            week={week}
            onChange={(day, part) =>
              setWeek((week) =>
                week.map((each, index) => index === day ? { ...each, ...part } : each)
              )}
          />
          <Zone zone={zone} onChange={setZone} />
        </>
      )}
      <div class="confirm-keys">
        <button type="submit" class="primary">{words.save}</button>
      </div>
    </form>
  );
}

function Week({ week, onChange }: {
  week: readonly DayHours[];
  onChange: (day: number, part: Partial<DayHours>) => void;
}): JSX.Element {
  const { common: { locale } } = useWords();
  const words = powerWordsOf(useWords());
  // 5 January 1970 was a Monday.
  const form = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const nameOf = (day: number) => form.format((4 + day) * 24 * 60 * minuteMs);
  return (
    <ul class="reserved-week">
      {week.map(({ from, to }, day) => (
        <li key={day}>
          <span aria-hidden="true">{nameOf(day)}</span>
          <input
            class="field"
            type="time"
            aria-label={fill(words.opens, { day: nameOf(day) })}
            value={from}
            onChange={({ currentTarget: { value } }) => onChange(day, { from: value })}
          />
          <span aria-hidden="true">–</span>
          <input
            class="field"
            type="time"
            aria-label={fill(words.closes, { day: nameOf(day) })}
            value={to}
            onChange={({ currentTarget: { value } }) => onChange(day, { to: value })}
          />
        </li>
      ))}
    </ul>
  );
}

function Zone({ zone, onChange }: {
  zone: string;
  onChange: (zone: string) => void;
}): JSX.Element {
  const words = powerWordsOf(useWords());
  // Missing in older browsers.
  const all = attempt(() => Intl.supportedValuesOf("timeZone")) ?? [];
  return (
    <label class="rules-row">
      <span>{words.zone}</span>
      <select
        class="field"
        value={zone}
        onChange={({ currentTarget: { value } }) => onChange(value)}
      >
        {[...new Set([zone, ownZone(), "UTC", ...all])].map((each) => (
          <option key={each} value={each}>{each.replaceAll("_", " ")}</option>
        ))}
      </select>
    </label>
  );
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
