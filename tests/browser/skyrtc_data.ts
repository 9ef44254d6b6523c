// Text and files of a page of the origin's kind, over one data channel with each of the others. Runs inside the page, so it
// uses nothing from outside. Written from the observed wire: `__msg` and `__file` as JSON, pieces of a data URL.

/** What the page leaves on globalThis for its connections and for the test. */
export interface SkyrtcData {
  /** The last channel with each peer counts, whoever made it. */
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
  share(name: string, size: number): Promise<string>;
  answer(signal: "accept" | "refuse", name: string): void;
}

declare global {
  var __skyrtcData: SkyrtcData | undefined;
}

/** Comes before the first connection. */
export function prepareSkyrtcData(): void {
  interface Sending {
    name: string;
    blob: Blob;
    url: string;
  }
  const packetSize = 1_000;
  const receiving = new Map<string, { name: string; url: string }>();
  const sending = new Map<string, Sending>();
  const hex = async (bytes: ArrayBuffer) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const say = (socketId: string, packet: object) => {
    const channel = data.channels.get(socketId);
    if (channel?.readyState === "open") channel.send(JSON.stringify(packet));
  };
  const became = (name: string, what: string) => (data.sent[name] ??= []).push(what);

  /** A thousand characters and a pause, as the origin does; ten at a time, for the test's sake. */
  function sendChunks(socketId: string, sendId: string): void {
    const file = sending.get(sendId);
    if (file === undefined) return;
    for (let n = 0; n < 10; n++) {
      const last = file.url.length <= packetSize;
      const piece = file.url.slice(0, packetSize);
      file.url = file.url.slice(packetSize);
      say(socketId, { type: "__file", signal: "chunk", sendId, last, data: piece });
      if (!last) continue;
      sending.delete(sendId);
      return void became(file.name, "sent");
    }
    setTimeout(() => sendChunks(socketId, sendId), 10);
  }

  function accepted(socketId: string, sendId: string): void {
    const file = sending.get(sendId);
    if (file === undefined) return;
    const reader = new FileReader();
    reader.onload = () => {
      file.url = String(reader.result);
      sendChunks(socketId, sendId);
    };
    reader.readAsDataURL(file.blob);
  }

  // deno-lint-ignore no-explicit-any
  function hear(socketId: string, json: any): void {
    const { sendId } = json;
    if (json.type !== "__file") return void data.texts.push({ from: socketId, text: json.data });
    if (json.signal === "ask") {
      data.asks.push({ from: socketId, sendId, name: json.name, size: json.size });
      receiving.set(sendId, { name: json.name, url: "" });
    } else if (json.signal === "accept") accepted(socketId, sendId);
    else if (json.signal === "refuse") {
      became(sending.get(sendId)?.name ?? "unknown", "refused");
      sending.delete(sendId);
    } else if (json.signal === "chunk") {
      const file = receiving.get(sendId);
      if (file === undefined) throw new Error("a piece of no file");
      file.url += json.data;
      if (!json.last) return;
      receiving.delete(sendId);
      // Not by fetch(), which the page's policy forbids.
      const text = atob(file.url.slice(file.url.indexOf(",") + 1));
      const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
      void hex(bytes.buffer).then((digest) => data.files[file.name] = digest);
    }
  }

  const data: SkyrtcData = {
    channels: new Map(),
    texts: [],
    asks: [],
    files: {},
    sent: {},
    add(socketId, channel) {
      data.channels.set(socketId, channel);
      channel.onmessage = (event) => hear(socketId, JSON.parse(event.data));
      channel.onclose = () => {
        if (data.channels.get(socketId) === channel) data.channels.delete(socketId);
      };
    },
    broadcast(text) {
      for (const socketId of data.channels.keys()) say(socketId, { type: "__msg", data: text });
    },
    async share(name, size) {
      const bytes = Uint8Array.from({ length: size }, (_, n) => n * 7919 % 251);
      const blob = new Blob([bytes]);
      for (const socketId of data.channels.keys()) {
        const sendId = (Math.random() * Date.now()).toString(36).toUpperCase().replaceAll(".", "-");
        sending.set(sendId, { name, blob, url: "" });
        say(socketId, { name, size, sendId, type: "__file", signal: "ask" });
      }
      return await hex(bytes.buffer);
    },
    answer(signal, name) {
      const ask = data.asks.find((each) => each.name === name);
      if (ask !== undefined) say(ask.from, { type: "__file", signal, sendId: ask.sendId });
    },
  };
  globalThis.__skyrtcData = data;
}
