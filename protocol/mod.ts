export * from "./chat_line.ts";
export * from "./codes.ts";
export * from "./doorbell.ts";
export {
  candidate,
  description,
  iceServer,
  linkReports,
  openSignal,
  reaction,
  signal,
} from "./fields.ts";
export * from "./ice_urls.ts";
export * from "./late.ts";
export * from "./limits.ts";
export * from "./marks.ts";
export * from "./messages.ts";
export * from "./moves.ts";
export * from "./names.ts";
export * from "./owners.ts";
export * from "./parse.ts";
export * from "./powers.ts";
export * from "./peers.ts";
export * from "./relay.ts";
export * from "./sealed.ts";
export * from "./socket_address.ts";
export * from "./token_bucket.ts";
