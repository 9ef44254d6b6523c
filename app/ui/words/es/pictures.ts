/** The Spanish words for how large the pictures of others are received. */
import type * as english from "../en/pictures.ts";
import type { Spoken } from "../plurals.ts";

/** What a person receives. */
export const pictures: Spoken<"es", typeof english.pictures> = {
  title: "Vídeo que recibes",
  titleFrom: "Vídeo de {name}",
  choices: { auto: "Automático", large: "Grande", small: "Pequeño", sound: "Solo sonido" },
  notes: {
    auto: "Tan grande como se muestra",
    large: "Siempre a tamaño completo; gasta más datos",
    small: "Las cámaras van pequeñas, las pantallas siguen siendo legibles",
    sound: "No se te envían cámaras ni pantallas compartidas",
  },
  soundFrom: "No se te envía ni la cámara ni la pantalla compartida",
  stubborn: "La página de {name} lo envía siempre todo. Solo puedes ocultarlo.",
  soundOnly: "Solo sonido",
  soundOnlyLine: "Elegiste solo sonido, así que no se te envía esta pantalla.",
  hidden: "Oculto",
  show: "Mostrar el vídeo de {name}",
  showShort: "Mostrar vídeo",
};
