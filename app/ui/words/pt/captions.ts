/** The Brazilian Portuguese words of captions. */
import type * as english from "../en/captions.ts";
import type { Spoken } from "../plurals.ts";

/** Captions of what people say. */
export const captions: Spoken<"pt-BR", typeof english.captions> = {
  asks: "{name} gostaria de legendas",
  asksLine: "Seu navegador pode escrever o que você diz. Sua voz fica neste dispositivo.",
  yes: "Escrever legendas",
  no: "Não",
  show: "Mostrar legendas",
  showNote: "Pede a todos que escrevam o que dizem. Nenhuma voz vai para um serviço.",
  write: "Escrever o que eu digo",
  writeNote: "Para quem quer legendas. Sua voz fica neste dispositivo.",
  absentHere: "Este navegador não consegue reconhecer fala neste dispositivo.",
  language: "Eu falo",
  others: "Quem escreve legendas",
  own: {
    off: "Nada é escrito enquanto você está silenciado ou ninguém quer legendas.",
    preparing: "Preparando…",
    downloading: "Baixando o idioma. Isso pode levar alguns minutos.",
    on: "O que você diz está sendo escrito.",
    waiting: "O reconhecimento de fala parou. Tentando de novo…",
    language: "Este navegador não reconhece este idioma no dispositivo. Escolha outro.",
    download: "Não foi possível baixar o idioma. Verifique sua rede e escolha-o de novo.",
    refused: "O navegador não permite reconhecimento de fala aqui.",
  },
  writers: {
    silent: "não respondeu",
    absent: "tem um navegador que não consegue escrever legendas",
    asked: "recebeu o pedido",
    declined: "não quer",
    preparing: "está se preparando",
    on: "escreve legendas",
    waiting: "está interrompido",
    failed: "não consegue escrever legendas agora",
  },
  transcript: "Transcrição",
  transcriptOf: "{product} · {room} · Transcrição",
  empty: "O que é dito enquanto as legendas são mostradas aparece aqui.",
  saveText: "Salvar como texto",
  saveVtt: "Salvar como WebVTT",
  clear: "Limpar",
};
