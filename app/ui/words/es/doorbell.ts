/** The Spanish words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"es", typeof english.doorbell> = {
  label: "Avisar en este navegador",
  note: "Un aviso cuando alguien llama o entra en la sala vacía sin que haya un propietario.",
  absent: {
    insecure: "Los avisos necesitan una página cargada por https.",
    browser:
      "Este navegador no puede recibir avisos. En un iPhone, añade Parley a la pantalla de inicio.",
    setting: "El administrador de este servidor ha desactivado los avisos.",
    "no-state": "Este servidor no puede guardar nada, así que no puede enviar avisos.",
    unreachable:
      "El servidor no responde sobre los avisos. Vuelve a cargar la página para reintentarlo.",
  },
  trouble: {
    denied: "El navegador no permite avisos aquí. Permítelos en sus ajustes para este sitio.",
    failed: "No se pudieron cambiar los avisos. Inténtalo otra vez.",
  },
  notice: {
    knock: "Alguien llama a la puerta de {room}",
    knockOf: "{name} llama a la puerta de {room}",
    knockLine: "No hay ningún propietario que responda.",
    entered: "Alguien ha entrado en {room}",
    enteredOf: "{name} ha entrado en {room}",
    enteredLine: "No hay ningún propietario.",
    letIn: "Dejar entrar",
    gone: "Ya no espera en {room}, o la sala está llena",
    failed: "No se le pudo dejar entrar en {room}. Abre la sala e inténtalo otra vez",
  },
};
