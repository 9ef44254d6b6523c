import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** `live`: the person is heard. Otherwise it is a hint with an action. */
export interface TalkPillProps {
  readonly icon: ComponentChildren;
  readonly title: string;
  readonly line?: string;
  readonly tone?: "hint" | "live";
  readonly action?: string;
  readonly onAction?: () => void;
  readonly onClose?: () => void;
}

/** A pill over the stage with an action. */
export function TalkPill(props: TalkPillProps): JSX.Element {
  const { common } = useWords();
  const { icon, title, line, tone = "hint", action, onAction, onClose } = props;
  return (
    <div class={`pill talk-pill talk-pill-${tone}`}>
      {icon}
      <span role="status">
        <strong>{title}</strong>
        {line !== undefined && <span class="pill-more">{line}</span>}
      </span>
      {action !== undefined && (
        <button type="button" class="pill-key" onClick={onAction}>{action}</button>
      )}
      {onClose !== undefined && (
        <button type="button" class="pill-close" aria-label={common.close} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}
