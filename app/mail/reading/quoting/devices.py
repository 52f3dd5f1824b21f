"""What phones and apps write below a mail of their own accord."""

# ruff: noqa: RUF001 - letters that look like others are other letters in these languages

# {} is the device or the app.
SENT_FROM = (
    "sent from {}", "sent via {}", "sent with {}", "sent using {}", "sent by {}", "get outlook for {}",
    "von meinem {} gesendet", "von meinem {} aus gesendet", "gesendet von {}", "gesendet mit {}", "gesendet über {}",
    "diese nachricht wurde von meinem {} gesendet", "outlook für {} herunterladen", "holen sie sich outlook für {}",
    "envoyé de {}", "envoyé depuis {}", "envoyé à partir de {}", "télécharger outlook pour {}",
    "obtenez outlook pour {}", "enviado desde {}", "enviado de {}", "obtener outlook para {}", "enviado do {}",
    "enviado a partir do {}", "obter o outlook para {}", "inviato da {}", "inviato dal {}", "ottieni outlook per {}",
    "verstuurd vanaf {}", "verzonden vanaf {}", "verstuurd met {}", "outlook voor {} downloaden", "skickat från {}",
    "hämta outlook för {}", "sendt fra {}", "hent outlook til {}", "lähetetty {}", "hanki outlook for {}",
    "wysłane z {}", "wysłano z {}", "pobierz program outlook dla systemu {}", "отправлено с {}", "отправлено из {}",
    "odesláno z {}", "{}から送信", "发自我的 {}", "发自我的{}", "从我的{}发送", "從我的 {} 傳送", "나의 {}에서 보냄",
)  # fmt: skip
DEVICES = frozenset([
    "iphone", "ipad", "ipod", "android", "phone", "mobile", "smartphone", "handy", "tablet", "telefon", "téléphone",
    "teléfono", "móvil", "telefone", "telefoon", "mobil", "mobiltelefon", "celular", "gerät", "device", "appareil",
    "dispositivo", "smartfonu", "telefonu", "email", "e-mail", "mail", "iphonesta", "ipadista", "iphone'a", "ipada",
    "androidista", "puhelimesta", "outlook", "windows", "ios", "galaxy", "samsung", "huawei", "xiaomi", "redmi",
    "pixel", "nokia", "blackberry", "oneplus", "motorola", "xperia", "yahoo", "gmail", "proton", "gmx", "web.de",
    "aol", "k-9", "fairemail", "mail.ru", "почты", "устройства", "thunderbird", "android-gerät", "手机", "spark",
])  # fmt: skip
# What stands beside them.
DEVICE_WORDS = frozenset([
    "my", "mein", "meinem", "meiner", "meine", "mon", "min", "mit", "mijn", "mi", "il", "mio", "meu", "moj", "mojego",
    "moim", "mój", "minha", "mia", "ma", "for", "pour", "para", "per", "für", "för", "til", "voor", "на", "on",
    "sur", "auf", "da", "de", "do", "na", "of", "the", "and", "app", "client", "secure", "mobiele", "мобильной",
    "моего", "моей", "avec", "con", "com", "med", "using", "from",
])  # fmt: skip
