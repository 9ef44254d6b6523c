/** The Brazilian Portuguese words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"pt-BR", typeof english.doorbell> = {
  label: "Avisar neste navegador",
  note: "Um aviso quando alguém bate à porta ou entra na sala vazia sem um proprietário presente.",
  absent: {
    insecure: "Avisos precisam de uma página carregada por https.",
    browser:
      "Este navegador não pode receber avisos. Em um iPhone, adicione o Parley à Tela de Início.",
    setting: "O operador deste servidor desativou os avisos.",
    "no-state": "Este servidor não pode guardar nada, então não pode enviar avisos.",
    unreachable:
      "O servidor não responde sobre os avisos. Recarregue a página para tentar de novo.",
  },
  trouble: {
    denied:
      "O navegador não permite avisos aqui. Permita-os nas configurações dele para este site.",
    failed: "Não foi possível alterar os avisos. Tente novamente.",
  },
  notice: {
    knock: "Alguém está batendo à porta de {room}",
    knockOf: "{name} está batendo à porta de {room}",
    knockLine: "Não há nenhum proprietário para responder.",
    entered: "Alguém entrou em {room}",
    enteredOf: "{name} entrou em {room}",
    enteredLine: "Não há nenhum proprietário.",
    letIn: "Deixar entrar",
    gone: "A pessoa não espera mais em {room}, ou a sala está cheia",
    failed: "Não foi possível deixar entrar em {room}. Abra a sala e tente novamente",
  },
};
