import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.ts";

/** A panel beside the stage; on phones a full page. `extra`: a key at the end of a phone's head. */
export interface PanelProps {
  readonly id: string;
  readonly title: ComponentChildren;
  readonly shown: boolean;
  readonly extra?: ComponentChildren;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A closed panel is hidden but stays in the page, so that its contents remain reachable. */
export function Panel({ id, title, shown, extra, onClose, children }: PanelProps): JSX.Element {
  const { common } = useWords();
  // In the chat only people's text may be translated; see docs/languages.md.
  const isOurs = id !== "chat";
  const close = (event: KeyboardEvent) => {
    if (event.key === "Escape" && shown) onClose();
  };
  return (
    <aside
      id={id}
      class={`panel${shown ? "" : " unseen"}${isOurs ? " notranslate" : ""}`}
      translate={isOurs ? false : undefined}
      aria-labelledby={`${id}-title`}
      onKeyDown={close}
    >
      <header class="panel-head notranslate" translate={false}>
        <button
          type="button"
          class="quiet-key panel-back"
          tabIndex={shown ? 0 : -1}
          aria-label={common.close}
          onClick={onClose}
        >
          <Icon name="back" class="phone-only" />
          <Icon name="close" class="not-phone" />
        </button>
        <h2 id={`${id}-title`} tabIndex={-1}>{title}</h2>
        {extra}
      </header>
      {children}
    </aside>
  );
}
