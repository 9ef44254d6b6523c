import { checkClientMessage } from "../../protocol/mod.ts";
import type { Translation } from "./dialect.ts";

/** The project's own wire: the core's vocabulary as it is. */
export const native: Translation = {
  dialect: "parley",
  decode: checkClientMessage,
  encode: (message) => JSON.stringify(message),
};
