/**
 * Live reload for development: the page keeps an event stream open, which sends the id of this
 * start of the server. If it reconnects and gets another id, it reloads. No inline code.
 */
import type { Handler } from "../app.ts";

/** URL path of the script that a development page loads. */
export const reloadScript = "/_fresh/reload.js";
const eventsPath = "/_fresh/starts";
const retryMs = 300;

const script = `let known;
new EventSource(new URL("./starts", import.meta.url)).onmessage = ({ data }) => {
  if (known !== undefined && known !== data) location.reload();
  known = data;
};
`;

/** Adds the reload script and its event stream to a handler. */
export function withReload(handler: Handler, basePath: string): Handler {
  const start = crypto.randomUUID();
  return async (req, info) => {
    const { pathname } = new URL(req.url);
    const headers = { "cache-control": "no-store" };
    if (pathname === basePath + reloadScript) {
      return new Response(script, { headers: { ...headers, "content-type": "text/javascript" } });
    }
    if (pathname === basePath + eventsPath) {
      const event = new TextEncoder().encode(`retry: ${retryMs}\ndata: ${start}\n\n`);
      // One event; then the stream stays open until the server ends.
      const body = new ReadableStream({ start: (stream) => stream.enqueue(event) });
      return new Response(body, { headers: { ...headers, "content-type": "text/event-stream" } });
    }
    return await handler(req, info);
  };
}
