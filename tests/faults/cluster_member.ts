// People of a cluster by script: each keeps a record of what a page would have shown.

import type { LeftReason } from "../../mesh/events.ts";
import { platform } from "../../mesh/platform.ts";
import { RoomClient } from "../../mesh/signaling/room_client.ts";
import type { Peer, PeerId, Rules } from "../../protocol/mod.ts";
import { assertEquals, fail } from "../assert.ts";
import { type Cluster, type ClusterNode, waitFor } from "../rig/mod.ts";

/**
 * Between two lines of one member, ms. A member may write ten at once, and one a second in the long
 * run: what it wrote during an outage is out soon.
 */
const everyMs = 3_000;

/** Where and as whom to join. */
export interface Seat {
  readonly name: string;
  readonly room?: string;
  /** The node of the first socket; by default, and later, nginx chooses. */
  readonly via?: ClusterNode | undefined;
}

/** One person in one room. */
export class Member implements Disposable {
  readonly name: string;
  readonly room: RoomClient;
  /** Texts of all lines, as they came. */
  readonly lines: (string | null)[] = [];
  readonly written: string[] = [];
  /** Each time without a session, ms. */
  readonly outages: number[] = [];
  /** What others did, as "Bob left", from the first welcome on. */
  readonly news: string[] = [];
  /** Peers that were away, by their names. */
  readonly away = new Set<string>();
  /** What one socket was sent twice. */
  readonly doubled: string[] = [];
  /** Codes of errors. */
  readonly refusals: string[] = [];
  rules: Rules | undefined;
  ended: LeftReason | undefined;
  #selfId: PeerId | undefined;
  #lostAt: number | undefined;
  #socket: WebSocket | undefined;
  #writing: ReturnType<typeof setInterval> | undefined;

  constructor(cluster: Cluster, { name, room = "tea", via }: Seat) {
    this.name = name;
    let isFirst = true;
    const openSocket = (url: string, protocols: string[]) => {
      const there = new URL(url);
      if (via !== undefined && isFirst) there.host = new URL(via.url).host;
      isFirst = false;
      const socket = this.#socket = new WebSocket(there, protocols);
      this.#watchFrames(socket);
      return socket;
    };
    this.room = new RoomClient({
      url: cluster.proxy.url.replace("http", "ws") + "/ws",
      environment: platform({ openSocket }),
    });
    this.#listen();
    this.room.join({ room, name });
  }

  /** A member that has its session. */
  static async join(cluster: Cluster, seat: Seat): Promise<Member> {
    const member = new Member(cluster, seat);
    await member.isBack();
    return member;
  }

  /** Who it was at first; `news` tells if that has changed. */
  get selfId(): PeerId {
    return this.#selfId ?? fail(`${this.name} has never joined`);
  }

  get isJoined(): boolean {
    return this.room.state.kind === "joined";
  }

  get others(): Peer[] {
    return [...this.room.roster.peers];
  }

  /** Resolves when it has a session; no fault takes `timeout`, ms. */
  async isBack(timeout = 60_000): Promise<void> {
    await waitFor(() => this.isJoined || this.ended, {
      what: `${this.name} to be in the room`,
      timeout,
    });
    if (!this.isJoined) fail(`${this.name} is out: ${this.ended}`);
  }

  /** Its socket breaks, and it opens another one. */
  loseSocket(): void {
    this.#socket?.onclose?.(new CloseEvent("close", { code: 1006 }));
  }

  /** Writes a numbered line. */
  write(): void {
    const text = `${this.name} ${this.written.length}`;
    this.written.push(text);
    this.room.chat.send(text);
  }

  /** Writes until `finish()`. */
  keepWriting(): void {
    this.write();
    this.#writing = setInterval(() => this.write(), everyMs);
  }

  /** Writes no more. */
  finish(): void {
    clearInterval(this.#writing);
  }

  [Symbol.dispose](): void {
    this.finish();
    this.room.close();
  }

  #listen(): void {
    const { room, news } = this;
    room.subscribe((event) => {
      if (event.type === "state") this.#follow();
      else this.refusals.push(event.code);
    });
    room.chat.subscribe((event) => event.type === "chat" && this.lines.push(event.line.text));
    room.owners.subscribe((event) => {
      if (event.type === "rules") this.rules = event;
    });
    room.roster.subscribe((event) => {
      const { name, away } = event.peer;
      if (event.type === "peer-changed" && away) this.away.add(name);
      if (this.#selfId === undefined || event.type === "peer-changed") return;
      news.push(`${name} ${event.type === "peer-joined" ? "joined" : event.reason}`);
    });
  }

  /** The client itself ignores what comes twice. */
  #watchFrames(socket: WebSocket): void {
    const seen = new Set<string>();
    socket.addEventListener("message", ({ data }) => {
      if (!String(data).startsWith("{")) return;
      const { type, line, peer, peerId } = JSON.parse(data);
      if (type === "peer-left") seen.delete(peerId);
      const key: string | undefined = type === "chat"
        ? `line ${line.id}`
        : type === "peer-joined"
        ? peer.peerId
        : undefined;
      if (key === undefined) return;
      if (seen.has(key)) this.doubled.push(key);
      seen.add(key);
    });
  }

  #follow(): void {
    const { state } = this.room;
    const now = performance.now();
    if (state.kind === "reconnecting") this.#lostAt ??= now;
    else if (state.kind === "left") this.ended = state.reason;
    else if (state.kind === "joined") {
      if (this.#lostAt !== undefined) this.outages.push(Math.round(now - this.#lostAt));
      this.#lostAt = undefined;
      if (this.#selfId !== undefined && this.#selfId !== state.selfId) this.news.push("is another");
      this.#selfId ??= state.selfId;
    }
  }
}

/** Three people, each at another node, who write all the time; the first node is the home. */
export class Three extends DisposableStack {
  readonly ann: Member;
  readonly bob: Member;
  readonly cem: Member;
  /** In the order in which they came. */
  readonly all: readonly Member[];

  private constructor(members: readonly [Member, Member, Member]) {
    super();
    [this.ann, this.bob, this.cem] = members;
    this.all = members;
    for (const member of members) this.use(member).keepWriting();
  }

  /** They join one after the other. */
  static async join(cluster: Cluster, room = "tea"): Promise<Three> {
    const [one, two, three] = cluster.nodes;
    const ann = await Member.join(cluster, { name: "Ann", room, via: one });
    const bob = await Member.join(cluster, { name: "Bob", room, via: two });
    const cem = await Member.join(cluster, { name: "Cem", room, via: three });
    return new Three([ann, bob, cem]);
  }

  /** Each one writes a line; resolves when everybody has heard all three. */
  async hearEachOther(): Promise<void> {
    for (const member of this.all) member.write();
    for (const text of this.all.map(({ written }) => written.at(-1) ?? "")) {
      await waitFor(() => this.all.every(({ lines }) => lines.includes(text)), {
        what: `everybody to hear "${text}"`,
        timeout: 60_000,
      });
    }
  }

  /** The writing ends: everybody has each line once, in one order, and nobody came or went. */
  async assertWhole(): Promise<void> {
    const { all } = this;
    for (const member of all) member.finish();
    for (const member of all) await member.isBack();
    const written = all.flatMap((member) => member.written).toSorted();
    await waitFor(() => all.every(({ lines }) => lines.length >= written.length), {
      what: `${written.length} lines at everybody`,
    });
    const [{ lines: order } = fail("nobody"), ...others] = all;
    assertEquals(order.map(String).toSorted(), written, "each line once");
    for (const { lines } of others) assertEquals(lines, order, "one order at everybody");
    assertEquals(all.map(({ refusals }) => refusals), [[], [], []]);
    assertEquals(all.map(({ doubled }) => doubled), [[], [], []]);
    assertEquals(all.map(({ news }) => news), [["Bob joined", "Cem joined"], ["Cem joined"], []]);
    for (const { name, others } of all) {
      const names = all.map((member) => member.name).filter((other) => other !== name);
      assertEquals(
        others.map((peer) => [peer.name, peer.away]),
        names.map((name) => [name, false]),
      );
    }
  }
}
