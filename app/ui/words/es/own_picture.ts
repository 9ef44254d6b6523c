/** The Spanish words for turning the own picture and blurring what is behind the person. */
import type * as english from "../en/own_picture.ts";
import type { Spoken } from "../plurals.ts";

/** The own picture. */
export const picture: Spoken<"es", typeof english.picture> = {
  title: "Tu imagen",
  turn: "Girar 90°",
  turned: "Girada {degrees}°.",
  straight: "Sin girar.",
  background: "Tu fondo",
  blur: { off: "Visible", light: "Poco desenfocado", strong: "Muy desenfocado" },
  blurNote: "Lo desenfoca tu propio dispositivo antes de enviar nada. Gasta batería.",
  turnBroken: "Ya no se puede girar tu imagen",
  stopped: {
    strained: "Este dispositivo es demasiado lento para desenfocar tu fondo",
    broken: "Ya no se puede desenfocar tu fondo",
  },
  stoppedLine: "La cámara está apagada, así que nadie lo ve.",
  again: "Reintentar",
  show: "Mostrar mi fondo",
};
