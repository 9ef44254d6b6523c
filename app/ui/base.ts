/** Parley's base path within its site, for its links, fetches and sockets. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/**
 * "" at the top of its site, else a path without a slash at its end, such as "/talk". Provided once
 * by each island.
 */
export const BaseContext = createContext("");

/** The prefix of all of Parley's paths. */
export function useBase(): string {
  return useContext(BaseContext);
}

/** The address of a room, from the top of its site, with the secret of a sealed room. */
export function roomLink({ base, room, secret }: {
  base: string;
  room: string;
  secret: string | undefined;
}): string {
  const path = `${base}/r/${encodeURIComponent(room)}`;
  return secret === undefined ? path : `${path}#k=${secret}`;
}
