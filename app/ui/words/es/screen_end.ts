/** The Spanish words about shared screens that end. */
import type * as english from "../en/screen_end.ts";
import type { Spoken } from "../plurals.ts";

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd: Spoken<"es", typeof english.screenEnd> = {
  others: {
    stopped: ["{name} ha dejado de compartir", "La pantalla compartida se ha cerrado."],
    frozen: [
      "La pantalla de {name} está detenida",
      "Se está restableciendo la conexión con {name}.",
    ],
    unlinked: [
      "La pantalla de {name} no está por ahora",
      "Se perdió la conexión. La pantalla volverá con ella.",
    ],
    reserved: [
      "La pantalla de {name} está oculta",
      "Ahora solo los propietarios pueden compartir su pantalla.",
    ],
    left: ["La pantalla de {name} ya no está", "{name} ya no está en la sala."],
  },
  own: {
    browser: [
      "Tu pantalla ya no se comparte",
      "Se detuvo en el navegador, o se cerró lo que compartías.",
    ],
    owners: [
      "Tu pantalla ya no se comparte",
      "Ahora solo los propietarios pueden compartir su pantalla.",
    ],
  },
};
