import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import { recordingWordsOf } from "../ui/words/late/recording.ts";
import { useWords } from "../ui/words.ts";

/** `isLive`: it records now. The text is announced elsewhere; see announcement.ts. */
export function RecordingPill({ isLive = false, title, line = "", children, onDetails, onClose }: {
  isLive?: boolean;
  title: string;
  line?: string;
  children?: ComponentChildren;
  onDetails?: () => void;
  onClose?: () => void;
}): JSX.Element {
  const { common } = useWords();
  const words = recordingWordsOf(useWords());
  return (
    <div class="pill talk-pill recording-pill">
      <span class={`recording-dot ${isLive ? "recording-live" : ""}`} />
      <span>
        <strong>{title}</strong>
        {line !== "" && <span class="pill-more">{line}</span>}
      </span>
      {children}
      {onDetails !== undefined && (
        <button
          type="button"
          class="pill-key"
          aria-label={`${words.details}: ${words.title}`}
          onClick={onDetails}
        >
          {words.details}
        </button>
      )}
      {onClose !== undefined && (
        <button type="button" class="pill-close" aria-label={common.close} onClick={onClose}>
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}
