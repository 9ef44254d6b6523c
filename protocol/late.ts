/** Messages of the server that pages parse with code that they load late; a part of messages.ts. */
import type { MarksUpdate } from "./marks.ts";
import type { ServerMessage } from "./messages.ts";
import type { MoveUpdate } from "./moves.ts";
import type { LateOwnershipMessage } from "./owners.ts";
import type { PowerUpdate } from "./powers.ts";

/** Server → client, unknown to the code that a page starts with. */
export type LateMessage = LateOwnershipMessage | MarksUpdate | MoveUpdate | PowerUpdate;

/** All that a server sends. */
export type SentMessage = ServerMessage | LateMessage;
