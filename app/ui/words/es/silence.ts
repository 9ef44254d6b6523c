/** The Spanish words for a microphone that is on and gives nothing. */
import type * as english from "../en/silence.ts";
import type { Spoken } from "../plurals.ts";

/** A microphone that is on and gives nothing. */
export const silence: Spoken<"es", typeof english.silence> = {
  title: "Los demás no te oyen",
  unnamed: "Tu micrófono",
  muted:
    "{label} está silenciado por una tecla del dispositivo o por el sistema. Actívalo allí o elige otro en el menú del micrófono.",
  dead:
    "No llega nada de {label}. Busca una tecla de silencio o un conector suelto, o elige otro en el menú del micrófono.",
  elsewhere: "{other} sí te oye.",
  use: "Usar ese",
};
