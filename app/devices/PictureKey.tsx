import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { loadPictureMenu } from "../picture/lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";
import { ownPictureWordsOf } from "../ui/words/late/own_picture.ts";

/** Opens what can be done to the own picture, on the page before joining. */
export function PictureKey({ call }: { call: Call }): JSX.Element {
  const { title } = ownPictureWordsOf(useWords());
  const [open, setOpen] = useState(false);
  const isTreated = call.book.current.value.effects.camera !== undefined;
  const late = useModule(loadPictureMenu, open || isTreated);
  return (
    <>
      <button
        type="button"
        class="secondary"
        aria-label={title}
        aria-expanded={open}
        title={title}
        onClick={() => setOpen(!open)}
      >
        <Icon name="sliders" />
      </button>
      {late && <late.PictureMenu call={call} open={open} onClose={() => setOpen(false)} />}
    </>
  );
}
