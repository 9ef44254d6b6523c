/**
 * A self-signed certificate for this machine's names and addresses. Browsers warn of it once and
 * then allow camera and microphone, which they never do over plain http from another machine.
 */
import { join } from "node:path";
import { isIP } from "node:net";
import { canonicalAddress } from "../../signaling/mod.ts";
import { isEverywhere } from "../listen_address.ts";
import { type Certificate, type CertificateSource, checkedPair } from "./certificate.ts";

/** Phones refuse a certificate that is valid for longer than 825 days. */
const validMs = 800 * 24 * 60 * 60_000;
const renewMs = 30 * 24 * 60 * 60_000;
/** How soon a new address of the machine gets a certificate, ms. */
const everyMs = 60_000;

/** The names and addresses by which others reach the machine. */
export interface MachineNames {
  readonly names: readonly string[];
  /** IPv4 and IPv6, without zones. */
  readonly addresses: readonly string[];
}

/** Makes certificates and keeps them in `folder`; undefined: in memory. */
export function selfSigned(
  folder: string | undefined,
  machine: () => MachineNames = () => thisMachine("::"),
): CertificateSource {
  let kept: Certificate | undefined;
  return {
    everyMs,
    read: async () => {
      kept ??= folder === undefined ? undefined : await readKept(folder);
      const wanted = machine();
      if (kept !== undefined && await fits(kept.cert, wanted)) return kept;
      kept = await make(wanted);
      if (folder !== undefined) await keep(folder, kept);
      return kept;
    },
  };
}

/** The names and addresses of a server that listens on the host `listening`, localhost included. */
export function thisMachine(listening: string): MachineNames {
  const host = Deno.hostname().toLowerCase();
  const addresses = Deno.networkInterfaces().flatMap(({ address }) =>
    canonicalAddress(address) ?? []
  )
    .filter((address) => !/^fe80:/.test(address));
  const named = isEverywhere(listening) ? undefined : canonicalAddress(listening);
  const isName = named === undefined && !isEverywhere(listening);
  return {
    names: [
      ...new Set([
        ...["localhost", ...(/^[a-z0-9.-]+$/.test(host) ? [host, `${host}.local`] : [])],
        ...isName ? [listening.toLowerCase()] : [],
      ]),
    ],
    addresses: [
      ...new Set(["127.0.0.1", "::1", ...addresses, ...named === undefined ? [] : [named]]),
    ],
  };
}

/** The address for others on the same network: IPv4 if there is one, because people can type it. */
export function lanAddress({ addresses }: MachineNames): string | undefined {
  const others = addresses.filter((address) => address !== "::1" && !address.startsWith("127."));
  return others.find((address) => isIP(address) === 4) ?? others[0];
}

async function make({ names, addresses }: MachineNames): Promise<Certificate> {
  const x509 = await import("@peculiar/x509");
  const keys = await crypto.subtle.generateKey(
    { name: "ECDSA", namedCurve: "P-256" },
    true,
    ["sign", "verify"],
  );
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: crypto.randomUUID().replaceAll("-", ""),
    name: "CN=Parley",
    // Clocks differ, and browsers refuse a certificate from the future.
    notBefore: new Date(now - 24 * 60 * 60_000),
    notAfter: new Date(now + validMs),
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: "dns", value }) as const),
        ...addresses.map((value) => ({ type: "ip", value }) as const),
      ]),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { cert: certificate.toString("pem"), key: x509.PemConverter.encode(key, "PRIVATE KEY") };
}

/** Whether the certificate covers all names and addresses and is valid long enough. */
async function fits(cert: string, { names, addresses }: MachineNames): Promise<boolean> {
  const x509 = await import("@peculiar/x509");
  const certificate = new x509.X509Certificate(cert);
  const known = new Set(
    certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items
      // Libraries write IPv6 addresses in different forms.
      .map(({ value }) => canonicalAddress(value) ?? value) ?? [],
  );
  return certificate.notAfter.getTime() - Date.now() > renewMs &&
    [...names, ...addresses].every((name) => known.has(name));
}

async function readKept(folder: string): Promise<Certificate | undefined> {
  try {
    return checkedPair({
      cert: await Deno.readTextFile(join(folder, "self-signed.pem")),
      key: await Deno.readTextFile(join(folder, "self-signed.key")),
    });
  } catch {
    // It is missing or damaged, so a new one is made.
    return undefined;
  }
}

async function keep(folder: string, { cert, key }: Certificate): Promise<void> {
  try {
    await Deno.writeTextFile(join(folder, "self-signed.key"), key, { mode: 0o600 });
    await Deno.writeTextFile(join(folder, "self-signed.pem"), cert);
  } catch {
    // The server works without it; after a restart browsers warn once more.
  }
}
