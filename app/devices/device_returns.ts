/**
 * Restarts wanted devices that become usable: one was plugged in after none was found, or the
 * person allowed it in the browser's own interface.
 */
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { MediaFailure, SourceState } from "../../mesh/mod.ts";

const kinds = [
  { source: "camera", list: "cameras" },
  { source: "microphone", list: "microphones" },
] as const;

function failedFor(state: SourceState, failure: MediaFailure): boolean {
  return state.kind === "failed" && state.failure === failure;
}

/**
 * Watches while the component is mounted. Returns whether the browser is asking the person right
 * now.
 */
export function useReturns(call: Call | undefined): boolean {
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    if (call === undefined) return;
    const undos = [watchPlugs(call), watchPermissions(call, setAsks)];
    return () => undos.forEach((undo) => undo());
  }, [call]);
  return asks;
}

function watchPlugs({ media }: Call): () => void {
  const undos = kinds.map(({ source, list }) => {
    let known = media.devices.value[list].length;
    return media.devices.subscribe((devices) => {
      const count = devices[list].length;
      if (count > known && failedFor(media.source(source).peek(), "missing")) media.start(source);
      known = count;
    });
  });
  return () => undos.forEach((undo) => undo());
}

function watchPermissions({ media }: Call, onAsks: (asks: boolean) => void): () => void {
  const watching = new AbortController();
  const asked = new Set<string>();
  for (const { source: name } of kinds) {
    void permission(name).then((status) => {
      if (status === undefined || watching.signal.aborted) return;
      const look = () => {
        if (status.state === "prompt") asked.add(name);
        else asked.delete(name);
        onAsks(asked.size > 0);
        const allowed = status.state === "granted";
        if (allowed && failedFor(media.source(name).peek(), "denied")) media.start(name);
      };
      look();
      status.addEventListener("change", look, { signal: watching.signal });
    });
  }
  return () => watching.abort();
}

/** Undefined if the browser does not know this permission or the API. */
async function permission(name: "camera" | "microphone"): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name });
  } catch {
    return undefined;
  }
}
