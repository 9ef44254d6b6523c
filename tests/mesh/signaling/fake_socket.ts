/** A WebSocket whose other end is the test. */
import {
  type ClientMessage,
  isEnvelope,
  type Parsed,
  parseSignal,
  readEnvelope,
  RELAY_SUBPROTOCOL,
  type ServerMessage,
  SUBPROTOCOL,
  type Welcome,
} from "../../../protocol/mod.ts";
import { parseClientMessage } from "../../../protocol/parse_client.ts";
import { assert, assertEquals, fail } from "../../assert.ts";
import type { PageLife, Wake } from "../../../mesh/platform.ts";

export class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readyState = 0;
  /** The sub-protocol that the server has chosen. */
  protocol = "";
  /** The code of the client's close; 1005 is a close without a code. */
  closedWith: number | undefined;
  /** The messages of the client, parsed by the real parser. */
  readonly said: ClientMessage[] = [];

  get asReal(): WebSocket {
    return this as unknown as WebSocket;
  }

  send(frame: string): void {
    if (this.readyState === 0) throw new DOMException("still connecting", "InvalidStateError");
    if (this.readyState !== 1) return;
    const parsed = isEnvelope(frame) ? this.#opened(frame) : parseClientMessage(frame);
    assert(parsed.ok, parsed.ok ? "" : parsed.reason);
    this.said.push(parsed.message);
  }

  #opened(frame: string): Parsed<ClientMessage> {
    assertEquals(this.protocol, RELAY_SUBPROTOCOL, "an envelope that was not agreed on");
    const { peerId: to, body } = readEnvelope(frame) ?? fail("a malformed envelope");
    const signal = parseSignal(body);
    return signal.ok
      ? { ok: true, message: { type: "signal", to, signal: signal.message } }
      : signal;
  }

  close(code = 1005): void {
    this.readyState = 3;
    this.closedWith = code;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(message: ServerMessage): void {
    this.frame(JSON.stringify(message));
  }

  frame(data: unknown): void {
    this.onmessage?.({ data });
  }

  /** The server or the network closes it. */
  end(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  saidOf<T extends ClientMessage["type"]>(type: T): Extract<ClientMessage, { type: T }>[] {
    return this.said.filter((message): message is Extract<ClientMessage, { type: T }> =>
      message.type === type
    );
  }
}

/** Makes fake sockets and keeps them. */
export class FakeSockets {
  readonly all: FakeSocket[] = [];
  /** The address of each socket. */
  readonly urls: string[] = [];

  /** As Environment.openSocket. */
  readonly open = (url: string, subprotocols: string[]): WebSocket => {
    assertEquals(subprotocols, [RELAY_SUBPROTOCOL, SUBPROTOCOL]);
    this.urls.push(url);
    const socket = new FakeSocket();
    this.all.push(socket);
    return socket.asReal;
  };

  get last(): FakeSocket {
    const socket = this.all.at(-1);
    assert(socket, "no socket was opened");
    return socket;
  }
}

/** The life of the page, which the test controls. */
export class FakePage implements PageLife {
  readonly #wake = new Set<(reason: Wake) => void>();
  readonly #hide = new Set<() => void>();

  get listeners(): number {
    return this.#wake.size + this.#hide.size;
  }

  onWake(listener: (reason: Wake) => void): () => void {
    this.#wake.add(listener);
    return () => void this.#wake.delete(listener);
  }

  onHide(listener: () => void): () => void {
    this.#hide.add(listener);
    return () => void this.#hide.delete(listener);
  }

  wake(reason: Wake = "visible"): void {
    for (const listener of [...this.#wake]) listener(reason);
  }

  hide(): void {
    for (const listener of [...this.#hide]) listener();
  }
}

/** A welcome into room `den` as peer `me`. */
export function welcome(part: Partial<Welcome> = {}): Welcome {
  return {
    type: "welcome",
    peerId: "me",
    room: "den",
    name: "Ann",
    roster: [],
    resumed: false,
    resumeToken: "token-1",
    iceServers: [],
    capacity: 8,
    epoch: 1,
    revision: 0,
    missed: [],
    recent: [],
    gap: false,
    at: 1,
    ...part,
  };
}
