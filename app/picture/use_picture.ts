import { useContext } from "preact/hooks";
import type { Treatment } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import { type PictureEffect, readEffect, treatmentOf, withTurn } from "./picture_effect.ts";
import { loadOwnPicture } from "./lazy.ts";
import { LateImportContext } from "../ui/use_module.ts";

/** What is done to the own picture. `turnOn`: by a quarter; undefined while the camera is off. */
export interface OwnTreatment extends Treatment {
  readonly setBlur: (blur: Treatment["blur"]) => Promise<void>;
  readonly turnOn: (() => void) | undefined;
}

/** Of the camera that is in use. */
export function useTreatment(call: Call): OwnTreatment {
  const lateImport = useContext(LateImportContext);
  const effect = readEffect(call.book.current.value.effects.camera);
  const state = call.media.source("camera").value;
  const deviceId = state.kind === "on" ? state.deviceId : undefined;
  const change = async (changed: PictureEffect) => {
    const { ownPicture } = await lateImport(loadOwnPicture);
    await ownPicture.change(changed, { book: call.book, camera: call.media });
  };
  return {
    ...treatmentOf(effect, deviceId ?? ""),
    setBlur: (blur) => change({ ...effect, blur }),
    turnOn: deviceId === undefined ? undefined : () => void change(withTurn(effect, deviceId)),
  };
}
