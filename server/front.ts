/** Listens: one port for the pages and sockets, encrypted or not, and one more that leads http to https. */
import type { Certificate, CertificateSource } from "./tls/certificate.ts";
import { certificateFacts } from "./tls/certificate.ts";
import type { Log } from "./log.ts";

/** Answers one request. */
export type Answer = (
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
) => Response | Promise<Response>;

/** Where to listen, and what with. */
export interface FrontOptions {
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  readonly answer: Answer;
  readonly onError: (error: unknown) => Response;
}

/** An open port. */
export interface Front {
  readonly address: Deno.NetAddr;
  /** Takes no more connections, and resolves when the last one has ended. */
  close(): Promise<void>;
}

/** Listens without encryption. */
export function openPlain({ host, port, answer, onError }: Omit<FrontOptions, "log">): Front {
  const server = Deno.serve({ hostname: host, port, onError, onListen: () => {} }, answer);
  return { address: server.addr, close: () => server.shutdown() };
}

/** The same with TLS, and always with the newest certificate; throws `BadCertificate` when the first is none. */
export async function openSecure(
  source: CertificateSource,
  options: FrontOptions,
): Promise<SecureFront> {
  return new SecureFront(source, { ...options, first: await source.read() });
}

/**
 * Deno gives a listener its certificate for good. So a new certificate gets a listener of its own on the same port, and
 * the old one takes no more connections; those it has, sockets too, go on.
 */
export class SecureFront implements Front {
  readonly #source: CertificateSource;
  readonly #options: FrontOptions;
  readonly #timer: number;
  #certificate: Certificate;
  #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(
    source: CertificateSource,
    { first, ...options }: FrontOptions & { first: Certificate },
  ) {
    this.#source = source;
    this.#options = options;
    this.#certificate = first;
    refuseTakenPort(options);
    this.#server = this.#listen(options.port);
    this.#timer = setInterval(() => void this.refresh(), source.everyMs);
    this.#tell("certificate");
  }

  get address(): Deno.NetAddr {
    return this.#server.addr;
  }

  /** Looks for a newer certificate now. One that cannot be used changes nothing and is said in the log. */
  async refresh(): Promise<void> {
    let next: Certificate;
    try {
      next = await this.#source.read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#options.log.line("warn", "the certificate stays as it is", { reason });
    }
    const same = next.cert === this.#certificate.cert && next.key === this.#certificate.key;
    if (same || this.#closed) return;
    this.#certificate = next;
    const old = this.#server;
    this.#server = this.#listen(old.addr.port);
    const ended = old.shutdown();
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
    this.#tell("new certificate");
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.all([this.#server.shutdown(), ...this.#ending]);
  }

  #listen(port: number): Deno.HttpServer<Deno.NetAddr> {
    const { host: hostname, onError, answer } = this.#options;
    const { cert, key } = this.#certificate;
    const tls = { cert, key, reusePort: true };
    return Deno.serve({ hostname, port, onError, onListen: () => {}, ...tls }, answer);
  }

  #tell(words: string): void {
    this.#options.log.line("info", words, { ...certificateFacts(this.#certificate) });
  }
}

/** Two listeners may share our port, but no second program may: it would get half of the calls. */
function refuseTakenPort({ host: hostname, port }: FrontOptions): void {
  if (port !== 0) Deno.listen({ hostname, port }).close();
}

/**
 * Answers every request with the same address under https. `port`: where that is; `challenge`: what an ACME directory is
 * answered instead.
 */
export function toHttps(
  port: number,
  challenge: (path: string) => string | undefined = () => undefined,
): Answer {
  return (request) => {
    const url = new URL(request.url);
    const answer = challenge(url.pathname);
    if (answer !== undefined) return new Response(answer);
    url.protocol = "https:";
    url.port = port === 443 ? "" : String(port);
    return new Response(null, { status: 308, headers: { location: url.href } });
  };
}
