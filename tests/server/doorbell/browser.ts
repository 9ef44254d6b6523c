// The side of the browser: the keys of a subscription, and what they open (RFC 8291).

import { Buffer } from "node:buffer";
import { createDecipheriv, createECDH, hkdfSync } from "node:crypto";

/** One subscription. */
export class Browser {
  readonly #pair = createECDH("prime256v1");
  readonly #auth: Uint8Array;

  constructor(given: { secret?: Uint8Array; auth?: Uint8Array } = {}) {
    if (given.secret === undefined) this.#pair.generateKeys();
    else this.#pair.setPrivateKey(given.secret);
    this.#auth = given.auth ?? crypto.getRandomValues(new Uint8Array(16));
  }

  /** As `PushSubscription.toJSON` gives them. */
  get keys(): { p256dh: string; auth: string } {
    return {
      p256dh: this.#pair.getPublicKey().toString("base64url"),
      auth: Buffer.from(this.#auth).toString("base64url"),
    };
  }

  /** The text of a message; throws if it is not for this browser. */
  read(body: Uint8Array): string {
    const message = Buffer.from(body);
    const salt = message.subarray(0, 16);
    const sender = message.subarray(21, 21 + message.readUInt8(20));
    const sealed = message.subarray(21 + sender.length, -16);
    const shared = Buffer.from(hkdfSync(
      "sha256",
      this.#pair.computeSecret(sender),
      this.#auth,
      Buffer.concat([Buffer.from("WebPush: info\0"), this.#pair.getPublicKey(), sender]),
      32,
    ));
    const derive = (name: string, length: number) =>
      Buffer.from(
        hkdfSync("sha256", shared, salt, Buffer.from(`Content-Encoding: ${name}\0`), length),
      );
    const cipher = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
    cipher.setAuthTag(message.subarray(-16));
    const plain = Buffer.concat([cipher.update(sealed), cipher.final()]);
    return plain.subarray(0, plain.lastIndexOf(2)).toString();
  }
}
