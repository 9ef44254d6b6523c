/** The Spanish words of the page /admin. */
import type * as english from "../en/admin.ts";
import type { Spoken } from "../plurals.ts";

/** Only that page has them. */
export const admin: Spoken<"es", typeof english.admin> = {
  title: "Administración",
  door: "Escribe el token de administración de este servidor. Solo se guarda en esta pestaña.",
  token: "Token de administración",
  enter: "Iniciar sesión",
  leave: "Cerrar sesión",
  rooms: "Salas",
  none: "Ahora no hay nadie en ninguna sala y no se conservan ajustes de salas.",
  loading: "Preguntando al servidor…",
  people: { one: "# persona", other: "# personas" },
  empty: "vacía, ajustes conservados",
  locked: "bloqueada",
  knocking: "se llama a la puerta",
  password: "contraseña",
  sealed: "sellada",
  person: "Persona {id}",
  sealedLine:
    "Esta sala está sellada: el servidor no conoce los nombres de las personas ni el secreto de su enlace. Solo ellas pueden invitar a otras.",
  back: "Todas las salas",
  gone: "Esta sala ya no existe.",
  nobody: "Ahora no hay nadie dentro.",
  owner: "Propietario",
  away: "conexión perdida",
  remove: "Expulsar",
  ban: "Expulsar y vetar",
  removeTitle: "¿Expulsar a {name}?",
  removeLine: "{name} sale de la llamada de inmediato y puede volver a entrar como cualquiera.",
  banTitle: "¿Expulsar a {name} e impedir que vuelva?",
  banLine:
    "Ni esta pestaña ni nadie de la misma red podrá volver a entrar hasta que todos hayan salido.",
  openLink: "Abrir la sala",
  ownerLink: "Copiar enlace de propietario",
  ownerLine: "Quien abra el enlace de propietario se convierte en propietario.",
  close: "Cerrar la sala…",
  closeTitle: "¿Cerrar {room}?",
  closeLine: "La llamada termina para todos y los ajustes de la sala se eliminan.",
  closeIt: "Cerrar la sala",
  server: "Servidor",
  nodeRooms: { one: "# sala", other: "# salas" },
  takesNoRooms: "no acepta salas nuevas",
  answering: "responde a esta página; aquí solo se detiene este nodo",
  drain: "Detener el servidor…",
  drainTitle: "¿Detener el servidor?",
  drainLine:
    "No admite a nadie nuevo, pide a cada página que se reconecte pronto y termina en unos segundos. Tu gestor de servicios lo reinicia después; las llamadas continúan mientras tanto.",
  drainIt: "Detener el servidor",
  stopping: "El servidor se está deteniendo",
  stoppingLine:
    "Las llamadas continúan. Vuelve a cargar esta página cuando el servidor haya vuelto.",
  wrong: "Token incorrecto.",
  hasty: "Demasiados tokens incorrectos. Espera {seconds} s.",
  unreachable: "El servidor no responde.",
  refused: "El servidor lo ha rechazado: {reason}",
};
