/** Whether the site answers as it should from where browsers are: page, certificate, socket, proxy, clock. */
import { isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { isSameHost } from "../../signaling/mod.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";

const patienceMs = 8_000;
const dayMs = 24 * 60 * 60_000;
/** Relay credentials are good by the clock, so a clock that is off makes them useless. */
const clockMost = { warnMs: 5_000, failMs: 60_000 };

/** `url`: of the site, with its base path. */
export async function siteChecks(url: string): Promise<Check[]> {
  let page: Response;
  try {
    page = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    await page.body?.cancel();
  } catch (error) {
    return [bad("fail", { name: "page", ...unreachable(url, reasonOf(error)) })];
  }
  return [
    pageCheck(page),
    headerCheck(page),
    clockCheck(page),
    ...await Promise.all([
      certificateCheck(url),
      socketCheck(url),
      proxyCheck(url),
      redirectCheck(url),
    ]),
  ];
}

function pageCheck({ status, url }: Response): Check {
  return status === 200 ? ok("page", `${url} answers 200`) : bad("fail", {
    name: "page",
    seen: `${url} answers ${status}`,
    fix: "does the proxy pass this path on as it is? With a path of a site: --base-path",
  });
}

function headerCheck({ headers }: Response): Check {
  const name = "security headers";
  return headers.get("content-security-policy")?.includes("default-src 'none'")
    ? ok(name, "arrive as they were sent")
    : bad("warn", {
      name,
      seen: "the content security policy is missing or another one",
      fix:
        "let the proxy leave response headers alone (no proxy_hide_header, no add_header of its own)",
    });
}

function clockCheck({ headers }: Response): Check {
  const there = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(there)) return skipped("clock", "the answer has no date");
  const off = Math.abs(Date.now() - there);
  if (off < clockMost.warnMs) return ok("clock", `within ${Math.ceil(off / 1000)} s of the site's`);
  return bad(off < clockMost.failMs ? "warn" : "fail", {
    name: "clock",
    seen: `${Math.round(off / 1000)} s off the site's`,
    fix:
      "timedatectl set-ntp true, on whichever machine is wrong: relay credentials go by the clock",
  });
}

async function certificateCheck(url: string): Promise<Check> {
  const { protocol, hostname, port } = new URL(url);
  const name = "certificate";
  if (protocol !== "https:") {
    const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
    return isLocal ? ok(name, "none is needed on this machine itself") : bad("fail", {
      name,
      seen: "the site is not https",
      fix: "browsers give no camera and microphone: see “From nothing to a call” in docs/deploy.md",
    });
  }
  const end = await expiry(unbracketed(hostname), Number(port || 443));
  if (end === undefined) return ok(name, "is trusted");
  const days = Math.floor((end - Date.now()) / dayMs);
  return days >= 14 ? ok(name, `is trusted, good for ${days} days`) : bad("warn", {
    name,
    seen: `ends in ${days} days`,
    fix: "renew it; with --acme-domain look into the log why that did not happen",
  });
}

/** When the certificate ends, ms since the epoch; undefined: it cannot be seen here. */
function expiry(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    // An address is no name that a server could choose its certificate by.
    const servername = isIP(host) === 0 ? host : "";
    const socket = connectTls({ host, port, servername }, () => {
      clearTimeout(timer);
      const at = Date.parse(socket.getPeerCertificate()?.valid_to ?? "");
      socket.destroy();
      resolve(Number.isNaN(at) ? undefined : at);
    });
    socket.on("error", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

/** A handshake by hand, because a client of the platform sends no Origin. */
async function socketCheck(url: string): Promise<Check> {
  const name = "socket";
  const { protocol, hostname, port, host, origin, pathname } = new URL(url);
  const secure = protocol === "https:";
  const at = {
    hostname: unbracketed(hostname),
    port: Number(port || (secure ? 443 : 80)),
  };
  const path = `${pathname.replace(/\/$/, "")}/ws`;
  try {
    using connection = secure ? await Deno.connectTls(at) : await Deno.connect(at);
    const timer = setTimeout(() => connection.close(), patienceMs);
    await connection.write(
      new TextEncoder().encode(
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nUpgrade: websocket\r\n` +
          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
          "Sec-WebSocket-Key: cGFybGV5IGRvY3RvciEhIQ==\r\nSec-WebSocket-Protocol: parley.v1\r\n\r\n",
      ),
    );
    const bytes = new Uint8Array(1024);
    const count = await connection.read(bytes);
    clearTimeout(timer);
    const [line = ""] = new TextDecoder().decode(bytes.subarray(0, count ?? 0)).split("\r\n");
    const status = line.split(" ")[1];
    return status === "101" ? ok(name, "is upgraded (101)") : bad("fail", {
      name,
      seen: `${path} answers ${line || "nothing"}`,
      fix: socketFix(status),
    });
  } catch (error) {
    return bad("fail", { name, seen: reasonOf(error), fix: socketFix(undefined) });
  }
}

function socketFix(status: string | undefined): string {
  if (status === "403") {
    return "the server does not know its own name: pass Host or X-Forwarded-Host on, and set --trust-proxy";
  }
  if (status === "404") return "the proxy does not pass /ws on to Parley";
  return "the proxy must pass Upgrade and Connection on: see deploy/nginx.conf";
}

/** Asks the server how it sees who asks. */
async function proxyCheck(url: string): Promise<Check> {
  const name = "proxy";
  try {
    const answer = await fetch(`${url.replace(/\/$/, "")}/seen`, {
      signal: AbortSignal.timeout(patienceMs),
    });
    const seen: unknown = await answer.json();
    const { secure, host, direct } = Object(seen);
    const wanted = new URL(url);
    if (secure !== (wanted.protocol === "https:") || !isSameHost(String(host), wanted.host)) {
      return bad("fail", {
        name,
        seen: `the server takes this for ${secure ? "https" : "http"}://${host}`,
        fix:
          "let the proxy send X-Forwarded-Proto and X-Forwarded-Host, and name it with --trust-proxy",
      });
    }
    return ok(name, direct === true ? "none, or one that is not named" : "is believed");
  } catch (error) {
    return bad("warn", { name, seen: reasonOf(error), fix: "is it a Parley of this version?" });
  }
}

async function redirectCheck(url: string): Promise<Check> {
  const name = "http to https";
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "https:" || port !== "") return skipped(name, "only for a site at port 443");
  try {
    const answer = await fetch(`http://${hostname}/`, {
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    const to = answer.headers.get("location") ?? "";
    if (to.startsWith("https:")) return ok(name, `leads to ${to}`);
    return bad("warn", {
      name,
      seen: `http answers ${answer.status}`,
      fix: "lead it to https: the proxy's file in deploy/ does, or --redirect-port 80",
    });
  } catch {
    return bad("warn", {
      name,
      seen: "port 80 does not answer",
      fix: "who types the name without https: finds nothing: --redirect-port 80",
    });
  }
}

/** A URL's IPv6 host as sockets take it. */
function unbracketed(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function unreachable(url: string, reason: string): { seen: string; fix: string } {
  const known: [pattern: RegExp, fix: string][] = [
    [
      /UnknownIssuer/,
      "the certificate's chain is incomplete or self-signed: --tls-cert must hold the whole chain (fullchain.pem)",
    ],
    [/NotValidForName/, "the certificate is for another name: get one for this"],
    [/Expired/, "renew the certificate"],
    [/refused/i, "nothing listens there: is Parley, or the proxy, running?"],
    [/lookup|dns/i, "the name leads nowhere: add an A or AAAA record"],
    [/timed out|timeout/i, "a firewall swallows it: open the port"],
  ];
  const fix = known.find(([pattern]) => pattern.test(reason))?.[1];
  return { seen: `${url}: ${reason}`, fix: fix ?? "open it in a browser and see what it says" };
}
