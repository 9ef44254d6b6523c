/** The Spanish words for who can be trusted: shields, safety words, alarms. */
import type * as english from "../en/trust.ts";
import type { Spoken } from "../plurals.ts";

/** Trust in the people of a room. */
export const trust: Spoken<"es", typeof english.trust> = {
  marks: {
    open: "Sin verificar",
    checking: "Verificando",
    unverified: "Sin verificar",
    verified: "Verificado",
    compared: "Palabras comparadas",
    differs: "No es seguro",
    alarm: "No es seguro",
  },
  openTitle: "Esta llamada no está verificada",
  openLine:
    "Quienes administran este servidor podrían escuchar; las salas hechas con «Crear una sala» te protegen de eso.",
  sealedTitle: "Solo quienes tienen el enlace pueden escuchar",
  sealedLine:
    "Para asegurarte de que no hay nadie en medio, compara las palabras de seguridad con cada persona.",
  words: "Palabras de seguridad",
  wordsWith: "Palabras de seguridad con {name}",
  read: "Léelas en voz alta y escucha las de la otra persona. Si coinciden, no hay nadie en medio.",
  soon: "Las palabras aparecerán aquí en unos segundos.",
  gone: "No hay palabras, porque {name} no está verificado.",
  comparedBefore: "Ya se han comparado.",
  same: "Las comparamos",
  differ: "No coinciden",
  differTitle: "Puede haber alguien entre {name} y tú",
  differLine: "No digas nada privado aquí. Crea una sala nueva y envía su enlace por otro medio.",
  back: "Atrás",
  leave: "Salir y crear otra sala",
  reload: "Volver a cargar la página",
  apart: "Por seguridad, no hay imagen ni sonido entre {name} y tú.",
  why: {
    "no-hello": "No se puede verificar a {name}",
    "wrong-secret": "{name} ha entrado con otro enlace",
    "unconfirmed": "La página de {name} no responde a la comprobación",
    "altered": "Alguien ha cambiado lo que envió {name}",
    "replayed": "Alguien ha vuelto a enviar mensajes antiguos de {name}",
    "withheld": "Alguien retiene mensajes de {name}",
    "unsealed": "Alguien sin el enlace se hace pasar por {name}",
    "fingerprint": "Otra persona respondió en lugar de {name}",
  },
  views: "{name} no ve a las mismas personas que tú",
  viewsLine: "Puede que el servidor oculte a alguien. Pregunta a {name} quién está.",
  showPeople: "Mostrar personas",
  otherBrowser: "{name} usa otro navegador que la última vez",
  otherBrowserLine: "Si te sorprende, compara las palabras de seguridad con esa persona.",
  removed: "{by} ha expulsado a {names}",
  youRemoved: "Has expulsado a {names}",
  changed: "{by} ha cambiado el enlace",
  youChanged: "Has cambiado el enlace",
  linkChanged: "El enlace de esta sala ha cambiado.",
  copyNewLink: "Copiar el enlace nuevo",
  allVerified: "Verificado con todos los presentes",
  allVerifiedLine: "Nadie en medio puede escuchar, ni siquiera el servidor.",
  notVerified: "Sin verificar: {names}",
  // In the order of app/trust/safety_words.ts; no two sound alike.
  signs: [
    ...["mono", "gato", "león", "caballo", "vaca", "cerdo", "conejo", "panda"],
    ...["elefante", "rana", "tortuga", "serpiente", "pez", "pulpo", "cangrejo", "pingüino"],
    ...["búho", "abeja", "mariposa", "delfín", "cactus", "girasol", "palmera", "seta"],
    ...["manzana", "plátano", "uvas", "cerezas", "piña", "melón", "zanahoria", "maíz"],
    ...["pizza", "huevo", "rosquilla", "helado", "globo terráqueo", "luna", "estrella", "arcoíris"],
    ...["fuego", "muñeco de nieve", "rayo", "ancla", "cohete", "tren", "bicicleta", "tractor"],
    ...["barco", "globo", "regalo", "fútbol", "guitarra", "trompeta", "tambor", "cámara"],
    ...["martillo", "auriculares", "bombilla", "libro", "paraguas", "reloj", "corona", "gafas"],
  ],
};

/** The program of this site. */
export const program: Spoken<"es", typeof english.program> = {
  line: "Programa {hash}",
  copy: "Copiar el hash del programa",
  changed: "El programa de este sitio ha cambiado",
  changedLine: "No es el de tu última visita. Normalmente se ha instalado una versión nueva.",
  what: "¿Qué significa esto?",
  about: [
    "Esta página es un programa que viene del sitio. Un sitio que quisiera escuchar podría enviarte otro programa.",
    "Cada versión de Parley identifica su programa con un hash. Si el de abajo no está entre ellos, pregunta a quienes administran este sitio.",
  ],
  before: "Última visita",
  now: "Ahora",
};
