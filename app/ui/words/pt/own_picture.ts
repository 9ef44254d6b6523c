/** The Brazilian Portuguese words for turning and blurring the own picture. */
import type * as english from "../en/own_picture.ts";
import type { Spoken } from "../plurals.ts";

/** The own picture. */
export const picture: Spoken<"pt-BR", typeof english.picture> = {
  title: "Sua imagem",
  turn: "Girar 90°",
  turned: "Girada {degrees}°.",
  straight: "Não girada.",
  background: "Seu fundo",
  blur: { off: "Visível", light: "Pouco desfocado", strong: "Muito desfocado" },
  blurNote: "Seu próprio dispositivo o desfoca antes de enviar qualquer coisa. Isso gasta bateria.",
  turnBroken: "Sua imagem não pode mais ser girada",
  stopped: {
    strained: "Este dispositivo é lento demais para desfocar seu fundo",
    broken: "Seu fundo não pode mais ser desfocado",
  },
  stoppedLine: "Sua câmera está desligada, então ninguém o vê.",
  again: "Tentar novamente",
  show: "Mostrar meu fundo",
};
