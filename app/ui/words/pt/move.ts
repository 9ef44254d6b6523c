/** The Brazilian Portuguese words of moving the call to another device. */
import type * as english from "../en/move.ts";
import type { Spoken } from "../plurals.ts";

/** Moving the call. */
export const move: Spoken<"pt-BR", typeof english.move> = {
  key: "Continuar em outro dispositivo",
  title: "Continuar em outro dispositivo",
  scan: "Escaneie este código com a câmera do seu celular ou tablet.",
  qr: "Código para continuar em outro dispositivo",
  type: "Ou abra a sala nele, escolha “Continuar de outro dispositivo” e digite este código:",
  note:
    "O código funciona uma só vez, por dois minutos, enquanto esta janela estiver aberta. Não o mostre a ninguém: " +
    "quem o usar entra como se fosse você.",
  states: {
    making: "Criando um código…",
    taken: "Seu outro dispositivo tem o código e está entrando…",
    late: "O código não foi usado a tempo.",
    offline: "Não é possível acessar o servidor. Um código aparece assim que for possível.",
    unanswered: "O servidor não respondeu. Ele pode ser antigo demais para isto.",
    insecure: "Isto requer uma conexão segura (https).",
  },
  again: "Novo código",
  moved: "Você continuou em outro dispositivo",
  movedLead: "Sua chamada segue lá. Os outros não notaram nada.",
  back: "Voltar a continuar aqui",
  take: {
    title: "Continue sua chamada aqui",
    lead: "Você entra como a mesma pessoa, e seu outro dispositivo sai da chamada.",
    field: "Código no seu outro dispositivo",
    action: "Continuar aqui",
    working: "Trazendo a chamada…",
    devices: "Preparando seus dispositivos…",
    other: "Entrar como outra pessoa",
    enter: "Continuar de outro dispositivo",
    problems: {
      unreadable: "O código não está completo. Ele tem 16 letras e dígitos.",
      "no-code": "Este código expirou ou já foi usado. Mostre um novo no seu outro dispositivo.",
      "too-soon": "Muitos códigos incorretos. Espere um momento e tente novamente.",
      unanswered: "O servidor não respondeu. Verifique sua rede e tente novamente.",
      unopened:
        "Não é possível abrir o que seu outro dispositivo enviou. Mostre um novo código nele.",
      insecure: "Isto requer uma conexão segura (https).",
    },
  },
};
