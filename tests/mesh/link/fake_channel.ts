/** An RTCDataChannel whose other end is another FakeChannel, or the test. */
import { FieldEvent } from "./fake_event.ts";

export class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = "connecting";
  bufferedAmount = 0;
  /** Frames that were sent and not received yet. */
  readonly sent: string[] = [];

  send(frame: string): void {
    if (this.readyState !== "open") throw new DOMException("not open", "InvalidStateError");
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = "closed";
  }

  /** The connection is established. */
  open(): void {
    if (this.readyState !== "connecting") return;
    this.readyState = "open";
    this.dispatchEvent(new Event("open"));
  }

  hear(data: unknown): void {
    if (this.readyState === "open") this.#hear(data);
  }

  /** As Chromium may: the message is reported before the channel is. */
  hearEarly(data: unknown): void {
    if (this.readyState === "connecting") this.#hear(data);
  }

  #hear(data: unknown): void {
    this.dispatchEvent(new FieldEvent("message", { data }));
  }

  /** The other side has closed its connection. */
  end(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.dispatchEvent(new Event("close"));
  }
}

/** Opens a channel from the other side; returns a function that sends a message on it. */
export function foreignChannel(connection: EventTarget): (packet: unknown) => void {
  const channel = new EventTarget();
  connection.dispatchEvent(new FieldEvent("datachannel", { channel }));
  return (packet) => channel.dispatchEvent(new FieldEvent("message", { data: packet }));
}
