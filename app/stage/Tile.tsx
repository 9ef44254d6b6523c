import type { ComponentChildren, JSX } from "preact";
import type { Seat } from "./arrangement.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** The common parts of a tile: a seat, an accessible name, and marks for styles and tests. */
export interface TileProps {
  readonly seat: Seat | undefined;
  readonly label: string;
  readonly class: string;
  /** `data-*` attributes, the hooks of docs/embedding.md. */
  readonly marks: Readonly<Record<`data-${string}`, string>>;
  readonly children: ComponentChildren;
}

const compactWidth = 240;
const tinyWidth = 120;

/** A tile on the stage. Its place is physical: the arrangement computes it from the left. */
export function Tile({ seat, label, class: name, marks, children }: TileProps): JSX.Element {
  const size = seat === undefined || seat.width >= compactWidth
    ? ""
    : seat.width >= tinyWidth
    ? " compact"
    : " compact tiny";
  return (
    <article
      class={`tile ${name}${size}${seat?.inset ? " inset" : ""}`}
      aria-label={label}
      style={seat === undefined ? { visibility: "hidden" } : {
        left: `${seat.x}px`,
        top: `${seat.y}px`,
        width: `${seat.width}px`,
        height: `${seat.height}px`,
      }}
      {...marks}
    >
      {children}
    </article>
  );
}

/** The name plate: who this is, with microphone and camera state; `children` at its end. */
export function Plate({ name, microphone, camera, speaking, children }: {
  name: string;
  microphone: boolean;
  camera: boolean;
  speaking: boolean;
  children?: ComponentChildren;
}): JSX.Element {
  const { room } = useWords();
  return (
    <span class="plate tile-plate">
      {speaking
        ? <Icon name="speaking" size={16} class="ok" />
        : microphone
        ? <Icon name="microphone" size={16} />
        : <Icon name="microphone-off" size={16} class="bad" />}
      <span class="tile-name" dir="auto">{name}</span>
      {!microphone && <span class="unseen">, {room.isMuted}</span>}
      {!camera && <Icon name="video-off" size={16} class="dim" />}
      {!camera && <span class="unseen">, {room.cameraIsOff}</span>}
      {children}
    </span>
  );
}
