/** The Spanish words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"es", typeof english.plans> = {
  title: "Planificadas",
  plan: "Planificar una sala",
  none: "No hay nada planificado en este navegador.",
  own: "Tus salas",
  room: "Sala",
  when: "Fecha y hora",
  length: "Duración",
  minutes: "{count} min",
  here: "Los planes se quedan en este navegador. La hora es la de este dispositivo.",
  trouble: {
    room: "Un nombre de sala tiene de 1 a 64 letras, cifras y guiones.",
    when: "Elige una hora que aún no haya pasado.",
  },
  cancel: "Cancelar",
  save: "Planificar",
  join: "Entrar",
  forget: "Olvidar el plan de {room}",
  calendar: "Añadir al calendario",
  calendarOf: "Añadir {room} a un calendario",
  download: "Descargar el archivo de calendario",
  event: "Llamada en {room}",
  withSecret: "Poner el enlace completo en el calendario",
  secretOut:
    "Sin él, la entrada solo lleva la dirección de la sala, que se abre en este navegador.",
  secretIn:
    "El secreto de la sala irá al calendario: quien vea la entrada, y el proveedor del calendario, podrá entrar y leer los mensajes.",
};
