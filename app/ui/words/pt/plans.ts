/** The Brazilian Portuguese words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"pt-BR", typeof english.plans> = {
  title: "Planejadas",
  plan: "Planejar uma sala",
  none: "Não há nada planejado neste navegador.",
  own: "Suas salas",
  room: "Sala",
  when: "Data e hora",
  length: "Duração",
  minutes: "{count} min",
  here: "Os planos ficam neste navegador. O horário é o deste dispositivo.",
  trouble: {
    room: "Um nome de sala tem de 1 a 64 letras, dígitos e hifens.",
    when: "Escolha um horário que ainda não passou.",
  },
  cancel: "Cancelar",
  save: "Planejar",
  join: "Entrar",
  forget: "Esquecer o plano de {room}",
  calendar: "Adicionar à agenda",
  calendarOf: "Adicionar {room} a uma agenda",
  download: "Baixar o arquivo de agenda",
  event: "Chamada em {room}",
  withSecret: "Pôr o link completo na agenda",
  secretOut: "Sem ele, o evento só tem o endereço da sala, que abre neste navegador.",
  secretIn:
    "O segredo da sala vai para a agenda: quem vê o evento, e o provedor da agenda, pode entrar e ler as mensagens.",
};
