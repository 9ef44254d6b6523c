/** The Brazilian Portuguese words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"pt-BR", typeof english.shares> = {
  later: "Oferecer a quem entrar depois",
  noCopy:
    "Não há espaço suficiente para uma cópia aqui. Recarregar esta página interrompe o envio.",
};
