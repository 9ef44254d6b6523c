import type { JSX } from "preact";
import { loadInside, loadPeopleInside } from "../inside/lazy.ts";
import { fill } from "../ui/phrases.ts";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";
import { planWordsOf } from "../ui/words/late/plans.ts";
import type { OwnedRoom } from "./mod.ts";

/** The rooms of which this browser has an owner key, and who is in each now. */
export function OwnRooms({ rooms, linkOf }: {
  rooms: readonly OwnedRoom[];
  linkOf: (room: string) => string;
}): JSX.Element | null {
  const { end } = useWords();
  const words = planWordsOf(useWords());
  const views = useModule(loadPeopleInside, rooms.length > 0);
  const inside = useModule(loadInside, rooms.length > 0);
  if (rooms.length === 0) return null;
  return (
    <section class="plans" aria-labelledby="own-rooms-title">
      <h2 id="own-rooms-title">{words.own}</h2>
      <ul>
        {rooms.map(({ room, secret, ownerKey }) => (
          <li key={room} class="plan">
            <div class="plan-row">
              <span class="plan-words">
                <strong class="room-name" dir="auto" translate={false}>{room}</strong>
                {views !== undefined && inside !== undefined && (
                  <views.PeopleInside
                    room={room}
                    secret={secret}
                    ask={(address, link) => inside.askInside(address, { ...link, ownerKey })}
                  />
                )}
              </span>
              <a
                class="secondary small"
                href={linkOf(room)}
                aria-label={fill(end.joinRoom, { room })}
              >
                {words.join}
              </a>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
