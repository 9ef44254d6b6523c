/** Which wire a socket speaks: agreed on in the handshake, or told by the first frame. */
import { readJson } from "../../protocol/mod.ts";
import type { Translation } from "./dialect.ts";
import { enveloped, native } from "./native.ts";
import { isSkyrtcFrame, Skyrtc } from "./skyrtc.ts";

/** For a socket that has not told yet. */
export const defaultTranslation: Translation = native;

/** For a socket whose sub-protocol has settled it; undefined: its first frame does. */
export function agreedTranslation(
  { envelopes }: { readonly envelopes: boolean },
): Translation | undefined {
  return envelopes ? enveloped : undefined;
}

/** What a first frame settles; undefined if it is not JSON. `guest`: a name for a client whose wire carries none. */
export function translationOf(frame: string, guest: string): Translation | undefined {
  const value = readJson(frame);
  if (value === undefined) return undefined;
  if (!isSkyrtcFrame(value)) return native;
  return new Skyrtc(guest, `${crypto.randomUUID().replaceAll("-", "")}-`);
}
