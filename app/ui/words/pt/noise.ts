/** The Brazilian Portuguese words for the removal of noise beyond the browser's. */
import type * as english from "../en/noise.ts";
import type { Spoken } from "../plurals.ts";

/** Noise removal. */
export const noise: Spoken<"pt-BR", typeof english.noise> = {
  more: "Remover mais ruído",
  moreWhy: "Também teclados, ventiladores e trânsito. Exige mais do processador.",
  replaced: "Desnecessário enquanto mais ruído é removido.",
  compare: "Ouvir a diferença",
  records: "Diga algo…",
  compares: "É assim que você soa",
  stop: "Parar",
  without: "Com ruído",
  with: "Sem ruído",
  failed: "Isto não funcionou aqui.",
  givenUp: "O ruído agora é menos removido",
  strained: "Este dispositivo está ocupado demais para mais.",
  impossible: "Este navegador não consegue fazer mais com este microfone.",
  again: "Tentar novamente",
};
