import type { Call } from "../call/mod.ts";
import { loadOwnPicture } from "../own_picture/lazy.ts";
import type { Blur, StopReason, Treatment } from "../../mesh/mod.ts";
import { useModule } from "../ui/use_module.ts";

/** What is done to the own picture. */
export interface OwnPicture extends Treatment {
  /** Why there is none any longer, until the camera is started again. */
  readonly stopped: StopReason | undefined;
  readonly setBlur: (blur: Blur) => Promise<void>;
  /** By a quarter; undefined while the camera is off. */
  readonly turnOn: (() => void) | undefined;
}

/** Of the camera that is in use; undefined until its code is loaded. */
export function useOwnPicture(call: Call): OwnPicture | undefined {
  const own = useModule(loadOwnPicture, true);
  const state = call.media.source("camera").value;
  const deviceId = state.kind === "on" ? state.deviceId : undefined;
  return own && {
    ...own.ownTreatment(call, deviceId ?? ""),
    stopped: own.pictureStopped.value,
    setBlur: (blur) => own.setBlur(call, blur),
    turnOn: deviceId === undefined ? undefined : () => void own.turnPicture(call, deviceId),
  };
}
