// A call of two that has gone on for some seconds before something happens to it.

import { type Peer, waitFor, waitForFullMesh } from "../rig/mod.ts";

/** Milliseconds from connectivity to moving pictures at everybody, on a machine that has time. */
const mediaMost = 5_000;
/** Milliseconds from opening the first page to a full call on such a machine, browsers started. */
const joinUsual = 3_000;

/** A call of two, and how long it may take to heal. */
export interface SettledCall {
  peers: Peer[];
  /** Milliseconds; more on a machine that was slow to make the call. */
  most: number;
}

/**
 * A call that has gone on for some seconds: one that just begins knows too little of its network.
 */
export async function settledCall(join: (index: number) => Promise<Peer>): Promise<SettledCall> {
  const ann = await join(0);
  const begun = performance.now();
  const peers = [ann, await join(1)];
  await waitForFullMesh(peers, 30_000);
  const most = mediaMost * Math.max(1, (performance.now() - begun) / joinUsual);
  await waitFor(async () => {
    const tiles = (await Promise.all(peers.map((peer) => peer.media()))).flat();
    return tiles.every(({ framesDecoded }) => framesDecoded >= 75);
  }, { what: "five seconds of pictures", timeout: 60_000 });
  return { peers, most };
}
