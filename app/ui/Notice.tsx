import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** One heading, at most one line, one button. */
export interface NoticeProps {
  readonly icon: ComponentChildren;
  readonly title: string;
  readonly line?: ComponentChildren;
  readonly action: string;
  /** The button's target; without it `onAction` is called. */
  readonly href?: string;
  readonly onAction?: () => void;
  /** A secondary action below the button. */
  readonly also?: ComponentChildren;
}

/** A full-page notice: full, replaced, left, no such page. */
export function Notice(props: NoticeProps): JSX.Element {
  const { icon, title, line, action, href, onAction, also } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // The focused element disappeared with the previous page.
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <main class="notice notranslate" translate={false}>
      <span class="notice-icon">{icon}</span>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {line !== undefined && <p>{line}</p>}
      {href !== undefined
        ? <a class="primary big" href={href}>{action}</a>
        : <button type="button" class="primary big" onClick={onAction}>{action}</button>}
      {also}
    </main>
  );
}
