import { useEffect, useState } from "preact/hooks";
import { useBase } from "../ui/base.ts";
import { programHash } from "./program.ts";

/** The hash of the site's program; undefined until it is known. */
export function useProgram(): string | undefined {
  const base = useBase();
  const [hash, setHash] = useState<string>();
  useEffect(() => {
    let isOver = false;
    void programHash(base).then((hash) => isOver || setHash(hash));
    return () => {
      isOver = true;
    };
  }, []);
  return hash;
}
