import type { MediaFailure, Words } from "../mod.ts";

/** Why a device is not there in three words, for where its picker would be. */
export function troubleShort(
  { failure, device }: { failure: MediaFailure; device: "camera" | "microphone" },
  { before, wayOut }: Words,
): string {
  switch (failure) {
    case "denied":
      return before.blockedShort;
    case "system":
      return wayOut.systemShort;
    case "missing":
      return before.missingShort[device];
    case "busy":
      return before.busyShort[device];
    case "insecure":
      return before.insecureShort;
    case "unsupported":
    case "unknown":
      return before.brokenShort[device];
    default:
      return failure satisfies never;
  }
}
