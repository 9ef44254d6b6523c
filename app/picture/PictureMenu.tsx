import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Popover } from "../ui/Popover.tsx";
import { useWords } from "../ui/words.ts";
import { ownPictureWordsOf } from "../ui/words/late/own_picture.ts";
import { PictureChoices } from "./PictureChoices.tsx";
import { PictureStopped } from "./PictureStopped.tsx";
import { useOwnPicture } from "./use_picture.ts";

/** The choices on the page before joining; its preview shows what others will see. */
export function PictureMenu({ call, open, onClose }: {
  call: Call;
  open: boolean;
  onClose: () => void;
}): JSX.Element {
  // The focus goes to the first choice, which must be there.
  const own = useOwnPicture(call);
  const { title } = ownPictureWordsOf(useWords());
  return (
    <>
      {open && own && (
        <Popover label={title} onClose={onClose}>
          <PictureChoices call={call} />
        </Popover>
      )}
      <PictureStopped call={call} place="before" />
    </>
  );
}
