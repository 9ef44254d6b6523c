/** What taking a call over loads late, with its dialog. */
import { browserClock, lateImport, sealsHere } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import { loadLateSheet } from "../ui/late_sheet.ts";
import type { TakePlace, TakeStore } from "./mod.ts";

/** The dialog, and what makes its store. */
export interface LateTake {
  readonly TakeDialog: typeof import("./TakeDialog.tsx").TakeDialog;
  readonly openStore: (call: Call, place: TakePlace) => TakeStore;
}

/** With a link that has a code, or a person who wants to type one. */
export async function loadTake(): Promise<LateTake> {
  const [{ TakeDialog }, { TakeStore }, move] = await Promise.all([
    lateImport(() => import("./TakeDialog.tsx")),
    lateImport(() => import("./take_store.ts")),
    lateImport(() => import("../../mesh/move/mod.ts")),
    loadLateSheet(),
  ]);
  const { readCode, codeKeys, openParcel, claimMove } = move;
  const openStore: LateTake["openStore"] = (call, { room, url, signal }) => {
    const openSocket = (to: string, offered: string[]) => new WebSocket(to, offered);
    const means = { url, openSocket, clock: browserClock };
    const claim = (claim: string) => claimMove({ room, claim }, means);
    return new TakeStore({
      ...{ call, room, signal },
      means: { readCode, codeKeys, openParcel, claim, seals: sealsHere() },
    });
  };
  return { TakeDialog, openStore };
}
