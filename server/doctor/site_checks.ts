/** Checks of the site as browsers reach it: page, headers, clock, certificate, socket, proxy. */
import { isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { isSameHost } from "../../signaling/mod.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";

const patienceMs = 8_000;
const dayMs = 24 * 60 * 60_000;
/** Relay credentials are valid by the clock, so a wrong clock makes them useless. */
const clockMost = { warnMs: 5_000, failMs: 60_000 };

/** Runs the checks. `url`: the address of the site, base path included. */
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
    fix: "let the proxy pass the path on unchanged; below a path of a site, set --base-path",
  });
}

function headerCheck({ headers }: Response): Check {
  const name = "security headers";
  return headers.get("content-security-policy")?.includes("default-src 'none'")
    ? ok(name, "arrive unchanged")
    : bad("warn", {
      name,
      seen: "the content security policy is missing or was changed",
      fix: "let the proxy pass response headers on unchanged: no proxy_hide_header, no add_header",
    });
}

function clockCheck({ headers }: Response): Check {
  const there = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(there)) return skipped("clock", "the response has no Date header");
  const off = Math.abs(Date.now() - there);
  if (off < clockMost.warnMs) {
    return ok("clock", `differs from the site's by less than ${Math.ceil(off / 1000)} s`);
  }
  return bad(off < clockMost.failMs ? "warn" : "fail", {
    name: "clock",
    seen: `differs from the site's by ${Math.round(off / 1000)} s, which breaks relay credentials`,
    fix: "run timedatectl set-ntp true on the machine whose clock is wrong",
  });
}

async function certificateCheck(url: string): Promise<Check> {
  const { protocol, hostname, port } = new URL(url);
  const name = "certificate";
  if (protocol !== "https:") {
    const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
    return isLocal ? ok(name, "this machine needs none") : bad("fail", {
      name,
      seen: "the site is not https, so browsers refuse camera and microphone",
      fix: "get a certificate; docs/deploy.md, Quick start, shows how",
    });
  }
  const end = await expiry(unbracketed(hostname), Number(port || 443));
  if (end === undefined) return ok(name, "is trusted");
  const days = Math.floor((end - Date.now()) / dayMs);
  return days >= 14 ? ok(name, `is trusted and valid for ${days} days`) : bad("warn", {
    name,
    seen: `expires in ${days} days`,
    fix: "renew it; with --acme-domain, the log says why the renewal failed",
  });
}

/** When the certificate expires, ms since the epoch; undefined: this machine cannot see it. */
function expiry(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    // SNI does not allow addresses.
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

/** Writes the handshake itself, because Deno's WebSocket sends no Origin. */
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
    return status === "101" ? ok(name, "opens (101)") : bad("fail", {
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
    return "let the proxy pass Host or X-Forwarded-Host on, and name it with --trust-proxy";
  }
  if (status === "404") return "let the proxy pass /ws on to Parley";
  return "let the proxy pass Upgrade and Connection on, as in deploy/nginx.conf";
}

/** Asks the server how it sees this client. */
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
        seen: `the server sees the site as ${secure ? "https" : "http"}://${host}`,
        fix:
          "let the proxy send X-Forwarded-Proto and X-Forwarded-Host, and name it with --trust-proxy",
      });
    }
    return ok(name, direct === true ? "no proxy, or one that is not trusted" : "is trusted");
  } catch (error) {
    const fix = "check that the site runs this version of Parley";
    return bad("warn", { name, seen: reasonOf(error), fix });
  }
}

async function redirectCheck(url: string): Promise<Check> {
  const name = "http to https";
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "https:" || port !== "") return skipped(name, "the site is not at port 443");
  try {
    const answer = await fetch(`http://${hostname}/`, {
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    const to = answer.headers.get("location") ?? "";
    if (to.startsWith("https:")) return ok(name, `redirects to ${to}`);
    return bad("warn", {
      name,
      seen: `http answers ${answer.status} instead of a redirect`,
      fix:
        "redirect it to https in the proxy, as the files in deploy/ do, or set --redirect-port 80",
    });
  } catch {
    return bad("warn", {
      name,
      seen: "port 80 does not answer, so the name without https:// finds nothing",
      fix: "set --redirect-port 80",
    });
  }
}

/** The host of a URL without the brackets around an IPv6 address. */
function unbracketed(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function unreachable(url: string, reason: string): { seen: string; fix: string } {
  const known: [pattern: RegExp, fix: string][] = [
    [
      /UnknownIssuer/,
      "the chain is incomplete or self-signed; --tls-cert must hold the whole chain (fullchain.pem)",
    ],
    [/NotValidForName/, "the certificate is for another name; get one for this name"],
    [/Expired/, "renew the certificate"],
    [/refused/i, "nothing listens there; start Parley or the proxy"],
    [/lookup|dns/i, "the name does not resolve; add an A or AAAA record"],
    [/timed out|timeout/i, "a firewall may drop the packets; open the port"],
  ];
  const fix = known.find(([pattern]) => pattern.test(reason))?.[1];
  return { seen: `${url}: ${reason}`, fix: fix ?? "open it in a browser and read the error" };
}
