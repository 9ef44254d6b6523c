import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.ts";
import { attempt } from "../../protocol/attempt.ts";

const shownMs = 2_000;

/** Copies the room's link, and confirms for two seconds. */
export function CopyLink({ link, class: name, label, icon, children }: {
  link: string;
  class: string;
  /** The accessible name, if the caption is not enough. */
  label?: string;
  icon: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element {
  const { common } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      class={name}
      aria-label={copied ? undefined : label}
      onClick={async () => setCopied(await copyText(link))}
    >
      {copied ? <Icon name="check" /> : icon}
      <span aria-live="polite">{copied ? common.copied : children}</span>
    </button>
  );
}

/** The clipboard API is missing over plain http; the old command still works there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    const done = attempt(() => document.execCommand("copy")) === true;
    box.remove();
    return done;
  }
}
