/** The Brazilian Portuguese words about links to sealed rooms that lead nowhere. */
import type * as english from "../en/link_trouble.ts";
import type { Spoken } from "../plurals.ts";

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble: Spoken<"pt-BR", typeof english.linkTrouble> = {
  sealed: "Este link está incompleto",
  sealedLead: "Falta a parte depois de #. Peça o link completo a quem convidou você.",
  unsealed: "Agora outra sala tem este nome",
  unsealedLead: "Ela foi aberta sem o seu link, então ninguém nela está verificado.",
  newRoom: "Iniciar uma nova sala",
  linkChanged: "O link desta sala mudou",
  linkChangedLead: "Peça o novo link a alguém na sala.",
  cutLead: "Falta um pedaço da parte depois de #. Peça o link completo a quem convidou você.",
  insecure: "Este link requer uma página segura",
  insecureLead:
    "Links com uma parte depois de # só funcionam com https. Abra-o com https:// em vez de http://.",
};
