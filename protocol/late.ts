/** Messages of the server that pages parse with code that they load late; a part of messages.ts. */
import type { ServerMessage } from "./messages.ts";
import type { LateOwnershipMessage } from "./owners.ts";

/** Server → client, unknown to the code that a page starts with. */
export type LateMessage = LateOwnershipMessage;

/** All that a server sends. */
export type SentMessage = ServerMessage | LateMessage;
