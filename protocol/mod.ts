export * from "./codes.ts";
export * from "./limits.ts";
export * from "./messages.ts";
export * from "./names.ts";
export * from "./owners.ts";
export * from "./parse.ts";
export * from "./peers.ts";
export * from "./relay.ts";
