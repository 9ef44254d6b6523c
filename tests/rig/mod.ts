export * from "./browsers.ts";
export * from "./call.ts";
export * from "./coturn.ts";
export * from "./executables.ts";
export * from "./peer.ts";
export * from "./rtc_probe.ts";
export * from "./server.ts";
export * from "./wait_for.ts";
