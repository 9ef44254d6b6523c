/**
 * What the invariants of a cluster rest on, and what it looks like without. mutations_test.ts
 * removes one after the other; the simulation must notice each.
 */
import { inFile, type Mutation } from "../mutation_run.ts";

/** All of them, in signaling/. */
export const mutations: readonly Mutation[] = [
  ...inFile("cluster/ledger.ts", [
    ["effects wait for their commit", `if (!isKnown && !isAlone) break;`, ``],
    ["a commit under an old fence", `if (state === "lost") this.lose();`, `if (false) {}`],
    ["a renewal under an old fence", `if (state === "lost") return this.lose();`, ``],
    [
      "the time of a lease",
      `return this.#parts.now() - this.#confirmedAt < leaseMs;`,
      `return true;`,
    ],
    [
      "a commit that failed",
      `// Whether it was carried out is unknown.\n      this.#mustRewrite = true;`,
      ``,
    ],
  ]),
  ...inFile("cluster/home.ts", [
    ["what the last home knew alone", `const revisionJump = 2 ** 20;`, `const revisionJump = 0;`],
    [
      "members start over",
      `for (const socketId of sockets) this.outlet.close(socketId, "restart");`,
      ``,
    ],
    ["a room is handed on", `await store.release(ledger.lease, { forget }).catch(() => {});`, ``],
    [
      "the members of a room that is taken over",
      `this.#restore(room, stored);`,
      ``,
    ],
    ["vacant rooms", `now - held.vacantSince >= vacantMs`, `now < 0`],
    ["renewals", `if (now - this.#renewedAt >= renewEveryMs) this.#renew();`, ``],
    [
      "changes of the record",
      `isRecorded ? held.recorder.changes(this.state) : undefined`,
      `undefined`,
    ],
  ]),
  ...inFile("cluster/node_links.ts", [
    ["a gap in a link", `if (packet.seq !== link.nextIn) {`, `if (packet.seq < 0) {`],
    ["a silent link", `now - (link.heardAt ?? link.openedAt) >= silenceMs`, `now < 0`],
    ["patience with a link", `const silenceMs = 5_000;`, `const silenceMs = 500;`],
    ["idle links", `|| isIdle) {`, `) {`],
  ]),
  ...inFile("cluster/edge.ts", [
    [
      "the end of a far socket",
      `toHome(place.node, [{ op: "closed", socketId, code }]);`,
      `void toHome;`,
    ],
    [
      "sockets of a lost home",
      `if (entry !== undefined) entry.place = { kind: "lost" };\n      this.#parts.options.sockets.close(socketId, "restart");`,
      ``,
    ],
    [
      "a room that has moved",
      `if (op.op === "elsewhere") return this.#returned(socketId, { from: node, known: op.node });`,
      `if (op.op === "elsewhere") return;`,
    ],
  ]),
  ...inFile("cluster/cluster_host.ts", [
    [
      "an announcement that fails",
      `rooms: this.#home.size, since }).catch(() => {});`,
      `rooms: this.#home.size, since });`,
    ],
  ]),
  ...inFile("core/room_record.ts", [
    ["lines in a record", `room.chat.restore({ lines, head: chat }, moment);`, ``],
    [
      "rules and bans in a record",
      `rules: RoomRules.fromRecord(rules),`,
      `rules: new RoomRules(RoomRules.fromRecord(rules).founded),`,
    ],
  ]),
  ...inFile("core/membership.ts", [
    [
      "a goodbye to the others",
      `broadcast(room, { type: "peer-left", revision, peerId, reason }, step);`,
      ``,
    ],
  ]),
  ...inFile("core/chat_log.ts", [
    [
      "private lines",
      `return line.to === undefined ? line.id > since : line.to.peerId === peerId;`,
      `return line.id > since;`,
    ],
  ]),
  ...inFile("core/room.ts", [
    ["a roster without its receiver", `.filter((member) => member.peerId !== except)`, ``],
    ["the order of held signals", `    return held;`, `    return held.toReversed();`],
  ]),
  ...inFile("core/room_rules.ts", [
    ["bans", `if (isBanned) return "banned";`, ``],
  ]),
  ...inFile("core/presence.ts", [
    [
      "raised hands are the same for all",
      `if (peerIds !== undefined) broadcast(room, { type: "hands", peerIds }, step);`,
      `void peerIds;`,
    ],
  ]),
  ...inFile("core/admission.ts", [
    [
      "a member that comes back late is the same person",
      `const peerId = isFree ? claims.peerId : wantedId(request);`,
      `const peerId = wantedId(request);`,
    ],
  ]),
  ...inFile("cluster/link_wire.ts", [
    ["what nodes send each other can be read", `text.slice(0, end)`, `text.slice(0, end - 1)`],
  ]),
];
