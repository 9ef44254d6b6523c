import type { ComponentChildren, JSX } from "preact";

/** One of several, with a title; `children` below. */
export interface SegmentedProps<Key extends string> {
  readonly title: string;
  readonly captions: Readonly<Record<Key, string>>;
  /** In the order they are shown. */
  readonly keys: readonly Key[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

/** A row of keys of which one is pressed. */
export function Segmented<Key extends string>(
  { title, captions, keys, chosen, onChoose, class: name = "", children }: SegmentedProps<Key>,
): JSX.Element {
  return (
    <div class={`view-choice ${name}`} role="group" aria-label={title}>
      <span class="view-choice-title" aria-hidden="true">{title}</span>
      <div class="segmented">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            aria-pressed={key === chosen}
            onClick={() => onChoose(key)}
          >
            {captions[key]}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
