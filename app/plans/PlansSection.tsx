import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { planWordsOf } from "../ui/words/late/plans.ts";
import { CalendarForm } from "./CalendarForm.tsx";
import type { Plan, PlanBook } from "./mod.ts";
import { OwnRooms } from "./OwnRooms.tsx";
import { PlanForm } from "./PlanForm.tsx";
import type { PlansProps } from "./plans_props.ts";

/** The rooms that are planned, and those that this browser owns. */
export function PlansSection({ book, ...props }: PlansProps & { book: PlanBook }): JSX.Element {
  const words = planWordsOf(useWords());
  const [isPlanning, setPlanning] = useState(false);
  const plans = book.plans.value;
  const planned = plans.map(({ room }) => room);
  return (
    <>
      <section class="plans" aria-labelledby="plans-title">
        <div class="plans-head">
          <h2 id="plans-title">{words.title}</h2>
          <button
            type="button"
            class="secondary small"
            aria-expanded={isPlanning}
            onClick={() => setPlanning(!isPlanning)}
          >
            {words.plan}
          </button>
        </div>
        {isPlanning && (
          <PlanForm
            newName={props.newName}
            onCancel={() => setPlanning(false)}
            onPlan={(plan) => {
              // A room that this browser knows keeps its secret.
              props.onPlan(plan.room);
              book.add(plan);
              setPlanning(false);
            }}
          />
        )}
        <ul>
          {plans.map((plan) => (
            <PlanLine key={plan.id} plan={plan} book={book} link={props.linkOf(plan.room)} />
          ))}
        </ul>
        {plans.length === 0 && !isPlanning && <p class="plans-none">{words.none}</p>}
      </section>
      <OwnRooms rooms={book.owned(planned)} linkOf={props.linkOf} />
    </>
  );
}

function PlanLine({ plan, book, link }: {
  plan: Plan;
  book: PlanBook;
  link: string;
}): JSX.Element {
  const { common, end } = useWords();
  const words = planWordsOf(useWords());
  const [isOpen, setOpen] = useState(false);
  const { room, at, minutes } = plan;
  return (
    <li class="plan">
      <div class="plan-row">
        <span class="plan-words">
          <strong class="room-name" dir="auto" translate={false}>{room}</strong>
          <time dateTime={new Date(at).toISOString()}>
            {whenOf({ at, minutes, locale: common.locale })}
          </time>
        </span>
        <button
          type="button"
          class="quiet-key"
          aria-label={fill(words.calendarOf, { room })}
          title={words.calendar}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="clock" />
        </button>
        <a class="secondary small" href={link} aria-label={fill(end.joinRoom, { room })}>
          {words.join}
        </a>
        <button
          type="button"
          class="quiet-key"
          aria-label={fill(words.forget, { room })}
          onClick={() => book.remove(plan.id)}
        >
          <Icon name="close" />
        </button>
      </div>
      {isOpen && <CalendarForm plan={plan} link={link} onDone={() => setOpen(false)} />}
    </li>
  );
}

/** "Sun, 29 March, 15:00–16:00", with the year if it is another one. */
function whenOf(
  { at, minutes, locale }: { at: number; minutes: number; locale: string },
): string {
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  const form = new Intl.DateTimeFormat(locale, {
    ...{ weekday: "short", day: "numeric", month: "long" },
    ...!isThisYear && { year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  return form.formatRange(at, at + minutes * 60_000);
}
