/** The Spanish words of the page /doctor. */
import type * as english from "../en/doctor.ts";
import type { Spoken } from "../plurals.ts";

/** Only that page has them. */
export const doctor: Spoken<"es", typeof english.doctor> = {
  title: "Comprobación de llamadas",
  lead:
    "Comprueba lo que una llamada necesita de este navegador y de esta red. Nadie más te ve ni te oye.",
  again: "Comprobar otra vez",
  copy: "Copiar el informe",
  summary: {
    running: "Comprobando…",
    good: "Todo está bien. Las llamadas deberían funcionar desde aquí.",
    poor:
      "Las llamadas funcionan desde aquí, pero no con todos o no del todo bien. Abajo se indica qué hacer.",
    bad: "Las llamadas no pueden funcionar desde aquí. Abajo se indica qué hacer.",
  },
  verdict: {
    open: "Sin comprobar",
    running: "Comprobando",
    good: "Bien",
    poor: "Mejorable",
    bad: "No funciona",
  },
  page: {
    title: "Página segura",
    good: "Esta página es segura, así que puede usar la cámara y el micrófono.",
    bad:
      "Los navegadores solo permiten la cámara y el micrófono en páginas seguras. Abre este sitio con https://; su administrador puede activarlo con --tls-self-signed o --acme-domain.",
  },
  server: {
    title: "Conexión con el servidor",
    running: "Abriendo una conexión…",
    good: "El servidor responde; la conexión tardó {ms} ms.",
    noSocket:
      "Las páginas se cargan, pero la conexión permanente (WebSocket) no se abre. La bloquea un proxy o un cortafuegos: el administrador del servidor encontrará los ajustes del proxy en docs/deploy.md y puede ejecutar «parley doctor».",
    noServer: "El servidor ya no responde. Asegúrate de tener conexión y vuelve a comprobar.",
    busy:
      "El servidor responde, pero no admite a nadie ahora. Vuelve a intentarlo dentro de un minuto.",
  },
  meeting: {
    title: "Llamadas en este navegador",
    running: "Conectando dos extremos en este navegador…",
    good: "Dos extremos en este navegador se han conectado.",
    unsupported:
      "Este navegador no admite llamadas (WebRTC), o una extensión o una política las ha desactivado. Usa un Chrome, Edge, Firefox o Safari actual.",
    noPath:
      "Dos extremos en este navegador no pudieron conectarse. La causa habitual es una extensión, una VPN o una política que oculta direcciones; desactívala para este sitio.",
  },
  stun: {
    title: "Acceso a Internet",
    running: "Preguntando por la dirección pública…",
    good: "Esta red deja salir las llamadas por UDP.",
    none:
      "El servidor no indica ningún servidor STUN, así que las personas de redes distintas quizá no puedan conectarse. Para el administrador: inícialo sin --no-turn, o indica uno con --ice-servers o --turn-urls.",
    bad:
      "Sin respuesta por UDP. Un cortafuegos lo bloquea, así que las llamadas necesitan retransmisión por TCP o TLS; véase abajo.",
  },
  relay: {
    elsewhere: "{rung} ({host})",
    none: "Retransmisión",
    noneLine:
      "El servidor no ofrece retransmisión, así que dos personas en redes restrictivas no pueden conectarse. Para el administrador: inícialo sin --no-turn, o indica un servidor con --turn-urls y --turn-secret-file.",
    open: "Esperando la comprobación anterior.",
    running: "Enviando un mensaje por la retransmisión…",
    good: "Un mensaje volvió por la retransmisión en {ms} ms.",
    noRelay:
      "Desde aquí no se llega al servidor de retransmisión por {transport}. Si otra vía funciona, las llamadas la usan.",
    untrusted:
      "Necesita un certificado de confianza para los navegadores; uno autofirmado no sirve, aunque lo hayas aceptado para esta página.",
    refused:
      "El servidor de retransmisión rechaza las credenciales. Para el administrador: el secreto de --turn-secret-file debe coincidir con el del servidor de retransmisión, y ambos relojes deben ir bien.",
    noPath:
      "El servidor de retransmisión responde, pero no reenvía nada. Para el administrador: sus puertos de medios están cerrados o rechaza su propia dirección; ejecuta «parley doctor».",
    unsupported: "Este navegador no puede usar este servidor de retransmisión.",
  },
  devices: {
    title: "Cámara y micrófono",
    line: "El navegador pedirá permiso. Lo que ven y oyen se queda en esta página.",
    action: "Probar cámara y micrófono",
    camera: "Cámara",
    cameraGood: "Deberías verte: {width} × {height}.",
    microphone: "Micrófono",
    microphoneGood: "Di algo: las barras deberían moverse.",
    preview: "Tu cámara",
  },
};
