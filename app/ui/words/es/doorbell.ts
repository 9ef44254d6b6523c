/** The Spanish words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"es", typeof english.doorbell> = {
  label: "Timbre en este navegador",
  note:
    "Un aviso cuando alguien llama a la puerta o entra en la sala vacía y no hay ningún propietario.",
  absent: {
    insecure: "Los avisos requieren una página abierta por https.",
    browser:
      "Este navegador no puede recibir avisos. En un iPhone, añade Parley a la pantalla de inicio.",
    setting: "El administrador de este servidor ha desactivado los avisos.",
    "no-state": "Este servidor no puede guardar nada, así que no puede enviar avisos.",
    unreachable:
      "El servidor no responde sobre los avisos. Vuelve a cargar la página para reintentarlo.",
  },
  trouble: {
    denied: "El navegador no permite avisos aquí. Permítelos en sus ajustes para este sitio.",
    failed: "No se pudieron cambiar los avisos. Vuelve a intentarlo.",
  },
  notice: {
    knock: "Alguien llama a la puerta de {room}",
    knockOf: "{name} llama a la puerta de {room}",
    knockLine: "No hay ningún propietario para responder.",
    entered: "Alguien ha entrado en {room}",
    enteredOf: "{name} ha entrado en {room}",
    enteredLine: "No hay ningún propietario.",
    letIn: "Admitir",
    gone: "Ya no espera ante {room}, o la sala está llena",
    failed: "No se le pudo admitir en {room}. Abre la sala y vuelve a intentarlo",
  },
};
