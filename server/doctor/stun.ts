/** The part of STUN (RFC 8489) and TURN (RFC 8656) that tests whether a relay works. */
import { Buffer } from "node:buffer";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";

/** Message types: method and class. */
export const stunTypes = {
  binding: 0x0001,
  bindingSuccess: 0x0101,
  allocate: 0x0003,
  allocateSuccess: 0x0103,
  refresh: 0x0004,
  createPermission: 0x0008,
  createPermissionSuccess: 0x0108,
  channelBind: 0x0009,
  channelBindSuccess: 0x0109,
} as const;

const cookie = 0x2112a442;
const attributes = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  peerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  requestedTransport: 0x0019,
  mappedAddress: 0x0020,
} as const;

/** Long-term credentials of one request (RFC 8489, 9.2). */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly nonce: string;
}

/** The known attributes of an answer. */
export interface StunAnswer {
  readonly type: number;
  /** The error code, 300 to 699. */
  readonly error: number | undefined;
  readonly realm: string | undefined;
  readonly nonce: string | undefined;
  /** The address of this end as the server sees it, "192.0.2.1:3478". */
  readonly mapped: string | undefined;
  /** The address that the server relays from. */
  readonly relayed: string | undefined;
}

/** The bytes of a request. `more`: attributes besides the credentials; `transaction`: 12 bytes. */
export function stunRequest(
  type: number,
  { more = [], credentials, transaction = randomBytes(12) }: {
    more?: readonly Buffer[];
    credentials?: Credentials | undefined;
    transaction?: Buffer;
  } = {},
): Buffer {
  const parts = [...more];
  if (credentials !== undefined) {
    parts.push(
      attribute(attributes.username, Buffer.from(credentials.username)),
      attribute(attributes.realm, Buffer.from(credentials.realm)),
      attribute(attributes.nonce, Buffer.from(credentials.nonce)),
    );
  }
  const body = Buffer.concat(parts);
  if (credentials === undefined) return Buffer.concat([head(type, body.length, transaction), body]);
  const { username, password, realm } = credentials;
  const key = createHash("md5").update(`${username}:${realm}:${password}`).digest();
  // The signed length includes the integrity attribute, which comes last (RFC 8489, 14.5).
  const signed = Buffer.concat([head(type, body.length + 24, transaction), body]);
  const mac = createHmac("sha1", key).update(signed).digest();
  return Buffer.concat([signed, attribute(attributes.messageIntegrity, mac)]);
}

/** REQUESTED-TRANSPORT: UDP. */
export const udpTransport = attribute(attributes.requestedTransport, Buffer.from([17, 0, 0, 0]));

/** LIFETIME in seconds; 0 ends an allocation. */
export function lifetime(seconds: number): Buffer {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(seconds);
  return attribute(attributes.lifetime, value);
}

/** CHANNEL-NUMBER, 0x4000 to 0x4fff. */
export function channelNumber(number: number): Buffer {
  const value = Buffer.alloc(4);
  value.writeUInt16BE(number);
  return attribute(attributes.channelNumber, value);
}

/** XOR-PEER-ADDRESS of an IPv4 address. A permission is for all its ports. */
export function peerAddress(address: string, port = 0): Buffer {
  const value = Buffer.alloc(8);
  value[1] = 1;
  value.writeUInt16BE(port ^ (cookie >>> 16), 2);
  const plain = Buffer.from(address.split(".").map(Number)).readUInt32BE();
  value.writeUInt32BE((plain ^ cookie) >>> 0, 4);
  return attribute(attributes.peerAddress, value);
}

/** Reads an answer; undefined: the bytes are not a STUN message. */
export function readStun(bytes: Uint8Array): StunAnswer | undefined {
  const message = Buffer.from(bytes);
  if (message.length < 20 || message.readUInt32BE(4) !== cookie) return undefined;
  const end = 20 + message.readUInt16BE(2);
  if (end > message.length) return undefined;
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= end;) {
    const length = message.readUInt16BE(at + 2);
    if (at + 4 + length > end) return undefined;
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + length + (4 - length % 4) % 4;
  }
  const error = found.get(attributes.errorCode);
  return {
    type: message.readUInt16BE(0),
    error: error === undefined || error.length < 4
      ? undefined
      : (error[2] ?? 0) % 8 * 100 + (error[3] ?? 0),
    realm: found.get(attributes.realm)?.toString(),
    nonce: found.get(attributes.nonce)?.toString(),
    mapped: addressIn(found.get(attributes.mappedAddress), message),
    relayed: addressIn(found.get(attributes.relayedAddress), message),
  };
}

function head(type: number, length: number, transaction: Buffer): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(length, 2);
  bytes.writeUInt32BE(cookie, 4);
  return Buffer.concat([bytes, transaction]);
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + value.length + (4 - value.length % 4) % 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

function addressIn(value: Buffer | undefined, message: Buffer): string | undefined {
  if (value === undefined || value.length < 8) return undefined;
  const port = value.readUInt16BE(2) ^ (cookie >>> 16);
  const mask = message.subarray(4, 20);
  const bytes = [...value.subarray(4)].map((byte, index) => byte ^ (mask[index] ?? 0));
  if (value[1] === 1) return `${bytes.slice(0, 4).join(".")}:${port}`;
  const groups = Array.from(
    { length: 8 },
    (_, n) => ((bytes[2 * n] ?? 0) * 256 + (bytes[2 * n + 1] ?? 0)).toString(16),
  );
  return `[${groups.join(":")}]:${port}`;
}

/** A connection to a STUN or TURN server for one request at a time. */
export interface StunConnection {
  /** Sends a request; rejects if no answer comes in time. */
  ask(request: Buffer): Promise<StunAnswer>;
  close(): void;
}

const patienceMs = 3_000;
/** Time until a datagram is sent again, because it may be lost. */
const resendMs = 700;

/** Connects over UDP; sends each request again until it is answered. */
export function connectUdp(hostname: string, port: number): StunConnection {
  const socket = createSocket(hostname.includes(":") ? "udp6" : "udp4");
  return {
    ask(request) {
      return new Promise((resolve, reject) => {
        const send = () => socket.send(request, port, hostname);
        const again = setInterval(send, resendMs);
        const end = setTimeout(() => settle(() => reject(new Error("no answer"))), patienceMs);
        const settle = (how: () => void) => {
          clearInterval(again);
          clearTimeout(end);
          socket.removeAllListeners();
          how();
        };
        socket.on("error", (error: Error) => settle(() => reject(error)));
        socket.on("message", (bytes: Uint8Array) => {
          const answer = readStun(bytes);
          const isOurs = Buffer.from(bytes).subarray(8, 20).equals(request.subarray(8, 20));
          if (answer !== undefined && isOurs) settle(() => resolve(answer));
        });
        send();
      });
    },
    close: () => socket.close(),
  };
}

/** Connects over TCP or TLS. */
export async function connectTcp(
  hostname: string,
  { port, tls }: { port: number; tls: boolean },
): Promise<StunConnection> {
  const connection = await within<Deno.Conn>(
    tls ? Deno.connectTls({ hostname, port }) : Deno.connect({ hostname, port }),
  );
  return {
    async ask(request) {
      await connection.write(request);
      let bytes = Buffer.alloc(0);
      while (true) {
        const chunk = new Uint8Array(2048);
        const count = await within(connection.read(chunk));
        if (count === null) throw new Error("the connection was closed");
        bytes = Buffer.concat([bytes, chunk.subarray(0, count)]);
        const answer = readStun(bytes);
        if (answer !== undefined) return answer;
      }
    },
    close: () => connection.close(),
  };
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: number | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
