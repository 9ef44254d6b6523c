/** The Brazilian Portuguese words for hearing what was missed. */
import type * as english from "../en/replay.ts";
import type { Spoken } from "../plurals.ts";

/** Replays of missed voices. */
export const replay: Spoken<"pt-BR", typeof english.replay> = {
  title: "Tocando o que você perdeu de {names}",
  left: { one: "Ao vivo em cerca de # segundo", other: "Ao vivo em cerca de # segundos" },
  skip: "Pular",
};
