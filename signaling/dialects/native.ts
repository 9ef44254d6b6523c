import { checkClientMessage, openSignal, sealed, type ServerMessage } from "../../protocol/mod.ts";
import type { Translation } from "./dialect.ts";

/** The project's own wire: the core's vocabulary as it is, signals as JSON like all else. */
export const native: Translation = {
  dialect: "parley",
  envelopes: false,
  decode: checkClientMessage,
  encode: (message) => {
    const plain = unsealed(message);
    return plain && JSON.stringify(plain);
  },
};

/** The same with signals in envelopes. */
export const enveloped: Translation = {
  ...native,
  envelopes: true,
  encode: (message) => {
    if (message.type === "relay") return sealed({ peerId: message.from, body: message.body });
    if (message.type !== "signal") return JSON.stringify(message);
    return sealed({ peerId: message.from, body: JSON.stringify(message.signal) });
  },
};

/** For a client without envelopes; undefined when there is no signal in it. */
export function unsealed(message: ServerMessage): ServerMessage | undefined {
  if (message.type !== "relay") return message;
  const signal = openSignal(message.body);
  return signal.ok ? { type: "signal", from: message.from, signal: signal.message } : undefined;
}
