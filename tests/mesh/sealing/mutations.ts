/**
 * Every check of the sealing code, and what it looks like without it. mutations_test.ts removes one
 * after the other; a test must notice each.
 */

import { inFile, type Mutation } from "../../mutation_run.ts";

/** All of them. */
export const mutations: readonly Mutation[] = [
  {
    name: "the direction in the key and in what is authenticated",
    file: "sealing/pair.ts",
    from: `packed("direction", from, to)`,
    to: `packed("direction")`,
    also: [`packed("signal", version, room, epoch, from, to, n)`, `packed("signal", n)`],
  },
  {
    name: "the room in the keys and in what is authenticated",
    file: "sealing/room_keys.ts",
    from: `info: packed(name, room, epoch, ...context)`,
    to: `info: packed(name, ...context)`,
    also: [
      `return new RoomKeys(secret, { room, epoch:`,
      `return new RoomKeys(secret, { room: "", epoch:`,
    ],
  },
  ...inFile("sealing/hello.ts", [
    [
      "the id in a hello",
      `packed("hello", version, room, epoch, id)`,
      `packed("hello", version, room, epoch)`,
    ],
  ]),
  ...inFile("sealing/pair.ts", [
    [
      "the tag of a pair",
      `if (tag.some((byte, index) => byte !== this.#tag[index])) return { kind: "foreign" };`,
      ``,
    ],
    ["the number of a message", `if (n <= this.#in.last) return { kind: "replayed" };`, ``],
    ["missing messages", `const missing = n - this.#in.last - 1;`, `const missing = 0;`],
  ]),
  ...inFile("sealing/pair_memory.ts", [
    ["pages that were left", `if (this.#left.has(page)) return undefined;`, ``],
    ["one pair for two hellos", `this.#pairs.get(name) ?? Pair`, `Pair`],
  ]),
  ...inFile("sealing/description_check.ts", [
    ["the strength of the digest", `strong.test(fingerprint) && `, ``],
    ["one certificate only", `named.size === 1 && `, ``],
    ["the certificate of the hello", `named.has(fingerprint) &&`, ``],
    ["DTLS", `/^a=setup:/m.test(sdp) && `, ``],
    ["no keys of SDES", ` && !/^a=crypto:/m.test(sdp)`, ``],
  ]),
  ...inFile("sealing/room_trust.ts", [
    [
      "who is admitted",
      `return kind === "verified" || kind === "open";`,
      `return kind !== "alarm";`,
    ],
    ["alarms", `this.set(peerId, { kind: "alarm", alarm });`, ``],
  ]),
  ...inFile("sealing/sealed_member.ts", [
    [
      "no message after an alarm",
      `if (this.#options.trust.of(this.peerId).kind === "alarm") return undefined;`,
      ``,
    ],
    ["no hello", `return this.#doubt("no-hello");`, `return false;`],
    [
      "a hello of another secret",
      `if (hello === undefined) return this.#doubt("wrong-secret");`,
      `if (hello === undefined) return false;`,
    ],
    [
      "the proof of a hello",
      `trust.set(this.peerId, { kind: "checking" });`,
      `trust.set(this.peerId, { kind: "verified" });`,
    ],
    [
      "the time for a proof",
      `this.#cancelProof = this.#options.clock.after(proofMs, () => this.#doubt("unconfirmed"));`,
      ``,
    ],
    [
      "a left page's hello",
      `if (pair === undefined) return this.#doubt("unconfirmed");`,
      `if (pair === undefined) return false;`,
    ],
    ["altered and replayed messages", `this.#raise(opened.kind);`, ``],
    [
      "messages of nobody's pair",
      `if (this.#pair?.isProven && this.#isKnown && this.#formerPair === undefined) {`,
      `if (this.peerId === "") {`,
    ],
    ["gaps", `this.#raise("withheld")`, `undefined`],
    ["the certificate of an SDP", `if (!isBound) this.#raise("fingerprint");`, ``],
    ["an altered card", `if (this.#isKnown) this.#raise("altered");\n      return;`, `return;`],
    ["an old card", `card.count < this.#card.count`, `card.count < 0`],
    [
      "an altered note",
      `if (this.#isKnown) this.#raise("altered");\n      return undefined;`,
      `return undefined;`,
    ],
    ["a note twice", `count <= this.#notes`, `count <= 0`],
    [
      "the end of the former keys",
      `if (this.isCurrent) return;`,
      `return;`,
    ],
    [
      "the former keys",
      `this.#formerPair = this.#pair ?? this.#formerPair;`,
      `this.#formerPair = undefined;`,
    ],
    [
      "who is known",
      `return this.isCurrent && this.#sealed?.hello === this.#known?.text;`,
      `return true;`,
    ],
  ]),
  ...inFile("sealing/sealed_room.ts", [
    [
      "a room that is not sealed",
      `if (door === undefined) return end("unsealed");`,
      `if (door === undefined) return;`,
    ],
    ["another id", `if (peerId !== this.#hello.id) return end("sealed");`, ``],
    ["a member with the own id", `if (message.peer.peerId === this.#hello.id) return;`, ``],
    [
      "signals in the open",
      `return this.#options.trust.raise(from, "unsealed");`,
      `return this.#options.deliver({ type: "signal", from, signal });`,
    ],
    ["reactions in the open", `      case "hands":\n      case "reaction":\n`, ``],
    [
      "names in the open",
      `if (card === undefined || member === undefined) return this.#deliverHands();`,
      `if (card === undefined || member === undefined) return this.#options.deliver(message);`,
    ],
  ]),
  ...inFile("sealing/sealed_chat.ts", [
    ["an altered line", `this.#inside.trust.raise(from, "altered");`, ``],
    ["missing lines", `if (count <= 0) return;`, `return;`],
    ["a line again", `if (last !== undefined && count <= last.count) return false;`, ``],
  ]),
  ...inFile("sealing/link_change.ts", [
    ["from whom a secret is kept", `member(peerId)?.banish();`, ``],
    [
      "an old secret",
      `if (keys === undefined || keys.epoch <= present.epoch) return;`,
      `if (keys === undefined) return;`,
    ],
    ["a door without its secret", `if (door !== await keys().door()) end("link-changed");`, ``],
    ["only verified members get a secret", `trust.of(peerId).kind === "verified" && `, ``],
  ]),
  ...inFile("sealing/views.ts", [
    ["other views", `() => this.#become(peerId, true)`, `() => {}`],
  ]),
  ...inFile("sealing/safety_words.ts", [
    ["the commitment", ` || await commitmentTo(number) !== this.#commitment`, ``],
  ]),
  ...inFile("sealing/identity.ts", [
    [
      "the signature",
      `return isTrue ? await nameOf(raw) : undefined;`,
      `return await nameOf(raw);`,
    ],
  ]),
  ...inFile("mesh.ts", [
    [
      "no tracks in a new link",
      `tracks: this.#options.room.trust.admits(peerId) ? this.#tracks : [],`,
      `tracks: this.#tracks,`,
    ],
    [
      "no new track",
      `if (this.#options.room.trust.admits(peerId)) link.setTrack(slot, track);`,
      `link.setTrack(slot, track);`,
    ],
    ["the end of a link", `return this.#renew(member, peer);`, `return;`],
    ["the certificate of a link", `if (!isOwn) trust.raise(peerId, "fingerprint");`, ``],
    [
      "a description over the link",
      `trust.sealed.isBound(peerId, signal.description.sdp);`,
      `true;`,
    ],
  ]),
];
