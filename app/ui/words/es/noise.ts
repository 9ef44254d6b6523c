/** The Spanish words for the removal of noise beyond the browser's. */
import type * as english from "../en/noise.ts";
import type { Spoken } from "../plurals.ts";

/** Noise removal. */
export const noise: Spoken<"es", typeof english.noise> = {
  more: "Quitar más ruido",
  moreWhy: "También teclados, ventiladores y tráfico. Exige más al procesador.",
  replaced: "No hace falta mientras se quita más ruido.",
  compare: "Oír la diferencia",
  records: "Di algo…",
  compares: "Así suenas",
  stop: "Detener",
  without: "Con ruido",
  with: "Sin ruido",
  failed: "Esto no ha funcionado aquí.",
  givenUp: "Ahora se quita menos ruido",
  strained: "Este dispositivo está demasiado ocupado para más.",
  impossible: "Este navegador no puede hacer más con este micrófono.",
  again: "Reintentar",
};
