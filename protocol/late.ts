/** Messages of the server that pages parse with code that they load late; a part of messages.ts. */
import type { MarksUpdate } from "./marks.ts";
import type { ServerMessage } from "./messages.ts";

/** Server → client, unknown to the code that a page starts with. */
export type LateMessage = MarksUpdate;

/** All that a server sends. */
export type SentMessage = ServerMessage | LateMessage;
