import type { ComponentChildren, JSX } from "preact";

/** One heading, at most one line, one button. */
export interface NoticeProps {
  readonly icon: ComponentChildren;
  readonly title: string;
  readonly line?: string;
  readonly action: string;
  /** Where the button leads; without it `onAction` is called. */
  readonly href?: string;
  readonly onAction?: () => void;
}

/** The end of something: full, replaced, left, no such page. */
export function Notice({ icon, title, line, action, href, onAction }: NoticeProps): JSX.Element {
  return (
    <main class="notice">
      <span class="notice-icon">{icon}</span>
      <h1 tabIndex={-1}>{title}</h1>
      {line !== undefined && <p>{line}</p>}
      {href !== undefined
        ? <a class="primary big" href={href}>{action}</a>
        : <button type="button" class="primary big" onClick={onAction}>{action}</button>}
    </main>
  );
}
