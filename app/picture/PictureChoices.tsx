import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { extrasOf, rememberExtra } from "../extras/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { ownPictureWordsOf } from "../ui/words/late/own_picture.ts";
import { useOwnPicture } from "./use_picture.ts";

const blurs = ["off", "light", "strong"] as const;

/** Turns the own picture, and blurs what is behind the person. */
export function PictureChoices({ call }: { call: Call }): JSX.Element | null {
  const words = ownPictureWordsOf(useWords());
  const own = useOwnPicture(call);
  if (own === undefined) return null;
  const { turn, blur, turnOn } = own;
  const change = (make: () => void) => {
    // The call must be able to say that the picture has stopped.
    rememberExtra("picture", true);
    void extrasOf(call)?.load("picture");
    make();
  };
  return (
    <>
      <fieldset>
        <legend>{words.background}</legend>
        {blurs.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="background"
              checked={one === blur}
              onChange={() => change(() => void own.setBlur(one))}
            />
            <span>{words.blur[one]}</span>
          </label>
        ))}
        <p>{words.blurNote}</p>
      </fieldset>
      <fieldset>
        <legend>{words.title}</legend>
        <button
          type="button"
          class="menu-row"
          disabled={turnOn === undefined}
          onClick={turnOn && (() => change(turnOn))}
        >
          <Icon name="refresh" />
          {words.turn}
        </button>
        <p role="status">
          {turn === 0 ? words.straight : fill(words.turned, { degrees: turn })}
        </p>
      </fieldset>
    </>
  );
}
