/** The client program that this server serves. */

/** The list that the build has written: a line for each script (fresh/build/script_list.ts). */
const list = new URL("../_fresh/static/program.txt", import.meta.url);

/** Names the program: SHA-256 of the list, 64 hexadecimal digits. Throws if there is no build. */
export async function programHash(): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(list));
  return new Uint8Array(digest).toHex();
}
