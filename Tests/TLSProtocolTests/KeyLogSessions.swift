// Recorded with OpenSSL 3.0 on loopback, a session a cipher suite: the protected records, and the client's key log.
// Data, not code: exempt from the length limit.
// swift-format-ignore-file

import TLSProtocol
import Testing

/// One TLS session as it stood on the wire, with what its client logged.
struct RecordedSession: Sendable, CustomTestStringConvertible {
  var name: String
  var version: UInt16
  var cipherSuite: UInt16
  var encryptThenMAC: Bool
  var clientRandom: [UInt8]
  var serverRandom: [UInt8]
  var keyLog: String
  /// Whole records with their headers, in the order in which they passed.
  var records: [(sender: Role, record: [UInt8])]
  var testDescription: String { name }
}

extension RecordedSession {
  static let all: [RecordedSession] = [
    RecordedSession(
      name: "gcm128", version: 0x0304, cipherSuite: 0x1301, encryptThenMAC: false,
      clientRandom: bytes("4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b"),
      serverRandom: bytes("6b167e9a18807336a0e5724abf83b49b83bad41381db30aefcd63b38e65542aa"),
      keyLog: """
        SERVER_HANDSHAKE_TRAFFIC_SECRET 4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b 7c8b99a6170b50a5f7c6090c1307464bef64ff3ad9d1a7e141e45302372af32b
        SERVER_TRAFFIC_SECRET_0 4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b e1838da5c021e771a8974cd73a077afd290711bc92c137eb3b9a321580397b0c
        CLIENT_HANDSHAKE_TRAFFIC_SECRET 4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b 139a42865164acb62850b0aac99ca5e7a9ee275358e06904280d12a68b692883
        CLIENT_TRAFFIC_SECRET_0 4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b 8f211c6802c855864264ca8475a20ba4f8f975c3556cbb4b56a296c836bc9d37
        CLIENT_TRAFFIC_SECRET_N 4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b dc4ed0a110de4c660ba855cf465be12522bd6df2899127d865b00e1b983542da
        CLIENT_TRAFFIC_SECRET_N 4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b 6f73563c9b63d77feb15f218200bc95e3fa4aff055961705802d4b36d1130054
        SERVER_TRAFFIC_SECRET_N 4d268b815f7ab6799b6dd4e964fd5a08ad73935b017c25d429b88e2d7f67455b 3fffcbccaf2b8e7436749653b16b3b50b882c9c6e45c2c271a9dda2186630094
        """,
      records: [
        (.server, bytes(
          """
          1703030017d5b44f802c6bf11d8d2460b2dd72576617ec8bae8585cd
          """)),
        (.server, bytes(
          """
          170303019f282b37ec8807de40db4679387bcae6cc314f573dd5e602bd4bd90f9fb482402eedd21b462d5695f53b10cb34031f9ef50ffd
          b3106b2af23a0028b7c2477628decd793755a42e3f6339acf93377484daf9bda901f1df85132c2e936ecd024a6555200ca5f3dbb9c1f89
          504ee7c725250941b8c0760d22582e31ce2eaff77f30666ef8eade307528b7a2bc28c709620b745e6f314661c94d2ec6ab083ddf709575
          54234be927c225950add50314b4c8e663d1653fb81716b9ccabd7d780f329a30cab331370fdd3a08871d4733f0c43e4e277df96e37ea80
          644c3e7888146342dc69b6a025a9c797a81ac03e16efa72acb4f1c3b0086c3f8a07af8c08856dcadc6f60f03efa884fa495e9f8c38a151
          a943b7d13c4a3c12fbf1c0a471eb5edd300768fcccceacc8da2d1a207dac52fa0258aa15928fa0beb55051a8992fedb9d36cbfd68a737d
          c952a7fbe04a0e9a59f637a866bf3d4a50262e006d3e8462ea8ef55a5787e1996336663ebb635f5d0fae98ab32310614519ab9e7e51136
          25190676ba25b71856a23e4c81e6fb1c04de198cc2085b6cf894602f6a79e1f3c76c91
          """)),
        (.server, bytes(
          """
          1703030061988a50f7a9a7c6b25a7aa89ae2b9d4884b849c4f0b1e45be2b65e29ce7a2377f494dd9a3d45aa28cd0b4939f6f479e5167aa
          429f2accc46d9b4168a4a81da63e19b38087a93fcc98c26f6bcc8fd9518f754d3ad990cb18fe1538154a89013ef78f
          """)),
        (.server, bytes(
          """
          1703030035f85e988463b304b6beda3b5df7ad218e5d097df18155bd4aac68713619ce2d83f723a58aaddaae21e442992f156fe5983100
          96fa3c
          """)),
        (.client, bytes(
          """
          1703030035b1032d7992994f6d77dd8ed5d3b7409407021f7400ba4942d705f66406e8dc87c921deb1cc070454047beeaa81c91c145a69
          c3ac3a
          """)),
        (.server, bytes(
          """
          17030300ea84624b467e5940d2dd7e9ba802b63d2b1ddfe0801b9e7e9cb4bcaadd7e7f231010a320315fdc35079fbb22dd02cda920cc94
          65e20ce47c441e5c37dbf6b6d83c98ccaade368fa26b89b3c35499639878acfd9f294111b4af0f3be1f71e8ea49511b4e0a9ef24dd34eb
          a4af286af4da2fcf055b19665b8195c9fa995269b00b1adc48dbde0a09001b04730ee722935a15082a6a583343cbc2920c2ba67f4ed6d3
          809252f632cb564a63a46d1ac7e266b4096f60b97e9e4f070070a75c1d247e0db9d49687d7790b9fe57cd3462beeb1c860285c4940c1c8
          f1fa0ac0a7666e3ca1f7b244abfa76028b730a
          """)),
        (.server, bytes(
          """
          17030300eacbced36dd411d4976ba70c422e51dc27c28d00e09cb447f27496148b2addea7f4293a0906116e13d7a8ac9e17c20e2376eda
          3f4008c1d500ca351e199aa2c51a9950cfb18186c516c2c90124ee8ee0b639acb75a9410f74fe2c1451c23fb9320a0bc7909b1b4caa0b3
          e5581d5d39bd98d18ce20cb6081ee53aa1d271a60c4a9902bfbfc1a7621543d69d775ec3c9585f15df0acd02b20e4d5e3ad82cfa4b0912
          b41037b0dcadde3f2600fa33bc4a77dec8a873ff5c8879ade497b5dba1b187a8f36f7055f20e9b7c9458ba0ae2b715e6c7374b130a6413
          126d9599ff1537f486ad9604f3e960154bec39
          """)),
        (.client, bytes(
          """
          1703030017694eff8cb4207ebd4c70f907961a291a0db2238718b81d
          """)),
        (.client, bytes(
          """
          17030300166cbe0f68c580967b07b2ad184b4fe46d4692410a5f1e
          """)),
        (.client, bytes(
          """
          170303001e24533e7b3d080a8fa8ebe43aa97fbe4b80030750025f4360a848009a4eec
          """)),
        (.client, bytes(
          """
          17030300163b9e737adc37522da69fb4b448dad48c8e2ac4f21418
          """)),
        (.server, bytes(
          """
          170303001699c0707187fa116fbfda1aad54f1efd3ec16fec95f07
          """)),
        (.client, bytes(
          """
          1703030017367639e97379e3d1765f89eb4dc83e5037b7e1ba0aa545
          """)),
        (.client, bytes(
          """
          170303001379e333d0ff713056cbdfaf16b87aac9b1ac976
          """)),
        (.server, bytes(
          """
          170303001394d8999bd780ed894469cc4c266940f6aa7a37
          """)),
      ]),
    RecordedSession(
      name: "gcm256", version: 0x0304, cipherSuite: 0x1302, encryptThenMAC: false,
      clientRandom: bytes("35aaae3a5fe6bc1bb8191e8beb9d63e658b4d98c64611cf87234e12911319112"),
      serverRandom: bytes("448101e5b8a8cb67b54c7e82a63423e51450bbe40c1b8f5fdda2b8f9a6509303"),
      keyLog: """
        SERVER_HANDSHAKE_TRAFFIC_SECRET 35aaae3a5fe6bc1bb8191e8beb9d63e658b4d98c64611cf87234e12911319112 e3b760e9adddaf7322b2a3d040088932e8ba7175ef572c634688620c24c54ccaf20cc11de3c1c61d3406cad65679b533
        SERVER_TRAFFIC_SECRET_0 35aaae3a5fe6bc1bb8191e8beb9d63e658b4d98c64611cf87234e12911319112 578a712683f26fa4634aa4b47132474d2f162b6c55608cf3a4b68a6f48e25957e96f48a2205504208ffa88abae82d094
        CLIENT_HANDSHAKE_TRAFFIC_SECRET 35aaae3a5fe6bc1bb8191e8beb9d63e658b4d98c64611cf87234e12911319112 7acb354ceee72a701c843c02bbc31dfa2239fdac324bbe6f4e53deb7568d4ed8fa7fc121517e0637f2e6d7acea2aecd7
        CLIENT_TRAFFIC_SECRET_0 35aaae3a5fe6bc1bb8191e8beb9d63e658b4d98c64611cf87234e12911319112 c6b4699be71121d7064ec041f7431b7d6a26a327271d1cc6e794bcb61c06438a57d6f3edd73f4857bf7514855350dfe8
        """,
      records: [
        (.server, bytes(
          """
          17030300179d9585c2da308215562ff6484f75ed1ca13eedff8e7ba3
          """)),
        (.server, bytes(
          """
          170303019fcd905c03a6eb8dcf908a7dd8820071426177ad038000748d2f381dbe081d07e8f5b620303d92a9facf7d11765b77c679cb50
          1336b12797f0d7ac90dbbed3bf8e04c1e48c4725c867ff513cc1ed52fdc3e904dadf488f57d86412ae62d88dee3238541c7f3696db0207
          d9ac3ad4f7e98ef34064fc0b9fbe64211284df2a6fa243de4c7009d9f321920d60f47221f410a843d35293dfee3474c0b6dfa19c3d586f
          fa14f1e83ceb816d8bd610f02e2c9682e75ccff355230b665a9055971a1dae0f4a0a8c661c63b628e8eca8139333f40c3ee0c75f2eb178
          18264a26a700e9df8673692ac290e3819ed338ca7cf980d930c569f75bacd33470c5c47f77b0d72e5c84e4d544da38fa37e713e52bc943
          d992ec80c733acd90b3e9ef128fee456605afc2346c3693483f2f88b891bea123b1bad39b90d3978160049c791e07dba769b2073c26c25
          444a05bbffa2e9ea9aab0cafde144c7e99a53b2f8904fefdc5af1d52deba1fdddf826746a8a1fd8db8b7f59fea8499abd378d9b7260335
          b851fff79c030958ce41725503115383fe96c26eee316dc6d5a34db7de49441cbd9dbc
          """)),
        (.server, bytes(
          """
          170303006030c4a97a01f151208489c761abd0b961d1c6fffb336a97ab0ff806b92abd547a10ff49f6ae6335130a8c229d837dab548bfc
          5117d755a51a881ada96550b4ef8bd68b71a433d60ab0c0490dce38e1058c207f244ede0b51c5ec9fd8a98de1718
          """)),
        (.server, bytes(
          """
          17030300455a79d637583739cb03e09938e2ec33df9c257db6aaf505469bd9b17c8ab0c4b827c6c384176ff2faa1636d72c3a4b9378c00
          2ec1b2fe7787f018602f24c8a554e5a1bf1494
          """)),
        (.client, bytes(
          """
          1703030045d9cee8d60a0e3949b0a5fae12a61c8804751167410655b837814b7c1a0773b538ef716f3a934dbfdcf8f007c744db87e0346
          1cf3ea52df487304355dbce2a4cabf09089ba7
          """)),
        (.server, bytes(
          """
          17030300fa9ea4fbbec08c17ec4ad742c75ebcb8f0b69421a99c06d6a2094bd4d7f08fbcdff56cf4a471220f51713f29f3416050dbd42d
          7b81b992fdd75520280a294fd6ab1e48d7a9b9a75ead950f42044263fa583d2b1244683dffe871949b8a9f25655041278feb0b881dbcfa
          12415a9a1b8230878425f8f632ef749911f16dceef37950c2117d1a8c185de5675221e420e17f9a2f47e50fe509ac62b9bd493af1ac8d3
          7a0801b30e2014a5fc7ca57b187ec3ba017e727d0aa7e5bf28d11433f25fc51deda91a6359f1c2da9eb0b5c7d750ee98461e5ec1f372d9
          9151c29d02b7493c36149e7e11885307a2baad43bb85d4b94b1f7c3671401fc3646229
          """)),
        (.server, bytes(
          """
          17030300fad696b51bc06db6fb76a5820c93258b75a133aedb97f12d3dd25d78cf61298dd47879cd57a21180421e267bbc344fa3706e34
          cce77bd9f2e42e1059c3bd97b2f63caf7010421cf4056276b79aa85c59046c15302699c7d1cd7d4fb1b9471071269c9c5e70aeebbe65ff
          b92b81d7e53bbedcf1133247eef5a3485f35b8b6f39327a6dc3616d0090314bec6508dead98e8e94938576d2949b4bd1dc203841effd6f
          4ff8c9bc05b5f25ff20a0111f9a6c45426424caefa7e3abfe9050aca1cfbe290d1d158cdbf5003579e3b8dc80bbb989831e61519149078
          ddf9ffab2b2d863dd04e6db83f9ab7fcd089cac39c3564b6b55cb736df611aa7ae1b61
          """)),
        (.client, bytes(
          """
          17030300172037659a25668644fea5ab5bab33a139bd81152ab6f73a
          """)),
        (.client, bytes(
          """
          17030300132da13257d6dbe16bdd27f762c5e52501c495d3
          """)),
        (.server, bytes(
          """
          1703030013be11e0cd1e290fbf436792f20284ef6b350fbe
          """)),
      ]),
    RecordedSession(
      name: "chacha13", version: 0x0304, cipherSuite: 0x1303, encryptThenMAC: false,
      clientRandom: bytes("3edb945778efdc1e4ee070d49c0db660c53bcc2519d791570f8eced7cfeb0ddb"),
      serverRandom: bytes("1e09b9e4ad1a2c9673f4200ca8e0125f009b651e786de105dc037216e4f720a9"),
      keyLog: """
        SERVER_HANDSHAKE_TRAFFIC_SECRET 3edb945778efdc1e4ee070d49c0db660c53bcc2519d791570f8eced7cfeb0ddb 8734aaad559549abd6b44fd4cb94f7d18240396b648b4f61f7c1854d3547d2ac
        SERVER_TRAFFIC_SECRET_0 3edb945778efdc1e4ee070d49c0db660c53bcc2519d791570f8eced7cfeb0ddb 26b36f5a2d74be666a6b37e3bb3ad1af27647422650b200eafe4838a7c3c779f
        CLIENT_HANDSHAKE_TRAFFIC_SECRET 3edb945778efdc1e4ee070d49c0db660c53bcc2519d791570f8eced7cfeb0ddb 0fdd188eac64e354a9f4322302ed7b214a1dd9b75136c2beb69e979dadb58bf4
        CLIENT_TRAFFIC_SECRET_0 3edb945778efdc1e4ee070d49c0db660c53bcc2519d791570f8eced7cfeb0ddb 7bbb448281aa0eeede12b18e4dfb5e0e9fa9a1dd363c938e6b423b1a0b46b9aa
        """,
      records: [
        (.server, bytes(
          """
          17030300179627d2f8d3acb3d06e4d91db5aa3d93c127ed024cd1240
          """)),
        (.server, bytes(
          """
          170303019f9298a03bb8a03f2bc5ef30199bbb631b8bbcdda7f21ce584c1a50ba234213a702d2df4af5e6af7a1dbbb8539a0a4a7dd0944
          96cfa810404874b4f4ce29e284cc24c73bd11bea5dc9e55190005ad30f69681fe5368c05ff7fb474a8daddd7242c943f8ba235dd77a098
          6f2d5ec0c095c41573fc8c527b83dfa2074cb53d567683a31cc6354975269d88f0d30dc8afe6cab0c10cdf35da6a601ed1575878153587
          c3855937921399313ab2f4688e7fa115ecac4aa8a8bd085b5e56deaf3dec512495a43e235e419d278da101053770f4c32f2bbd001b3197
          9e6cddef2ba6f0695549c2ee3cc592c05039f46b43bb1456b4c6d2448495ef8e42e5ef91020ed5de104b1144d9d47855e337f95ede5d82
          63762a5c4636779c6bec1e324d7a12bfdb562404eebaf60cea5576df7f862e5d62151b8559eb47f0a07a67994d3ea472097665a31269a4
          56a297790d6c46c98d01c6c1ddc113397788df16f1f1694014fe1d6a5e200a55aa787ef457eb6447b32c9b70f6c1a4b0e13c2ac49f0c01
          d1c0eef113be0e9e7b3bc9ed32721a848d7c311196921d64e0587d8a440321566e2058
          """)),
        (.server, bytes(
          """
          170303005fdf8a2b79413edde322d97a0ab2a1b00f8b384c7595e1d7c5464ae353732c782e12040240c2b229c8b22936e5ac66f8f950eb
          2a27ab5d10dd39bdaba033d169b04ebd20d53f14458f2c33dd6e265a9040627e6a3bd6a1c0a176089e53d183e0
          """)),
        (.server, bytes(
          """
          170303003578128058a22241fb6728df6a1a213c8b245626b92f544084cd8dcedf28e1d905f8e64a7675daf79dd2d09e082ff0edec7de0
          144ab8
          """)),
        (.client, bytes(
          """
          1703030035b8c92cc2687168ae045b3dae74e62d221b34308c86c7db1e591fba92db1ff9758dd1ad8bc24ac2b227ec49c24dec5d9df295
          9028e7
          """)),
        (.server, bytes(
          """
          17030300eac2433e016043afc238a6d232ac17eed250fd16a975f87caa322ab3c45dc61dd6ad2f1014cd926cddf8d81eaa475e29926fa0
          2801da7b43fac723d228872ec072f05f17c3347d7d5c723f42704cff55fef2d61417e49c3b43df61b0868061b498efe9d3a536734eb570
          7962e1dc69105c16c83cce6d3a04f20e6b60872f4a869f05b6b9df4afe1a8d939d3bcfae4f2fbfbca694e96a74ccfac9c42083d8355c7f
          3551cc86177aa7b0588fa02bc70f2894d5f213d6e7fbd7267315b4b0ba83fe8112e35212a20d1e57fe7ebfdbec8623b9bd9528a4cac8e6
          a30d303a6290085226af8060b04db0f9fc25df
          """)),
        (.server, bytes(
          """
          17030300ea3324726ba4e4bd5789c59326c386f3649da8814c9f5e043dc7d027e66e16100272d846c17c89149493fa33efe32cb1a700f6
          d12c952eb09c149490b1432a51ced90f7dd834c5cd01068711009069061aac012c9a11be714caa5a48ccd67685d60a153ced2bd74da105
          a7ab4c1c2202bd5389209b1404e584d86e3f91a58044ff5bd4021f964c24209369167841e693061bc237b5fb725359f5747088ab6adcf2
          8e1a8169b3524b5fee991516cac7e114cf4cc01e71812ba4f8711b3b89efbf2fbd45adb3966a811d87099883094f942579d9c561305f9f
          fcbc03966d38fac10eca1d2950a7f4d321beea
          """)),
        (.client, bytes(
          """
          170303001791f2eefac8b91cd316f0a9704da754e720527ac24bd47b
          """)),
        (.client, bytes(
          """
          17030300133e93ecb4c3128466cd4839dc0dde266919e1dc
          """)),
        (.server, bytes(
          """
          1703030013e95ff6546049c92e9a074312a8e767a3d1fc50
          """)),
      ]),
    RecordedSession(
      name: "ccm13", version: 0x0304, cipherSuite: 0x1304, encryptThenMAC: false,
      clientRandom: bytes("e2854e598dba661c49eb4a08ea8760c8d3d83f583fee5d50694fcbc4a7731b5a"),
      serverRandom: bytes("c47032225fceb449a0f789b1902b618729f75c51e9e1484c166a5ad41abf3b22"),
      keyLog: """
        SERVER_HANDSHAKE_TRAFFIC_SECRET e2854e598dba661c49eb4a08ea8760c8d3d83f583fee5d50694fcbc4a7731b5a a6017f85e1bb52ff40495f207cb43f1f0a8aded616340d87c91266b30b5bc213
        SERVER_TRAFFIC_SECRET_0 e2854e598dba661c49eb4a08ea8760c8d3d83f583fee5d50694fcbc4a7731b5a 24c475248e752eb967f5439fcb82b0c16f322c7f6548a7d4e7f2d5d78353af15
        CLIENT_HANDSHAKE_TRAFFIC_SECRET e2854e598dba661c49eb4a08ea8760c8d3d83f583fee5d50694fcbc4a7731b5a 9a52dcbd03919759f7dc76215d03909c292c1fde6d8d1398b7296955931e7bd3
        CLIENT_TRAFFIC_SECRET_0 e2854e598dba661c49eb4a08ea8760c8d3d83f583fee5d50694fcbc4a7731b5a 28fa360f8fa1580e6755c2480d7f4b029c3e581bf22d95a9edf616d2b322227f
        """,
      records: [
        (.server, bytes(
          """
          17030300174af5ce58f154be03f75b64aa6c79978d77eed8dc19a3b9
          """)),
        (.server, bytes(
          """
          170303019f0ef68135f9af153572e5e23abd8947d6a9e1b728d1bdff3bfd6bde200acfacd535cc569ca146c3754870393593dd48231df0
          8feb3fa0b8a769ab8587cb8efc3255153b2332369caf5b52a8bbf938519c7c8939dab61c786bdc38b61ffbfd0ba17b751cd820f272c986
          b844bae1a7dd5ac0e4f493e29fd82c0d9bb50fd7be19c81031921861ce3b6d06c1987498b0cda6bfd30b7a9c4881e8acca391d8a2f3729
          06e1b7c8c4a743be0b4ab32b48a3c2b60e1094916a75f500bd49fe84a810fffba0bf059f3f4194f27e28f9dae606d9256b0a9a35aae26b
          e2873cf84c524c4669ec9dd90d5f69e9c6cf7e3d130dc725fd85544549305ea9fbe1a2870ace2264b5b623d44fe9bfc7d50bb068608d59
          b03d268ccff58c06d112f0ee231a93ee2e29d305e3b812f14c3532447c2bbcabfefd48640d6c1010f2fc02faed3f839c7879445498be7c
          f0908c3ce730173be6052cc0e9facb988f5fa7e1a678f0ee3899b7c226f6cc27d3f7c8aa066c6b880475c65cee482fe42efc9234afa1a1
          9a689a104ea6d5c5b1c953393d88aacd7a4302632008647767e6338f140edebba3893f
          """)),
        (.server, bytes(
          """
          170303005f44fdc008a887c61fcb157011de7beda1bfe0ddca66e3d8fcee912f96fa623cde8162b52230a470c84b72619fadc5cb365202
          e8807ff31dc9cc3d31fbdafe86ba0787cc0719d838099b938470241f5faf047f5af2ec782a8de41a72d99bcd41
          """)),
        (.server, bytes(
          """
          17030300355449268c6bc28a720b6211be202d68d41de88dfdedb041484fa215d96d83b9eb67d6d8e50808a8b8f6667b12b297ad967a01
          f027e8
          """)),
        (.client, bytes(
          """
          17030300359e501d6f5c1f804d1d58b0b03a8011af6afc8d5032b8cf0d099137f5fcdcc7ad5b04bfba11e237644adf750b9abfe693e6d2
          d573ab
          """)),
        (.server, bytes(
          """
          17030300ea2cb3b6ffb7be7151dabecc9498de63eb6fa27ebb1c939c582b99498e52737c3194737447b597dcb8375300060c8442ea28db
          377ca05f1207304f2246907ff44320cbe1e7637a9bb43df951b11b4f9f9a605583c7c159563481ce51125c234a5a804673dc2a58c64a75
          8695e224e260c4f3978763c69dfb226dd6ed64e29031574a74bb73c620d6b0ea0aca260cc7c098d86e4f4eb728ce94f2431145dcf5107e
          7502ccb61c44af057042d0616fc32ebd9fc0a6b5462f05cb58b8ab15d73e8790a52338b109257fbfca3ab9f6ec701fd28380c8a8267507
          6f5f80d27a160b9ed944e7152e171f26263959
          """)),
        (.server, bytes(
          """
          17030300eaea1028d2c4a79967082c8abadda38162beaff09d9ff96c6255d9fbaa466b31aadfd6731cc8b2e630c48192215a0cc49525ec
          89ddf8d08ec9940f05b1506ea9dafc634fc34272d204af5fa05ad2fafa60c8f85798afaa80697b496ed8913fc58b494bc6cd67b248d980
          fe94731f1d36c2b93a08c4ed4c8d9bdeb04d4caf98bbb22166a9e3fcc1954c7befa6a1690fcdf5f8287fefd601f327f870fd5d4d153649
          66d6119373cc7cd4127092ccad3b907b77c73b8e950ccc056e4ee71f76bc12ef9c7963566a5256def2a10c3c5f7ad44bffc4f25607bb8f
          82b395fd212b5310d8560792b97646836c1289
          """)),
        (.client, bytes(
          """
          170303001729aabac2e61ee00a6c5d76efa2209754f182aa5e463002
          """)),
        (.client, bytes(
          """
          1703030013c5d18586f2ce7f58b0abdc3eb286701abef86a
          """)),
        (.server, bytes(
          """
          1703030013c749fb9262379fdabd23e060f3e01aa70f5706
          """)),
      ]),
    RecordedSession(
      name: "ccm8_13", version: 0x0304, cipherSuite: 0x1305, encryptThenMAC: false,
      clientRandom: bytes("4e96ee6e473cbd73457394b917fabf8d5dec29cbbd65cb7e36eab38ab93c4295"),
      serverRandom: bytes("2a1356a75fce8ffa99f7ce9baf371bce0fd2d537a0f1fd8ed41caacff189242c"),
      keyLog: """
        SERVER_HANDSHAKE_TRAFFIC_SECRET 4e96ee6e473cbd73457394b917fabf8d5dec29cbbd65cb7e36eab38ab93c4295 a960fca5f0ede8993ab808e69f9133c24800b04eec818fb4498a3e77b2d759ff
        SERVER_TRAFFIC_SECRET_0 4e96ee6e473cbd73457394b917fabf8d5dec29cbbd65cb7e36eab38ab93c4295 a9614dbbe13cf75a0280465249df87a9d3d2d8169a1cfc6a2d5d964f7a8f988b
        CLIENT_HANDSHAKE_TRAFFIC_SECRET 4e96ee6e473cbd73457394b917fabf8d5dec29cbbd65cb7e36eab38ab93c4295 37519a1f4326cd96e0eac643c612b1b3cd4c69cc0537a73ae96bd5c129253669
        CLIENT_TRAFFIC_SECRET_0 4e96ee6e473cbd73457394b917fabf8d5dec29cbbd65cb7e36eab38ab93c4295 04367af2dddd898abb0318ce729684f6256ddc17058a037b7494b7162e6ee95e
        """,
      records: [
        (.server, bytes(
          """
          170303000f7e1e237052a8ea2049ddbe144ba06b
          """)),
        (.server, bytes(
          """
          17030301976a7b4786066d9a88712af73fb093435d389e972f6ba384e7dec21a0ae707b8d81124ba04796a58dcaf5da2eac50d404135a2
          1e29bd24fbbd9ce1830beb086d56f5c1dcaa73cddbcb779379a4de4f8fc7a2e6ef0f7ad1c05ab1b9b4513e4f05eda6f132e9556940c4de
          48e541033c67e6708c85a741b7ccec3be1e23429ce76dae43bc46d941fa0c2db94d51d59b639fa1097673832620f2a2cf5ca4cc036590c
          66aeec0ae2028084aec6bd908e0131b6b684339e226f1e3e3c3fdeb7fab1c536bc634e257b9d46a380e3ec5fcef23a8105d191710d2265
          14d8ec81246907e344747384c22db06e7ac199db8b77a33f4ea2224191a3d4444c355bcaa9b27828e8d593fcf1dee86231700fc478dcb1
          8f8856ec31f0a98fdf7f3438dd5563ee1248b0ebfb33b26263ae90330a783320dd9d54fdb579662f170dfdf7be3f3880df44024f12c29d
          edb55dbe626b7fbdba814849626b345aac6687b082fb86de5950b3033888fd8818b64177a5fc2aba4d366b968d80baee7d6820a8914e2b
          402551e8c15944d6b0da36490971a0801fb5addcf35c90b7f2eb89
          """)),
        (.server, bytes(
          """
          170303005968bab350b88a98bc4082121156d896c0a3bbace7b2bd5d76cc40547b2666fbb6912c3ad04785727c76b9fbf2f1a2fed81755
          0cc507b8934518e17122ba5a976a148cff597d61d0b6e606b0b953c0879e3958dc22a3a4abbcab
          """)),
        (.server, bytes(
          """
          170303002d4dc1f5938813484b9d8310ef6bdf172a0d6d16cfb65d1bdc12f413065f1723905360fa4d907fcba89756273e25
          """)),
        (.client, bytes(
          """
          170303002d241b4f89610746c772067dd85e84c221fb913b0d7ebd71a1988260f1974b214ac3f445a377e38489356eebac27
          """)),
        (.server, bytes(
          """
          17030300e202a5a4b8a5227c3566647cf18dea36d9590e2c84876f1941b81855a6c340536fe7872a507e3ccd29c54cfab1a4eedb4466db
          6c5cec525e59091b61b8863b1fca700a18493ce478687caa62947966f1d7ff845d55c076fe980fc5e00c04587439b0d8095a08f5b5e95d
          c5da686b2569f5e34974cf04554474cd383829c81c01be7672aa370955aa351621d71da6cf07a23b298a4126ed78eb305b0e9a633d9d68
          1432ba7562049b89f22e498a84db8a35e82a358872eecce5afe533e5e4c0940647e10f394c38886d521a72129f32b57180ad9459a3aa67
          3a96ed3e2d9a0585c74222
          """)),
        (.server, bytes(
          """
          17030300e2d2b9605286ed3be5aa5a467697d353f1db30240bf1bd58eac02e490bc81dac9fabb9fadf9acb1cc07e88706d4fbdc55c7d04
          e0aebbed5a2fc892229b00a45c2b6c3400599bef0e6226aef392d0b1f60104d4719c96bc595c42dca105cbc0482b64bf832d1a10048203
          44c8c188e98ea3820003e6404dffc2e2dd3782e8346289775394c3359f454b9d14411368df9a98a171f35dfba467bfcbe54867d85f92bf
          9e5012bc17343b7c6b43f0d95993210291edfffaa7e4acfb399eac32b97d4aba7e721c0e504202e8885b98d5aec329003bf40522f9886a
          021bce68631f5642fe38e3
          """)),
        (.client, bytes(
          """
          170303000fc540d19e926eb021bca13c9fe69ed9
          """)),
        (.client, bytes(
          """
          170303000b2a75f36412dd5280dfa2b4
          """)),
        (.server, bytes(
          """
          170303000bebc52aa1c1121ff2dec6f0
          """)),
      ]),
    RecordedSession(
      name: "gcm12", version: 0x0303, cipherSuite: 0xc02b, encryptThenMAC: false,
      clientRandom: bytes("4a082a2ec788344a8fb2fb56d8af8fc7bb549d18189f816fbb924cc1c8e3db77"),
      serverRandom: bytes("1146c795ba98e459692d9e880fcbf85d9759895c8f790e9bf70be1627c53d2a2"),
      keyLog: """
        CLIENT_RANDOM 4a082a2ec788344a8fb2fb56d8af8fc7bb549d18189f816fbb924cc1c8e3db77 0768f18b96f673fc0091aa41b4b4f093a6003d9a5992f29f90e253a39e0b4cc4774661ca98a6aa050f4ebdefc3ff881f
        """,
      records: [
        (.client, bytes(
          """
          16030300283593036d09ed6ca1a5c0ef9ccbe3ec363ac2ceee7e8619002be81ebdf49f932539b1092ad3cc9c8b
          """)),
        (.server, bytes(
          """
          1603030028deb912639282ded6d1511594f587f195c85cd25acfa2a321909dcadb1add520a0d6d28f9c0813618
          """)),
        (.client, bytes(
          """
          170303001e3593036d09ed6ca27c6a0da52eec972112d9e87dc424a43d4e992e8967b8
          """)),
        (.client, bytes(
          """
          150303001a3593036d09ed6ca32b6494e83c7396b062fb74ef8d5bf9b926f7
          """)),
        (.server, bytes(
          """
          150303001adeb912639282ded7478032e74ab6ad089957b029025ef15139a5
          """)),
      ]),
    RecordedSession(
      name: "gcm12sha384", version: 0x0303, cipherSuite: 0xc02c, encryptThenMAC: false,
      clientRandom: bytes("f27ec4b805a1326246d849c61eed2b6fbd2ca3955b7bc4115f251ddcafc50d51"),
      serverRandom: bytes("c6985c22677db96a479174ab51114934cee3b513e924a11d069624c266af57db"),
      keyLog: """
        CLIENT_RANDOM f27ec4b805a1326246d849c61eed2b6fbd2ca3955b7bc4115f251ddcafc50d51 daa3b95d0a258be4d6467166427ac6360611f573fb91f05e8976d74617229d67935dbfc49d248781f464555fdaff26cc
        """,
      records: [
        (.client, bytes(
          """
          160303002893fc8c03d4c0060c74a235b41dccbce33d20aa285067f9eb76dd1925d805117752f85e2a237eef71
          """)),
        (.server, bytes(
          """
          16030300288a4e3608c300179a543b9b86bca0b130de253107161d3017f97455cd8406786f41c95f290cbfe8c1
          """)),
        (.client, bytes(
          """
          170303001e93fc8c03d4c0060d96acf4eb98fc43d89f3072e4bfb9f218442a68d77700
          """)),
        (.client, bytes(
          """
          150303001a93fc8c03d4c0060edc8ec93dca492e88de1d3e488ff53433305f
          """)),
        (.server, bytes(
          """
          150303001a8a4e3608c300179bf4a426623591cc7c3f99e1622ed17cc6cbd8
          """)),
      ]),
    RecordedSession(
      name: "chacha12", version: 0x0303, cipherSuite: 0xcca9, encryptThenMAC: false,
      clientRandom: bytes("07719996396070398d9d01285063c0578ae61f0f3f82cc52b1565e3556bf7cf2"),
      serverRandom: bytes("eda5da243ee543d4eda745476bb37474fb2fedaf240d7cc2d443bac2ac4eaffd"),
      keyLog: """
        CLIENT_RANDOM 07719996396070398d9d01285063c0578ae61f0f3f82cc52b1565e3556bf7cf2 6111483d766eb41320e707456da7bf7b176ec1a802fef0499b091e90b87979dbbc9b75e0dac81b755cbc2d914e7bc6f9
        """,
      records: [
        (.client, bytes(
          """
          16030300200bb96f4547640158dd887f4b888811dbca6d1363ae6da1557461bed4201fe9ee
          """)),
        (.server, bytes(
          """
          16030300204c3250c3414c8bc6a83a5e49bce7385584fe0da9a800b945de4cc5f595456e19
          """)),
        (.client, bytes(
          """
          1703030016887d20eba9c1d271356e27cd481f37fd67e58737baa7
          """)),
        (.client, bytes(
          """
          1503030012b310bd198f7183e2a2334bb5c452c487ad36
          """)),
        (.server, bytes(
          """
          15030300126c16c4838be4677c986ebdf97d6b474cec7b
          """)),
      ]),
    RecordedSession(
      name: "ccm12", version: 0x0303, cipherSuite: 0xc0ac, encryptThenMAC: false,
      clientRandom: bytes("abecdd648e61795225ec2b16d120f8f9c8b05dd96893890bde2c3393d87903a1"),
      serverRandom: bytes("ec26a654350aad3174a81d435e8858a9f06c09b8297cddf4dabe507b0deb502a"),
      keyLog: """
        CLIENT_RANDOM abecdd648e61795225ec2b16d120f8f9c8b05dd96893890bde2c3393d87903a1 4498cd0cc71049293866358f65ad4893103879cb082d63dac71f66e4760cf2a13d2678dd79b634768e600fd88f89ab0d
        """,
      records: [
        (.client, bytes(
          """
          1603030028000000000000000074e3e84954646dd9633c101895d443a9b04117d50a5470c44e745fb7cf05dae0
          """)),
        (.server, bytes(
          """
          1603030028000000000000000084e8508951b13eb059ad1bca111dd4032f3006c99167b93ed0852e9f5c716ec9
          """)),
        (.client, bytes(
          """
          170303001e00000000000000013d949d0c40b8e7ef5cc8d04d41d86e866431b5b29814
          """)),
        (.client, bytes(
          """
          150303001a000000000000000237427e1f7458945b9b2770efa5d758dd93fc
          """)),
        (.server, bytes(
          """
          150303001a0000000000000001e35ed723ccc3a879d20553c6f26a8818624d
          """)),
      ]),
    RecordedSession(
      name: "ccm8_12", version: 0x0303, cipherSuite: 0xc0af, encryptThenMAC: false,
      clientRandom: bytes("756b75895480a376db6e55c2379728b0bca59327810ca8bd5876e6de32aa8729"),
      serverRandom: bytes("643e3f038c294ee34be645ee2f0b37540fa016eb6d9e15c9e969573a16561b9f"),
      keyLog: """
        CLIENT_RANDOM 756b75895480a376db6e55c2379728b0bca59327810ca8bd5876e6de32aa8729 13b91b356fba7bfb23bf957b608d1507551f9b462de639eb1a40ad1377b011e1695469d308567e6b51fafa00bb2e3ad2
        """,
      records: [
        (.client, bytes(
          """
          16030300200000000000000000a3241380f63648cff1ae1ff8847e862f0f9eb6948318b23e
          """)),
        (.server, bytes(
          """
          16030300200000000000000000e5fc0903db884296307feddaaf72e8e187831d15419d49a0
          """)),
        (.client, bytes(
          """
          17030300160000000000000001b6bd9000a6b49f6253fc6e4e9b33
          """)),
        (.client, bytes(
          """
          15030300120000000000000002b337c4541cabc60e207d
          """)),
        (.server, bytes(
          """
          1503030012000000000000000173e38f6ebe5d69b9345c
          """)),
      ]),
    RecordedSession(
      name: "cbcSHA1", version: 0x0303, cipherSuite: 0xc009, encryptThenMAC: true,
      clientRandom: bytes("421d9f5564036461e3dc62863f2b753ecd2ad3a7c7af4e5f38b2407b144157ba"),
      serverRandom: bytes("769f6449e03cc2f3e9968a7999fc33b3fb8abcb486b0f2e7f61362e21703d793"),
      keyLog: """
        CLIENT_RANDOM 421d9f5564036461e3dc62863f2b753ecd2ad3a7c7af4e5f38b2407b144157ba af38510f213192b5c1753f201dfa17c6cd998bbc97710d82b5dcfc491ddc790ddbf74f57f24a435a7b9d87d639554a50
        """,
      records: [
        (.client, bytes(
          """
          1603030044b3df5e69a15c65dd7f1931e7e87f284fb11f8d973399d7fc4f9fae8e55da57120bc6c602ed8ab2f2ce3e9c68b1615423c478
          01d5919954b5f62f870af4b2d6ec95a2be84
          """)),
        (.server, bytes(
          """
          1603030044ed5fe1b6a896afc7134527244d47fbd1ade2e95ee2d6cfc7ff4fb4e3dcfb34c28157b0b63b446077819e1b9c00550c49bc8a
          b8747667766cc4d3f2e172e1867aec8b98c7
          """)),
        (.client, bytes(
          """
          1703030034bbaa0c11b214a04fffe782e975aa2a68db7901e8560960c26b4f6d2877c987fd9303b70c9ee0e5717340ad4ebf1d2742ea2b
          72cf
          """)),
        (.client, bytes(
          """
          1503030034d416ded3904314a7001c31e8a60a33fe9cce54485912ac074340dfb0f6efda19dcbbd2b3549e1906d7b0d06404d48ac1e7c4
          d85a
          """)),
        (.server, bytes(
          """
          15030300341fc24d499c8eba03fde1e73070e463ad800398260b6e54127d4d08013c12682d2283da933eddced1fd28836f8b027dff6122
          f3ce
          """)),
      ]),
    RecordedSession(
      name: "cbcSHA256", version: 0x0303, cipherSuite: 0xc023, encryptThenMAC: true,
      clientRandom: bytes("99ab4ae006ce4addad18232df139990a5d4eaaf63b7b6e7a243891d313484ab7"),
      serverRandom: bytes("1fc735e715e7d13b39476e0e877397d827179d91da930a919817e856c866dc9d"),
      keyLog: """
        CLIENT_RANDOM 99ab4ae006ce4addad18232df139990a5d4eaaf63b7b6e7a243891d313484ab7 abd849c308f072513b3e57646c3dbf8902dcdcf0ac394afb25623bf86f7ec726844cef916ac063e6a768885ab47581f7
        """,
      records: [
        (.client, bytes(
          """
          16030300507153f00663f99df9485edf52a5b697f257016a7a0b6a09cc73015b55cf24f02a81b3c05523cd2846a048f3f300d404b1c725
          22e526b0bc98400f35a7201c05e184028f378e750475044a4843b589cb1f
          """)),
        (.server, bytes(
          """
          1603030050aa9db7de25ba5094efc3a25b79771bf49fef2446758c215a68dd256f3941161a3f8fdd8c65264b6ae5169490a3c3adac9d30
          f0e09d65fbfb8a8c61f1e587ff3f76b7a0490f6193bad3deceb32586ea6c
          """)),
        (.client, bytes(
          """
          1703030040036655980fefef8290e0b7409bcc12f0af38df663834ee43599638e9f6f19a0ecee61728c2dfdc71c36b4202ac52ca2fc860
          2a941b62a84b5640663cfca7378d
          """)),
        (.client, bytes(
          """
          1503030040ef8edc2d594b1eee95232666c3c7de7fbb088fe75ef794da66e7ca3981017b4e32b7128f04ef9f342fb3dbe6122494bbf37d
          517608fea2b0c9d4d382746abf11
          """)),
        (.server, bytes(
          """
          1503030040a006b9eaccbfe5f47b46f3df7c0fe3a187a8d86c69128ed5946f9ce2cf8c1140b2e3eb33f6b9aa280d440a58c98a6b0bddc8
          ad6a358836d16b8c6117919ca4f1
          """)),
      ]),
    RecordedSession(
      name: "cbcSHA384", version: 0x0303, cipherSuite: 0xc024, encryptThenMAC: true,
      clientRandom: bytes("e8a1c2b9030d8cb5a67be25f2d9811778dde48b31795298228750e8d32e3318b"),
      serverRandom: bytes("6f648b5b0f28ca055820eeec1be1ab912e65eb13ef5c1ae8aff88d66f2ead6d4"),
      keyLog: """
        CLIENT_RANDOM e8a1c2b9030d8cb5a67be25f2d9811778dde48b31795298228750e8d32e3318b c22db5563cb4f7b68a2eae6de634353ddce8feb29b6762f88fe43c8f63ff643c330a5931fe45bd49e15cda2441bb2ffe
        """,
      records: [
        (.client, bytes(
          """
          1603030060caf86b8c9dc4b3b278b8f0874506fd645216faf25a66843b67752e3d6da9734a531c78e705c74e43c3f5670a2cc8b74d4881
          d19e4877ce10aefcbef56963eee8673fe5fdca2c81e979330349aafa9776ff8db4fd3f9796748a8c9d9767fc7c92
          """)),
        (.server, bytes(
          """
          160303006092f568bcb9f9612e552cacd1d52acfda990fcc50826b08ae0d27526d9096ef6e84e7d9263b35a8b4abad0777a1b359bf62f6
          f967e3c66f2f0bff6dd1ce09cecd54aee34668713adc46c8e78b0600202fc0bcbd1981f455c46752849335f332a2
          """)),
        (.client, bytes(
          """
          170303005045e0c08a62a802e2e681fe8a9cbf4bdb7e1f07ec92e19c9e53dbf03a6ec911706a9ae2e9cf9b308beeeac0bb05267a753767
          11ce3da5b13501d477eb4c8784859736de2d77ada959df3dbe2573524375
          """)),
        (.client, bytes(
          """
          1503030050cce9f80da150461ce107d28d1126891e5e5291359e0bb238f1e585f21cacd75142d2e8b10090f23078c0d96306f23ffaf3b8
          39cf29e5d21a5fbef0cc428e1b93bd79d2861ba1602ae469b7f3ad5f6932
          """)),
        (.server, bytes(
          """
          1503030050bf8d6952dfbd8fdfefbeab4d5ae9a1433d879da36bb9f06d3184410fb0f08673372bfe50c3149363aedd8e357b79c90f9487
          91b924b2e2bb25ff168a921d63fe62f316302ac91a894a2832a9b3d10f43
          """)),
      ]),
    RecordedSession(
      name: "null", version: 0x0303, cipherSuite: 0xc006, encryptThenMAC: true,
      clientRandom: bytes("1b53025576dceb340d83b35af0fc5e035b9a5d23bb7c8f9e85ee6b5d822d99da"),
      serverRandom: bytes("6a90fabb13731c58a2376861b155bed1f53bd26209d1901931b919421c70cdcb"),
      keyLog: """
        CLIENT_RANDOM 1b53025576dceb340d83b35af0fc5e035b9a5d23bb7c8f9e85ee6b5d822d99da aa5bce7302ca6892b03f37a75769f89db8f5cfb44e8e3f560e043ff08825b9fc72256caeda958d28b8dbcb259daacb1a
        """,
      records: [
        (.client, bytes(
          """
          16030300241400000ca4815933a86ca692e839ec113795a385b91a6227d29814e5e6e0b9062ce1061d
          """)),
        (.server, bytes(
          """
          16030300241400000cf34a7dd9b3eb077c63f576736686a4efc835510cee1d09c15d32053c8c90de85
          """)),
        (.client, bytes(
          """
          170303001a68656c6c6f0a0d1743b295e08981af83cadf4577a6893f08568a
          """)),
        (.client, bytes(
          """
          1503030016010094a7c43ced5f853e950f219d1665c34c005053e8
          """)),
        (.server, bytes(
          """
          1503030016010018ee0494a5594fa6185a060e260706b7b7b25339
          """)),
      ]),
    RecordedSession(
      name: "cbcNoETM", version: 0x0303, cipherSuite: 0xc00a, encryptThenMAC: false,
      clientRandom: bytes("279a205f7b3cd86535c0bc3c401680c7928f989f074bd56d9b927bdb4626778f"),
      serverRandom: bytes("41f3eb6eb874e1bdb1c83a3607caaefbc9fee863428d37ead19dd13c50c1666b"),
      keyLog: """
        CLIENT_RANDOM 279a205f7b3cd86535c0bc3c401680c7928f989f074bd56d9b927bdb4626778f 90da949d6b571fb07bfd19bb0b32b33cd0dfc7c229a36a1e658a0f60c3aff12211f7c73c44cbaff16efb7d9338f38f0d
        """,
      records: [
        (.client, bytes(
          """
          1603030040449c9046afdc4974ee9f9dd54348ac97127bab16737e1a37b1e7f9bae03946ff8134ff6d106be231b9a274b8838968f9b9fc
          5c22c5369f40356d5255fb12ee69
          """)),
        (.server, bytes(
          """
          16030300403d0c56263b11b43b48ef19c40a21cdaa3259d0c703d947034beb4c84f4f115f6706ee0170e2d915c5defa7e32e5721a35d8e
          d8b804686d6ebe8e198f4ea90797
          """)),
        (.client, bytes(
          """
          1703030030e2ed4dae25f6a56c62293387efa994e8d1c18990f1d845f64e5a99976b3d1da71208d31f133fd3acb7492ea66fa6e5ec
          """)),
        (.client, bytes(
          """
          150303003045140c2b12ef6e5e7ebdd95036dafaed4202119ef20531296547b8f62810d50fb54b13c079e6c75a6e4bafc4ad0b26df
          """)),
        (.server, bytes(
          """
          150303003071ba8b2a9d22ad95360d946a97365c3f0f7da8f52182f4c796a274d088e911945089299d53da735bf74dbee0fd9c6953
          """)),
      ]),
    RecordedSession(
      name: "tls10", version: 0x0301, cipherSuite: 0xc009, encryptThenMAC: false,
      clientRandom: bytes("9bc923c858c52480a925136cae8a62635ee4d3fdb48a8fe16fd3494b27b001a7"),
      serverRandom: bytes("2de2237b2b36e2cc0a294e16dfb27689cf875c59b0a4e2f59f6717c3148751fd"),
      keyLog: """
        CLIENT_RANDOM 9bc923c858c52480a925136cae8a62635ee4d3fdb48a8fe16fd3494b27b001a7 509c73bff0df7e346639ad7b529371026e99c0c93325a7c1a74752821678eca5bb1b0a9c8def7ec2253936729a8750ce
        """,
      records: [
        (.client, bytes(
          """
          1603010030992a7c2d679073e3c2418d455368b6491c340332a3ef49d0fc6da3069b521179a32171eb6e6d1cc923c8b20824a3276b
          """)),
        (.server, bytes(
          """
          160301003011fc75569f4b0be65d133004a33a1a2d0528fe7ad0a59b53739cbf62d6e10c05a9b675e920d82abe2c89bbb0ffd37abc
          """)),
        (.client, bytes(
          """
          17030100206060cbb8559ceff5628078f2cf8046cccb6f97a61e35ae1d4709a3c637aff569
          """)),
        (.client, bytes(
          """
          170301002073c4b0208f7e70595751a31ce0ef5b03918633afd49e4849687565f3ade5a2ab
          """)),
        (.client, bytes(
          """
          15030100203e5467e31b166fc630bc4e2fc435d38c685ceb5d6f610b54583fc48d3dba2452
          """)),
        (.server, bytes(
          """
          1503010020b476180e55fc8e8499b23678ae1c8891bc31b98670c5a1b15ce95237bc56a2b9
          """)),
      ]),
    RecordedSession(
      name: "tls10etm", version: 0x0301, cipherSuite: 0xc00a, encryptThenMAC: true,
      clientRandom: bytes("d4239b4fc0cbe0d1f1d24e4f42be3439375e8f1e81f3ac8666a37add48f639f0"),
      serverRandom: bytes("6cc4dbd2051a665f9f77f6fae496d1f63498858e1a9e34193c6f6958ffdc0076"),
      keyLog: """
        CLIENT_RANDOM d4239b4fc0cbe0d1f1d24e4f42be3439375e8f1e81f3ac8666a37add48f639f0 89dfba6c6d13a7cc9ce3280e9ef2e98bb9340795316980e4294e78913b3ac971dac4556e2c8178d237d4cf6983ea89d5
        """,
      records: [
        (.client, bytes(
          """
          16030100346256ed62c53d586fa54f03ec1d4a98c43eb84f8413193670101120bc7608dd19127225ccd5d3ca4c23aecb460e17f3b71504
          f019
          """)),
        (.server, bytes(
          """
          1603010034112cfb8a046dba9f70b977b5a675aadac87cd7aeacf951152a27ba7ef9ae9506ebb1332afb97efc34d6ebb5c4bc9dc5a2cc1
          5dec
          """)),
        (.client, bytes(
          """
          1703010024f7c337e513d3d00844a4b7e8e7bccf138f85160f98a64dba7c2980b790a092733b2c3c17
          """)),
        (.client, bytes(
          """
          17030100241a4698b1b4e277a750e3683fde083cdab3a31336f1d6e6a41abfed3cd0ab2b9327c7d503
          """)),
        (.client, bytes(
          """
          1503010024ae3027da753aacf109cd73b753ddc6bed3037bc901dfc6f88bd9b7a6e640ddfbfd65e8a5
          """)),
        (.server, bytes(
          """
          1503010024b87769798e38bab7f17738f9ca3949fb8b4c96a5850e18fe89f26993998cc9512eb6ecd2
          """)),
      ]),
    RecordedSession(
      name: "tls11", version: 0x0302, cipherSuite: 0xc00a, encryptThenMAC: true,
      clientRandom: bytes("b190fdef1bc5bd208ac523bf611fb954461875f407c10426d26cd14f75169d02"),
      serverRandom: bytes("ff16f0c410f3b8b8cb97713d2191f14d3bc86e9dd23eec44dd139f48f445c6c4"),
      keyLog: """
        CLIENT_RANDOM b190fdef1bc5bd208ac523bf611fb954461875f407c10426d26cd14f75169d02 7fc42ad176a0eb5679657ece2ebd4dbc2fe07835015c9febb50e50052fae6e1f4aa5aac3fe941c89ec812c01c94c2b1c
        """,
      records: [
        (.client, bytes(
          """
          1603020044a118920259665a011900dcdcd5c725878610d42cf5e0b0a390a51cd44c7ea57d8c16cf66f39164bbf14a5fb8ea26f3900fc7
          cd9e4ea060b5b78dedbb28e44c72746f3d76
          """)),
        (.server, bytes(
          """
          1603020044cf5e5811d8f86247ebe018b467249521e27ba0151f63a5eb9cbfede84662d22eb0a975164a874bc67d9d74f5fd48e88a73ed
          de00fb7f6f58e98471f87112c108732230ba
          """)),
        (.client, bytes(
          """
          1703020034fa2056b386d44d7f2b4afe3c32177bdf40f808824f49ca41ad639d1ac0840d86a73518f71d0d133b0ad0001f8254f9336275
          7986
          """)),
        (.client, bytes(
          """
          150302003470e76b80e32c2c0153bb3b6614301dcf386948324ceda7d04296a3823f39f199b3cdc2eb98cf4070fd2efc733dd99eb8ff8a
          8764
          """)),
        (.server, bytes(
          """
          15030200340406b61332c2c225ab8e2cacc2af2ced8546f08b83ea2b4a0e749454e356658fff5d1f4cf150845d2541e2e4b7f50d25db49
          781e
          """)),
      ]),
    RecordedSession(
      name: "camellia", version: 0x0303, cipherSuite: 0xc072, encryptThenMAC: true,
      clientRandom: bytes("a79c09982975f8c375770cebe14497693cf37d424e55bc0407343e1d6b311440"),
      serverRandom: bytes("e0b95a1c230dca1c61fc5a83a9bea533f46cc57ce129a34f2c6df4225f727a42"),
      keyLog: """
        CLIENT_RANDOM a79c09982975f8c375770cebe14497693cf37d424e55bc0407343e1d6b311440 fb02468836392d6898b16317895fa847ab8b579ae11cd23cc18023ef486772886f0d55709ad861d5aea51f2777b12e53
        """,
      records: [
        (.client, bytes(
          """
          16030300505fb8ad6ff01271c2d3acf904961942957c8581d847e500583e28437cefbeef5047fb860f619de5c579e20472590682514916
          4a2ab8449ebbf038603e5fb5a107fc98738000b93c41408c605cb4076f61
          """)),
        (.server, bytes(
          """
          160303005017ffb9549e57b8ec8a316cd4104ceb8042eeab8393d27c3e455dbd9962666f5ca433d91da5a11e7a95a8b81599da26b48304
          7fc007e92a41cdea2055a58e5f5ce0ae9db24c952ec8af8bb21a0e58f44b
          """)),
        (.client, bytes(
          """
          1703030040fbd9ef1a4b17858b73447499ed0b88af5097b926a917c2a4c745e919788e25a83bff9dc2cbafb2721279e1f8da72399711a8
          bd4b3a349ea447863722fdcce1fd
          """)),
        (.client, bytes(
          """
          15030300406b18abb11024d59aa85f4c17f81a1a3fbdadaff93ff8c8c4d3ba7ecaf179996f67390d0700cdcebfb6b7580cfc2684363c92
          700332a7a8c15b7a8b9f00f61ef2
          """)),
        (.server, bytes(
          """
          1503030040b2a2ce4a2142e12aabef1810303505c21a178e8ccee47ae251eef1fa1d7af0ac03c18fa1484dafe0183628467f6c6e5fe981
          e64a213faa3d4c8d633bb72b35a0
          """)),
      ]),
    RecordedSession(
      name: "earlyData", version: 0x0304, cipherSuite: 0x1301, encryptThenMAC: false,
      clientRandom: bytes("7577176f7cb7e13dda1a33418140b591e671e93601275b0513c2a414b40efd2d"),
      serverRandom: bytes("d566e31774d4a0a237286a79a859fd5217162313a9aef1bf38422df15aaf96a5"),
      keyLog: """
        CLIENT_EARLY_TRAFFIC_SECRET 7577176f7cb7e13dda1a33418140b591e671e93601275b0513c2a414b40efd2d a4cefe93a33d97906de1675daddcc6f4a4a6a44a5ce094f7c79e2da8cfe5c214
        SERVER_HANDSHAKE_TRAFFIC_SECRET 7577176f7cb7e13dda1a33418140b591e671e93601275b0513c2a414b40efd2d 352e9ac350a6571470a68b880849980784fb30fae17029be0fbf0477b8ae4232
        SERVER_TRAFFIC_SECRET_0 7577176f7cb7e13dda1a33418140b591e671e93601275b0513c2a414b40efd2d bc295f4a7316370a3c110852bc18430aba58d68f0ac0d75640ab6a2a2b9ae781
        CLIENT_HANDSHAKE_TRAFFIC_SECRET 7577176f7cb7e13dda1a33418140b591e671e93601275b0513c2a414b40efd2d 0d6640f2d79ef3161c6fe91c29d26edd6630e1dff1687a5274d813180f700f50
        CLIENT_TRAFFIC_SECRET_0 7577176f7cb7e13dda1a33418140b591e671e93601275b0513c2a414b40efd2d 582a5c4b5d9bb5d5b4db0f5785fad6c3c3694c45ddcd71ea3a67892e4559e355
        """,
      records: [
        (.client, bytes(
          """
          170303001d560bf1a6464193aaffeb697b0c6451a31104b3d41b19c66f6ae76602ec
          """)),
        (.server, bytes(
          """
          170303001bcdddd7a383ac4bfa345f6643f2da57f40d01a5e68b8f8029e3010f
          """)),
        (.server, bytes(
          """
          1703030035947cb488316e4dca5c0552e29d607a190854be02ad119e6a1d2dfea6c36734742135e1317bc5f699883422eb621d45156f02
          28e012
          """)),
        (.client, bytes(
          """
          1703030015e2eee6ec97ae2d939fc2451e547daee0978da9528d
          """)),
        (.client, bytes(
          """
          17030300356031fe58a9c2f52e1b25fe902460a4859ae43e1a658962d149cd27ce3d57232bcf2a9e94bcdccaa5df1b1e2fd75fb18eb461
          30ed49
          """)),
        (.server, bytes(
          """
          17030300525bafe3276f6ae017b21e89a5591e8297f85f5ac73cc59703438ef97f25f796cee178c2bbd11dc5726990d050d85a5ca5d487
          f796d3213c1bda3ad7e08b2592e324b06781bf1b317820bfc93cc6761120a03f
          """)),
        (.client, bytes(
          """
          1703030017f4625ff43f62383e6f8045930edc96672fe8b7bef76953
          """)),
        (.client, bytes(
          """
          1703030013368428eed508a9d7e4f6707f241cbf071fc859
          """)),
        (.server, bytes(
          """
          17030300132b15d8cee772d046cf87610ac1198fbf5366d6
          """)),
      ]),
  ]
}
