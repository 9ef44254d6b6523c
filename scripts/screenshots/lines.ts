/** What the drawn people write, in their own languages. */
import type { Language } from "../../app/ui/words/mod.ts";

/** The room's name and its chat, in the order in which it is written. */
export interface Lines {
  readonly room: string;
  /** The second person's, alone with the viewer. */
  readonly greeting: string;
  readonly link: string;
  readonly answer: string;
  readonly time: string;
  readonly question: string;
}

const notes = "https://harbourwalk.example/notes";

/** By the language of the page. */
export const linesOf: Readonly<Record<Language, Lines>> = {
  "en": {
    room: "quiet-harbor-7kq2mx",
    greeting: "Morning from the tram!",
    link: `Route notes are here: ${notes}`,
    answer: "Lovely. I’ll bring the map and the small drone.",
    time: "High water is 14:20, so we start at the lock.",
    question: "Who has the `tide.csv` file?",
  },
  "zh-CN": {
    room: "安静的港湾-7kq2mx",
    greeting: "早上好，我还在电车上！",
    link: `路线说明在这里：${notes}`,
    answer: "太好了。我带地图和小无人机。",
    time: "满潮是 14:20，我们从船闸出发。",
    question: "谁有 `tide.csv` 文件？",
  },
  "es": {
    room: "puerto-tranquilo-7kq2mx",
    greeting: "¡Buenos días desde el tranvía!",
    link: `Las notas de la ruta están aquí: ${notes}`,
    answer: "Perfecto. Yo llevo el mapa y el dron pequeño.",
    time: "La pleamar es a las 14:20, así que salimos de la esclusa.",
    question: "¿Quién tiene el archivo `tide.csv`?",
  },
  "fr": {
    room: "port-tranquille-7kq2mx",
    greeting: "Bonjour depuis le tram !",
    link: `Les notes de l’itinéraire sont ici : ${notes}`,
    answer: "Parfait. J’apporte la carte et le petit drone.",
    time: "La pleine mer est à 14 h 20, on part donc de l’écluse.",
    question: "Qui a le fichier `tide.csv` ?",
  },
  "de": {
    room: "stiller-hafen-7kq2mx",
    greeting: "Guten Morgen aus der Straßenbahn!",
    link: `Die Notizen zur Route stehen hier: ${notes}`,
    answer: "Schön. Ich bringe die Karte und die kleine Drohne mit.",
    time: "Hochwasser ist um 14:20 Uhr, also starten wir an der Schleuse.",
    question: "Wer hat die Datei `tide.csv`?",
  },
  "ja": {
    room: "静かな港-7kq2mx",
    greeting: "おはよう、まだ電車の中です！",
    link: `ルートのメモはこちらです：${notes}`,
    answer: "いいですね。地図と小さいドローンを持っていきます。",
    time: "満潮は14:20なので、水門から出発しましょう。",
    question: "`tide.csv` は誰が持っていますか？",
  },
  "pt-BR": {
    room: "porto-calmo-7kq2mx",
    greeting: "Bom dia, ainda no bonde!",
    link: `As notas do percurso estão aqui: ${notes}`,
    answer: "Ótimo. Eu levo o mapa e o drone pequeno.",
    time: "A maré alta é às 14:20, então saímos da eclusa.",
    question: "Quem está com o arquivo `tide.csv`?",
  },
  "ar": {
    room: "المرفأ-الهادئ-7kq2mx",
    greeting: "صباح الخير، ما زلت في الترام!",
    link: `ملاحظات المسار هنا: ${notes}`,
    answer: "رائع. سأحضر الخريطة والطائرة الصغيرة.",
    time: "أعلى مد في الساعة 14:20، فلنبدأ من الهويس.",
    question: "من لديه الملف `tide.csv`؟",
  },
};
