/** The Japanese words of the page /doctor. */
import type * as english from "../en/doctor.ts";
import type { Spoken } from "../plurals.ts";

/** Only that page has them. */
export const doctor: Spoken<"ja", typeof english.doctor> = {
  title: "通話環境の確認",
  lead:
    "このブラウザーとネットワークが通話の条件を満たすか確認します。他の人には見えず、聞こえません。",
  again: "もう一度確認",
  copy: "レポートをコピー",
  summary: {
    running: "確認しています…",
    good: "すべて問題ありません。ここから通話できるはずです。",
    poor:
      "ここから通話できますが、相手によっては、または最良ではない場合があります。対処方法は下をご覧ください。",
    bad: "ここからは通話できません。対処方法は下をご覧ください。",
  },
  verdict: {
    open: "未確認",
    running: "確認中",
    good: "良好",
    poor: "改善の余地あり",
    bad: "異常",
  },
  page: {
    title: "安全なページ",
    good: "このページは安全なので、カメラとマイクを使えます。",
    bad:
      "ブラウザーは安全なページでのみカメラとマイクを許可します。このサイトを https:// で開いてください。運用者は --tls-self-signed または --acme-domain で有効にできます。",
  },
  server: {
    title: "サーバーとの接続",
    running: "接続を開いています…",
    good: "サーバーが応答しました。接続に {ms} ミリ秒かかりました。",
    noSocket:
      "ページは読み込めますが、常時接続 (WebSocket) が開きません。途中のプロキシかファイアウォールがブロックしています。運用者は docs/deploy.md のプロキシ設定を参照し、「parley doctor」を実行してください。",
    noServer: "サーバーが応答しなくなりました。オンラインか確かめて、もう一度確認してください。",
    busy: "サーバーは応答しますが、今は誰も受け付けていません。1 分後にお試しください。",
  },
  meeting: {
    title: "このブラウザーでの通話",
    running: "このブラウザー内で 2 つの端点を接続しています…",
    good: "このブラウザー内で 2 つの端点が接続できました。",
    unsupported:
      "このブラウザーは通話 (WebRTC) に対応していないか、拡張機能やポリシーで無効になっています。最新の Chrome、Edge、Firefox、Safari をお使いください。",
    noPath:
      "このブラウザー内で 2 つの端点が接続できませんでした。アドレスを隠す拡張機能、VPN、ポリシーが主な原因です。このサイトではオフにしてください。",
  },
  stun: {
    title: "インターネットへの接続",
    running: "公開アドレスを問い合わせています…",
    good: "このネットワークは UDP での通話を通します。",
    none:
      "サーバーに STUN サーバーの設定がないため、別々のネットワークの人が接続できない場合があります。運用者へ：--no-turn なしで起動するか、--ice-servers または --turn-urls で指定してください。",
    bad:
      "UDP で応答がありません。ファイアウォールがブロックしているため、TCP または TLS の中継が必要です。下をご覧ください。",
  },
  relay: {
    elsewhere: "{rung} ({host})",
    none: "中継",
    noneLine:
      "サーバーに中継がないため、制限の厳しいネットワークどうしの 2 人は接続できません。運用者へ：--no-turn なしで起動するか、--turn-urls と --turn-secret-file で中継を指定してください。",
    open: "前の確認を待っています。",
    running: "中継を通してメッセージを送っています…",
    good: "メッセージが中継を通って {ms} ミリ秒で戻りました。",
    noRelay:
      "ここからは {transport} で中継に届きません。他の方法が使えれば、通話はそれを使います。",
    untrusted:
      "ブラウザーが信頼する証明書が必要です。自己署名の証明書は、このページで受け入れていても使えません。",
    refused:
      "中継が認証情報を拒否しました。運用者へ：--turn-secret-file の秘密は中継のものと一致し、両方の時計が正しい必要があります。",
    noPath:
      "中継は応答しますが、何も転送しません。運用者へ：メディアのポートが閉じているか、自身のアドレスを拒否しています。「parley doctor」を実行してください。",
    unsupported: "このブラウザーはこの中継を使えません。",
  },
  devices: {
    title: "カメラとマイク",
    line: "ブラウザーが許可を求めます。映像と音声はこのページから出ません。",
    action: "カメラとマイクをテスト",
    camera: "カメラ",
    cameraGood: "自分が映るはずです：{width} × {height}。",
    microphone: "マイク",
    microphoneGood: "何か話してください。バーが動くはずです。",
    preview: "あなたのカメラ",
  },
};
