/** Opens ports: one for pages and sockets, with TLS or without, and one that redirects to https. */
import type { Certificate, CertificateSource } from "./tls/certificate.ts";
import { certificateFacts } from "./tls/certificate.ts";
import type { Log } from "./log.ts";

/** What is known of a request's connection. */
export interface ConnectionInfo extends Deno.ServeHandlerInfo<Deno.NetAddr> {
  /** Whether the connection is encrypted. */
  readonly secure: boolean;
}

/** Answers one request. */
export type Answer = (request: Request, info: ConnectionInfo) => Response | Promise<Response>;

/** Where to listen. */
export interface ListenerOptions {
  /** All hosts get the same port. */
  readonly hosts: readonly string[];
  readonly port: number;
  readonly transport: Transport;
}

/** An open port of one host. */
export interface OpenPort {
  readonly address: Deno.NetAddr;
  /** Accepts no more connections; resolves when the last one has ended, if it can know. */
  close(): Promise<void>;
}

/** What listens: the front door, or Deno's own server. */
export interface Transport {
  /** Throws as `Deno.listen` does. */
  open(options: { hostname: string; port: number; tls?: Certificate }): OpenPort;
  /** Resolves when all requests have their responses. */
  finish(): Promise<void>;
}

/** An open port. */
export interface Listener {
  readonly address: Deno.NetAddr;
  /** Accepts no more connections; resolves when the last one has ended. */
  close(): Promise<void>;
}

/** Listens without TLS. */
export function listenPlain(options: ListenerOptions): Listener {
  const ports = listen(options);
  return {
    address: addressOf(ports),
    close: () => Promise.all([endAll(ports), options.transport.finish()]).then(() => {}),
  };
}

type Ports = readonly OpenPort[];

function listen({ hosts, port, transport }: ListenerOptions, tls?: Certificate): Ports {
  const ports: OpenPort[] = [];
  for (const hostname of hosts) {
    const same = ports[0]?.address.port ?? port;
    ports.push(transport.open({ hostname, port: same, ...tls && { tls } }));
  }
  return ports;
}

function addressOf([first]: Ports): Deno.NetAddr {
  if (first === undefined) throw new RangeError("no host to listen on");
  return first.address;
}

async function endAll(ports: Ports): Promise<void> {
  await Promise.all(ports.map((port) => port.close()));
}

/** Listens with TLS and the newest certificate. Throws `BadCertificate` if the first is invalid. */
export async function listenTls(
  source: CertificateSource,
  options: ListenerOptions & { readonly log: Log },
): Promise<TlsListener> {
  return new TlsListener(source, { ...options, first: await source.read() });
}

/**
 * A TLS port. The certificate of a Deno listener cannot change, so a new certificate gets a new
 * listener on the same port. The old listener accepts no more connections; its sockets stay open.
 */
export class TlsListener implements Listener {
  readonly #source: CertificateSource;
  readonly #options: ListenerOptions & { readonly log: Log };
  readonly #timer: number;
  #certificate: Certificate;
  #ports: Ports;
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  /** `first`: the certificate to begin with. */
  constructor(
    source: CertificateSource,
    { first, ...options }: ListenerOptions & { readonly log: Log; first: Certificate },
  ) {
    this.#source = source;
    this.#options = options;
    this.#certificate = first;
    refuseTakenPort(options);
    this.#ports = listen(options, first);
    this.#timer = setInterval(() => void this.refresh(), source.everyMs);
    this.#logCertificate("certificate");
  }

  get address(): Deno.NetAddr {
    return addressOf(this.#ports);
  }

  /** Looks for a newer certificate. An invalid one is logged and changes nothing. */
  async refresh(): Promise<void> {
    let next: Certificate;
    try {
      next = await this.#source.read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const words = "failed to read the new certificate; the old one stays";
      return this.#options.log.line("warn", words, { reason });
    }
    const same = next.cert === this.#certificate.cert && next.key === this.#certificate.key;
    if (same || this.#closed) return;
    this.#certificate = next;
    const old = this.#ports;
    this.#ports = listen({ ...this.#options, port: addressOf(old).port }, next);
    const ended = endAll(old);
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
    this.#logCertificate("new certificate");
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    const { transport } = this.#options;
    await Promise.all([endAll(this.#ports), ...this.#ending, transport.finish()]);
  }

  #logCertificate(words: string): void {
    this.#options.log.line("info", words, { ...certificateFacts(this.#certificate) });
  }
}

/** `reusePort` would let another program share the port and take half of the connections. */
function refuseTakenPort({ hosts, port }: Pick<ListenerOptions, "hosts" | "port">): void {
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
    hostOf: (request: Request, info: ConnectionInfo) => string;
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
