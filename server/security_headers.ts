/**
 * Headers of every response, set outermost because error pages bypass the root middleware of a
 * framework. No `upgrade-insecure-requests`: over plain http on a LAN it would break every script.
 */

const self = ["'self'"];
/** The property of a response with the nonce of the inline script of upstream Fresh. */
const nonceKey = Symbol.for("__freshNonce");
const policyForAll = Object.entries({
  "default-src": ["'none'"],
  "style-src": self,
  "img-src": ["'self'", "blob:", "data:"],
  "font-src": self,
  "media-src": ["'self'", "blob:"],
  "connect-src": self,
  "worker-src": self,
  "manifest-src": self,
  "form-action": self,
  "base-uri": ["'none'"],
  "object-src": ["'none'"],
  "require-trusted-types-for": ["'script'"],
}).map(([directive, sources]) => `${directive} ${sources.join(" ")}`).join("; ");

const allowed = [
  "camera",
  "microphone",
  "display-capture",
  "fullscreen",
  "picture-in-picture",
  "screen-wake-lock",
  "speaker-selection",
  "clipboard-write",
  "autoplay",
];
const refused = [
  "accelerometer",
  "clipboard-read",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "midi",
  "payment",
  "publickey-credentials-get",
  "serial",
  "usb",
  "xr-spatial-tracking",
];
const permissionsPolicy = [
  ...allowed.map((feature) => `${feature}=(self)`),
  ...refused.map((feature) => `${feature}=()`),
].join(", ");

const headers: Readonly<Record<string, string>> = {
  "permissions-policy": permissionsPolicy,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
};

/**
 * Sets the headers on a response; copies it only if its headers are immutable, and never an
 * upgrade. `embedders`: origins whose pages may show it in a frame.
 */
export function withSecurityHeaders(
  response: Response,
  embedders: readonly string[] = [],
): Response {
  if (response.status === 101) return response;
  const policy = policyFor(embedders, nonceOf(response));
  try {
    setAll(response.headers, policy);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const copy = new Headers(response.headers);
    setAll(copy, policy);
    return new Response(response.body, { status: response.status, headers: copy });
  }
}

function policyFor(embedders: readonly string[], nonce: string | undefined): string {
  const scripts = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`;
  const ancestors = embedders.length === 0 ? "'none'" : embedders.join(" ");
  return `${policyForAll}; script-src ${scripts}; frame-ancestors ${ancestors}`;
}

/** Other characters than those of a nonce could change the policy, so such a nonce is ignored. */
function nonceOf(response: Response): string | undefined {
  const nonce: unknown = Reflect.get(response, nonceKey);
  return typeof nonce === "string" && /^[\w+/-]+=*$/.test(nonce) ? nonce : undefined;
}

function setAll(target: Headers, policy: string): void {
  target.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(headers)) target.set(name, value);
}
