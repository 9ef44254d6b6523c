/** Spanish. */
import { admin } from "./admin.ts";
import { doctor } from "./doctor.ts";
import { door, linkKeys, owners } from "./owners.ts";
import {
  chat,
  entering,
  files,
  invite,
  links,
  shortcuts,
  stage,
  talk,
  toasts,
  wayOut,
} from "./panels.ts";
import type { English } from "../en/mod.ts";
import type { Spoken } from "../plurals.ts";

type Own = Spoken<"es", English>;

const common: Own["common"] = {
  tag: "es",
  locale: "es",
  product: "Parley",
  someone: "Alguien",
  language: "Idioma",
  theme: "Tema",
  themeSystem: "Sistema",
  themeLight: "Claro",
  themeDark: "Oscuro",
  close: "Cerrar",
  tryAgain: "Reintentar",
  unloaded: "La página aún se está cargando. Si no ocurre nada, vuelve a cargarla.",
  copied: "Copiado",
  copyLink: "Copiar enlace",
  home: "Página de inicio de Parley",
  selfName: "{name} (tú)",
  guest: "Invitado",
  doctor: "Comprobar las llamadas",
};

const home: Own["home"] = {
  headline: ["Un enlace.", "Para verse y oírse."],
  lead: "Una sala de vídeo para dos a dieciséis personas. Sin instalar nada y sin cuenta.",
  newRoom: "Tu nueva sala",
  anotherName: "Otro nombre",
  start: "Crear una sala",
  joinLabel: "Enlace o nombre de sala",
  joinHint: "¿Tienes un enlace o un nombre de sala? Escríbelo aquí",
  join: "Entrar",
  joinBad:
    "Esto no es un enlace ni un nombre de sala. Los nombres de sala usan letras, cifras, - y _.",
  joinNoRoom:
    "Este enlace no lleva a una sala. Los enlaces de sala contienen /r/ y el nombre de la sala.",
  joinElsewhere: "Este enlace lleva a otro servidor, {host}.",
  openThere: "Abrirlo allí",
  joinWhich: "Este texto contiene más de una sala. ¿Cuál?",
  joinRoomAt: "Abrir {room} en {host}",
  visited: "Salas recientes en este navegador",
  forgetRoom: "Olvidar {room}",
  facts: ["Cifrado entre navegadores", "2–16 personas", "También como simple chat"],
};

const before: Own["before"] = {
  about: "Vas a entrar en",
  name: "Tu nombre",
  mirrored: "Solo tú lo ves como en un espejo",
  preview: "Vista previa de la cámara",
  camera: "Cámara",
  microphone: "Micrófono",
  speaker: "Altavoz",
  unnamedDevice: "{kind} {number}",
  defaultDevice: "Predeterminado del sistema",
  cameraOff: "La cámara está apagada",
  cameraStarting: "Iniciando la cámara…",
  turnCamera: "Usar la cámara",
  turnMicrophone: "Usar el micrófono",
  blockedShort: "Bloqueado por el navegador",
  missingShort: {
    camera: "No se encontró ninguna cámara",
    microphone: "No se encontró ningún micrófono",
  },
  busyShort: {
    camera: "Otra aplicación usa la cámara",
    microphone: "Otra aplicación usa el micrófono",
  },
  insecureShort: "Requiere una página segura",
  brokenShort: {
    camera: "No se pudo iniciar la cámara",
    microphone: "No se pudo iniciar el micrófono",
  },
  heard: "Te oímos",
  unheard: "Todavía no oímos nada",
  listening: "Di algo",
  microphoneOff: "El micrófono está apagado",
  microphoneMissing: "Sin micrófono",
  level: "Nivel del micrófono",
  joinBoth: "Entrar con cámara y micrófono",
  joinCamera: "Entrar con cámara",
  joinMicrophone: "Entrar con micrófono",
  joinListen: "Entrar y escuchar",
  withoutCamera: "Sin cámara",
  joinWithoutCamera: "Entrar sin cámara",
  textOnly: "Solo texto",
  joining: "Entrando…",
  sealed: "Solo quienes tienen este enlace pueden verte, oírte o leerte.",
  open: "Sin verificar: el servidor podría escuchar.",
};

const trouble: Own["trouble"] = {
  refusedTitle: {
    camera: "El navegador no permite que esta página use la cámara",
    microphone: "El navegador no permite que esta página use el micrófono",
    both: "El navegador no permite que esta página use la cámara y el micrófono",
  },
  missingTitle: {
    camera: "No se encontró ninguna cámara",
    microphone: "No se encontró ningún micrófono",
    both: "No se encontró ninguna cámara ni ningún micrófono",
  },
  busyTitle: {
    camera: "Otro programa está usando la cámara",
    microphone: "Otro programa está usando el micrófono",
    both: "Otro programa está usando la cámara o el micrófono",
  },
  brokenTitle: {
    camera: "No se pudo iniciar la cámara",
    microphone: "No se pudo iniciar el micrófono",
    both: "No se pudieron iniciar la cámara y el micrófono",
  },
  insecureTitle: "La cámara y el micrófono requieren una página segura",
  refusedChromium:
    "Haz clic en el icono de ajustes de la barra de direcciones, permite el acceso y vuelve a intentarlo.",
  refusedFirefox:
    "Haz clic en el icono tachado de la barra de direcciones, quita el bloqueo y vuelve a intentarlo.",
  refusedSafari:
    "Elige Configuración para este sitio web en el menú Safari o en el menú aA, permite el acceso y vuelve a intentarlo.",
  refusedOther:
    "Permite el acceso a esta página en los ajustes del navegador y vuelve a intentarlo.",
  missing: "Conecta una y se detectará automáticamente.",
  busy: "Cierra el otro programa o la otra pestaña y vuelve a intentarlo.",
  insecure: "Abre esta página con https:// o en localhost.",
  broken: "Desconéctalo y vuelve a conectarlo, o elige otro dispositivo.",
  goOn: "También puedes entrar sin él y encenderlo después.",
};

const room: Own["room"] = {
  people: { one: "# persona", other: "# personas" },
  stage: "Personas en la llamada",
  controls: "Controles de la llamada",
  mute: "Silenciar",
  unmute: "Activar",
  stopVideo: "Parar vídeo",
  startVideo: "Vídeo",
  share: "Compartir",
  stopSharing: "No compartir",
  hand: "Mano",
  chat: "Chat",
  peoplePanel: "Personas",
  leave: "Salir",
  more: "Más",
  record: "Grabar",
  captions: "Subtítulos",
  microphoneSettings: "Micrófono y altavoz",
  cameraSettings: "Ajustes de la cámara",
  noDevices: "No se encontraron dispositivos",
  handRaised: "Mano levantada",
  isMuted: "silenciado",
  cameraIsOff: "cámara apagada",
  screenOf: "Pantalla de {name}",
  yourScreen: "Tu pantalla",
  tapToHear: "Toca para oír a los demás",
  tapToHearWhy: "El navegador bloquea el sonido hasta que tocas la página.",
  inviteTitle: "No hay nadie más todavía",
  inviteAgain: "Solo quedas tú",
  inviteLead: "Cualquiera que tenga este enlace puede entrar.",
  inviteLink: "Enlace a esta sala",
  copyTheLink: "Copiar el enlace",
  unread: { one: "# mensaje nuevo", other: "# mensajes nuevos" },
  callTime: "Duración de la llamada",
  online: "en la sala",
  you: "Tú",
};

const link: Own["link"] = {
  connecting: "Conectando…",
  reconnecting: "Reconectando… {seconds} s",
  kept: "Se muestra la última imagen. {name} sigue en la sala.",
  away: "{name} perdió el servidor y se está reconectando.",
  failed: "No hay conexión con {name}",
  causes: {
    "no-answer": "El otro navegador no respondió. El chat sigue funcionando.",
    "no-relay":
      "Una de las dos redes bloquea las llamadas directas y no hay servidor de retransmisión. El chat sigue funcionando.",
    "relay-unreachable":
      "La red de {name} bloquea las llamadas directas y todos los caminos al servidor de retransmisión. El chat sigue funcionando.",
    "no-path": "No se encontró ninguna ruta entre las dos redes. El chat sigue funcionando.",
    "broken": "Se perdió la conexión. El chat sigue funcionando.",
  },
  relayUnreachableHere:
    "Tu red bloquea las llamadas directas y todos los caminos al servidor de retransmisión. El chat sigue funcionando.",
  reconnectingNow: "Reconectando…",
  failedShort: "No se puede conectar",
};

const pill: Own["pill"] = {
  reconnecting: "Reconectando… la llamada continúa",
  waiting: "Los mensajes que escribas ahora se enviarán al reconectar.",
  shareFailed: "No se pudo compartir la pantalla.",
  roomsRate: "Demasiadas salas nuevas desde tu red. Espera un minuto.",
};

/** Joining takes too long: a heading and a line for each known cause. */
const stuck: Own["stuck"] = {
  offline: ["No tienes conexión", "Entrarás en cuanto vuelva la red."],
  unreachable: [
    "El servidor no responde",
    "Puede que tu red no funcione o que el servidor no esté disponible temporalmente.",
  ],
  forbidden: [
    "El servidor rechaza llamadas desde esta dirección (403)",
    "Su administrador puede permitirla con --allow-origin o hacer que el proxy reenvíe la cabecera Host.",
  ],
  missing: [
    "No hay servidor de llamadas en esta dirección (404)",
    "Su administrador debe configurar el proxy para que reenvíe /ws a Parley.",
  ],
  crowded: [
    "Demasiadas conexiones desde tu red (429)",
    "Cierra otras pestañas con llamadas o espera a que alguien de tu red salga.",
  ],
  busy: ["El servidor está demasiado ocupado ahora (503)", "Te dejará entrar en cuanto pueda."],
  away: [
    "El servidor no está disponible temporalmente",
    "El proxy que tiene delante responde, así que probablemente se está reiniciando.",
  ],
  blocked: [
    "La conexión de la llamada está bloqueada",
    "Las páginas se cargan, así que algo entre tú y el servidor bloquea WebSocket: un proxy, un cortafuegos o un antivirus. Otra red puede ayudar.",
  ],
  strange: [
    "Otra cosa responde en lugar del servidor",
    "Esto ocurre en redes que piden iniciar sesión. Vuelve a cargar la página para ver qué piden.",
  ],
  now: "Reintentar ahora",
  goesOn: "Esta página sigue intentándolo.",
};

const end: Own["end"] = {
  leftSoon: "Has salido de la sala",
  left: { one: "Has salido después de # minuto", other: "Has salido después de # minutos" },
  stillThere: { one: "{names} sigue ahí.", other: "{names} siguen ahí." },
  nobodyThere: "Ahora no hay nadie en la sala.",
  rejoin: "Volver a entrar",
  again: "Reintentar",
  full: "Esta sala está llena",
  fullLead: "Podrás entrar en cuanto alguien salga.",
  locked: "Esta sala está bloqueada",
  lockedLead: "Alguien de dentro tiene que desbloquearla.",
  password: "Esta sala necesita una contraseña",
  passwordLead: "Pídesela a la persona que te envió el enlace.",
  replaced: "Estás en esta llamada en otra pestaña",
  replacedLead: "Solo una pestaña puede estar en la llamada, así que esta ha salido.",
  useThisTab: "Usar esta pestaña",
  kicked: "Te han sacado de la sala",
  kickedLead: "Lo ha hecho un propietario de la sala o un administrador.",
  closed: "La sala se ha cerrado",
  closedLead: "Un propietario de la sala ha terminado la llamada para todos.",
  off: "Este servidor no acepta llamadas",
  offLead: "Su administrador lo ha cerrado por ahora.",
  turnedAway: "No te han dejado entrar",
  turnedAwayLead: "Un propietario de la sala ha rechazado tu solicitud.",
  guesses: "Demasiadas contraseñas incorrectas",
  guessesLead: "Espera hasta medio minuto y vuelve a intentarlo.",
  banned: "No puedes entrar en esta sala",
  bannedLead: "Un propietario de la sala o un administrador te ha bloqueado.",
  version: "Esta página es más antigua que el servidor",
  versionLead: "Vuelve a cargarla para obtener la versión nueva.",
  reload: "Volver a cargar",
  confused: "El servidor no entendió esta página",
  confusedLead: "Ha cerrado la conexión. Se arregla al volver a cargar la página.",
  lost: "La llamada ha terminado",
  lostLead: "No se pudo restablecer la conexión con el servidor.",
  toStart: "Ir a la página de inicio",
  joinRoom: "Entrar en {room}",
  badRoom: "Este nombre de sala no es válido",
  badRoomLead: "Los nombres de sala tienen de 1 a 64 letras, cifras, - o _.",
  meant: "¿Querías decir {room}?",
  meantLead: "Esto no es un enlace a una sala. Puede que se le añadiera algo al compartirlo.",
  notFound: "No hay nada en esta dirección",
  notFoundLead: "Puede que el enlace esté incompleto o mal escrito.",
  broken: "Algo ha fallado por nuestra parte",
  brokenLead: "El error se ha registrado. Suele bastar con intentarlo otra vez.",
};

/** The Spanish catalogue. */
export const words: Own = {
  common,
  home,
  before,
  trouble,
  room,
  entering,
  wayOut,
  invite,
  link,
  links,
  chat,
  files,
  talk,
  pill,
  stuck,
  end,
  shortcuts,
  toasts,
  stage,
  owners,
  linkKeys,
  door,
  admin,
  doctor,
};
