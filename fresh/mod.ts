/** The module "fresh" for apps. */

export { App, type Handler } from "./app.ts";
export { createDefine, type Define, page } from "./define.ts";
export { HttpError } from "./http_error.ts";
export { staticFiles } from "./static_files.ts";
export type * from "./types.ts";
export type { SocketHandlers } from "./upgrade.ts";
