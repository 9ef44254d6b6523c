import type { JSX } from "preact";
import { hueClass, initialOf } from "./hue.ts";

/**
 * A person without a picture: their initial on their hue. Decorative; the name stands beside it.
 */
export function Avatar({ peerId, name }: { peerId: string; name: string }): JSX.Element {
  return (
    <span class={`avatar notranslate ${hueClass(peerId)}`} translate={false} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}
