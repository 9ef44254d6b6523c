/** The Brazilian Portuguese words about shared screens that end. */
import type * as english from "../en/screen_end.ts";
import type { Spoken } from "../plurals.ts";

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd: Spoken<"pt-BR", typeof english.screenEnd> = {
  others: {
    stopped: ["{name} parou de compartilhar", "A tela compartilhada foi fechada."],
    frozen: ["A tela de {name} está parada", "A conexão com {name} está sendo restabelecida."],
    unlinked: [
      "A tela de {name} sumiu por enquanto",
      "A conexão caiu. A tela volta com ela.",
    ],
    reserved: ["A tela de {name} está oculta", "Agora só proprietários podem compartilhar a tela."],
    left: ["A tela de {name} sumiu", "{name} não está mais na sala."],
  },
  own: {
    browser: [
      "Sua tela não é mais compartilhada",
      "Foi parada no navegador, ou o que você compartilhava foi fechado.",
    ],
    owners: [
      "Sua tela não é mais compartilhada",
      "Agora só proprietários podem compartilhar a tela.",
    ],
  },
};
