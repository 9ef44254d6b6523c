import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { loadQrCode } from "../people/lazy.ts";
import { roomLink, useBase } from "../ui/base.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";
import { type MoveWords, moveWordsOf } from "../ui/words/late/move.ts";
import type { MoveStore } from "./mod.ts";

interface MoveDialogProps {
  readonly call: Call;
  readonly store: MoveStore;
  /** A code in groups. */
  readonly shownCode: (code: string) => string;
}

/** The code for another device, and what becomes of it. */
export function MoveDialog({ call, store, shownCode }: MoveDialogProps): JSX.Element {
  const { common } = useWords();
  const words = moveWordsOf(useWords());
  const state = store.state.value;
  const close = () => store.dismiss();
  return (
    <Dialog
      kind="move-dialog"
      titleId="move-title"
      returnId="stage"
      onClose={close}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="move-page">
        <header>
          <h2 id="move-title">{words.title}</h2>
          <button type="button" class="quiet-key" aria-label={common.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {state.kind === "offered"
          ? <Offered call={call} code={shownCode(state.code)} />
          : <Unoffered store={store} words={words} />}
      </div>
    </Dialog>
  );
}

/** The code to scan and to type. */
function Offered({ call, code }: { call: Call; code: string }): JSX.Element {
  const words = moveWordsOf(useWords());
  const base = useBase();
  const qr = useModule(loadQrCode, true);
  const state = call.room.state.value;
  const room = state.kind === "idle" ? "" : state.room;
  // Without the secret of a sealed room: that is in the parcel.
  const link = new URL(roomLink({ base, room, secret: undefined }), location.href).href;
  return (
    <>
      <p>{words.scan}</p>
      <div class="move-code">
        {qr === undefined
          ? <span class="qr" />
          : <qr.QrCode text={`${link}#take=${code}`} label={words.qr} />}
      </div>
      <p>{words.type}</p>
      <div class="move-typed">
        <span class="move-link" dir="ltr" translate={false}>
          {decodeURI(link).replace(/^https?:\/\//, "")}
        </span>
        <strong class="move-digits" dir="ltr" translate={false}>{code}</strong>
      </div>
      <p class="move-note">{words.note}</p>
    </>
  );
}

/** Why there is no code, and what can be done. */
function Unoffered({ store, words }: { store: MoveStore; words: MoveWords }): JSX.Element {
  const { kind } = store.state.value;
  const isBusy = kind === "making" || kind === "taken" || kind === "offline";
  const text = kind === "offered" || kind === "closed" ? words.states.making : words.states[kind];
  return (
    <div class="move-state" role="status">
      {isBusy ? <Icon name="spinner" size={28} class="spin" /> : <Icon name="alert" size={28} />}
      <p>{text}</p>
      {(kind === "late" || kind === "unanswered") && (
        <button
          type="button"
          class="primary"
          onClick={() => void store.open()}
        >
          {words.again}
        </button>
      )}
    </div>
  );
}
