import type { JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import { useHomeWords } from "./home_words.ts";

/** `name` is empty on the server: the browser creates the random name. */
export interface StartRoomProps {
  readonly name: string;
  readonly onAnother: () => void;
  readonly onStart: () => void;
}

/** The main action of the home page: a new room's name and its start key. */
export function StartRoom({ name, onAnother, onStart }: StartRoomProps): JSX.Element {
  const home = useHomeWords();
  return (
    <div class="start-room">
      <p class="start-name">
        <span class="caption">{home.newRoom}</span>
        <output class="room-name" dir="auto" translate={false}>
          {name === "" ? "\u00a0" : name}
        </output>
      </p>
      <button
        type="button"
        class="quiet-key"
        aria-label={home.anotherName}
        title={home.anotherName}
        onClick={onAnother}
      >
        <Icon name="refresh" />
      </button>
      <button type="button" class="primary big" onClick={onStart}>
        {home.start}
        <Icon name="arrow-right" />
      </button>
    </div>
  );
}
