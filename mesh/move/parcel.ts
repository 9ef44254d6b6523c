/** What a membership takes along to another device, sealed so that only the code opens it. */
import { name, peerId } from "../../protocol/fields.ts";
import { limits } from "../../protocol/limits.ts";
import type { PeerId } from "../../protocol/mod.ts";
import { checked, readJson } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import { fromBase64url, joined, packed, textIn, toBase64url } from "../sealing/bytes.ts";
import { isSecret } from "../sealing/secret.ts";
import { type CodeKeys, version } from "./code.ts";

/** The contents of a parcel. */
export interface Luggage {
  readonly peerId: PeerId;
  readonly name: string;
  readonly hand: boolean;
  readonly muted: boolean;
  readonly ownerKey?: string;
  readonly invite?: string;
  /** The secret of a sealed room. */
  readonly secret?: string;
}

const ivBytes = 12;
/** Parcels are as long as the next multiple, so that their length says little. */
const paddedTo = 256;

const luggage: is.Check<Luggage> = is.object({
  peerId,
  name,
  hand: is.boolean,
  muted: is.boolean,
}, {
  ownerKey: is.text({ least: 1, most: limits.ownerKey }),
  invite: is.text({ least: 1, most: limits.invite }),
  secret: is.canonical((raw) => isSecret(raw) ? raw : undefined, "a secret"),
});

/** Seals what goes along from one room; base64url. */
export async function sealParcel(
  contents: Luggage,
  { key, room }: Pick<CodeKeys, "key"> & { readonly room: string },
): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(contents));
  // JSON may end with spaces.
  const padded = new Uint8Array(Math.ceil(text.length / paddedTo) * paddedTo).fill(0x20);
  padded.set(text);
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = await crypto.subtle.encrypt(cipher(iv, room), key, padded);
  return toBase64url(joined(iv, new Uint8Array(sealed)));
}

/** Opens a parcel; undefined: it is of another code or room, damaged or malformed. */
export async function openParcel(
  parcel: string,
  { key, room }: Pick<CodeKeys, "key"> & { readonly room: string },
): Promise<Luggage | undefined> {
  const bytes = fromBase64url(parcel);
  if (bytes === undefined) return undefined;
  const how = cipher(bytes.slice(0, ivBytes), room);
  const opened = await crypto.subtle.decrypt(how, key, bytes.slice(ivBytes))
    .catch(() => undefined);
  if (opened === undefined) return undefined;
  const read = checked(luggage, readJson(textIn(new Uint8Array(opened))));
  return read.ok ? read.message : undefined;
}

function cipher(iv: Uint8Array<ArrayBuffer>, room: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: packed(version, room) };
}
