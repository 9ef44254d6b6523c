/** Where Parley is within its site, for every link, fetch and socket of its own. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** "" at the top of its site, else a path without a slash at its end, such as "/talk". Set once by each island. */
export const BaseContext = createContext("");

/** What stands before every path of Parley's own. */
export function useBase(): string {
  return useContext(BaseContext);
}
