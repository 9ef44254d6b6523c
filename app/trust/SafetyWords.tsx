import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { TrustStore } from "./mod.ts";
import { safetySigns } from "./safety_words.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useLateWords } from "../ui/late_words.ts";
import { useWords } from "../ui/words.ts";

/** `onLeave`: the person wants another room. */
export interface SafetyWordsProps {
  readonly trust: TrustStore;
  readonly peerId: string;
  readonly name: string;
  readonly onLeave: () => void;
}

/** The safety words with one person, and the question whether they are the same at both. */
export function SafetyWords(props: SafetyWordsProps): JSX.Element {
  const { trust: store, peerId, name } = props;
  const { common } = useWords();
  const { trust } = useLateWords();
  const [differ, setDiffer] = useState(false);
  const close = () => store.openWords(undefined);
  return (
    <Dialog
      kind="words-dialog"
      titleId="words-title"
      descriptionId="words-line"
      returnId="stage"
      onClose={close}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="words-page">
        <header>
          <h2 id="words-title">{fill(differ ? trust.differTitle : trust.wordsWith, { name })}</h2>
          <button type="button" class="quiet-key" aria-label={common.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {differ ? <Differing {...props} onBack={() => setDiffer(false)} /> : (
          <Comparing
            {...props}
            onDiffer={() => {
              store.setCompared(peerId, false);
              setDiffer(true);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

function Comparing({ trust: store, peerId, name, onDiffer }: SafetyWordsProps & {
  onDiffer: () => void;
}): JSX.Element {
  const { trust } = useLateWords();
  const { shown, words } = store.of(peerId);
  const isVerified = ["verified", "compared", "differs"].includes(shown.kind);
  if (!isVerified) return <p id="words-line">{fill(trust.gone, { name })}</p>;
  if (words === undefined) return <p id="words-line" role="status">{trust.soon}</p>;
  const same = () => {
    store.setCompared(peerId, true);
    store.openWords(undefined);
  };
  return (
    <>
      <p id="words-line">{trust.read}</p>
      <ol class="safety-words">
        {words.map((number, index) => (
          <li key={index}>
            <span class="safety-sign" aria-hidden="true">{safetySigns[number]}</span>
            <span>{trust.signs[number]}</span>
          </li>
        ))}
      </ol>
      {shown.kind === "compared" && (
        <p class="words-compared">
          <Icon name="shield-user" /> {trust.comparedBefore}
        </p>
      )}
      <Keys>
        <button type="button" class="secondary" onClick={onDiffer}>{trust.differ}</button>
        <button type="button" class="primary" onClick={same}>{trust.same}</button>
      </Keys>
    </>
  );
}

/** The words differ: what that means, and the one thing to do. */
function Differing(
  { onLeave, onBack }: SafetyWordsProps & { onBack: () => void },
): JSX.Element {
  const { trust } = useLateWords();
  return (
    <>
      <p id="words-line" role="alert">{trust.differLine}</p>
      <Keys>
        <button type="button" class="secondary" onClick={onBack}>{trust.back}</button>
        <button type="button" class="primary danger" onClick={onLeave}>{trust.leave}</button>
      </Keys>
    </>
  );
}

function Keys({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="words-keys">{children}</div>;
}
