/** The Brazilian Portuguese words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"pt-BR", typeof english.doorbell> = {
  label: "Campainha neste navegador",
  note:
    "Um aviso quando alguém bate à porta ou entra na sala vazia sem nenhum proprietário presente.",
  absent: {
    insecure: "Os avisos requerem uma página aberta por https.",
    browser:
      "Este navegador não consegue receber avisos. No iPhone, adicione o Parley à tela de início.",
    setting: "O operador deste servidor desativou os avisos.",
    "no-state": "Este servidor não consegue guardar nada, por isso não pode enviar avisos.",
    unreachable:
      "O servidor não responde sobre os avisos. Recarregue a página para tentar novamente.",
  },
  trouble: {
    denied:
      "O navegador não permite avisos aqui. Permita-os nas configurações dele para este site.",
    failed: "Não foi possível alterar os avisos. Tente novamente.",
  },
  notice: {
    knock: "Alguém está batendo à porta de {room}",
    knockOf: "{name} está batendo à porta de {room}",
    knockLine: "Não há nenhum proprietário para atender.",
    entered: "Alguém entrou em {room}",
    enteredOf: "{name} entrou em {room}",
    enteredLine: "Não há nenhum proprietário lá.",
    letIn: "Permitir",
    gone: "Essa pessoa não espera mais em {room}, ou a sala está cheia",
    failed: "Não foi possível permitir a entrada em {room}. Abra a sala e tente novamente",
  },
};
