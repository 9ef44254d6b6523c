/** The Spanish words about links to sealed rooms that lead nowhere. */
import type * as english from "../en/link_trouble.ts";
import type { Spoken } from "../plurals.ts";

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble: Spoken<"es", typeof english.linkTrouble> = {
  sealed: "Este enlace está incompleto",
  sealedLead: "Falta la parte después de #. Pide el enlace completo a quien te invitó.",
  unsealed: "Ahora otra sala tiene este nombre",
  unsealedLead: "Se abrió sin tu enlace, así que nadie en ella está verificado.",
  newRoom: "Crear una sala nueva",
  linkChanged: "El enlace a esta sala ha cambiado",
  linkChangedLead: "Pide el enlace nuevo a alguien de la sala.",
  cutLead: "Falta un trozo de la parte después de #. Pide el enlace completo a quien te invitó.",
  insecure: "Este enlace requiere una página segura",
  insecureLead:
    "Los enlaces con una parte después de # solo funcionan con https. Ábrelo con https:// en lugar de http://.",
};
