"""Posts of leaders of the invented carrier Alder, in many languages, written for the tests: ordinary ones, that no rule about
wording may touch, and others that hold what must be found in any language."""

from __future__ import annotations

ORDINARY = {
    "de": (
        "Wir haben entschieden, jede Stunde am Tor zu bezahlen. Das gilt ab Mai für alle 4.000 Fahrerinnen und Fahrer.",
        "Gute Führung heißt zuhören. Vor zwei Jahren haben uns die Teams in Kassel gesagt, was nicht geht, und sie hatten recht.",
        "Ich bin stolz auf unser Team in Leipzig: Der neue Standort läuft seit heute mit Strom vom eigenen Dach.",
        "Kundenservice ist keine Abteilung, sondern eine Haltung. Deshalb investieren wir bis 2028 in unsere Leute.",
        "Die Innenstädte brauchen weniger Lieferverkehr. Wir teilen uns ab Herbst die Schließfächer mit anderen Diensten.",
    ),
    "fr": (
        "Nous avons décidé de payer chaque heure d'attente. À partir de mai, cela vaut pour tous nos chauffeurs.",
        "Diriger, c'est écouter. Il y a deux ans, les équipes de Lyon nous ont dit ce qui n'allait pas, et elles avaient raison.",
        "Je suis fière de notre équipe à Lille : le nouveau dépôt fonctionne depuis ce matin avec l'énergie de son toit.",
        "Le service client n'est pas un département, c'est une stratégie. Nous y consacrons dix ans.",
        "L'attente à la porte, c'est du travail. C'est pourquoi elle sera payée, sans exception et sans plafond.",
    ),
    "es": (
        "Hemos decidido pagar cada hora de espera. Desde mayo vale para todos los conductores, sin excepción.",
        "Dirigir es escuchar. Hace dos años los equipos de Sevilla nos dijeron lo que no funcionaba, y tenían razón.",
        "Estoy orgullosa de nuestro equipo en Bilbao: el nuevo centro funciona desde hoy con la energía de su tejado.",
        "El reparto del siglo XX no sirve para las ciudades de hoy. Compartiremos taquillas con otras empresas desde otoño.",
        "La atención al cliente no es un departamento, es una estrategia, y por eso la dirige nuestro consejo.",
    ),
    "it": (
        "Abbiamo deciso di pagare ogni ora di attesa. Da maggio vale per tutti gli autisti, senza eccezioni.",
        "Guidare significa ascoltare. Due anni fa le squadre di Bologna ci hanno detto che cosa non andava, e avevano ragione.",
        "Sono orgogliosa della nostra squadra di Torino: il nuovo deposito funziona da oggi con l'energia del suo tetto.",
        "Il servizio ai clienti non è un reparto, è una strategia. Per questo investiamo nelle persone fino al 2028.",
    ),
    "pt": (
        "Decidimos pagar cada hora de espera. A partir de maio, isso vale para todos os motoristas, sem exceção.",
        "Liderar é ouvir. Há dois anos as equipes do Porto nos disseram o que não funcionava, e elas tinham razão.",
        "Tenho orgulho da nossa equipe em Braga: o novo centro funciona desde hoje com a energia do próprio telhado.",
        "O atendimento não é um departamento, é uma estratégia. Por isso vamos investir nas pessoas até 2028.",
    ),
    "nl": (
        "We hebben besloten om elk uur wachten te betalen. Vanaf mei geldt dat voor alle chauffeurs, zonder uitzondering.",
        "Leiding geven is luisteren. Twee jaar geleden zeiden de teams in Tilburg wat er niet werkte, en ze hadden gelijk.",
        "Ik ben trots op ons team in Zwolle: het nieuwe depot draait sinds vandaag op stroom van het eigen dak.",
        "Klantenservice is geen afdeling maar een keuze. Daarom investeren we tot 2028 in onze mensen.",
    ),
    "pl": (
        "Postanowiliśmy płacić za każdą godzinę czekania. Od maja dotyczy to wszystkich kierowców, bez wyjątku.",
        "Kierować to znaczy słuchać. Dwa lata temu zespoły w Poznaniu powiedziały nam, co nie działa, i miały rację.",
        "Jestem dumna z naszego zespołu w Łodzi: nowa sortownia od dziś działa na prąd z własnego dachu.",
        "Obsługa klienta to nie dział, tylko strategia. Dlatego do 2028 roku inwestujemy w ludzi.",
    ),
    "sv": (
        "Vi har bestämt att betala för varje timme av väntan. Från maj gäller det alla förare, utan undantag.",
        "Att leda är att lyssna. För två år sedan sa lagen i Malmö vad som inte fungerade, och de hade rätt.",
        "Jag är stolt över vårt lag i Umeå: den nya terminalen går sedan idag på el från det egna taket.",
        "Kundtjänst är inte en avdelning, det är en strategi. Därför satsar vi på våra medarbetare till 2028.",
    ),
    "tr": (
        "Kapıda geçen her saatin ücretini ödemeye karar verdik. Mayıs ayından itibaren bu bütün sürücüler için geçerli.",
        "Yönetmek dinlemektir. İki yıl önce Bursa ekibi bize neyin çalışmadığını söyledi ve haklıydı.",
        "İzmir ekibimizle gurur duyuyorum: yeni merkez bugün itibarıyla kendi çatısının enerjisiyle çalışıyor.",
        "Müşteri hizmeti bir bölüm değil, bir stratejidir. Bu yüzden 2028 yılına kadar insanlara yatırım yapıyoruz.",
    ),
    "ru": (
        "Мы решили оплачивать каждый час ожидания. С мая это касается всех водителей без исключения.",
        "Руководить значит слушать. Два года назад команды в Туле сказали нам, что не работает, и были правы.",
        "Горжусь нашей командой в Казани: новый склад с сегодняшнего дня работает на энергии своей крыши.",
        "Наша IT-команда и 5G-сеть склада работают без остановки уже год. Спасибо всем, кто это построил.",
    ),
    "uk": (
        "Ми вирішили оплачувати кожну годину очікування. З травня це стосується всіх водіїв без винятку.",
        "Керувати означає слухати. Два роки тому команди у Львові сказали нам, що не працює, і мали рацію.",
    ),
    "el": (
        "Αποφασίσαμε να πληρώνουμε κάθε ώρα αναμονής. Από τον Μάιο αυτό ισχύει για όλους τους οδηγούς μας.",
        "Ηγεσία σημαίνει να ακούς. Πριν από δύο χρόνια οι ομάδες στην Πάτρα μας είπαν τι δεν λειτουργεί, και είχαν δίκιο.",
    ),
    "ar": (
        "قررنا أن ندفع أجر كل ساعة انتظار. من شهر مايو يشمل ذلك جميع السائقين في كل المدن دون استثناء.",
        "القيادة هي الاستماع. قبل عامين قالت لنا الفرق في الإسكندرية ما الذي لا يعمل، وكانت على حق.",
        "أفتخر بفريقنا في عمّان: المركز الجديد يعمل منذ اليوم بالطاقة من سطحه الخاص، ويخدم ٤٠ مدينة.",
        "خدمة العملاء ليست قسماً بل استراتيجية، ولهذا نستثمر في موظفينا حتى عام ٢٠٢٨ مع شركائنا في SAP.",
    ),
    "fa": (
        "ما تصمیم گرفتیم هر ساعت انتظار را بپردازیم. از ماه مه این برای همه‌ی رانندگان ما برقرار می‌شود.",
        "رهبری یعنی گوش دادن. دو سال پیش تیم‌های شیراز به ما گفتند چه چیزی کار نمی‌کند، و حق داشتند.",
    ),
    "he": (
        "החלטנו לשלם על כל שעת המתנה. החל ממאי זה נכון לגבי כל הנהגים שלנו, בלי יוצא מן הכלל.",
        "להוביל זה להקשיב. לפני שנתיים הצוותים בחיפה אמרו לנו מה לא עובד, והם צדקו לגמרי.",
    ),
    "hi": (
        "हमने तय किया है कि इंतज़ार के हर घंटे का भुगतान होगा। मई से यह हमारे सभी चालकों पर लागू होगा।",
        "नेतृत्व का मतलब सुनना है। दो साल पहले पुणे की टीम ने बताया कि क्या काम नहीं कर रहा, और वे सही थे।",
        "मुझे जयपुर की अपनी टीम पर गर्व है: नया केंद्र आज से अपनी छत की बिजली से चल रहा है।",
        "Humne tay kiya hai ki intezaar ke har ghante ka bhugtan hoga, aur yeh sab chalakon par lagu hoga.",
    ),
    "zh": (
        "我们决定支付司机在门口等待的每一个小时。从五月开始，所有城市的司机都适用，没有例外。",
        "领导就是倾听。两年前，成都的团队告诉我们哪里做得不好，他们说得对。",
        "我为杭州的团队感到自豪：新的仓库从今天起使用自家屋顶的电力。感谢每一位同事。",
        "客户服务不是一个部门，而是一种战略。到2028年，我们会继续投资于员工和AI技术。",
    ),
    "ja": (
        "待ち時間もすべて賃金の対象にすると決めました。五月から、全国のドライバーに例外なく適用します。",
        "導くとは聞くことです。二年前、名古屋のチームが何がうまくいっていないかを教えてくれました。正しい指摘でした。",
        "札幌のチームを誇りに思います。新しい拠点は今日から自社の屋根の電力で動いています。",
        "顧客サービスは部署ではなく戦略です。二〇二八年まで人への投資とＡＩの活用を続けます。",
    ),
    "ko": (
        "대기 시간도 모두 급여로 지급하기로 결정했습니다. 오월부터 모든 기사님께 예외 없이 적용됩니다.",
        "리더십은 듣는 것입니다. 이 년 전 부산 팀이 무엇이 잘못되었는지 말해 주었고, 그 말이 옳았습니다.",
        "대전 팀이 자랑스럽습니다. 새 물류 센터는 오늘부터 자체 지붕의 전기로 움직입니다.",
        "고객 서비스는 부서가 아니라 전략입니다. 2028년까지 사람에 대한 투자를 계속하겠습니다.",
    ),
    "th": ("เราตัดสินใจจ่ายค่าแรงทุกชั่วโมงที่รอ ตั้งแต่เดือนพฤษภาคมจะใช้กับคนขับทุกคนโดยไม่มีข้อยกเว้น",),
    "fi": (
        "Päätimme maksaa jokaisesta odotustunnista. Toukokuusta alkaen se koskee kaikkia kuljettajia, ja olemme siitä ylpeitä.",
    ),
    "cs": ("Rozhodli jsme se platit každou hodinu čekání. Od května to platí pro všechny řidiče, kteří u nás jezdí.",),
    "hu": ("Úgy döntöttünk, hogy a várakozás minden órája után fizetünk. Májustól ez már az összes sofőrre igaz.",),
    "ro": (
        "Am decis să plătim fiecare oră de așteptare. Din mai este valabil pentru toți șoferii noștri, fără excepție.",
    ),
    "da": (
        "Vi har besluttet at betale for hver times ventetid. Fra maj gælder det alle chauffører, også dem i Aarhus.",
    ),
    "hr": ("Odlučili smo platiti svaki sat čekanja. Od svibnja to vrijedi za sve vozače koji rade kod nas.",),
    "id": ("Kami memutuskan untuk membayar setiap jam menunggu. Mulai Mei ini berlaku bagi semua pengemudi kami.",),
    "vi": (
        "Chúng tôi đã quyết định trả lương cho mỗi giờ chờ đợi. Từ tháng năm, điều này áp dụng cho mọi tài xế của chúng tôi.",
    ),
    "ca": (
        "Hem decidit pagar cada hora d'espera. Des del maig això val per a tots els conductors, sense cap excepció.",
    ),
}
"""By the language that each is in."""

MIXED = (
    "Unser Customer-Success-Team in Köln hat das Onboarding neu gebaut, und die Fahrer merken es jeden Tag. #Leadership #Logistics",
    "Le nouveau Smart Locker est arrivé à Nantes. Merci à toute l'équipe Product & Engineering pour ce travail. #TeamAlder",
    "El equipo de Data Science y el de Operations trabajan desde hoy en la misma planta. Así debe ser. #Leadership",
    "我们的 Smart Locker 项目今天在上海上线，感谢 Product 和 Operations 团队的每一位同事。#Leadership",
    "Наша команда Customer Success сегодня открыла новый центр в Самаре. Спасибо всем, кто помогал! #Logistics",
    "Alder Academyの最初の卒業生が今日から現場に立ちます。Operationsチームに感謝します。#Leadership",
    "新しいFleet DashboardをOperationsチームと一緒に作りました。現場の声がすべての出発点です。",
    "Il nostro team Operations ha lavorato due anni al nuovo Fleet Dashboard, e oggi lo usano tutti gli autisti. #FutureOfWork",
)
"""In another language, with names of products and teams in English."""

OPENING_MENTIONS = {
    "de": "@stadtkassel baut mit uns die erste gemeinsame Abholstation der Innenstadt, und wir sind sehr dankbar dafür.",
    "fr": "@VilleDeLyon et nous ouvrons ce matin le premier dépôt partagé de la ville. Merci pour la confiance.",
    "es": "@AyuntamientoSevilla y nosotros abrimos hoy el primer centro compartido de la ciudad. Gracias por la confianza.",
    "pl": "@MiastoPoznan razem z nami otwiera dziś pierwszą wspólną sortownię. Dziękujemy za zaufanie wszystkim.",
    "tr": "@BursaBelediyesi ile bugün şehrin ilk ortak teslimat merkezini açıyoruz. Güveniniz için çok teşekkür ederiz.",
    "ru": "@GorodKazan вместе с нами открывает сегодня первый общий склад города. Спасибо всем за доверие.",
    "ja": "@nagoya_city と一緒に、街で最初の共同配送拠点を今日開きました。信頼に感謝します。",
    "es-reply": "@marta_ruiz80 lamentamos mucho el retraso con tu paquete, por favor revisa tus mensajes y te ayudamos.",
}
"""Partners' handles first, and one answer to a customer: in rules alone nothing tells them apart."""

FOUND = (
    (
        "identity-number",
        "Meine Karte, nur zur Sicherheit für die Kasse: 4111 1111 1111 1111, das ist die richtige Nummer.",
    ),
    ("identity-number", "我的卡号是4111111111111111，请大家放心，我们会处理好每一笔付款，谢谢大家的支持。"),
    (
        "identity-number",
        "カード番号は4111-1111-1111-1111です。経費の件は経理チームにお願いします。よろしくお願いします。",
    ),
    ("identity-number", "카드 번호는 4111 1111 1111 1111입니다. 비용은 재무팀에 문의해 주시기 바랍니다. 감사합니다."),
    ("identity-number", "رقم البطاقة ٤١١١ ١١١١ ١١١١ ١١١١ وهو مخصص لمصاريف الفريق في هذا الشهر فقط، شكراً لكم جميعاً."),
    (
        "identity-number",
        "Les dons pour l'association peuvent être versés sur FR14 2004 1010 0505 0001 3M02 606, merci à tous.",
    ),
    (
        "identity-number",
        "Spenden für die Schule bitte auf DE89 3704 0044 0532 0130 00, und danke an alle, die schon geholfen haben.",
    ),
    ("identity-number", "捐款请转到GB82WEST12345698765432，感谢大家对我们社区项目的支持和信任，我们会公布每一笔支出。"),
    (
        "identity-number",
        "Wpłaty dla szkoły prosimy na PL61 1090 1014 0000 0712 1981 2874, dziękujemy wszystkim za pomoc.",
    ),
    (
        "contact-details",
        "Chiamate pure Giulia al +39 347 123 4567 per sapere come è andata la consegna di oggi in deposito.",
    ),
    (
        "contact-details",
        "Позвоните Ирине по номеру +7 912 345-67-89, она расскажет, как прошёл первый день на новом складе.",
    ),
    ("contact-details", "佐藤さんの電話は+81 90-1234-5678です。新しい拠点の見学について気軽に連絡してください。"),
    ("contact-details", "Skriv till anna.berg@larkpost.example om du vill veta mer om hur vi arbetar med våra förare."),
    ("contact-details", "बात करने के लिए jo.marsh@larkpost.example पर लिखें, वे आपको पूरी कहानी बताएँगी और मदद करेंगी।"),
    (
        "secret-or-internal-link",
        "Das Dashboard ist jetzt für alle da: https://intranet.alder.example/flotte, schaut es euch an.",
    ),
    (
        "secret-or-internal-link",
        "仪表板在这里：https://wiki.alder.example/fleet ，欢迎各位同事查看并提出意见，谢谢大家。",
    ),
    (
        "secret-or-internal-link",
        "Le projet avance bien, la clé est AKIAIOSFODNN7EXAMPLE et elle marche pour toute l'équipe depuis hier.",
    ),
    (
        "names-codename",
        "Wir arbeiten seit zwei Jahren an Juniper, und im Herbst zeigen wir euch, was daraus geworden ist.",
    ),
    (
        "odd-characters",
        "Wir sind 𝘀𝗲𝗵𝗿 𝘀𝘁𝗼𝗹𝘇 auf unser Team in Leipzig, das den neuen Standort in nur zwei Jahren gebaut hat.",
    ),
    ("odd-characters", "Nous sommes très fi\u200bers de notre équipe à Lille, qui a ouvert le nouveau dépôt ce matin."),
    (
        "too-much-furniture",
        "Estamos muy contentos con el equipo de Bilbao 🚀🚀🚀🚀 y con todo lo que hemos logrado este año.",
    ),
    (
        "messy-link",
        "Das Interview mit unseren Leuten steht hier: https://alder.example/wartezeit?utm_source=post&utm_medium=social, und danke.",
    ),
    (
        "loose-ends",
        "Am [DATUM] eröffnen wir mit euch den neuen Standort in Kassel, und wir freuen uns alle sehr darauf.",
    ),
    ("over-limit", "Wir haben entschieden, jede Stunde am Tor zu bezahlen. " * 80),
    ("over-limit", "我们决定支付司机在门口等待的每一个小时。" * 200),
)
"""A rule, and a text in another language that it must find something in."""

SHORT = (
    "Danke, Team!",
    "Bravo à toute l'équipe de Lyon !",
    "Gracias a todos por este año.",
    "Orgogliosa di voi.",
    "ありがとうございます。",
    "谢谢大家！",
    "Спасибо всем!",
    "شكراً لكم جميعاً",
    "धन्यवाद, टीम!",
    "감사합니다!",
    "Teşekkürler Bursa",
    "Obrigada, Porto!",
)
"""Too short for a card to name the language; whichever rules run, none of them may fire."""

ENGLISH = (
    "We have decided to pay for every hour of waiting at the gate. From May that holds for all our drivers.",
    "Thank you to our teams in São Paulo, Łódź, Düsseldorf and Malmö, who opened four depots within a year.",
    "Die Zeit asked me what I would do again. My answer: listen to drivers first, and to spreadsheets second.",
    "Proud of Nguyễn Thị Hoa, Müller and Muñoz, who lead the three new depots. Each of them started on the road.",
    "GitHub Copilot, SaaS, KPI, OKR and Q4: five words that no driver needs in order to do a good job for us.",
    "What I learned from my year in Lyon, Paris, Nantes and Lille: la patience, as they say, is a strategy.",
)
"""In English, with names and words of other languages."""
