export * from "./core/core_types.ts";
export * from "./shell/gate.ts";
export { GuessLimit } from "./core/guess_limit.ts";
export * from "./shell/host_name.ts";
export * from "./shell/hub.ts";
export * from "./core/ice.ts";
export type { Socket } from "./shell/socket_pool.ts";
export type { HubObserver } from "./shell/observer.ts";
export { signedTokens } from "./core/tokens.ts";
