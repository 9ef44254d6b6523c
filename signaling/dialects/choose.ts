/** Chooses the dialect of a socket: by the sub-protocol of its handshake, or by its first frame. */
import { readJson } from "../../protocol/mod.ts";
import type { Translation } from "./dialect.ts";
import { enveloped, native } from "./native.ts";
import { isSkyrtcFrame, Skyrtc } from "./skyrtc.ts";

/** For a socket whose dialect is not known yet. */
export const defaultTranslation: Translation = native;

/** The translation by the sub-protocol; undefined: the first frame decides. */
export function agreedTranslation(
  { envelopes }: { readonly envelopes: boolean },
): Translation | undefined {
  return envelopes ? enveloped : undefined;
}

/** The translation by the first frame; undefined if it is not JSON. `guest`: names a SkyRTC client. */
export function detectTranslation(frame: string, guest: string): Translation | undefined {
  const value = readJson(frame);
  if (value === undefined) return undefined;
  if (!isSkyrtcFrame(value)) return native;
  return new Skyrtc(guest, `${crypto.randomUUID().replaceAll("-", "")}-`);
}
