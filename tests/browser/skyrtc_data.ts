// Text and files of a page of the origin's kind, over one data channel with each of the others.
// Runs inside the page, so it uses nothing from outside. Written from the observed wire: `__msg`
// and `__file` as JSON, pieces of a data URL.

/** What the page leaves on globalThis for its connections and for the test. */
export interface SkyrtcData {
  /** The last channel with each peer counts, whichever side made it. */
  readonly channels: Map<string, RTCDataChannel>;
  /** Every text that came, by whom. */
  readonly texts: { from: string; text: string }[];
  readonly asks: { from: string; sendId: string; name: string; size: number }[];
  /** Files that came whole, by name: their SHA-256. */
  readonly files: Record<string, string>;
  /** What became of own files, by name, one for each peer. */
  readonly sent: Record<string, string[]>;
  add(socketId: string, channel: RTCDataChannel): void;
  broadcast(text: string): void;
  /** Offers a file to everybody; returns its SHA-256. */
  share: (name: string, size: number) => Promise<string>;
  say(socketId: string, packet: object): void;
  hash(bytes: ArrayBuffer): Promise<string>;
  answer(signal: "accept" | "refuse", name: string): void;
}

// deno-lint-ignore no-explicit-any
type Hear = (socketId: string, packet: any) => void;

declare global {
  var __skyrtcData: SkyrtcData | undefined;
  /** Take what is said of files: for the receiver, and for the sender. */
  var __skyrtcReceive: Hear | undefined;
  var __skyrtcSend: Hear | undefined;
}

/** Comes before the first connection, and the two functions below after it. */
export function prepareSkyrtcData(): void {
  const data: SkyrtcData = {
    channels: new Map(),
    texts: [],
    asks: [],
    files: {},
    sent: {},
    add(socketId, channel) {
      data.channels.set(socketId, channel);
      channel.onmessage = (event) => {
        const json = JSON.parse(event.data);
        if (json.type !== "__file") data.texts.push({ from: socketId, text: json.data });
        else if (["ask", "chunk"].includes(json.signal)) {
          globalThis.__skyrtcReceive?.(socketId, json);
        } else globalThis.__skyrtcSend?.(socketId, json);
      };
      channel.onclose = () => {
        if (data.channels.get(socketId) === channel) data.channels.delete(socketId);
      };
    },
    say(socketId, packet) {
      const channel = data.channels.get(socketId);
      if (channel?.readyState === "open") channel.send(JSON.stringify(packet));
    },
    broadcast(text) {
      for (const socketId of data.channels.keys()) {
        data.say(socketId, { type: "__msg", data: text });
      }
    },
    share: () => Promise.resolve(""),
    answer(signal, name) {
      const ask = data.asks.find((each) => each.name === name);
      if (ask !== undefined) data.say(ask.from, { type: "__file", signal, sendId: ask.sendId });
    },
    async hash(bytes) {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    },
  };
  globalThis.__skyrtcData = data;
}

/** Puts together what comes. */
export function prepareSkyrtcReceiving(): void {
  const data = globalThis.__skyrtcData;
  const receiving = new Map<string, { name: string; url: string }>();
  globalThis.__skyrtcReceive = (from, { signal, sendId, name, size, data: piece, last }) => {
    if (signal === "ask") {
      data?.asks.push({ from, sendId, name, size });
      receiving.set(sendId, { name, url: "" });
      return;
    }
    const file = receiving.get(sendId);
    if (file === undefined) throw new Error("a piece of no file");
    file.url += piece;
    if (!last) return;
    receiving.delete(sendId);
    // Not by fetch(), which the page's policy forbids.
    const text = atob(file.url.slice(file.url.indexOf(",") + 1));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    void data?.hash(bytes.buffer).then((digest) => data.files[file.name] = digest);
  };
}

/**
 * Sends in pieces of a thousand characters with pauses, as the origin does; ten at a time, for the
 * test's sake.
 */
export function prepareSkyrtcSending(): void {
  const data = globalThis.__skyrtcData;
  if (data === undefined) throw new Error("prepareSkyrtcData comes first");
  const packetSize = 1_000;
  const sending = new Map<string, { name: string; blob: Blob; url: string }>();
  const became = (name: string, what: string) => (data.sent[name] ??= []).push(what);
  function sendChunks(socketId: string, sendId: string): void {
    const file = sending.get(sendId);
    if (file === undefined) return;
    for (let n = 0; n < 10; n++) {
      const last = file.url.length <= packetSize;
      const piece = file.url.slice(0, packetSize);
      file.url = file.url.slice(packetSize);
      data?.say(socketId, { type: "__file", signal: "chunk", sendId, last, data: piece });
      if (!last) continue;
      sending.delete(sendId);
      return void became(file.name, "sent");
    }
    setTimeout(() => sendChunks(socketId, sendId), 10);
  }
  globalThis.__skyrtcSend = (socketId, { signal, sendId }) => {
    const file = sending.get(sendId);
    if (file === undefined) return;
    if (signal === "refuse") {
      sending.delete(sendId);
      return void became(file.name, "refused");
    }
    const reader = new FileReader();
    reader.onload = () => {
      file.url = String(reader.result);
      sendChunks(socketId, sendId);
    };
    reader.readAsDataURL(file.blob);
  };
  data.share = async (name, size) => {
    const bytes = Uint8Array.from({ length: size }, (_, n) => n * 7919 % 251);
    for (const socketId of data.channels.keys()) {
      const sendId = (Math.random() * Date.now()).toString(36).toUpperCase().replaceAll(".", "-");
      sending.set(sendId, { name, blob: new Blob([bytes]), url: "" });
      data.say(socketId, { name, size, sendId, type: "__file", signal: "ask" });
    }
    return await data.hash(bytes.buffer);
  };
}
