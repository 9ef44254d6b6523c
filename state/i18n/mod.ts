export * from "./catalogue.ts";
export * from "./clock.ts";
