/**
 * Bounds what is sent to addresses that nobody has proved to be theirs: over UDP a sender's address
 * may be forged, and then the answers reach a stranger. The smallest answers of STUN are larger
 * than the smallest requests, so an address may get as much as came from it, and a little more.
 */

/** Bytes that an address may get besides as many as came from it. */
const allowanceBytes = 4_096;
/** The allowance is whole again after this time, ms. */
const refillMs = 10_000;
/** An address that has shown a nonce is trusted so long, ms. */
const provenMs = 3_600_000;
/** Addresses that are remembered; the oldest are forgotten. */
const addressesMost = 10_000;

interface Account {
  /** Bytes that may be answered. */
  readonly left: number;
  /** When that was so, ms. */
  readonly at: number;
}

/** The accounts of all addresses. */
export class AnswerBudget {
  readonly #accounts = new Map<string, Account>();
  readonly #proven = new Map<string, number>();

  /** Whether an answer may go to the address of a request; then it is counted. */
  take(
    hostname: string,
    { now, asked, answered }: { now: number; asked: number; answered: number },
  ): boolean {
    const until = this.#proven.get(hostname);
    if (until !== undefined && until > now) return true;
    const { left, at } = this.#accounts.get(hostname) ?? { left: allowanceBytes, at: now };
    const refilled = left + (now - at) / refillMs * allowanceBytes + asked;
    const before = Math.min(allowanceBytes, refilled);
    const isEnough = before >= answered;
    const value = { left: isEnough ? before - answered : before, at: now };
    remember(this.#accounts, { hostname, value });
    return isEnough;
  }

  /** An address has sent back a nonce that only it has got. */
  prove(hostname: string, now: number): void {
    remember(this.#proven, { hostname, value: now + provenMs });
  }
}

function remember<T>(
  table: Map<string, T>,
  { hostname, value }: { hostname: string; value: T },
): void {
  table.delete(hostname);
  table.set(hostname, value);
  if (table.size <= addressesMost) return;
  const [oldest] = table.keys();
  if (oldest !== undefined) table.delete(oldest);
}
