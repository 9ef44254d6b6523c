/** Random streams of bytes as a client might send them, and random ways to split them. */
import { opcode } from "../../../server/websocket/frame.ts";
import type { Chance } from "../../chance.ts";
import { clientClose, clientFrame, joined } from "./client_frame.ts";

/** The limit that the streams are made for: small, so that many exceed it. */
export const messageBytes = 300;

const words = ["", "a", "Hello", "µ", "語", "𐀀", "\u0000", "\ufeff", "é語𐀀".repeat(9)] as const;
const closeCodes = [1000, 1001, 1005, 1006, 1015, 3000, 4009, 4999, 5000, 0, 999] as const;

/** A stream of some kind: noise, valid frames, or valid frames that were damaged. */
export function anyStream(chance: Chance): Uint8Array<ArrayBuffer> {
  switch (chance.below(8)) {
    case 0:
      return chance.bytes(chance.below(60));
    case 1:
    case 2:
    case 3:
      return joined(frames(chance));
    default:
      return damaged(joined(frames(chance)), chance);
  }
}

/** Messages in fragments with control frames in between; mostly a close frame at the end. */
function frames(chance: Chance): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let count = chance.below(5); count > 0; count--) {
    if (chance.oneIn(30)) all.push(clientFrame({ code: opcode.binary }));
    const text = new TextEncoder().encode(message(chance));
    for (let from = 0, isFirst = true, isLast = false; !isLast; isFirst = false) {
      while (chance.oneIn(4)) all.push(control(chance));
      const to = from + chance.below(chance.pick([2, 20, 400]));
      isLast = to >= text.length;
      all.push(clientFrame({
        code: isFirst ? opcode.text : opcode.continuation,
        payload: text.subarray(from, to),
        fin: isLast,
        key: key(chance),
      }));
      from = to;
    }
  }
  if (chance.oneIn(2)) all.push(clientClose(chance.pick(closeCodes), chance.pick(words)));
  return all;
}

function message(chance: Chance): string {
  let text = "";
  for (let count = chance.below(8); count > 0; count--) text += chance.pick(words);
  return chance.oneIn(10) ? text.repeat(9) : text;
}

function control(chance: Chance): Uint8Array {
  const payload = chance.bytes(chance.oneIn(4) ? chance.below(126) : chance.below(5));
  return clientFrame({
    code: chance.pick([opcode.ping, opcode.pong]),
    payload,
    key: key(chance),
  });
}

function key(chance: Chance): Uint8Array {
  return chance.oneIn(4) ? new Uint8Array(4) : chance.bytes(4);
}

/** Flips bits, and leaves out, doubles or inserts bytes. */
function damaged(bytes: Uint8Array<ArrayBuffer>, chance: Chance): Uint8Array<ArrayBuffer> {
  let changed = bytes;
  for (let count = 1 + chance.below(3); count > 0; count--) {
    const at = chance.below(changed.length + 1);
    const end = Math.min(changed.length, at + 1 + chance.below(4));
    const [before, part, after] = [
      changed.subarray(0, at),
      changed.subarray(at, end),
      changed.subarray(end),
    ];
    switch (chance.below(5)) {
      case 0:
        changed = joined([before, after]);
        break;
      case 1:
        changed = joined([before, part, part, after]);
        break;
      case 2:
        changed = joined([before, chance.bytes(1 + chance.below(9)), part, after]);
        break;
      case 3:
        changed = joined([before, part]);
        break;
      default:
        changed = joined([before, part.map((byte) => byte ^ (1 << chance.below(8))), after]);
    }
  }
  return changed;
}

/** The bytes in pieces: all at once, one by one, or cut at random. */
export function anySplit(bytes: Uint8Array, chance: Chance): Uint8Array[] {
  const most = chance.pick([1, 3, 20, 400, Infinity]);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = most === Infinity ? bytes.length : 1 + chance.below(most);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}
