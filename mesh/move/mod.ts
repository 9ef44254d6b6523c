/** Moving a call to another device of the same person; loaded by those who do. */
import { codeKeys, hashOfClaim, newCode } from "./code.ts";
import { type Luggage, sealParcel } from "./parcel.ts";

export { type ClaimAnswer, claimMove } from "./claim.ts";
export { type CodeKeys, codeKeys, readCode, shownCode } from "./code.ts";
export { type Luggage, openParcel } from "./parcel.ts";

/** A code, and what the server is sent of it. */
export interface MadeOffer {
  readonly code: string;
  /** The hash of the claim. */
  readonly claim: string;
  readonly parcel: string;
}

/** Makes a code for what goes along. */
export async function makeOffer(contents: Luggage, room: string): Promise<MadeOffer> {
  const code = newCode();
  const { claim, key } = await codeKeys(code, room);
  const parcel = await sealParcel(contents, { key, room });
  return { code, claim: await hashOfClaim(claim), parcel };
}
