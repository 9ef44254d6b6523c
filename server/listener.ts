/** Opens ports: one for pages and sockets, with TLS or without, and one that redirects to https. */
import type { Certificate, CertificateSource } from "./tls/certificate.ts";
import { certificateFacts } from "./tls/certificate.ts";
import type { Log } from "./log.ts";

/** Answers one request. */
export type Answer = (
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
) => Response | Promise<Response>;

/** Where to listen, and how to answer. */
export interface ListenerOptions {
  /** All hosts get the same port. */
  readonly hosts: readonly string[];
  readonly port: number;
  readonly log: Log;
  readonly answer: Answer;
  readonly onError: (error: unknown) => Response;
}

/** An open port. */
export interface Listener {
  readonly address: Deno.NetAddr;
  /** Accepts no more connections; resolves when the last one has ended. */
  close(): Promise<void>;
}

/** Listens without TLS. */
export function listenPlain(options: Omit<ListenerOptions, "log">): Listener {
  const servers = listen(options);
  return { address: addressOf(servers), close: () => endAll(servers) };
}

type Servers = readonly Deno.HttpServer<Deno.NetAddr>[];

function listen(
  { hosts, port, answer, onError }: Omit<ListenerOptions, "log">,
  tls: Partial<Certificate> & { reusePort?: boolean } = {},
): Servers {
  const servers: Deno.HttpServer<Deno.NetAddr>[] = [];
  for (const hostname of hosts) {
    const same = servers[0]?.addr.port ?? port;
    servers.push(
      Deno.serve({ hostname, port: same, onError, onListen: () => {}, ...tls }, answer),
    );
  }
  return servers;
}

function addressOf([first]: Servers): Deno.NetAddr {
  if (first === undefined) throw new RangeError("no host to listen on");
  return first.addr;
}

async function endAll(servers: Servers): Promise<void> {
  await Promise.all(servers.map((server) => server.shutdown()));
}

/** Listens with TLS and the newest certificate. Throws `BadCertificate` if the first is invalid. */
export async function listenTls(
  source: CertificateSource,
  options: ListenerOptions,
): Promise<TlsListener> {
  return new TlsListener(source, { ...options, first: await source.read() });
}

/**
 * A TLS port. The certificate of a Deno listener cannot change, so a new certificate gets a new
 * listener on the same port. The old listener accepts no more connections; its sockets stay open.
 */
export class TlsListener implements Listener {
  readonly #source: CertificateSource;
  readonly #options: ListenerOptions;
  readonly #timer: number;
  #certificate: Certificate;
  #servers: Servers;
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  /** `first`: the certificate to begin with. */
  constructor(
    source: CertificateSource,
    { first, ...options }: ListenerOptions & { first: Certificate },
  ) {
    this.#source = source;
    this.#options = options;
    this.#certificate = first;
    refuseTakenPort(options);
    this.#servers = this.#listen(options.port);
    this.#timer = setInterval(() => void this.refresh(), source.everyMs);
    this.#logCertificate("certificate");
  }

  get address(): Deno.NetAddr {
    return addressOf(this.#servers);
  }

  /** Looks for a newer certificate. An invalid one is logged and changes nothing. */
  async refresh(): Promise<void> {
    let next: Certificate;
    try {
      next = await this.#source.read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#options.log.line(
        "warn",
        "failed to read the new certificate; the old one stays",
        {
          reason,
        },
      );
    }
    const same = next.cert === this.#certificate.cert && next.key === this.#certificate.key;
    if (same || this.#closed) return;
    this.#certificate = next;
    const old = this.#servers;
    this.#servers = this.#listen(addressOf(old).port);
    const ended = endAll(old);
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
    this.#logCertificate("new certificate");
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.all([endAll(this.#servers), ...this.#ending]);
  }

  #listen(port: number): Servers {
    const { cert, key } = this.#certificate;
    return listen({ ...this.#options, port }, { cert, key, reusePort: true });
  }

  #logCertificate(words: string): void {
    this.#options.log.line("info", words, { ...certificateFacts(this.#certificate) });
  }
}

/** `reusePort` would let another program share the port and take half of the connections. */
function refuseTakenPort({ hosts, port }: ListenerOptions): void {
  if (port !== 0) hosts.forEach((hostname) => Deno.listen({ hostname, port }).close());
}

/**
 * Redirects every request to the same address under https. `port`: that of https; `challenge`: the
 * answer to an ACME challenge; `hostOf`: the host that the request names, "" if it names none.
 */
export function redirectToHttps(
  { port, challenge, hostOf }: {
    port: number;
    challenge: (path: string) => string | undefined;
    hostOf: (request: Request, info: Deno.ServeHandlerInfo<Deno.NetAddr>) => string;
  },
): Answer {
  return (request, info) => {
    const host = hostOf(request, info);
    const asked = URL.parse(request.url);
    if (asked === null) return new Response("malformed Host header", { status: 400 });
    const answer = challenge(asked.pathname);
    if (answer !== undefined) return new Response(answer);
    const url = URL.parse(`https://${host}`);
    if (host === "" || url === null) {
      return new Response("malformed Host header", { status: 400 });
    }
    url.port = port === 443 ? "" : String(port);
    [url.pathname, url.search] = [asked.pathname, asked.search];
    return new Response(null, { status: 308, headers: { location: url.href } });
  };
}
