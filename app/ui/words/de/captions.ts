/** The German words of captions. */
import type * as english from "../en/captions.ts";
import type { Spoken } from "../plurals.ts";

/** Captions of what people say. */
export const captions: Spoken<"de", typeof english.captions> = {
  asks: "{name} wünscht Untertitel",
  asksLine: "Ihr Browser kann mitschreiben, was Sie sagen. Ihre Stimme bleibt auf diesem Gerät.",
  yes: "Untertitel schreiben",
  no: "Nein",
  show: "Untertitel anzeigen",
  showNote: "Bittet alle hier, mitzuschreiben, was sie sagen. Keine Stimme geht an einen Dienst.",
  write: "Meine Worte mitschreiben",
  writeNote: "Für alle, die Untertitel wünschen. Ihre Stimme bleibt auf diesem Gerät.",
  absentHere: "Dieser Browser kann auf diesem Gerät keine Sprache erkennen.",
  language: "Ich spreche",
  others: "Wer Untertitel schreibt",
  own: {
    off: "Nichts wird geschrieben, solange Sie stumm sind oder niemand Untertitel wünscht.",
    preparing: "Wird vorbereitet …",
    downloading: "Die Sprache wird heruntergeladen. Das kann einige Minuten dauern.",
    on: "Was Sie sagen, wird mitgeschrieben.",
    waiting: "Die Spracherkennung wurde unterbrochen. Neuer Versuch …",
    language: "Dieser Browser erkennt diese Sprache nicht auf dem Gerät. Wählen Sie eine andere.",
    download:
      "Die Sprache konnte nicht heruntergeladen werden. Prüfen Sie Ihr Netzwerk und wählen Sie sie erneut.",
    refused: "Der Browser erlaubt hier keine Spracherkennung.",
  },
  writers: {
    silent: "hat nicht geantwortet",
    absent: "hat einen Browser, der keine Untertitel schreiben kann",
    asked: "wurde gefragt",
    declined: "möchte nicht",
    preparing: "bereitet sich vor",
    on: "schreibt Untertitel",
    waiting: "ist unterbrochen",
    failed: "kann gerade keine Untertitel schreiben",
  },
  transcript: "Mitschrift",
  transcriptOf: "{product} · {room} · Mitschrift",
  empty: "Was gesagt wird, während Untertitel angezeigt werden, erscheint hier.",
  saveText: "Als Text speichern",
  saveVtt: "Als WebVTT speichern",
  clear: "Leeren",
};
