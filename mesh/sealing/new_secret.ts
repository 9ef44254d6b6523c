/** Makes the secret of a room, as secret.ts describes it. */

/** A secret for a new room, from the platform's secure generator. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
