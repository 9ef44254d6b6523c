/** The Spanish words of moving the call to another device. */
import type * as english from "../en/move.ts";
import type { Spoken } from "../plurals.ts";

/** Moving the call. */
export const move: Spoken<"es", typeof english.move> = {
  key: "Continuar en otro dispositivo",
  title: "Continuar en otro dispositivo",
  scan: "Escanea este código con la cámara de tu teléfono o tableta.",
  qr: "Código para continuar en otro dispositivo",
  type: "O abre allí la sala, elige «Continuar desde otro dispositivo» y escribe este código:",
  note:
    "El código sirve una sola vez, durante dos minutos, mientras este cuadro está abierto. No se lo enseñes a nadie: " +
    "quien lo use entrará como si fueras tú.",
  states: {
    making: "Creando un código…",
    taken: "Tu otro dispositivo tiene el código y está entrando…",
    late: "El código no se usó a tiempo.",
    offline: "No se puede contactar con el servidor. En cuanto se pueda, aparecerá un código.",
    unanswered: "El servidor no ha respondido. Puede que sea demasiado antiguo para esto.",
    insecure: "Esto requiere una conexión segura (https).",
  },
  again: "Código nuevo",
  moved: "Has continuado en otro dispositivo",
  movedLead: "Tu llamada sigue allí. Los demás no han notado nada.",
  back: "Volver a continuar aquí",
  take: {
    title: "Continúa tu llamada aquí",
    lead: "Entras como la misma persona y tu otro dispositivo sale de la llamada.",
    field: "Código de tu otro dispositivo",
    action: "Continuar aquí",
    working: "Trayendo la llamada…",
    devices: "Preparando tus dispositivos…",
    other: "Entrar como otra persona",
    enter: "Continuar desde otro dispositivo",
    problems: {
      unreadable: "El código no está completo. Tiene 16 letras y cifras.",
      "no-code":
        "Este código ha caducado o ya se ha usado. Muestra uno nuevo en tu otro dispositivo.",
      "too-soon": "Demasiados códigos incorrectos. Espera un momento y vuelve a intentarlo.",
      unanswered: "El servidor no ha respondido. Comprueba tu red y vuelve a intentarlo.",
      unopened:
        "No se puede abrir lo que ha enviado tu otro dispositivo. Muestra allí un código nuevo.",
      insecure: "Esto requiere una conexión segura (https).",
    },
  },
};
