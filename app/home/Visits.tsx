import type { JSX } from "preact";
import type { Visit } from "../ui/preferences.ts";
import { visitTime } from "../ui/clock.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useHomeWords } from "./home_words.ts";
import { useWords } from "../ui/words.ts";

/** A visited room with its link, which has the secret of a sealed room. */
export interface LinkedVisit extends Visit {
  readonly href: string;
}

/** `now` in ms since the epoch. */
export interface VisitsProps {
  readonly visits: readonly LinkedVisit[];
  readonly now: number;
  readonly onForget: (room: string) => void;
}

/** The recent rooms of this browser. */
export function Visits({ visits, now, onForget }: VisitsProps): JSX.Element | null {
  const home = useHomeWords();
  const { common, end } = useWords();
  if (visits.length === 0) return null;
  return (
    <section class="visits" aria-labelledby="visits-title">
      <h2 id="visits-title">{home.visited}</h2>
      <ul>
        {visits.map(({ room, at, href }) => (
          <li key={room}>
            <span class="visit-icon">
              <Icon name="history" />
            </span>
            <span class="visit-words">
              <strong class="room-name" dir="auto" translate={false}>{room}</strong>
              <span>{visitTime(at, { now, locale: common.locale })}</span>
            </span>
            <a
              class="secondary small"
              href={href}
              aria-label={fill(end.joinRoom, { room })}
            >
              {home.join}
            </a>
            <button
              type="button"
              class="quiet-key"
              aria-label={fill(home.forgetRoom, { room })}
              onClick={() => onForget(room)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
