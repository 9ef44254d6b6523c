/** Toasts about what owners do. */
import { useEffect, useRef } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { Toast, ToastBoard } from "../ui/toast_board.ts";
import { useWords } from "../ui/words.ts";

/** Shows changes only; the state at joining is under People. */
export function useOwnerNews(call: Call, board: ToastBoard): void {
  const { owners } = useWords();
  const rules = call.owners.rules;
  const now = {
    locked: rules?.locked,
    owns: rules && call.owners.owns,
  };
  const before = useRef<Partial<typeof now>>({});
  const refused = call.room.refused.value;
  useEffect(() => {
    const known = before.current;
    before.current = now;
    const show = (toast: Omit<Toast, "tone">) => board.show({ tone: "news", ...toast });
    if (known.locked !== undefined && known.locked !== now.locked) {
      show(
        now.locked === true
          ? { key: "lock", icon: "lock", title: owners.nowLocked }
          : { key: "lock", icon: "lock-open", title: owners.nowUnlocked },
      );
    }
    if (known.owns === false && now.owns === true) {
      show({ key: "owns", icon: "key", title: owners.nowOwner, line: owners.nowOwnerLine });
    }
  }, [now.locked, now.owns]);
  useEffect(() => {
    const title = refused === "too-many"
      ? owners.tooMany
      : refused === "not-owner"
      ? owners.notOwner
      : undefined;
    if (title !== undefined) board.show({ key: "refused", tone: "warn", icon: "alert", title });
  }, [refused]);
}
