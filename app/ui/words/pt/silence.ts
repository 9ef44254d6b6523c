/** The Brazilian Portuguese words for a microphone that is on and gives nothing. */
import type * as english from "../en/silence.ts";
import type { Spoken } from "../plurals.ts";

/** A microphone that is on and gives nothing. */
export const silence: Spoken<"pt-BR", typeof english.silence> = {
  title: "Os outros não ouvem nada de você",
  unnamed: "Seu microfone",
  muted:
    "{label} está silenciado por uma tecla do dispositivo ou pelo sistema. Ative-o lá ou escolha outro no menu do microfone.",
  dead:
    "Não chega nada de {label}. Procure uma tecla de silenciar ou um plugue solto, ou escolha outro no menu do microfone.",
  elsewhere: "{other} ouve você.",
  use: "Usar esse",
};
