/** The Spanish words of captions. */
import type * as english from "../en/captions.ts";
import type { Spoken } from "../plurals.ts";

/** Captions of what people say. */
export const captions: Spoken<"es", typeof english.captions> = {
  asks: "{name} quiere subtítulos",
  asksLine: "Tu navegador puede escribir lo que dices. Tu voz no sale de este dispositivo.",
  yes: "Escribir subtítulos",
  no: "No",
  show: "Mostrar subtítulos",
  showNote: "Pide a todos que escriban lo que dicen. Ninguna voz se envía a un servicio.",
  write: "Escribir lo que digo",
  writeNote: "Para quienes quieren subtítulos. Tu voz no sale de este dispositivo.",
  absentHere: "Este navegador no puede reconocer el habla en este dispositivo.",
  language: "Hablo",
  others: "Quién escribe subtítulos",
  own: {
    off: "No se escribe nada mientras estás en silencio o nadie quiere subtítulos.",
    preparing: "Preparando…",
    downloading: "Descargando el idioma. Puede tardar unos minutos.",
    on: "Se está escribiendo lo que dices.",
    waiting: "El reconocimiento de voz se ha detenido. Reintentando…",
    language: "Este navegador no reconoce este idioma en el dispositivo. Elige otro.",
    download: "No se pudo descargar el idioma. Comprueba tu red y vuelve a elegirlo.",
    refused: "El navegador no permite aquí el reconocimiento de voz.",
  },
  writers: {
    silent: "no ha respondido",
    absent: "tiene un navegador que no puede escribir subtítulos",
    asked: "se le ha preguntado",
    declined: "no quiere",
    preparing: "se está preparando",
    on: "escribe subtítulos",
    waiting: "está interrumpido",
    failed: "no puede escribir subtítulos ahora",
  },
  transcript: "Transcripción",
  transcriptOf: "{product} · {room} · Transcripción",
  empty: "Lo que se dice mientras se muestran subtítulos aparece aquí.",
  saveText: "Guardar como texto",
  saveVtt: "Guardar como WebVTT",
  clear: "Borrar",
};
