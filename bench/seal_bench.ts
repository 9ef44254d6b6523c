/** What sealing costs a page: its keys, each other member, and each signal. */
import { bytesOf } from "../mesh/sealing/bytes.ts";
import { eraOf } from "../mesh/sealing/era.ts";
import { makeHello, openHello, type OwnHello } from "../mesh/sealing/hello.ts";
import { newSecret } from "../mesh/sealing/new_secret.ts";
import { Pair } from "../mesh/sealing/pair.ts";
import { RoomKeys } from "../mesh/sealing/room_keys.ts";
import { median, type Row } from "./measure.ts";

const rounds = 300;
const fingerprint = `sha-256 ${Array(32).fill("AB").join(":")}`;

/** The median time of one run of `work`, ms. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return median(times);
}

async function page(keys: RoomKeys, id: string): Promise<{ own: OwnHello; hello: string }> {
  const own = await makeHello({ id, fingerprint });
  return { own, hello: (await eraOf(keys, own)).hello };
}

/** Measures in this process, without a browser. */
export async function benchSeal(): Promise<Row[]> {
  const secret = newSecret();
  const keys = await RoomKeys.of(secret, "bench");
  if (keys === undefined) throw new Error("a new secret is one");
  const [ann, bob] = [await page(keys, "a".repeat(32)), await page(keys, "b".repeat(32))];
  const meet = async () => {
    const { id } = bob.own;
    const hello = await openHello(keys, { id, hello: bob.hello });
    return hello && await Pair.between(keys, ann.own, hello);
  };
  const [out, into] = [await meet(), await Pair.between(keys, bob.own, ann.own)];
  const signal = bytesOf("x".repeat(4_096));
  const row = (what: string, ms: number, most?: number): Row => ({
    what,
    figures: { Parley: ms },
    unit: "ms",
    ...most !== undefined && { most },
  });
  return [
    row(
      "the keys of a page",
      await timeOf(async () => {
        const own = await RoomKeys.of(secret, "bench");
        return own && await page(own, "c".repeat(32));
      }),
    ),
    row("the keys of a pair", await timeOf(meet), 0.5),
    row(
      "sealing and opening a signal of 4 KiB",
      await timeOf(async () => await into?.open(await out?.seal(signal) ?? "")),
    ),
  ];
}
