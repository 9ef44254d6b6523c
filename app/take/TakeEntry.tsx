import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { useBase } from "../ui/base.ts";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";
import { moveWordsOf } from "../ui/words/late/move.ts";
import { loadTake } from "./lazy.ts";

interface TakeEntryProps {
  readonly call: Call;
  readonly room: string;
  /** Whether there may be somebody to take the call over from. */
  readonly shown: boolean;
}

/** The way to the dialog that takes a call over: by a link with a code, or by a press. */
export function TakeEntry({ call, room, shown }: TakeEntryProps): JSX.Element {
  const { take } = moveWordsOf(useWords());
  const [code, setCode] = useLinkedCode();
  const base = useBase();
  const late = useModule(loadTake, code !== undefined);
  return (
    <>
      {shown && (
        <button type="button" class="take-key quiet" onClick={() => setCode("")}>
          {take.enter}
        </button>
      )}
      {late !== undefined && code !== undefined && (
        <late.TakeDialog
          key={code}
          call={call}
          code={code}
          openStore={() => late.openStore(call, { room, url: socketAddress(base, room), signal })}
          onClose={() => setCode(undefined)}
        />
      )}
    </>
  );
}

function socketAddress(base: string, room: string): string {
  const path = `${base}/ws?room=${encodeURIComponent(room)}`;
  return new URL(path, location.href).href.replace(/^http/, "ws");
}

/** The code in the page's address, from where it is taken at once; empty: one is to be typed. */
function useLinkedCode(): [
  code: string | undefined,
  setCode: (code: string | undefined) => void,
] {
  const [code, setCode] = useState<string>();
  useEffect(() => {
    const read = () => {
      const { hash, pathname, search } = location;
      const linked = /\btake=([\w-]*)/i.exec(hash)?.[1];
      if (linked === undefined) return;
      history.replaceState(history.state, "", pathname + search);
      setCode(linked);
    };
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return [code, setCode];
}
