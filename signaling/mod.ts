export type { ChatHistory } from "./chat_shelf.ts";
export * from "./core_types.ts";
export * from "./gate.ts";
export * from "./hub.ts";
export * from "./ice.ts";
export * from "./local_bus.ts";
export type { Socket } from "./socket_pool.ts";
export { signedTokens } from "./tokens.ts";
export { TokenBucket } from "./token_bucket.ts";
