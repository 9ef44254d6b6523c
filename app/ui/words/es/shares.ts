/** The Spanish words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"es", typeof english.shares> = {
  later: "Ofrecer a quienes entren después",
  noCopy:
    "No hay espacio suficiente para una copia aquí. Si vuelves a cargar esta página, el envío se detiene.",
};
