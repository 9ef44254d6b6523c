// Live reload for development: the page holds an event stream open, which tells it the id of this
// start of the server. When it comes back with another id, the page reloads. No inline code.

import type { Handler } from "../app.ts";

/** URL path of the script that a development page loads. */
export const RELOAD_SCRIPT = "/_fresh/reload.js";
const EVENTS = "/_fresh/starts";
const RETRY_MS = 300;

const SCRIPT = `let known;
new EventSource(new URL("./starts", import.meta.url)).onmessage = ({ data }) => {
  if (known !== undefined && known !== data) location.reload();
  known = data;
};
`;

/** The handler with the reload script and its event stream in front of it. */
export function withReload(handler: Handler, basePath: string): Handler {
  const start = crypto.randomUUID();
  return async (req, info) => {
    const { pathname } = new URL(req.url);
    const headers = { "cache-control": "no-store" };
    if (pathname === basePath + RELOAD_SCRIPT) {
      return new Response(SCRIPT, { headers: { ...headers, "content-type": "text/javascript" } });
    }
    if (pathname === basePath + EVENTS) {
      const event = new TextEncoder().encode(`retry: ${RETRY_MS}\ndata: ${start}\n\n`);
      // One event, and then the stream stays open until the server ends.
      const body = new ReadableStream({ start: (stream) => stream.enqueue(event) });
      return new Response(body, { headers: { ...headers, "content-type": "text/event-stream" } });
    }
    return await handler(req, info);
  };
}
