/** The Brazilian Portuguese words for how large the pictures of others are received. */
import type * as english from "../en/pictures.ts";
import type { Spoken } from "../plurals.ts";

/** What a person receives. */
export const pictures: Spoken<"pt-BR", typeof english.pictures> = {
  title: "Vídeo que você recebe",
  titleFrom: "Vídeo de {name}",
  choices: { auto: "Automático", large: "Grande", small: "Pequeno", sound: "Só som" },
  notes: {
    auto: "Do tamanho em que é mostrado",
    large: "Sempre em tamanho total, o que usa mais dados",
    small: "As câmeras ficam pequenas, as telas compartilhadas continuam legíveis",
    sound: "Nenhuma câmera e nenhuma tela compartilhada são enviadas a você",
  },
  soundFrom: "Nem a câmera nem a tela compartilhada são enviadas a você",
  stubborn: "A página de {name} sempre envia tudo. Você só pode ocultar.",
  soundOnly: "Só som",
  soundOnlyLine: "Você escolheu só som, então esta tela não é enviada a você.",
  hidden: "Oculto",
  show: "Mostrar o vídeo de {name}",
  showShort: "Mostrar vídeo",
};
