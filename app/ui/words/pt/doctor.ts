/** The Brazilian Portuguese words of the page /doctor. */
import type * as english from "../en/doctor.ts";
import type { Spoken } from "../plurals.ts";

/** Only that page has them. */
export const doctor: Spoken<"pt-BR", typeof english.doctor> = {
  title: "Verificação de chamadas",
  lead:
    "Verifica o que uma chamada precisa deste navegador e desta rede. Ninguém mais vê ou ouve você.",
  again: "Verificar de novo",
  copy: "Copiar o relatório",
  summary: {
    running: "Verificando…",
    good: "Está tudo bem. As chamadas devem funcionar daqui.",
    poor:
      "As chamadas funcionam daqui, mas não com todos ou não da melhor forma. Veja abaixo o que fazer.",
    bad: "As chamadas não funcionam daqui. Veja abaixo o que fazer.",
  },
  verdict: {
    open: "Não verificado",
    running: "Verificando",
    good: "Bom",
    poor: "Pode melhorar",
    bad: "Não funciona",
  },
  page: {
    title: "Página segura",
    good: "Esta página é segura, então pode usar a câmera e o microfone.",
    bad:
      "Os navegadores só permitem câmera e microfone em páginas seguras. Abra este site com https://; o operador pode ativar isso com --tls-self-signed ou --acme-domain.",
  },
  server: {
    title: "Conexão com o servidor",
    running: "Abrindo uma conexão…",
    good: "O servidor responde; a conexão levou {ms} ms.",
    noSocket:
      "As páginas carregam, mas a conexão permanente (WebSocket) não abre. Um proxy ou firewall no caminho a bloqueia: o operador do servidor encontra as configurações de proxy em docs/deploy.md e pode executar “parley doctor”.",
    noServer: "O servidor não responde mais. Confira se você está on-line e verifique de novo.",
    busy: "O servidor responde, mas não aceita ninguém agora. Tente novamente em um minuto.",
  },
  meeting: {
    title: "Chamadas neste navegador",
    running: "Conectando duas pontas neste navegador…",
    good: "Duas pontas neste navegador se conectaram.",
    unsupported:
      "Este navegador não oferece chamadas (WebRTC), ou uma extensão ou política as desativou. Use um Chrome, Edge, Firefox ou Safari atual.",
    noPath:
      "Duas pontas neste navegador não conseguiram se conectar. A causa comum é uma extensão, uma VPN ou uma política que oculta endereços; desative-a para este site.",
  },
  stun: {
    title: "Acesso à internet",
    running: "Consultando o endereço público…",
    good: "Esta rede deixa as chamadas saírem por UDP.",
    none:
      "O servidor não indica nenhum servidor STUN, então pessoas em redes diferentes talvez não consigam se conectar. Para o operador: inicie-o sem --no-turn, ou indique um com --ice-servers ou --turn-urls.",
    bad:
      "Sem resposta por UDP. Um firewall o bloqueia, então as chamadas precisam de um retransmissor por TCP ou TLS; veja abaixo.",
  },
  relay: {
    elsewhere: "{rung} ({host})",
    none: "Retransmissor",
    noneLine:
      "O servidor não oferece retransmissor, então duas pessoas em redes restritas não conseguem se conectar. Para o operador: inicie-o sem --no-turn, ou indique um retransmissor com --turn-urls e --turn-secret-file.",
    open: "Aguardando a verificação anterior.",
    running: "Enviando uma mensagem pelo retransmissor…",
    good: "Uma mensagem voltou pelo retransmissor em {ms} ms.",
    noRelay:
      "O retransmissor não é alcançável por {transport} daqui. Se outro caminho funcionar, as chamadas o usam.",
    untrusted:
      "É preciso um certificado em que os navegadores confiem; um autoassinado não serve, mesmo que você o tenha aceitado para esta página.",
    refused:
      "O retransmissor recusa as credenciais. Para o operador: o segredo em --turn-secret-file deve ser igual ao do retransmissor, e os dois relógios devem estar certos.",
    noPath:
      "O retransmissor responde, mas não encaminha nada. Para o operador: as portas de mídia estão fechadas, ou ele recusa o próprio endereço; execute “parley doctor”.",
    unsupported: "Este navegador não consegue usar este retransmissor.",
  },
  devices: {
    title: "Câmera e microfone",
    line: "O navegador pedirá permissão. O que eles veem e ouvem fica nesta página.",
    action: "Testar câmera e microfone",
    camera: "Câmera",
    cameraGood: "Você deve se ver: {width} × {height}.",
    microphone: "Microfone",
    microphoneGood: "Diga algo: as barras devem se mover.",
    preview: "Sua câmera",
  },
};
