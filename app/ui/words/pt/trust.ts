/** The Brazilian Portuguese words for who can be trusted: shields, safety words, alarms. */
import type * as english from "../en/trust.ts";
import type { Spoken } from "../plurals.ts";

/** Trust in the people of a room. */
export const trust: Spoken<"pt-BR", typeof english.trust> = {
  marks: {
    open: "Não verificado",
    checking: "Verificando",
    unverified: "Não verificado",
    verified: "Verificado",
    compared: "Palavras comparadas",
    differs: "Não é seguro",
    alarm: "Não é seguro",
  },
  openTitle: "Esta chamada não é verificada",
  openLine:
    "Quem opera este servidor poderia escutar; salas criadas com “Iniciar uma sala” protegem você disso.",
  sealedTitle: "Só quem tem o link pode ouvir",
  sealedLine:
    "Para ter certeza de que não há ninguém no meio, compare as palavras de segurança com cada pessoa.",
  words: "Palavras de segurança",
  wordsWith: "Palavras de segurança com {name}",
  read: "Leiam-nas um para o outro. Se forem iguais, não há ninguém no meio.",
  soon: "As palavras aparecem aqui em alguns segundos.",
  gone: "Não há palavras, porque {name} não está verificado.",
  comparedBefore: "Vocês já as compararam.",
  same: "Nós comparamos",
  differ: "São diferentes",
  differTitle: "Pode haver alguém entre você e {name}",
  differLine: "Não diga nada privado aqui. Inicie uma nova sala e envie o link por outro meio.",
  back: "Voltar",
  leave: "Sair e iniciar outra sala",
  reload: "Recarregar a página",
  apart: "Por segurança, você e {name} não se veem nem se ouvem.",
  why: {
    "no-hello": "Não é possível verificar {name}",
    "wrong-secret": "{name} veio com outro link",
    "unconfirmed": "A página de {name} não responde à verificação",
    "altered": "Alguém alterou o que {name} enviou",
    "replayed": "Alguém reenviou mensagens antigas de {name}",
    "withheld": "Alguém retém mensagens de {name}",
    "unsealed": "Alguém sem o link se faz passar por {name}",
    "fingerprint": "Outra pessoa respondeu no lugar de {name}",
  },
  views: "Você e {name} não veem as mesmas pessoas",
  viewsLine: "O servidor pode estar escondendo alguém. Pergunte a {name} quem está aí.",
  showPeople: "Mostrar pessoas",
  otherBrowser: "{name} usa outro navegador desta vez",
  otherBrowserLine: "Se isso surpreende você, compare as palavras de segurança.",
  removed: "{by} removeu {names}",
  youRemoved: "Você removeu {names}",
  changed: "{by} mudou o link",
  youChanged: "Você mudou o link",
  linkChanged: "O link desta sala mudou.",
  copyNewLink: "Copiar o novo link",
  allVerified: "Verificado com todos aqui",
  allVerifiedLine: "Ninguém no meio pode escutar, nem mesmo o servidor.",
  notVerified: "Não verificados: {names}",
  // In the order of app/trust/safety_words.ts; no two sound alike.
  signs: [
    ...["macaco", "gato", "leão", "cavalo", "vaca", "porco", "coelho", "panda"],
    ...["elefante", "sapo", "tartaruga", "cobra", "peixe", "polvo", "caranguejo", "pinguim"],
    ...["coruja", "abelha", "borboleta", "golfinho", "cacto", "girassol", "palmeira", "cogumelo"],
    ...["maçã", "banana", "uvas", "cerejas", "abacaxi", "melão", "cenoura", "milho"],
    ...["pizza", "ovo", "rosquinha", "sorvete", "globo", "lua", "estrela", "arco-íris"],
    ...["fogo", "boneco de neve", "raio", "âncora", "foguete", "trem", "bicicleta", "trator"],
    ...["barco", "balão", "presente", "futebol", "violão", "trompete", "tambor", "câmera"],
    ...["martelo", "fones", "lâmpada", "livro", "guarda-chuva", "relógio", "coroa", "óculos"],
  ],
};

/** The program of this site. */
export const program: Spoken<"pt-BR", typeof english.program> = {
  line: "Programa {hash}",
  copy: "Copiar o hash do programa",
  changed: "O programa deste site mudou",
  changedLine: "Não é o da sua última visita. Normalmente, uma nova versão foi instalada.",
  what: "O que isso significa?",
  about: [
    "Esta página é um programa que vem do site. Um site que quisesse escutar poderia enviar outro programa a você.",
    "Cada versão do Parley identifica seu programa com um hash. Se o que está abaixo não estiver entre eles, pergunte a quem opera este site.",
  ],
  before: "Última visita",
  now: "Agora",
};
