import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { CallTime } from "./CallTime.tsx";
import { FlipKey } from "../devices/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { OpenSign } from "../trust/views.ts";
import { counted } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/**
 * The header of a phone's stage: the room, the number of people, and the key to the people panel.
 */
export function PhoneHeader({ call, room: name, onPeople }: {
  call: Call;
  room: string;
  onPeople: () => void;
}): JSX.Element {
  const { room, common } = useWords();
  const count = call.room.peers.value.length + 1;
  return (
    <>
      <p>
        <strong class="room-name" dir="auto" translate={false}>{name}</strong>
        <span>
          {counted(room.people, { count, locale: common.locale })} · <CallTime call={call} />{" "}
          <OpenSign call={call} />
        </span>
      </p>
      <FlipKey call={call} class="quiet-key" />
      <button type="button" class="quiet-key" aria-label={room.peoplePanel} onClick={onPeople}>
        <Icon name="people" size={22} />
      </button>
    </>
  );
}
